"""Proposals for a record that is there already: offered, and taken only where an editor ticks."""

import pytest

from policies import publishing
from policies.imports import Stage, finish
from policies.imports.cards import Card
from policies.imports.summary import summarise
from policies.models import Company, CorporateEvent, IssueImport, Policy, PublicVersion

from .conftest import bring_in, pressed

pytestmark = pytest.mark.django_db


def stored(kept: IssueImport):
    return finish(kept.pk, revision=kept.revision, by=None)


def top(number: int) -> Policy:
    return Policy.objects.get(issue__published_on="2031-06-05", section="top", position=number)


def order() -> CorporateEvent:
    return CorporateEvent.objects.get(text__contains="40 hulls")


def newer(kept: IssueImport) -> IssueImport:
    """A file with one other line, in the second item."""
    return bring_in(kept.text.replace("it was overdue", "nobody noticed"))


def ticks(kept: IssueImport, key: str) -> dict[str, bool]:
    return {offer.id: offer.ticked for offer in Stage(kept).offers(key)}


def card(kept: IssueImport, key: str) -> Card:
    stage = Stage(kept)
    return {card.key: card for card in stage.cards(stage.part(1))}[key]


@pytest.fixture
def emptied(kept) -> IssueImport:
    """The newsletter stored and public, a policy and an event emptied of what was proposed."""
    Company.objects.create(name_en="Stillwater", slug="stillwater")
    stored(kept)
    assert list(order().companies.values_list("slug", flat=True)) == ["stillwater"]
    policy, event = top(1), order()
    for record in (policy, event):
        publishing.publish(record, by=None)
    policy.instrument = policy.level = ""
    policy.sectors.clear()
    policy.regions.clear()
    event.kind = "other"
    event.companies.clear()
    policy.save()
    event.save()
    return kept


def test_what_an_editor_emptied_stays_empty_when_another_line_changes(emptied):
    versions = PublicVersion.objects.count()

    report = stored(newer(emptied))

    assert (top(1).instrument, top(1).level, order().kind) == ("", "", "other")
    assert not top(1).sectors.exists()
    assert not top(1).regions.exists()
    assert not order().companies.exists()
    assert PublicVersion.objects.count() == versions
    assert [len(report.added), len(report.updated), len(report.unchanged)] == [0, 1, 5]


def test_what_is_empty_on_a_record_is_proposed_unticked(emptied):
    kept = newer(emptied)

    assert ticks(kept, "top-1") == {
        "sectors:semiconductors": False,
        "sectors:transport-logistics": False,
        "regions:china": False,
        "instrument:plan": False,
        "level:national": False,
    }
    assert ticks(kept, "corporate_news-2") == {"companies:stillwater": False, "kind:order": False}
    assert card(kept, "top-1").standing == "same"


def test_what_was_unticked_at_the_first_import_is_not_taken_by_a_later_one(kept):
    pressed(kept, "save", **{"top-1:offer": ["instrument:plan"]})
    stored(kept)
    later = newer(kept)

    pressed(later, "save")
    stored(later)

    assert (top(1).instrument, top(1).level) == ("plan", "")
    assert not top(1).sectors.exists()
    assert not top(1).regions.exists()


@pytest.mark.parametrize("offer", ["sectors:semiconductors", "instrument:plan"])
def test_what_an_editor_ticks_is_stored_and_counted_as_updated(emptied, offer):
    kept = newer(emptied)

    pressed(kept, "save", **{"top-1:offer": [offer]})

    assert card(kept, "top-1").standing == "changed"
    summary = summarise(Stage(kept))
    assert (summary.new, summary.changed, summary.same) == (0, 2, 4)
    report = stored(kept)
    assert {record.pk for record in report.updated} == {top(1).pk, top(2).pk}
    assert len(report.unchanged) == 4
    assert (top(1).instrument == "plan") == (offer == "instrument:plan")
    assert top(1).sectors.count() == (offer == "sectors:semiconductors")


def test_a_record_that_an_item_completes_gets_no_proposal_unasked(kept):
    before = Policy.objects.create(title_zh="内河航运静音电机推广方案（2031—2034年）")
    assert all(ticks(kept, "top-1").values())

    pressed(kept, "twin", "top-1", before.pk, "merge")

    assert not any(ticks(kept, "top-1").values())
    stored(kept)
    before.refresh_from_db()
    assert before.instrument == ""
    assert not before.sectors.exists()


def test_a_page_made_before_another_import_stored_the_record_ticks_nothing_there(kept):
    late = newer(kept)
    shown = card(late, "top-1")
    sent = {"top-1:offered": shown.offered, "top-1:offer": [offer.id for offer in shown.offers]}
    stored(kept)
    policy = top(1)
    policy.instrument = ""
    policy.save()

    pressed(late, "save", **sent)

    stored(late)
    assert top(1).instrument == ""
