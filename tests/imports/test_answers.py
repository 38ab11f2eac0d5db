"""What an editor types for a doubt: kept as it was typed, told in words, asked for again."""

import pytest

from policies.imports import Stage, finish
from policies.imports.cards import PointRow
from policies.imports.doubts import Doubt
from policies.imports.form import Taken
from policies.models import IssueImport, Policy
from policies.vocabulary import Comparator

from .conftest import bring_in, open_doubts, pressed

pytestmark = pytest.mark.django_db

FIFTY = {
    "comparator": Comparator.FALL_BY_AT_LEAST.value,
    "value": "50",
    "unit": "percent",
    "due": "2033",
}


@pytest.fixture
def halved(seeded) -> IssueImport:
    """The newsletter with a target whose figure is not understood."""
    text = bring_in().text
    assert "- Publish noise maps" in text
    return bring_in(text.replace("- Publish noise maps", "- Halve the noise of ferries"))


def row_of(kept: IssueImport, taken: Taken | None = None) -> PointRow:
    stage = Stage(kept)
    card = stage.cards(stage.part(1), taken.wrong if taken else None)[0]
    return next(row for row in card.points if row.text.startswith("Halve"))


def doubt_of(kept: IssueImport) -> Doubt:
    doubt = row_of(kept).doubt
    assert doubt is not None
    return doubt


def figure(kept: IssueImport, **values: str) -> dict[str, str]:
    """The inputs of the target's figure with `values` typed."""
    number = row_of(kept).number
    return {f"top-1:figure-{number}-{name}": text for name, text in (FIFTY | values).items()}


def save(kept: IssueImport, **values: str) -> Taken:
    return pressed(kept, "figure", "top-1", row_of(kept).number, **figure(kept, **values))


def test_all_that_was_typed_for_a_figure_stands_there_when_it_is_refused(halved):
    taken = save(halved, value="fifty")

    row = row_of(halved, taken)
    assert row.wrong is not None
    assert "plain number" in row.wrong.why
    assert row.inputs == FIFTY | {"value": "fifty"}
    assert not doubt_of(halved).settled


def test_the_line_of_a_figure_says_what_was_typed(halved):
    save(halved)

    assert doubt_of(halved).settled
    assert doubt_of(halved).answer == "Typed: fall by at least 50 percent, by 2033."


def test_asking_again_brings_a_figure_back_as_it_was_saved(halved):
    save(halved)

    pressed(halved, "unsettle", "top-1", doubt_of(halved).id)

    assert not doubt_of(halved).settled
    assert row_of(halved).inputs == FIFTY
    assert open_doubts(halved, "quantity")


@pytest.mark.parametrize("value", ["50", "40"])
def test_a_figure_that_was_asked_for_again_is_saved_as_it_stands_then(halved, value):
    save(halved)
    pressed(halved, "unsettle", "top-1", doubt_of(halved).id)

    save(halved, value=value)

    assert doubt_of(halved).settled
    finish(halved.pk, revision=halved.revision, by=None)
    policy = Policy.objects.get(issue__published_on="2031-06-05", section="top", position=1)
    target = policy.targets.get(text__startswith="Halve")
    assert (target.comparator, target.value, target.unit) == (
        Comparator.FALL_BY_AT_LEAST,
        int(value),
        "percent",
    )


def test_a_figure_asked_for_again_stays_open_while_something_else_is_saved(halved):
    save(halved)
    pressed(halved, "unsettle", "top-1", doubt_of(halved).id)

    pressed(halved, "save", **figure(halved), **{"top-2:headline": "Cold"})

    assert not doubt_of(halved).settled
    assert row_of(halved).inputs == FIFTY


def test_a_figure_that_is_emptied_again_is_asked_for_as_before(halved):
    read = row_of(halved).inputs
    save(halved)
    pressed(halved, "unsettle", "top-1", doubt_of(halved).id)

    save(halved, **read)

    assert not doubt_of(halved).answer
    assert not halved.choices.get("items", {}).get("top-1", {}).get("figures")


def test_a_figure_that_is_left_and_was_never_typed_is_asked_for_again(halved):
    pressed(halved, "settle", "top-1", doubt_of(halved).id)
    assert (doubt_of(halved).settled, doubt_of(halved).answer) == (True, "")

    pressed(halved, "unsettle", "top-1", doubt_of(halved).id)

    assert not doubt_of(halved).settled


def test_a_count_of_bodies_that_a_typed_list_answered_is_asked_for_again(kept):
    pressed(kept, "save", **{"top-1:bodies": "MOT\nMIIT"})
    assert open_doubts(kept, "count") == []

    pressed(kept, "unsettle", "top-1", "count")
    assert open_doubts(kept, "count")

    pressed(kept, "save", **{"top-1:bodies": "MOT\nMIIT\nMOST"})
    assert open_doubts(kept, "count") == []
