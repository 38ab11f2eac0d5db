"""Which record each item of a corrected issue is, and what becomes of the records left over."""

import pytest

from policies.imports import Stage, finish
from policies.imports.finishing import CannotStore
from policies.imports.summary import summarise
from policies.intake import store
from policies.models import IssueImport, Policy
from policies.newsletter import parse_issue
from tests.readers.samples import NEWSLETTER

from .conftest import (
    HYDRO,
    SEEDS,
    SPACE,
    bring_in,
    open_doubts,
    policy,
    pressed,
    stored,
    with_notes,
)

pytestmark = pytest.mark.django_db

MOTORS = NEWSLETTER[
    NEWSLETTER.index("At a glance: The Min") : NEWSLETTER.index("2. Cold storage: Prov", 900)
]


def standings(kept: IssueImport) -> dict[str, str]:
    stage = Stage(kept)
    return {card.key: card.standing for card in stage.cards(stage.part(1))}


def test_a_note_that_moved_up_and_changed_a_word_keeps_its_record(noted):
    seeds, hydro = policy("The MARA"), policy("The NEA")

    stored(with_notes(HYDRO.replace("by the hour", "by the full hour"), SPACE))

    hydro.refresh_from_db()
    assert "by the full hour" in hydro.summary
    assert policy("The MARA").pk == seeds.pk
    assert Policy.objects.filter(issue=hydro.issue, summary__startswith="The NEA").count() == 1


def test_only_the_note_that_was_taken_out_is_no_longer_in_the_file(noted):
    kept = bring_in(with_notes(HYDRO.replace("by the hour", "by the full hour"), SPACE))

    assert Stage(kept).gone == [policy("The MARA")]
    assert standings(kept)["policy_news-1"] == "changed"
    assert not open_doubts(kept, "record")


def test_an_unrelated_note_in_the_same_place_is_a_new_record(noted):
    other = (
        "- *May 5:* The Wuhan City Government unveiled a plan for night ferries"
        " ([City notice](https://example.org/w))\n"
    )
    kept = bring_in(with_notes(other, HYDRO, SPACE))

    assert standings(kept)["policy_news-1"] == "new"
    finish(kept.pk, revision=kept.revision, by=None)
    assert policy("The MARA").summary.endswith("their own")
    assert policy("The Wuhan").state == "in-review"


def test_notes_that_changed_places_keep_their_records(noted):
    kept = bring_in(with_notes(SPACE, SEEDS, HYDRO))

    pairs = Stage(kept).pairs.sure
    notes = [pairs[f"policy_news-{number}"].summary[4:8].strip() for number in (1, 2, 3)]
    assert notes == ["CAC", "MARA", "NEA"]
    assert set(standings(kept).values()) == {"same"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unveiled", "announced"),
        (
            "(内河航运静音电机推广方案（2031—2034 年）)",
            "(内河航运低噪电机实施方案（2031—2034 年）)",
        ),
        ("https://example.org/plan", "https://example.org/the-plan"),
        ("https://example.org/b", "https://example.org/bb"),
        ("*May 6:*", "*May 7:*"),
        ("*May 28:*", "*May 29:*"),
        ("bought 40 hulls", "bought 45 hulls"),
        ("Date: May 14, 2031", "Date: May 15, 2031"),
        ("1. Quiet motors: Transport ministry", "1. Silent engines: The ministry of transport"),
        ("asked power grids", "asked all power grids"),
    ],
)
def test_an_item_with_one_correction_keeps_its_record_unasked(noted, old, new):
    kept = bring_in(noted.text.replace(old, new))

    assert not Stage(kept).gone
    assert not open_doubts(kept, "record")
    assert set(standings(kept).values()) <= {"same", "changed"}


REPLACED = {
    "内河航运静音电机推广方案（2031—2034 年）": "关于促进远洋渔业发展的若干意见",
    "https://example.org/plan": "https://example.org/fish",
    "Date: May 14, 2031": "Date: May 22, 2031",
}


def replaced(text: str) -> str:
    """The first item with another document, its words as they were."""
    for old, new in REPLACED.items():
        text = text.replace(old, new)
    return text


def test_a_quite_different_item_in_the_same_place_is_a_new_record(noted):
    glance = (
        "At a glance: The agriculture ministry wants fewer and larger trawlers. Catches are to be"
        " landed at home, and crews to be trained in two schools on the coast.\n\n"
        "HARBOUR comment: Overfishing goes on, and subsidies stay as they are.\n\n"
        "Article: Opinions on Fishing Far Away (关于促进远洋渔业发展的若干意见)"
        " ([Link](https://example.org/fish))\n\nIssuing body: MARA\n\nDate: May 22, 2031\n\n"
    )
    text = noted.text.replace(MOTORS, glance).replace("Quiet motors: Transport ministry backs"
        " low-noise drives", "Fishing: Larger trawlers are to go farther")  # fmt: skip
    kept = bring_in(text)

    assert standings(kept)["top-1"] == "new"
    assert [record.headline[:5] for record in Stage(kept).gone] == ["Quiet"]


def test_another_document_under_the_same_words_is_asked_about(noted):
    kept = bring_in(replaced(noted.text))
    stage = Stage(kept)

    assert standings(kept)["top-1"] == "unsure"
    (asked,) = open_doubts(kept, "record")
    assert "Quiet" in asked
    assert not stage.gone
    assert not stage.outcomes["top-1"].changes
    with pytest.raises(CannotStore, match="say which one it is"):
        finish(kept.pk, revision=kept.revision, by=None)


TUG = NEWSLETTER[NEWSLETTER.index("The yard Blue Heron") : NEWSLETTER.index(" ([River Daily")]


