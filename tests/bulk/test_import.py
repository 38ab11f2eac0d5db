"""What a sheet does to the records: planned first, then written whole or not at all."""

import codecs
import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from policies import bulk, publishing
from policies.bulk import keeping, workbook
from policies.models import (
    BodyAlias,
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyIssuer,
    PublicVersion,
    Region,
    Sector,
    Target,
)
from policies.search.rebuilding import faults

from .sheets import changed, csv_of, done, imported, notices, seen, somebody, table, totals, wrong
from .sheets import exported as export

pytestmark = pytest.mark.django_db


def found(kind: str, words: str) -> list[str]:
    """What the public finds, by its addresses."""
    page = Client().get(f"/{kind}/", {"q": words}).content.decode()
    return sorted(set(re.findall(rf'href="/{kind}/([\w-]+)/"', page)))


def public(**values) -> Policy:
    return publishing.publish(Policy.objects.create(**values), by=somebody())


def test_a_dry_run_writes_nothing_and_the_import_does_what_it_showed():
    look = seen([["title_en", "announced"], ["On Lathes", "2024-04"], ["On Mills", "2024-Q2"]])
    assert totals(look) == (2, 0, 0, 0)
    assert not Policy.objects.exists()
    assert done(look).done
    lathes, mills = Policy.objects.order_by("pk")
    assert (str(lathes.announced), str(mills.announced)) == ("April 2024", "Q2 2024")
    assert lathes.slug == "2024-04-30-on-lathes"


def test_every_wrong_cell_is_told_and_nothing_is_written():
    look = seen(
        [
            ["title_en", "announced", "instrument", "sectors", "official_url"],
            ["On Lathes", "26/04/2024", "edict", "", "see there"],
            ["On Mills", "2024", "plan", "mils", ""],
            ["On Drills", "2024", "plan", "", ""],
        ]
    )
    assert set(wrong(look)) == {
        (2, "announced"), (2, "instrument"), (2, "official_url"), (3, "sectors"),
    }  # fmt: skip
    assert not look.token
    assert not Session.objects.exists()


