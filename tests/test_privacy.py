"""Only what is published is public.

A canary stands in every text field of what the public must not see: records in review
and withdrawn ones with all that hangs on them, companies and issues that nothing public
names, and the editors' own notes on public records. No public answer may hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from django.utils.timezone import localdate
from simple_history.models import HistoricalChanges

from policies import publishing
from policies.api.kinds import KINDS as IN_THE_API
from policies.datasets import build
from policies.models import (
    Alert,
    AlertDelivery,
    AlertMessage,
    AlertSubscriber,
    BodyAlias,
    BodySuccession,
    Company,
    CorporateEvent,
    ErrorReport,
    FormerSlug,
    IssueImport,
    IssuingBody,
    LinkCheck,
    Merge,
    NewsletterIssue,
    Policy,
    PublicVersion,
    Region,
    Sector,
    SeededRow,
    TargetLink,
    Term,
)
from policies.search.indexing import batch
from policies.sharing.sitemaps import SECTIONS
from policies.versions.kinds import KEPT, kept_of
from policies.versions.telling import versions_of
from policies.vocabulary import Section, State

CANARY = "canaryword"
SHORT = "QZX"
FAR = date(2099, 6, 30)
CANARIES = re.compile(f"{CANARY}|{SHORT}|{FAR.year}", re.IGNORECASE)

# The registry is public as a whole; editors' notes do not stand in it.
REGISTRY = {
    BodyAlias,
    BodySuccession,
    FormerSlug,
    IssuingBody,
    Region,
    Sector,
    SeededRow,
    Term,
}
# Kept for editors alone, and for records that are not public any more.
BEHIND_THE_DESK = (
    AlertSubscriber,
    Alert,
    AlertMessage,
    AlertDelivery,
    ErrorReport,
    IssueImport,
    LinkCheck,
    Merge,
    PublicVersion,
)
KINDS = (
    (Policy, {"section": Section.TOP}),
    (Policy, {"section": Section.NEWS}),
    (CorporateEvent, {}),
)
# Seen by editors alone, also where the record is public.
EDITORS_ONLY = {
    Policy: {"note", "imported"},
    CorporateEvent: {"note", "imported"},
    NewsletterIssue: {"source_name", "source_text", "source_sha256", "leftovers", "warnings"},
}

pytestmark = pytest.mark.django_db


def own_models() -> list[type[models.Model]]:
    """The tracker's models but the records of history and the tables of the search."""
    return [
        model
        for model in apps.get_app_config("policies").get_models()
        if not issubclass(model, HistoricalChanges) and not is_index(model)
    ]


def is_index(model: type[models.Model]) -> bool:
    return model.__name__.startswith("Search")