def test_an_event_of_the_same_day_in_other_words_is_asked_about(noted):
    told = "Blue Heron has handed its first tug driven by hydrogen to an operator of the state"
    kept = bring_in(noted.text.replace(TUG, told))

    assert standings(kept)["corporate_news-1"] == "unsure"
    (asked,) = open_doubts(kept, "record")
    assert "Blue Heron" in asked


def test_another_story_of_the_same_day_is_a_new_event(noted):
    told = "Three makers of cranes opened a common store for parts in the port of Ningbo"
    kept = bring_in(noted.text.replace(TUG, told))

    assert standings(kept)["corporate_news-1"] == "new"
    assert not open_doubts(kept, "record")


def top() -> Policy:
    return Policy.objects.get(issue__published_on="2031-06-05", headline__startswith="Quiet motors",
                              official_url="https://example.org/plan")  # fmt: skip


def test_an_editor_says_that_it_is_this_record(noted):
    kept, record = bring_in(replaced(noted.text)), top()
    pressed(kept, "save", **{"top-1:record": str(record.pk)})

    assert standings(kept)["top-1"] == "changed"
    finish(kept.pk, revision=kept.revision, by=None)
    record.refresh_from_db()
    assert record.official_url == "https://example.org/fish"


def test_an_editor_says_that_it_is_a_new_record(noted):
    kept, record = bring_in(replaced(noted.text)), top()
    pressed(kept, "save", **{"top-1:record": "new"})

    assert Stage(kept).gone == [record]
    finish(kept.pk, revision=kept.revision, by=None)
    record.refresh_from_db()
    assert record.official_url == "https://example.org/plan"
    assert Policy.objects.get(official_url="https://example.org/fish").pk != record.pk


def test_an_editor_gives_an_item_another_record_than_the_one_found(noted):
    kept, seeds = bring_in(with_notes(HYDRO.replace("hour", "day"), SPACE)), policy("The MARA")
    pressed(kept, "save", **{"policy_news-1:record": str(seeds.pk)})

    assert Stage(kept).pairs.sure["policy_news-1"] == seeds
    assert Stage(kept).gone == [policy("The NEA")]


def test_a_record_that_another_item_surely_is_cannot_be_chosen(noted):
    kept = bring_in(with_notes(HYDRO, SPACE))
    pressed(kept, "save", **{"policy_news-1:record": str(policy("The CAC").pk)})
    pressed(kept, "save", **{"policy_news-1:record": "nonsense"})

    assert kept.choices == {}


def test_what_was_decided_about_one_record_says_nothing_of_another(noted):
    kept = bring_in(with_notes(HYDRO.replace("hour", "day"), SPACE))
    pressed(kept, "save", **{"policy_news-1:difference-summary": "leave"})
    pressed(kept, "save", **{"policy_news-1:record": str(policy("The MARA").pk)})

    assert kept.choices["items"]["policy_news-1"] == {"record": str(policy("The MARA").pk)}


def test_words_that_an_editor_wrote_are_asked_about_wherever_the_note_went(noted):
    hydro = policy("The NEA")
    hydro.summary = "The NEA, as an editor tells it."
    hydro.save()

    stored(with_notes(HYDRO.replace("by the hour", "by the full hour"), SPACE))

    hydro.refresh_from_db()
    assert hydro.summary == "The NEA, as an editor tells it."


def test_without_an_editor_what_is_uncertain_is_added_and_told(noted):
    text, record = replaced(noted.text), top()

    report = store(parse_issue(text), text=text)

    assert [(new.official_url, old) for new, old in report.unsure] == [
        ("https://example.org/fish", record)
    ]
    record.refresh_from_db()
    assert record.official_url == "https://example.org/plan"


def reworded(text: str) -> str:
    """The first item told in quite other words, about the same document."""
    return text.replace(
        MOTORS,
        "At a glance: Ships on rivers are to become less loud, says a plan of two ministries.\n\n"
        "HARBOUR comment: Good news for all who live on the banks.\n\n" + TITLED,
    )


TITLED = MOTORS[MOTORS.index("Article: ") :]


@pytest.mark.parametrize("url", ["https://example.org/plan", "#"])
def test_the_same_title_day_and_bodies_are_the_same_record_in_any_words(noted, url):
    kept = bring_in(reworded(noted.text).replace("https://example.org/plan", url))

    assert Stage(kept).pairs.sure["top-1"] == top()
    assert not open_doubts(kept, "record")


def test_another_title_in_other_words_is_not_surely_the_same_record(noted):
    kept = bring_in(replaced(reworded(noted.text)))

    assert "top-1" not in Stage(kept).pairs.sure


def test_one_press_says_that_an_item_is_its_likeliest_record(noted):
    kept, record = bring_in(replaced(noted.text)), top()
    pressed(kept, "whose", "top-1", record.pk)

    assert Stage(kept).pairs.sure["top-1"] == record
    assert not open_doubts(kept, "record")


def test_a_press_on_a_record_that_was_not_proposed_changes_nothing(noted):
    kept = bring_in(replaced(noted.text))
    pressed(kept, "whose", "top-1", policy("The MARA").pk)
    pressed(kept, "whose", "policy_news-1", policy("The MARA").pk)

    assert not kept.choices.get("items")


def test_all_uncertain_items_are_taken_as_proposed_with_one_press(noted):
    text = replaced(noted.text).replace("example.org/b", "example.org/n")
    text = text.replace(
        "asked power grids to pay for pumped hydro by the hour",
        "told grids that pumped hydro is to be paid hourly",
    )
    kept = bring_in(text)
    (pile,) = summarise(Stage(kept)).in_the_way
    assert len(pile.doubts) == 2
    assert pile.is_proposed

    pressed(kept, "whose-all")

    assert not summarise(Stage(kept)).in_the_way
    assert Stage(kept).pairs.sure["top-1"] == top()