CONTROL = ["\0", "\x01", "\x0b", "\x0c", "\x1f"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_control_characters_are_wrong_in_every_column(kind):
    headings = ["title_en", "note", "sectors", "official_url", "issue", "announced"]
    rows = [["A" + char] * len(headings) for char in CONTROL]
    mark = codecs.BOM_UTF8
    data = mark + csv_of([headings, *rows]) if kind == "csv" else workbook.write(headings, rows)
    told = wrong(seen(data))
    for number, char in enumerate(CONTROL, 2):
        for heading in headings:
            assert f"U+{ord(char):04X}" in told[number, heading]


@pytest.mark.parametrize("char", ["\0", "\ud800"])
def test_an_address_that_no_database_keeps_is_a_wrong_cell(char):
    data = workbook.write(["slug", "title_en"], [["a", "A"]])
    escape = f"a_x{ord(char):04X}_".encode()
    data = changed(data, lambda name, part: part.replace(b"<t>a</t>", b"<t>" + escape + b"</t>"))
    assert "No record has the address" in wrong(seen(data))[2, "slug"]


def test_tabs_and_line_ends_stay_in_a_text():
    imported([["title_en", "note"], ["A", "One\ttwo\nthree\r\nfour"]])
    assert Policy.objects.get().note == "One\ttwo\nthree\nfour"


def test_a_record_that_holds_a_control_character_already_may_come_back_with_it():
    policy = Policy.objects.create(title_en="A", note="One\x0btwo")
    look = seen([["slug", "title_en", "note"], [policy.slug, "B", "One\x0btwo"]])
    assert totals(look) == (0, 1, 0, 0)


def test_an_unknown_name_gets_the_likeliest_ones():
    Sector.objects.create(name_en="Milling", name_zh="铣削")
    Sector.objects.create(name_en="Drilling", slug="drills")
    told = wrong(seen([["title_en", "sectors"], ["On Mills", "miling; 铣削; drills; steel"]]))
    assert "“miling” is no sector that is known. Perhaps “Milling”" in told[2, "sectors"]
    assert "“steel” is no sector" in told[2, "sectors"]
    assert "铣削" not in told[2, "sectors"].replace("“铣削”?", "")


def test_related_records_are_named_by_slug_or_in_either_language():
    mills = Sector.objects.create(name_en="Milling", name_zh="铣削", aliases=["Mill work"])
    turning = Sector.objects.create(name_en="Turning")
    beijing = Region.objects.create(name_en="Beijing", name_zh="北京市", kind="municipality")
    imported(
        [
            ["title_en", "sectors", "regions"],
            ["A", "milling; Turning", "北京市"],
            ["B", "铣削、mill work", "BEIJING"],
        ]
    )
    one, two = Policy.objects.order_by("pk")
    assert set(one.sectors.all()) == {mills, turning}
    assert list(two.sectors.all()) == [mills]
    assert list(one.regions.all()) == list(two.regions.all()) == [beijing]
    assert set(one.history.get().sectors.values_list("sector", flat=True)) == {mills.pk, turning.pk}


def test_a_missing_column_changes_nothing_and_an_empty_cell_empties():
    policy = Policy.objects.create(
        title_en="On Lathes", headline="Lathes", document_number="1", instrument="plan"
    )
    imported([["slug", "document_number", "instrument"], [policy.slug, "", ""]])
    policy.refresh_from_db()
    assert (policy.title_en, policy.headline) == ("On Lathes", "Lathes")
    assert (policy.document_number, policy.instrument) == ("", "")


def test_what_an_editor_saved_since_in_another_field_stays():
    policy = Policy.objects.create(title_en="On Lathes")
    look = seen([["slug", "title_zh"], [policy.slug, "关于车床"]])
    Policy.objects.filter(pk=policy.pk).update(headline="Saved meanwhile")
    assert done(look).done
    policy.refresh_from_db()
    assert (policy.headline, policy.title_zh) == ("Saved meanwhile", "关于车床")


def test_a_slug_that_no_record_has_is_refused():
    told = wrong(seen([["slug", "title_en"], ["nothing", "On Lathes"]]))
    assert "No record has the address “nothing”" in told[2, "slug"]


def test_a_former_slug_still_finds_its_record_and_changes_no_address():
    policy = Policy.objects.create(title_en="On Lathes", slug="old")
    policy.slug = "new"
    policy.save()
    imported([["slug", "headline"], ["old", "Lathes"]])
    policy.refresh_from_db()
    assert (policy.slug, policy.headline) == ("new", "Lathes")


def test_a_record_stands_in_one_row_only():
    policy = Policy.objects.create(title_en="On Lathes")
    rows = [["slug", "headline"], [policy.slug, "A"], [policy.slug, "B"]]
    assert wrong(seen(rows)) == {(3, "slug"): "Row 2 is this record already."}


def test_a_sheet_publishes_nothing():
    policy = Policy.objects.create(title_en="On Mills")
    rows = [["slug", "title_en", "state"], ["", "On Lathes", "published"]]
    look = imported([*rows, [policy.slug, "On all Mills", "published"]])
    assert {row.state for row in Policy.objects.all()} == {"in-review"}
    assert {(row, column) for row, column, _ in notices(look)} == {(2, "state"), (3, "state")}


def test_a_public_record_is_corrected_and_its_history_says_from_which_file():
    policy = public(title_en="On Lathes", announced_on="2024-04-02")
    look = seen([["slug", "title_en"], [policy.slug, "On all Lathes"]])
    assert look.result.rows[0].is_public
    done(look)
    policy.refresh_from_db()
    assert (policy.title_en, policy.state) == ("On all Lathes", "published")
    last = policy.history.first()
    assert (last.history_change_reason, last.history_user) == (
        "Imported from list.csv", somebody(),
    )  # fmt: skip
    changes = PublicVersion.objects.filter(record_id=policy.pk).values_list("change", flat=True)
    assert "corrected" in changes


def test_what_is_imported_is_found_and_what_was_changed_is_not_found_any_more():
    policy = public(title_en="On Lathes")
    assert found("policies", "lathes") == [policy.slug]
    imported([["slug", "title_en"], [policy.slug, "On Mills"]])
    assert found("policies", "lathes") == []
    assert found("policies", "mills") == [policy.slug]
    imported([["policy", "text"], [policy.slug, "Turn a thousand spindles"]], Target)
    assert found("targets", "spindles") == [Target.objects.get().slug]


def test_the_same_document_is_reported_and_left_out_unless_asked_for():
    old = Policy.objects.create(
        title_zh="关于印发《车床》的通知", document_number="工信部〔2024〕1号"
    )
    rows = [
        ["title_zh", "document_number"],
        ["关于印发“车床”的通知", ""],
        ["关于铣床的通知", "工信部[2024]1号"],
        ["关于钻床的通知", ""],
        ["关于钻床的通知", ""],
    ]
    look = seen(rows)
    twins = {row.number: (row.twin, row.twin_record) for row in look.result.rows if row.twin}
    assert twins == {
        2: ("The same Chinese title has", old),
        3: ("The same document number has", old),
        5: ("The same Chinese title stands in row 4", None),
    }
    done(look)
    assert Policy.objects.count() == 2
    assert totals(seen(rows)) == (4, 0, 0, 0)
    done(seen(rows), twins=True)
    assert Policy.objects.count() == 6


def test_an_import_is_refused_when_its_records_changed_since_the_dry_run():
    policy = Policy.objects.create(title_en="On Lathes")
    look = seen([["slug", "title_en"], [policy.slug, "On all Lathes"]])
    Policy.objects.filter(pk=policy.pk).update(title_en="On my Lathes")
    again = done(look)
    assert again.changed_since
    assert not again.done
    policy.refresh_from_db()
    assert policy.title_en == "On my Lathes"
    assert again.result.rows[0].changes == [("title_en", "On my Lathes", "On all Lathes")]
    assert done(again).done


def test_a_sheet_is_imported_once_and_leaves_nothing_behind():
    look = seen([["title_en"], ["On Lathes"]])
    assert Session.objects.count() == 1
    done(look)
    assert not Session.objects.exists()
    with pytest.raises(bulk.Gone):
        done(look)
    assert Policy.objects.count() == 1


def test_a_sheet_is_found_only_by_who_uploaded_it_and_for_its_kind(django_user_model):
    look = seen([["title_en"], ["On Lathes"]])
    other = django_user_model.objects.create_user("other")
    for sheets, by in ((bulk.SHEETS[Policy], other), (bulk.SHEETS[Target], somebody())):
        with pytest.raises(bulk.Gone):
            bulk.carry_out(sheets, look.token, by=by)
    assert keeping.kept(look.token, model=Policy, by=somebody())


def test_a_sheet_that_waited_too_long_is_gone(settings):
    look = seen([["title_en"], ["On Lathes"]])
    Session.objects.update(expire_date="2020-01-01T00:00:00Z")
    with pytest.raises(bulk.Gone):
        done(look)
    seen([["title_en"], ["On Mills"]])
    assert Session.objects.count() == 1


def test_nothing_of_a_sheet_stays_where_one_row_fails(monkeypatch):
    look = seen([["title_en", "issuing_bodies"], ["A", "X"], ["B", "Y"]])

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(PolicyIssuer.history.model.objects.__class__, "bulk_create", fails)
    with pytest.raises(RuntimeError):
        done(look)
    assert not Policy.objects.exists()
    assert not Policy.history.exists()
    monkeypatch.undo()
    assert done(look).done


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["title_en", "Titel zh"], "Perhaps “title_zh”?"),
        (["title_en", "English title"], "Two columns are “title_en”"),
        (["title_en", "", "x y z"], "Write # before a heading"),
    ],
)
def test_a_heading_that_is_no_column_stops_the_sheet(headings, words):
    with pytest.raises(bulk.Unreadable, match=words):
        seen([headings, ["A"]])


