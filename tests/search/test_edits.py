"""Every edit is followed by the right answers at once, in this process and in others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from policies import bulkedits, publishing
from policies.bulkedits import ADD, REPLACE, Edit
from policies.merging import merge, part
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Region,
    SearchState,
    Sector,
    Target,
    Term,
)
from policies.search import store
from policies.search.found import RELEVANCE, Found, Names
from policies.search.index import Index
from policies.search.indexing import batch, touch
from policies.search.kinds import KINDS
from policies.search.orders import ORDERS
from policies.search.query import parse_query
from policies.search.rebuilding import faults
from tests.admin.conftest import logged_in
from tests.admin.forms import address, sent
from tests.databases import migrated_database

QUERIES = ["steel", "algae", "钢", "miit", "工信部", "bureau", "acme", "chips", "computing power",
           "算力",
           "国〔2024〕1号", "subsidy", "copper", "-steel", "title:steel OR algae"]  # fmt: skip


class Reader:
    """A process's own index, as another process would hold it."""

    def __init__(self) -> None:
        self.index, self.names = Index(), Names()

    def answers(self) -> dict[tuple, Any]:
        """All that a reader can see: filter values, orders and what each query finds."""
        index = self.index.current()
        found: dict[tuple, Any] = {}
        for name in KINDS:
            held = index.kind(name)
            found |= {
                (name, value, key): list(ids)
                for value, keys in held.values.items()
                for key, ids in keys.items()
            }
            for order in ORDERS[name]:
                page = Found(index, name, None).page(held.everything, order, 0, 1000)
                found[name, "order", order] = page
            for typed in QUERIES:
                query = self.names.current(index).expanded(parse_query(typed))
                asked = Found(index, name, query)
                found[name, typed] = asked.page(asked.matching, RELEVANCE, 0, 1000)
        return found


@pytest.fixture
def world(db) -> SimpleNamespace:
    """A little of everything, published but for one policy and one event."""
    w = SimpleNamespace()
    with batch():
        _fill(w)
    return w


def _fill(w: SimpleNamespace) -> None:
    w.industry = Sector.objects.create(slug="industry", name_en="Industry")
    w.metals = Sector.objects.create(slug="metals", name_en="Metals", parent=w.industry)
    w.wafers = Sector.objects.create(slug="wafers", name_en="Wafers", aliases=["chips"])
    w.north = Region.objects.create(slug="north", name_en="North", kind="province")
    w.city = Region.objects.create(slug="city", name_en="City", kind="city", parent=w.north)
    w.state = IssuingBody.objects.create(slug="state", name_en="State Organ", kind="former")
    w.miit = IssuingBody.objects.create(
        slug="miit", name_en="Ministry of Things", abbreviation="MIIT", kind="former",
        short_name_zh="工信部", parent=w.state,
    )  # fmt: skip
    w.mof = IssuingBody.objects.create(slug="mof", name_en="Ministry of Coins", kind="former")
    w.alias = w.miit.aliases.create(name="Bureau of Things", language="en")
    w.term = Term.objects.create(
        term_en="Computing power", term_zh="算力", definition="It.", sector=w.metals
    )
    w.issue = NewsletterIssue.objects.create(
        publisher="M", title="Update", published_on=date(2024, 5, 8)
    )
    w.steel = _policy(title_en="Steel plan", title_zh="钢铁规划", issue=w.issue, section="top")
    w.steel.document_number = "国〔2024〕1号"
    w.steel.save()
    w.issuer = w.steel.issuers.create(body=w.miit, position=1)
    w.steel.sectors.add(w.metals)
    w.steel.regions.add(w.city)
    w.target = w.steel.targets.create(text="More computing", due_on=date(2027, 12, 31))
    w.provision = w.steel.provisions.create(text="A subsidy for steel")
    w.amount = w.steel.amounts.create(value=5, currency="CNY", purpose="algae fund")
    w.source = w.steel.sources.create(label="Copper paper")
    w.other = _policy(title_en="Notice on wafers", announced_on=date(2023, 1, 2))
    w.other.issuers.create(body=w.mof)
    w.idle = IssuingBody.objects.create(slug="idle", name_en="Algae Office", kind="former")
    w.hidden = _policy(title_en="Algae draft", state="in-review")
    w.hidden_target = w.hidden.targets.create(text="Much algae")
    w.acme = Company.objects.create(slug="acme", name_en="Acme", name_zh="钢厂")
    w.zeta = Company.objects.create(slug="zeta", name_en="Zeta Algae")
    w.event = CorporateEvent.objects.create(
        state="published", text="A mill opens", issue=w.issue, happened_on=date(2024, 4, 1),
        happened_precision="day",
    )  # fmt: skip
    w.event.companies.add(w.acme)
    w.event.sectors.add(w.metals)
    w.quiet = CorporateEvent.objects.create(state="in-review", text="Steel arrives")
    w.quiet.companies.add(w.zeta)


