"""Links of bullets that were read without an address: asked about beside their bullet."""

import pytest

from policies.imports import Stage, finish
from policies.imports.cards import Card, PointRow
from policies.models import IssueImport, Policy
from policies.newsletter.links import addressed

from .conftest import bring_in, open_doubts, pressed

pytestmark = pytest.mark.django_db

BULLET = "- Publish noise maps, as [the notice](#) and [its annex](#) say"


@pytest.fixture
def linked(seeded) -> IssueImport:
    """The newsletter with a bullet that has two links without an address."""
    text = bring_in().text
    assert "- Publish noise maps" in text
    return bring_in(text.replace("- Publish noise maps", BULLET))


def card_of(kept: IssueImport, wrong=None) -> Card:
    stage = Stage(kept)
    return stage.cards(stage.part(1), wrong)[0]


def bullet(kept: IssueImport, wrong=None) -> PointRow:
    return next(row for row in card_of(kept, wrong).points if row.text.startswith("Publish"))


def maps() -> str:
    policy = Policy.objects.get(issue__published_on="2031-06-05", section="top", position=1)
    return policy.targets.get(text__startswith="Publish").text


def inputs(kept: IssueImport, *addresses: str) -> dict[str, str]:
    links = bullet(kept).links
    return {f"top-1:source-{link.number}": url for link, url in zip(links, addresses, strict=False)}


def test_a_link_without_an_address_is_asked_about_beside_its_bullet(linked):
    card = card_of(linked)

    assert [link.doubt.text for link in bullet(linked).links] == [
        "The link “the notice” has no address",
        "The link “its annex” has no address",
    ]
    assert not any("annex" in doubt.text for doubt in card.others)
    assert sum(len(row.links) for row in card.points) == 2


def test_an_address_typed_for_a_link_of_a_bullet_is_stored_in_its_words(linked):
    pressed(linked, "save", **inputs(linked, "", "https://example.org/annex_(1)"))

    assert [link.doubt.settled for link in bullet(linked).links] == [False, True]
    assert bullet(linked).links[1].doubt.answer == "Typed: https://example.org/annex_(1)"
    finish(linked.pk, revision=linked.revision, by=None)
    assert maps() == (
        "Publish noise maps, as [the notice](#)"
        " and [its annex](https://example.org/annex_%281%29) say"
    )


def test_an_address_that_is_none_is_refused_beside_its_link(linked):
    taken = pressed(linked, "save", **inputs(linked, "not an address"))

    mistake = bullet(linked, taken.wrong).links[0].wrong
    assert mistake is not None
    assert mistake.text == "not an address"
    assert not bullet(linked).links[0].doubt.settled


def test_asking_again_brings_the_address_back_to_be_saved_or_changed(linked):
    pressed(linked, "save", **inputs(linked, "https://example.org/a"))
    link = bullet(linked).links[0]

    pressed(linked, "unsettle", "top-1", link.doubt.id)
    assert bullet(linked).links[0].url == "https://example.org/a"
    assert link.doubt.text in open_doubts(linked, "link")

    pressed(linked, "link-address", "top-1", link.doubt.id, **inputs(linked, link.url))
    assert link.doubt.text not in open_doubts(linked, "link")


def test_a_bullet_s_link_may_be_left_without_an_address(linked):
    pressed(linked, "settle", "top-1", bullet(linked).links[0].doubt.id)

    assert [link.doubt.settled for link in bullet(linked).links] == [True, False]
    finish(linked.pk, revision=linked.revision, by=None)
    assert maps() == BULLET.removeprefix("- ")


def test_only_links_that_lack_an_address_get_one():
    text = "[a](https://example.org/a), [b](#), [c]() and [d](/d)"

    assert addressed(text, {1: "https://example.org/c"}) == (
        "[a](https://example.org/a), [b](#), [c](https://example.org/c) and [d](/d)"
    )