def test_a_heading_may_have_another_name_and_one_with_a_hash_is_passed_over():
    imported([["# our number", "标题", "English Title"], ["7", "关于车床", "On Lathes"]])
    policy = Policy.objects.get()
    assert (policy.title_zh, policy.title_en) == ("关于车床", "On Lathes")


def test_a_value_without_a_heading_is_not_lost_silently():
    with pytest.raises(bulk.Unreadable, match="Cell B2 holds a value"):
        seen([["title_en"], ["A", "B"]])


def test_targets_come_to_their_policy_and_stay_there():
    policy, other = (Policy.objects.create(title_en=title) for title in ("On Lathes", "On Mills"))
    headings = ["slug", "policy", "text", "value", "unit", "comparator", "due"]
    imported(
        [headings, ["", policy.slug, "Rise by 25", "25", "percent", "rise by at least", "2027"]],
        Target,
    )
    target = policy.targets.get()
    assert (str(target.value.normalize()), target.comparator) == ("25", "increase by at least")
    for written in ("fall by at least", "decrease by at least"):
        imported([headings, ["", other.slug, written, "15", "percent", written, "2027"]], Target)
        assert other.targets.get(text=written).comparator == "decrease by at least"
    told = wrong(
        seen(
            [
                headings,
                [target.slug, other.slug, "Rise", "25", "percent", "", ""],
                ["", "nowhere", "Rise", "", "", "", ""],
                ["", "", "Rise", "", "percent", "", ""],
                ["", policy.slug, "", "", "", "", ""],
            ],
            Target,
        )
    )
    assert "stays with its policy" in told[2, "policy"]
    assert "No policy has the address “nowhere”" in told[3, "policy"]
    assert "needed" in told[4, "policy"]
    assert "needs a figure" in told[4, "value"]
    assert "needed" in told[5, "text"]