def _policy(**values: Any) -> Policy:
    values.setdefault("state", "published")
    return Policy.objects.create(**values)


def _set(record: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


EDITS: dict[str, Callable[[Any], Any]] = {
    "a title is changed": lambda w: _set(w.steel, title_en="Algae plan"),
    "a title is emptied": lambda w: _set(w.steel, title_zh=""),
    "a document number is changed": lambda w: _set(w.steel, document_number="国〔2024〕2号"),
    "a date is changed": lambda w: _set(w.other, announced_on=date(2025, 1, 1)),
    "a date becomes unknown": lambda w: _set(w.other, announced_on=None),
    "an instrument is set": lambda w: _set(w.other, instrument="plan"),
    "a policy moves to another section": lambda w: _set(w.steel, section="news"),
    "a policy gets an issue": lambda w: _set(w.other, issue=w.issue),
    "a policy is added": lambda w: _policy(title_en="Algae law"),
    "a policy is deleted": lambda w: w.steel.delete(),
    "policies are deleted at once": lambda w: Policy.objects.all().delete(),
    "a policy is published": lambda w: publishing.publish(w.hidden, by=None),
    "a policy is withdrawn": lambda w: publishing.withdraw(w.steel, by=None),
    "a target is changed": lambda w: _set(w.target, text="Some algae"),
    "a target is due later": lambda w: _set(w.target, due_on=date(2030, 12, 31)),
    "a target is added": lambda w: w.other.targets.create(text="Algae everywhere"),
    "a target is deleted": lambda w: w.target.delete(),
    "a target moves to another policy": lambda w: _set(w.target, policy=w.other),
    "a provision is changed": lambda w: _set(w.provision, text="A loan for algae"),
    "a provision is deleted": lambda w: w.provision.delete(),
    "a provision moves to another policy": lambda w: _set(w.provision, policy=w.other),
    "an amount is deleted": lambda w: w.amount.delete(),
    "an amount moves to an event": lambda w: _set(w.amount, policy=None, event=w.event),
    "a source is renamed": lambda w: _set(w.source, label="Algae paper"),
    "a source moves to another policy": lambda w: _set(w.source, policy=w.other),
    "sources are deleted at once": lambda w: w.steel.sources.all().delete(),
    "an issuer is added": lambda w: w.other.issuers.create(body=w.miit),
    "an issuer is exchanged": lambda w: _set(w.issuer, body=w.mof),
    "an issuer is deleted": lambda w: w.issuer.delete(),
    "an issuer moves to another policy": lambda w: _set(w.issuer, policy=w.other),
    "a sector is added": lambda w: w.other.sectors.add(w.wafers),
    "a sector is removed": lambda w: w.steel.sectors.remove(w.metals),
    "sectors are cleared": lambda w: w.steel.sectors.clear(),
    "sectors are set": lambda w: w.steel.sectors.set([w.wafers]),
    "a region is added": lambda w: w.other.regions.add(w.city),
    "a company is added to an event": lambda w: w.event.companies.add(w.zeta),
    "an event's company is removed": lambda w: w.event.companies.remove(w.acme),
    "an event's companies are cleared": lambda w: w.event.companies.clear(),
    "an event's companies are set": lambda w: w.event.companies.set([w.zeta]),
    "an event is published": lambda w: publishing.publish(w.quiet, by=None),
    "an event is withdrawn": lambda w: publishing.withdraw(w.event, by=None),
    "an event is changed": lambda w: _set(w.event, text="An algae farm opens"),
    "an event is deleted": lambda w: w.event.delete(),
    "events are deleted at once": lambda w: CorporateEvent.objects.all().delete(),
    "an event answers a policy": lambda w: w.event.answers.add(w.steel),
    "an event that answers a policy gets a company": lambda w: (
        w.event.answers.add(w.steel), w.event.companies.add(w.zeta)
    ),
    "an event that answers a policy is withdrawn": lambda w: (
        w.event.answers.add(w.steel), publishing.withdraw(w.event, by=None)
    ),
    "an event with two answers keeps one": lambda w: (
        w.event.answers.add(w.steel, w.other), w.event.answers.remove(w.steel)
    ),
    "a deadline is added": lambda w: w.steel.deadlines.create(closes_on=date(2024, 6, 1)),
    "a deadline moves to another policy": lambda w: _set(
        w.steel.deadlines.create(closes_on=date(2024, 6, 1)), policy=w.other
    ),
    "a policy gets an official link": lambda w: _set(w.steel, official_url="https://x.example/s"),
    "a company is renamed": lambda w: _set(w.acme, name_en="Algae Ltd"),
    "a company is deleted": lambda w: w.acme.delete(),
    "a body is renamed": lambda w: _set(w.miit, name_en="Ministry of Algae", short_name_zh="钢部"),
    "a body is moved": lambda w: _set(w.miit, parent=w.mof),
    "a body is moved to the top": lambda w: _set(w.miit, parent=None),
    "a body gets a place below another": lambda w: _set(w.mof, parent=w.state),
    "a body is deleted": lambda w: w.idle.delete(),
    "an alias is added": lambda w: w.miit.aliases.create(name="Algae Office", language="en"),
    "an alias is changed": lambda w: _set(w.alias, name="Algae Office"),
    "an alias is deleted": lambda w: w.alias.delete(),
    "an alias moves to another body": lambda w: _set(w.alias, body=w.mof),
    "a term is changed": lambda w: _set(w.term, term_zh="钢"),
    "a term gets another form": lambda w: _set(w.term, aliases_en=["steel"]),
    "a term gets another sector": lambda w: _set(w.term, sector=w.wafers),
    "a term is deleted": lambda w: w.term.delete(),
    "a sector is renamed": lambda w: _set(w.wafers, name_en="Algae"),
    "a sector gets another alias": lambda w: _set(w.wafers, aliases=["algae"]),
    "a sector is moved": lambda w: _set(w.metals, parent=w.wafers),
    "a sector above is moved": lambda w: _set(w.industry, parent=w.wafers),
    "a sector is deleted": lambda w: w.metals.delete(),
    "a region is moved": lambda w: _set(w.city, parent=None),
    "a region is renamed": lambda w: _set(w.north, name_en="Algae", name_zh="钢铁市"),
    "a region with other names is added": lambda w: Region.objects.create(
        slug="a", name_en="Algae", name_zh="钢铁市", kind="city"
    ),
    "a region is deleted": lambda w: w.city.delete(),
    "an issue's date is changed": lambda w: _set(w.issue, published_on=date(2024, 6, 1)),
    "policies are changed in bulk": lambda w: bulkedits.change(
        Policy, [w.steel.pk, w.other.pk],
        Edit({"instrument": "plan"}, {"sectors": (ADD, [w.wafers])}), by=None,
    ),
    "targets are changed in bulk": lambda w: bulkedits.change(
        Target, [w.target.pk], Edit({"status": "met", "status_note": "Algae"}), by=None
    ),
    "events are changed in bulk": lambda w: bulkedits.change(
        CorporateEvent, [w.event.pk], Edit(links={"companies": (REPLACE, [w.zeta])}), by=None
    ),
    "policies are merged": lambda w: merge(w.steel, w.other),
    "bodies are merged": lambda w: merge(w.miit, w.mof),
    "companies are merged": lambda w: merge(w.zeta, w.acme),
    "sectors are merged": lambda w: merge(w.metals, w.wafers),
    "rows are updated past the models": lambda w: (
        Policy.objects.filter(pk=w.steel.pk).update(title_en="Algae plan"),
        touch("policy", [w.steel.pk]),
        touch("target", [w.target.pk]),
    ),
}  # fmt: skip


def check(kept: Reader) -> dict[tuple, Any]:
    """What a reader sees who was there before the edit: what a newcomer sees, without fault."""
    answers = kept.answers()
    assert answers == Reader().answers()
    assert list(faults(lambda *_: None)) == []
    return answers


@pytest.mark.parametrize("name", EDITS)
def test_a_reader_sees_at_once_that(world, name):
    reader = Reader()
    before = reader.answers()
    EDITS[name](world)
    assert check(reader) != before


def test_a_reader_no_longer_sees_by_the_names_of_a_region_that_is_gone(world):
    region = Region.objects.create(slug="a", name_en="Chips", name_zh="钢铁市", kind="city")
    reader = Reader()
    assert world.steel.pk in reader.answers()["policy", "chips"]
    region.delete()
    assert world.steel.pk not in check(reader)["policy", "chips"]


def test_a_reader_sees_one_edit_after_the_other(world):
    reader = Reader()
    reader.answers()
    for name in ("a date is changed", "a policy is published", "a body is moved",
                 "sectors are set", "a target moves to another policy", "a title is changed",
                 "an event's companies are set", "a term is changed", "a policy is withdrawn",
                 "a date becomes unknown", "a policy is deleted",
                 "a company is renamed"):  # fmt: skip
        EDITS[name](world)
        check(reader)


def test_a_reader_who_slept_through_many_edits_wakes_up_right(world):
    reader = Reader()
    reader.answers()
    for number in range(520):
        touch("policy", [world.other.pk])
        if number in (3, 500):
            _set(world.steel, title_en=f"Algae plan {number}", announced_on=date(2020, 1, 1))
    check(reader)


def test_a_reader_who_slept_through_large_edits_misses_none_of_them(world):
    reader = Reader()
    reader.answers()
    SearchState.objects.update(version=900)
    reader.answers()
    _set(world.steel, title_en="Algae plan")
    with batch():
        touch("event", range(10_000, 21_000))
    for _ in range(98):
        touch("event", [world.event.pk])
    assert SearchState.objects.get().version >= 1000
    check(reader)


def test_a_reader_sees_a_merge_and_its_end(world):
    reader = Reader()
    before = check(reader)
    for kept, gone in ((world.mof, world.miit), (world.other, world.steel)):
        made = merge(kept, gone)
        assert check(reader) != before
        part(made)
        assert check(reader) == before


# At the desk


def test_a_reader_sees_what_an_editor_saves_in_a_form(world):
    reader, editor = Reader(), logged_in("Editor")
    before = check(reader)
    assert sent(editor, address(world.steel, "change"), headline="Algae").status_code == 302
    assert check(reader) != before


def test_a_reader_sees_what_an_editor_adds_in_a_row_of_a_form(world):
    reader, editor = Reader(), logged_in("Editor")
    reader.answers()
    rows = {"targets": [{"text": "More algae by 2030"}], "provisions": [{"text": "Free algae"}]}
    assert sent(editor, address(world.other, "change"), rows).status_code == 302
    answers = check(reader)
    assert answers["target", "title:steel OR algae"] == [Target.objects.latest("pk").pk]
    assert answers["policy", "algae"][0] == world.other.pk


def test_a_reader_sees_a_body_and_its_alias_renamed_in_a_form(world):
    reader, editor = Reader(), logged_in("Editor")
    reader.answers()
    rows = {"aliases": [{"name": "Algae Office", "language": "en"}]}
    url = address(world.miit, "change")
    assert sent(editor, url, rows, name_en="Ministry of Works").status_code == 302
    assert world.steel.pk in check(reader)["policy", "algae"]


def test_a_reader_sees_a_deletion_at_the_desk(world):
    reader, publisher = Reader(), logged_in("Publisher")
    reader.answers()
    publishing.withdraw(world.steel, by=None)
    answer = publisher.post(address(world.steel, "delete"), {"post": "yes"})
    assert answer.status_code == 302
    assert world.steel.pk not in check(reader)["policy", "steel"]


def test_a_reader_sees_a_corrected_newsletter(seeded, tmp_path):
    reader = Reader()
    before = reader.answers()
    source = Path("fixtures/issues/2024-05-08.md").read_text()
    note = Policy.objects.published().filter(section="news").order_by("position")[0]
    words = " ".join(note.summary.split()[:3])
    assert words in source
    corrected = source.replace(words, f"Algae {words}", 1)
    file = tmp_path / "2024-05-08.md"
    file.write_text(corrected)
    call_command("import_newsletter", str(file), stdout=StringIO())
    assert check(reader) != before


# Edits that are taken back


class Stop(Exception):
    """Ends a transaction."""


def test_an_edit_that_is_rolled_back_leaves_the_index_as_it_was(world):
    reader = Reader()
    before = check(reader)
    for name in ("a title is changed", "a policy is deleted", "sectors are cleared"):
        with pytest.raises(Stop), transaction.atomic():  # noqa: PT012
            EDITS[name](world)
            reader.answers()
            raise Stop
        world.steel = Policy.objects.get(title_en="Steel plan")
        assert check(reader) == before


def test_an_exception_inside_a_batch_leaves_nothing_of_it(world):
    reader = Reader()
    before = check(reader)
    with pytest.raises(Stop), batch():  # noqa: PT012
        _set(world.steel, title_en="Algae plan")
        raise Stop
    world.steel.refresh_from_db()
    assert world.steel.title_en == "Steel plan"
    assert check(reader) == before
    _set(world.steel, title_en="Algae plan")
    assert check(reader) != before


def test_an_exception_that_a_batch_survives_takes_only_its_own_part_back(world):
    reader = Reader()
    reader.answers()
    with batch():
        _set(world.other, title_en="Algae notice")
        try:
            with transaction.atomic(), batch():
                _set(world.steel, title_en="Algae plan")
                raise Stop
        except Stop:
            pass
    found = check(reader)["policy", "title:steel OR algae"]
    assert sorted(found) == [world.steel.pk, world.other.pk]


@pytest.mark.django_db(transaction=True)
def test_a_version_that_was_taken_back_is_not_taken_for_the_next_one_with_its_number(world_kept):
    reader = Reader()
    reader.answers()
    with pytest.raises(Stop), transaction.atomic():  # noqa: PT012
        _set(world_kept, title_en="Algae plan")
        reader.answers()
        raise Stop
    world_kept.refresh_from_db()
    _set(world_kept, summary="Something else")
    check(reader)


@pytest.fixture
def world_kept(transactional_db) -> Policy:
    return _policy(title_en="Steel plan")


def test_what_a_slow_reader_read_before_an_edit_is_not_kept_after_it(world, monkeypatch):
    reader = Reader()
    reader.index.current().kind("policy")
    read = store.read_terms

    def read_slowly(*given: Any) -> Any:
        monkeypatch.setattr(store, "read_terms", read)
        found = read(*given)
        _set(world.steel, title_en="Algae plan", title_zh="", summary="")
        reader.index.current().kind("policy")
        return found

    slow = Found(reader.index.current(), "policy", None).held
    monkeypatch.setattr(store, "read_terms", read_slowly)
    slow.leaf("=steel")
    check(reader)


# Another process

OTHER_PROCESS = """
import json, sys, django
django.setup()
from django.http import QueryDict
from policies.filters import PolicyFilter
for line in sys.stdin:
    data = QueryDict(mutable=True)
    data.update(json.loads(line))
    filterset = PolicyFilter(data)
    assert not filterset.errors_by_parameter, filterset.errors_by_parameter
    print(json.dumps(filterset.page(0, 100)), flush=True)
"""
EDITING = """
import json, sys, django
django.setup()
from policies.models import *
from policies import bulkedits, merging, publishing
scope = globals()
for line in sys.stdin:
    exec(json.loads(line), scope)
    print("done", flush=True)
"""
STEPS = [
    ("p = Policy.objects.create(state='published', title_en='Steel plan')", {"q": "steel"}, [1]),
    ("q = Policy.objects.create(title_en='Steel draft')", {"q": "steel"}, [1]),
    ("publishing.publish(q, by=None)", {"q": "steel"}, [2, 1]),
    ("b = IssuingBody.objects.create(name_en='Bureau', slug='b', kind='former')",
     {"body": "b"}, []),
    ("p.issuers.create(body=b)", {"body": "b"}, [1]),
    ("b.name_en = 'Algae Bureau'; b.save()", {"q": "algae"}, [1]),
    ("b.aliases.create(name='Coin Office', language='en')", {"q": "\"coin office\""}, [1]),
    ("s = Sector.objects.create(slug='s', name_en='S'); p.sectors.add(s)", {"sector": "s"}, [1]),
    ("t = Term.objects.create(term_en='Steel', term_zh='钢铁', definition='d')",
     {"q": "钢铁"}, [2, 1]),
    ("p.targets.create(text='More algae')", {"has": "targets"}, [1]),
    ("bulkedits.change(Policy, [1, 2], bulkedits.Edit({'instrument': 'plan'}), by=None)",
     {"instrument": "plan"}, [2, 1]),
    ("c = IssuingBody.objects.create(name_en='Copper Office', slug='c', kind='former');"
     " q.issuers.create(body=c)", {"q": "copper"}, [2]),
    ("m = merging.merge(b, c)", {"q": "copper"}, [2, 1]),
    ("merging.part(m)", {"q": "copper"}, [2]),
    ("publishing.withdraw(q, by=None)", {"q": "steel"}, [1]),
    ("r = Policy.objects.create(state='published', title_en='Zinc rule');"
     " r.targets.create(text='Zinc')", {"q": "zinc"}, [3]),
    ("m = merging.merge(p, r)", {"q": "zinc"}, [1]),
    ("merging.part(m)", {"q": "zinc"}, [3]),
    ("r.delete()", {"q": "zinc"}, []),
    ("p.title_en = 'Iron plan'; p.save()", {"q": "steel"}, []),
    ("p.delete()", {}, []),
]  # fmt: skip


def _started(script: str, database: str) -> subprocess.Popen:
    environment = os.environ | {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "CONN_MAX_AGE": "60",
    }
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _tell(process: subprocess.Popen, what: Any) -> str:
    process.stdin.write(json.dumps(what) + "\n")
    process.stdin.flush()
    return process.stdout.readline()


@pytest.mark.django_db
def test_another_process_answers_right_after_each_edit(tmp_path):
    database = migrated_database(tmp_path)
    manage = [sys.executable, "manage.py"]
    environment = os.environ | {"DATABASE_URL": database}
    reader, editor = _started(OTHER_PROCESS, database), _started(EDITING, database)
    try:
        assert json.loads(_tell(reader, {})) == []
        for edit, question, found in STEPS:
            assert _tell(editor, edit) == "done\n"
            assert json.loads(_tell(reader, question)) == found, edit
    finally:
        for process in (reader, editor):
            process.stdin.close()
            process.wait(20)
            process.stdout.close()
    verified = subprocess.run(
        [*manage, "verify_search"], env=environment, capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stdout