def text_fields(model: Any) -> list[Any]:
    """The fields that people write words into."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not field.choices
    ]


def words_for(field: Any, word: str, number: int) -> Any:
    """A value of `field` that holds `word`."""
    if isinstance(field, models.JSONField):
        if field.name.startswith("aliases"):
            return [word]
        row = {"name": word, "role": word, "text": word}
        return [row] if field.default is list else row
    if isinstance(field, models.URLField):
        return f"https://{word}.example/{number}"
    if isinstance(field, models.SlugField):
        return f"{word}-{number}"
    if field.max_length and field.max_length < len(word):
        return SHORT if word == CANARY else "CNY"
    return f"{word} {number} [{word}](https://{word}.example/)"[: field.max_length]


def filled(model: Any, word: str, *, day: date | None = None, **given: Any) -> Any:
    """A stored record whose text fields all hold `word`, with the values `given`."""
    number = model._base_manager.count() + 1
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.name in given or field.primary_key or field.name.endswith("_precision"):
            continue
        if field in text_fields(model):
            values[field.name] = words_for(field, word, number)
        elif isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            known = day or (None if field.null else date(2024, 4, 26))
            values[field.name] = known
            precision = f"{field.name.removesuffix('_on')}_precision"
            if hasattr(model, precision):
                values[precision] = "day" if known else ""
        elif isinstance(field, models.DecimalField):
            values[field.name] = number
        elif not (field.null or field.blank or field.has_default()):
            values[field.name] = wanted_value(field, word, number)
    return model._base_manager.create(**values | given)


def wanted_value(field: Any, word: str, number: int) -> Any:
    """A value of a field that has to have one and is no text."""
    if isinstance(field, models.ForeignKey):
        return field.related_model.objects.first()
    if isinstance(field, models.BinaryField):
        return word.encode()
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.BigIntegerField):
        return 0
    return field.choices[0][0] if field.choices else number


def hang_on(record: Any, word: str) -> None:
    """Give `record` one row in each table whose rows hang on it, and ties to the first of its kind.

    A relation between two policies so comes to stand in both directions.
    """
    first = type(record).objects.exclude(pk=record.pk).first()
    for relation in record._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if not relation.one_to_many or model not in own_models():
            continue
        twins = [
            field.name
            for field in model._meta.concrete_fields
            if field.related_model is type(record) and field.name != name
        ]
        if first or not twins:
            given = {name: record} | dict.fromkeys(twins, first)
            # What hangs on the twin and only may name this record is as public as the twin.
            said = "plain" if twins and relation.field.null else word
            filled(model, said, day=FAR if said == CANARY else None, **given)


class World:
    """A small tracker of both kinds of records."""

    def __init__(self, editor: Any) -> None:
        self.editor = editor
        self._registry()
        self.issue = filled(
            NewsletterIssue, "plain", published_on=date(2024, 5, 8), imported_by=editor
        )
        self.public = [self._shown(model, **given) for model, given in KINDS]
        self.hidden: list[Any] = []
        for place in (self.issue, self._hidden_issue()):
            for model, given in KINDS:
                self.hidden += [
                    self._in_review(model, issue=place, **given),
                    self._withdrawn(model, issue=place, **given),
                ]
        self._note_on_public()
        with batch():
            for model in BEHIND_THE_DESK:
                filled(model, CANARY)

    def _registry(self) -> None:
        with batch():
            for model in (IssuingBody, Sector, Region):
                top = filled(model, "plain")
                filled(model, "plain", parent=top)
            filled(Term, "plain", sector=Sector.objects.first())

    def _shown(self, model: Any, **given: Any) -> Any:
        with batch():
            record = filled(model, "plain", day=date(2024, 4, 26), issue=self.issue, **given)
            hang_on(record, "plain")
            self._connect(record)
            company = filled(Company, "plain")
            if model is CorporateEvent:
                record.companies.add(company)
        record = publishing.publish(record, by=self.editor)
        self._correct(record, "plain")
        return record

    def _correct(self, record: Any, word: str) -> None:
        """Change what the public sees of `record`, so that its history tells of it."""
        name = "summary" if isinstance(record, Policy) else "text"
        setattr(record, name, f"{word} corrected")
        record.save()

    def _connect(self, record: Any) -> None:
        record.sectors.set(Sector.objects.all())
        record.regions.set(Region.objects.all())
        if isinstance(record, Policy):
            body = IssuingBody.objects.last()
            record.issuers.create(body=body, printed="plain", position=2)

    def _hidden_issue(self) -> NewsletterIssue:
        return filled(NewsletterIssue, CANARY, day=FAR, imported_by=self.editor)

    def _in_review(self, model: Any, **given: Any) -> Any:
        with batch():
            record = filled(model, CANARY, day=FAR, state=State.IN_REVIEW, **given)
            hang_on(record, CANARY)
            self._connect(record)
            self._tie(record)
            filled(FormerSlug, CANARY, kind=model._meta.model_name, record_id=record.pk)
        return record

    def _withdrawn(self, model: Any, **given: Any) -> Any:
        record = publishing.publish(self._in_review(model, **given), by=self.editor)
        self._correct(record, CANARY)
        return publishing.withdraw(
            record, by=self.editor, note="Said to the public.", reason=CANARY
        )

    def _tie(self, record: Any) -> None:
        """Link a hidden record to public ones, from both sides."""
        policy, event = self.public[0], self.public[2]
        if isinstance(record, Policy):
            event.answers.add(record)
            mine, shown = record.targets.first(), policy.targets.first()
            filled(TargetLink, CANARY, later=mine, earlier=shown)
            filled(TargetLink, CANARY, later=shown, earlier=mine)
        else:
            record.answers.add(policy)
            record.companies.add(filled(Company, CANARY), Company.objects.published().first())

    def _note_on_public(self) -> None:
        for model, names in EDITORS_ONLY.items():
            for record in model.objects.published():
                for name in names:
                    setattr(record, name, words_for(model._meta.get_field(name), CANARY, record.pk))
                record._change_reason = CANARY
                record.save()


@pytest.fixture
def world(django_user_model, django_capture_on_commit_callbacks) -> World:
    with django_capture_on_commit_callbacks(execute=True):
        return World(django_user_model.objects.create_user(f"{CANARY}-editor"))


def body_of(answer: Any) -> str:
    """All that an answer says. What streams is read once and kept; workbooks are unpacked."""
    if not hasattr(answer, "whole"):
        streams = answer.streaming
        answer.whole = b"".join(answer.streaming_content) if streams else answer.content
    content = unpacked(answer.whole) if answer.whole.startswith(b"PK") else answer.whole
    # Digits of digests may make up any year, letters of tokens any word.
    content = re.sub(rb"[0-9a-f]{64}", b"", content)
    content = re.sub(rb'name="(?:csrfmiddlewaretoken|opened)" value="[^"]*"', b"", content)
    return content.decode(errors="replace") + answer.headers.get("Location", "")


def unpacked(content: bytes) -> bytes:
    """The parts of a zip, without the second in which it was written."""
    with ZipFile(BytesIO(content)) as book:
        parts = b"\n".join(book.read(name) for name in book.namelist())
    return re.sub(rb"<dcterms:(\w+)[^>]*>[^<]*</dcterms:\1>", b"", parts)


def addresses_without_a_name() -> Iterator[str]:
    """Every public address that names no record, as the address book has it."""
    for pattern in get_resolver("policies.urls").url_patterns:
        within = [pattern] if isinstance(pattern, URLPattern) else pattern.url_patterns
        prefix = "" if isinstance(pattern, URLPattern) else str(pattern.pattern)
        for one in within:
            if "<" not in str(one.pattern):
                yield f"/{prefix}{one.pattern}"


def addresses_of_records() -> Iterator[str]:
    for model in own_models():
        if hasattr(model, "get_absolute_url"):
            yield from (record.get_absolute_url() for record in model._base_manager.all())
    for former in FormerSlug.objects.all():
        plural = {"policy": "policies", "corporateevent": "events"}[former.kind]
        yield f"/{plural}/{former.slug}/"
        yield f"/api/v1/{plural}/{former.slug}/"


def addresses_for_others() -> Iterator[str]:
    """The sitemaps, and the card of each record."""
    yield from (f"/sitemap-{section}.xml" for section in SECTIONS)
    for address in addresses_of_records():
        if not address.startswith("/api/"):
            yield f"{address}card.png"


def addresses_in_the_api() -> Iterator[str]:
    """All records as the API has them, as they are and as they were today."""
    for kind in IN_THE_API.values():
        for record in kind.model._base_manager.all():
            name = getattr(record, "slug", None) or record.published_on
            yield f"/api/v1/{kind.name}/{name}/"
            yield f"/api/v1/{kind.name}/{name}/?as_of={localdate()}"


def addresses_of_the_past() -> Iterator[str]:
    """The histories of all records, each version of them, and how they were today."""
    today = localdate()
    for kept in KEPT.values():
        for record in kept.model._base_manager.all():
            address = record.get_absolute_url()
            yield from (f"{address}history/", f"{address}?as_of={today}")
            for version in versions_of(kept, record.pk):
                yield f"{address}history/{version.pk}/"


def filter_addresses(address: str, answer: Any) -> Iterator[str]:
    """A list with each value of each facet, chosen and excluded, and with a wrong one."""
    for facet in (answer.context or {}).get("facets", []):
        values = {value.value for value in (*facet.top, *facet.more)}
        if facet.name in {"body", "sector", "region"}:
            model = {"body": IssuingBody, "sector": Sector, "region": Region}[facet.name]
            values |= set(model.objects.values_list("slug", flat=True))
        for value in (*values, "wrong"):
            yield f"{address}?{facet.name}={value}"
            yield f"{address}?not_{facet.name}={value}"


def crawled(client: Any, starts: list[str]) -> Iterator[tuple[str, Any]]:
    """Each address with its answer: the starts, what they link to, and so on.

    Links from an address with a query string are followed to addresses without one only.
    """
    waiting, seen = list(starts), set(starts)
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        yield address, answer
        found = re.findall(r'(?:href|action|src)="([^"]+)"', body_of(answer))
        found = [link.replace("&amp;", "&") for link in found]
        path = urlsplit(address).path
        if "?" not in address:
            found += filter_addresses(address, answer)
        for link in found:
            parts = urlsplit(link)
            if parts.scheme or parts.path.startswith(("/static/", "/admin/")):
                continue
            target = (parts.path or path) + (f"?{parts.query}" if parts.query else "")
            if target not in seen and not ("?" in address and "?" in target):
                seen.add(target)
                waiting.append(target)


def test_the_canary_stands_in_every_text_field_that_is_not_public(world):
    missing = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        if model not in REGISTRY
        for field in text_fields(model)
        if not CANARIES.search(str(list(model._base_manager.values_list(field.name, flat=True))))
    ]
    assert missing == []


def test_no_public_answer_holds_the_canary(world, client, settings, tmp_path):
    settings.DATASET_DIR = tmp_path
    files = [f"/data/{made.name}/{file.name}" for made in [build()] for file in made.files]
    starts = ["/", *files, *addresses_without_a_name(), *addresses_of_records(), "/nowhere/"]
    starts += [*addresses_of_the_past(), *addresses_in_the_api(), *addresses_for_others()]
    answers = dict(crawled(client, starts))
    leaks = {
        address: CANARIES.findall(text)[:3]
        for address, answer in answers.items()
        if CANARIES.search(text := body_of(answer).replace(address, ""))
    }
    assert leaks == {}
    assert {answer.status_code for answer in answers.values()} <= {200, 301, 302, 400, 404, 410}
    shown = [answers[record.get_absolute_url()].status_code for record in world.public]
    assert shown == [200] * 3


def test_a_hidden_record_answers_like_one_that_never_was_or_says_it_was_withdrawn(world, client):
    for record in world.hidden:
        address = record.get_absolute_url()
        answer = client.get(address)
        if record.state == State.WITHDRAWN:
            assert answer.status_code == 410
            assert "Said to the public." in body_of(answer)
        else:
            assert answer.status_code == 404
            nothing = client.get(address.replace(record.slug, "never-was"))
            assert body_of(answer) == body_of(nothing)


def test_what_was_public_of_a_withdrawn_record_is_kept_and_served_nowhere(world, client):
    withdrawn = [record for record in world.hidden if record.state == State.WITHDRAWN]
    for record in withdrawn:
        kept = kept_of(type(record))
        changes = [version.change for version in versions_of(kept, record.pk)]
        assert changes == ["withdrawn", "corrected", "published"]
        gone = record.get_absolute_url()
        pages = [page for page in addresses_of_the_past() if page.startswith(gone)]
        assert len(pages) == 5
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 410
            assert not CANARIES.search(body_of(answer))


def test_the_versions_of_public_records_hold_nothing_hidden(world):
    for kept in KEPT.values():
        public = kept.public().values("pk")
        versions = PublicVersion.objects.filter(kind=kept.stored, record_id__in=public)
        assert versions.exists()
        assert not CANARIES.search(str(list(versions.values("title", "fields", "note"))))


def test_what_is_hidden_changes_no_public_page(world, client, django_capture_on_commit_callbacks):
    starts = [*addresses_without_a_name(), *addresses_of_records(), *addresses_of_the_past()]
    starts += [*addresses_in_the_api(), *addresses_for_others()]
    pages = [address for address in starts if client.get(address).status_code == 200]
    before = {address: body_of(client.get(address)) for address in pages}
    with django_capture_on_commit_callbacks(execute=True):
        for record in world.hidden:
            record.delete()
        Company.objects.filter(slug__startswith=CANARY).delete()
        NewsletterIssue.objects.filter(published_on=FAR).delete()
    after = {address: body_of(client.get(address)) for address in pages}
    assert [address for address in pages if before[address] != after[address]] == []


def test_asking_for_a_hidden_value_tells_no_more_than_asking_for_nothing(world, client):
    policy = Policy.objects.filter(state=State.IN_REVIEW)[0].slug
    hidden = {
        "policies/?in": policy,
        "policies/?reading": policy,
        "compare/?policy": policy,
        "events/?answers": policy,
        "events/?company": Company.objects.filter(slug__startswith=CANARY)[0].slug,
        "policies/?issue": str(FAR),
        "policies/?year": str(FAR.year),
    }
    for query, value in hidden.items():
        unknown = value.translate(str.maketrans("abcdefghi0123456789", "jklmnopqr9876543210"))
        asked, compared = (body_of(client.get(f"/{query}={each}")) for each in (value, unknown))
        # A citation is called by a digest of what was asked, whatever that found.
        told, other = (re.sub(r"search-[0-9a-f]{8}", "", page) for page in (asked, compared))
        assert told.replace(value, "…") == other.replace(unknown, "…"), query


def test_the_search_index_holds_nothing_hidden(world):
    for model in apps.get_app_config("policies").get_models():
        if is_index(model):
            rows = str([[bytes(v) if isinstance(v, memoryview) else v for v in row]
                        for row in model._base_manager.values_list()])  # fmt: skip
            assert not re.search(CANARY, rows, re.IGNORECASE), model.__name__