def test_an_event_names_companies_and_policies():
    yard = Company.objects.create(name_en="Example Yard", name_zh="示例船厂")
    policy = Policy.objects.create(title_en="On Ships")
    issue = NewsletterIssue.objects.create(title="N", publisher="Us", published_on="2024-05-08")
    rows = [["text", "companies", "answers", "issue", "kind"]]
    imported([*rows, ["A keel", "示例船厂", policy.slug, "2024-05-08", "Launch"]], CorporateEvent)
    event = CorporateEvent.objects.get()
    assert list(event.companies.all()) == [yard]
    assert list(event.answers.all()) == [policy]
    assert (event.issue, event.kind, event.state) == (issue, "launch", "in-review")
    told = wrong(seen([*rows, ["B", "Exampel Yard", "none", "2024-05-09", ""]], CorporateEvent))
    assert "Perhaps “Example Yard”?" in told[2, "companies"]
    assert "The latest are 2024-05-08" in told[2, "issue"]
    assert "none" in told[2, "answers"]


def test_bodies_keep_their_names_apart():
    top = IssuingBody.objects.create(name_en="Council", kind="state-organ")
    body = IssuingBody.objects.create(name_en="Ministry", kind="former", parent=top)
    BodyAlias.objects.create(body=body, name="Min", language="en", note="kept")
    imported(
        [
            ["slug", "name_en", "kind", "parent", "other_names"],
            [body.slug, "Ministry", "former", "council", "min; 车床部"],
            ["", "Bureau", "National bureau managed by a ministry", "Ministry", ""],
        ],
        IssuingBody,
    )
    assert {(row.name, row.language, row.note) for row in body.aliases.all()} == {
        ("min", "en", "kept"), ("车床部", "zh", ""),
    }  # fmt: skip
    assert IssuingBody.objects.get(name_en="Bureau").parent == body
    told = wrong(
        seen(
            [
                ["slug", "name_en", "kind", "parent", "other_names", "active_from", "active_until"],
                [top.slug, "Council", "state-organ", "ministry", "车床部", "", ""],
                ["", "Office", "", "", "A; B", "2010", "2005"],
                ["", "", "former", "", "b", "", ""],
            ],
            IssuingBody,
        )
    )
    assert "below itself" in told[2, "parent"]
    assert "another body already" in told[2, "other_names"]
    assert "needed" in told[3, "kind"]
    assert "before it was founded" in told[3, "active_until"]
    assert "another body in this sheet" in told[4, "other_names"]
    assert "needed" in told[4, "name_en"]


@pytest.mark.parametrize("model", list(bulk.SHEETS))
def test_every_rule_of_the_database_is_checked_in_the_dry_run(model):
    names = {
        constraint.name
        for constraint in model._meta.constraints
        if not constraint.name.endswith("_precise")
    }
    assert (
        names
        == {
            Policy: {"policy_says_something"},
            Target: {"target_unit_needs_value"},
            CorporateEvent: set(),
            IssuingBody: {"body_years_in_order"},
        }[model]
    ), "A new rule: check it in `breaches` of the sheet, and here."


def test_a_policy_that_says_nothing_is_refused():
    assert (2, "title_en") in wrong(seen([["document_number"], ["工信部〔2024〕1号"]]))


def test_a_sheet_takes_as_many_queries_for_many_rows_as_for_few():
    sector = Sector.objects.create(name_en="Milling")
    for name in "ABC":
        IssuingBody.objects.create(name_en=f"Body {name}", abbreviation=name, kind="former")

    def rows(start: int, count: int) -> list[list[str]]:
        made = [[f"Plan {n}", "A; B; Unknown", sector.slug, "2024"] for n in range(start, count)]
        return [["title_en", "issuing_bodies", "sectors", "announced"], *made]

    def queries(look) -> int:
        with CaptureQueriesContext(connection) as captured:
            done(look)
        return len(captured)

    seen(rows(0, 2))
    few = queries(seen(rows(0, 5)))
    with CaptureQueriesContext(connection) as captured:
        look = seen(rows(5, 105))
    assert len(captured) < 25
    assert queries(look) < few + 40
    changed = table(export())
    for row in changed[1:]:
        row[changed[0].index("issuing_bodies")] = "B; C"
    look = seen(changed)
    assert totals(look) == (0, 105, 0, 0)
    assert queries(look) < few + 105 + 40
    assert list(faults(lambda *_: None)) == []
    gone = PolicyIssuer.history.filter(history_type="-")
    assert gone.count() == 210
    assert set(gone.values_list("history_change_reason", flat=True)) == {"Imported from list.csv"}
