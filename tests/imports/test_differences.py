"""An issue that is here already: only the differences, each taken or left."""

import re

import pytest
from django.contrib.auth.models import Group, User

from policies import publishing
from policies.imports import Stage, finish
from policies.imports.finishing import CannotStore
from policies.imports.summary import summarise
from policies.intake import store
from policies.intake.merge import compare
from policies.models import (
    CorporateEvent,
    IssueImport,
    Policy,
    PublicVersion,
    SourceLink,
    Target,
)
from policies.newsletter import parse_issue

from .conftest import bring_in, open_doubts, pressed

pytestmark = pytest.mark.django_db


@pytest.fixture
def before(kept) -> IssueImport:
    """The newsletter, stored."""
    finish(kept.pk, revision=kept.revision, by=None)
    return kept


def top(number: int) -> Policy:
    return Policy.objects.get(issue__published_on="2031-06-05", section="top", position=number)


def newer(before: IssueImport, old: str = "it was overdue", new: str = "nobody noticed"):
    return bring_in(before.text.replace(old, new))


def differences(kept: IssueImport) -> dict[str, list[tuple]]:
    stage = Stage(kept)
    return {
        card.key: [(row.field, row.by_hand, row.taken) for row in card.differences]
        for card in stage.cards(stage.part(1))
        if card.differences
    }


def stored(kept: IssueImport):
    return finish(kept.pk, revision=kept.revision, by=None)


def test_only_what_differs_is_shown(before):
    kept = newer(before)

    assert differences(kept) == {"top-2": [("comment", False, True)]}
    summary = summarise(Stage(kept))
    assert (summary.new, summary.changed, summary.same) == (0, 1, 5)


def test_the_same_words_in_another_file_differ_in_nothing(before):
    kept = bring_in(before.text + "\n\n")

    assert differences(kept) == {}
    assert open_doubts(kept) == [
        text for text in open_doubts(kept) if "is not in the registry" in text
    ]


def test_what_nobody_changed_is_taken_unless_it_is_left(before):
    kept = newer(before)
    stored(kept)
    assert "nobody noticed" in top(2).comment

    again = newer(kept, "nobody noticed", "everybody noticed")
    pressed(again, "save", **{"top-2:difference-comment": "leave"})
    stored(again)
    assert "nobody noticed" in top(2).comment


def test_what_was_left_is_not_asked_again(before):
    kept = newer(before)
    pressed(kept, "save", **{"top-2:difference-comment": "leave"})
    stored(kept)

    assert differences(bring_in(kept.text + "\n")) == {}


def test_what_an_editor_wrote_stays_and_is_asked_about(before):
    policy = top(2)
    policy.comment = "By an editor."
    policy.save()
    kept = newer(before)

    assert differences(kept) == {"top-2": [("comment", True, None)]}
    assert open_doubts(kept, "difference") == ["Comment: an editor wrote it otherwise"]
    stored(kept)
    assert top(2).comment == "By an editor."


def test_what_an_editor_wrote_is_overwritten_where_it_is_taken(before):
    policy = top(2)
    policy.comment = "By an editor."
    policy.save()
    kept = newer(before)
    pressed(kept, "save", **{"top-2:difference-comment": "take"})

    assert open_doubts(kept, "difference") == []
    stored(kept)
    assert "nobody noticed" in top(2).comment


def test_left_for_good_the_editors_words_are_not_asked_about_again(before):
    policy = top(2)
    policy.comment = "By an editor."
    policy.save()
    kept = newer(before)
    pressed(kept, "save", **{"top-2:difference-comment": "leave"})
    stored(kept)

    assert differences(bring_in(kept.text + "\n")) == {}
    later = newer(kept, "nobody noticed", "somebody noticed")
    assert differences(later) == {"top-2": [("comment", True, None)]}


def test_points_are_compared_as_a_whole(before):
    kept = newer(before, "Publish noise maps", "Publish noise maps twice a year")

    assert differences(kept) == {"top-1": [("points", False, True)]}
    stored(kept)
    assert top(1).targets.filter(text="Publish noise maps twice a year").exists()


def test_a_record_that_the_file_no_longer_has_is_named_and_stays(before):
    text = before.text.replace(
        "- *May 28:* The maker of drives Stillwater bought 40 hulls ([Port Post article](#))\n", ""
    )
    assert text != before.text
    kept = bring_in(text)

    assert [record.position for record in Stage(kept).gone] == [2]
    report = stored(kept)
    assert len(report.missing) == 1


def test_sectors_that_an_editor_chose_are_not_proposed_over(before):
    assert not Stage(newer(before)).offers("top-1")


def test_a_name_settled_now_names_the_issuer_that_waited(before):
    name = 'Research Group for the "Study of Noise, Water and Ports"'
    kept = bring_in(before.text + "\n\n")
    body = Stage(kept).naming.registry.resolve("MOST")
    pressed(kept, "link", name, body.pk, "link")

    stored(kept)

    assert top(1).issuers.get(printed=name).body == body


NOISE = "- Publish noise maps\n"


def settled_target() -> Target:
    """A public target whose status an editor settled."""
    target = publishing.publish(top(1), by=None).targets.get(text="Publish noise maps")
    target.status, target.status_note, target.metric = "met", "Maps are online.", "noise maps"
    target.full_clean()
    target.save()
    return target


def test_a_target_keeps_address_status_and_metric_wherever_a_new_file_has_it(before):
    target = settled_target()

    stored(newer(before, NOISE, "- Ban horns at night\n" + NOISE))

    again = top(1).targets.get(text="Publish noise maps")
    assert (again.pk, again.slug, again.status) == (target.pk, target.slug, "met")
    fresh = top(1).targets.get(text="Ban horns at night")
    assert (fresh.status, fresh.metric) == ("open", "")


def test_a_target_that_is_worded_anew_is_the_same(before):
    target = settled_target()
    stored(newer(before, NOISE, "- Publish the noise maps\n"))

    assert top(1).targets.get(text="Publish the noise maps").pk == target.pk


def test_a_public_target_that_the_file_lacks_goes_only_where_that_is_taken(before):
    target = settled_target()
    kept = newer(before, NOISE, "")

    (asked,) = open_doubts(kept, "difference")
    assert "would take away “Publish noise maps”" in asked
    stored(kept)
    assert Target.objects.filter(pk=target.pk).exists()
    taken = newer(before, NOISE, "\n")
    pressed(taken, "save", **{"top-1:difference-points": "take"})
    stored(taken)
    assert not Target.objects.filter(pk=target.pk).exists()


def test_an_editor_takes_no_public_target_away_by_a_file(before):
    target = settled_target()
    kept = newer(before, NOISE, "")
    pressed(kept, "save", **{"top-1:difference-points": "take"})

    editor = User.objects.create_user("ed", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editor"))
    with pytest.raises(CannotStore, match="Only a publisher"):
        finish(kept.pk, revision=kept.revision, by=editor)
    assert Target.objects.filter(pk=target.pk).exists()


@pytest.mark.parametrize("form", [{"top-2:difference-comment": "take"}, {"top-2:comment": "Ours."}])
def test_what_somebody_corrected_since_it_was_decided_is_asked_about_again(before, form):
    corrected("By Ada.")
    kept = newer(before)
    pressed(kept, "save", **form)
    decided = top(2).comment
    corrected("By Bo, after a letter.")

    with pytest.raises(CannotStore, match="changed the record since"):
        stored(kept)
    (doubt,) = [d for d in Stage(kept).doubts["top-2"] if d.kind == "since"]
    pressed(kept, "settle", "top-2", doubt.id)
    stored(kept)
    assert decided == "By Ada."
    assert top(2).comment not in (decided, "By Bo, after a letter.")


def corrected(comment: str) -> None:
    policy = top(2)
    policy.comment = comment
    policy.save()


def test_a_file_whose_lines_moved_corrects_in_public_only_what_it_says_anew(before):
    ada = User.objects.create(username="ada")
    for record in [
        *Policy.objects.filter(state="in-review"),
        *CorporateEvent.objects.filter(state="in-review"),
    ]:
        publishing.publish(record, by=ada)
    line = top(1).first_line

    report = stored(bring_in("A line above all.\n\n" + before.text.replace("noise maps", "maps")))

    assert top(1).first_line == line + 2
    corrected = PublicVersion.objects.filter(
        change="corrected", kind__in=("policy", "corporateevent")
    )
    assert len(report.updated) == 1
    assert [row.record_id for row in corrected] == [record.pk for record in report.updated]


def without_addresses(text: str) -> str:
    """The newsletter as a reader of PDF gives it: links without addresses, fields lost."""
    text = re.sub(r"\]\(https://[^)]*\)", "](#)", text)
    return re.sub(r"Date: May 14, 2031\n", "", text)


def test_what_a_file_lacks_stays_on_the_record_and_the_page_says_so(before):
    top(1).targets.all().delete()
    url, day = top(1).official_url, top(1).announced
    kept = bring_in(without_addresses(before.text))

    lost = {(field, taken) for rows in differences(kept).values() for field, _, taken in rows}
    assert {("official_url", False), ("announced", False), ("sources", False)} <= lost
    assert open_doubts(kept, "difference") == []
    stored(kept)
    assert url
    assert (top(1).official_url, top(1).announced) == (url, day)
    assert not SourceLink.objects.filter(url="", policy__in=addressed()).exists()


def addressed() -> list[Policy]:
    """The policies whose links all had addresses when they were stored."""
    return [
        policy
        for policy in Policy.objects.filter(issue__published_on="2031-06-05")
        if all(url for _, url in policy.imported["sources"])
    ]


def test_what_a_file_lacks_goes_where_an_editor_takes_that(before):
    kept = bring_in(without_addresses(before.text))
    pressed(kept, "save", **{"top-1:difference-official_url": "take"})

    stored(kept)

    assert top(1).official_url == ""


def test_without_an_editor_a_file_empties_nothing(before):
    text, url = without_addresses(before.text), top(1).official_url

    report = store(parse_issue(text), text=text)

    assert top(1).official_url == url
    assert "official_url" in [row.field for row in report.differences if row.record == top(1)]


def test_an_address_that_a_text_lost_stays_in_it(before):
    policy, linked = top(2), "See [the code](https://example.org/code)."
    policy.comment = policy.imported["comment"] = linked
    policy.save()
    changes = compare(policy, {"comment": linked}, {"comment": "See [the code](#)."})

    assert [(change.loses, change.kept) for change in changes] == [(True, True)]


def test_the_words_that_differ_are_marked_in_both_texts(before):
    stage = Stage(newer(before))
    (row,) = [row for card in stage.cards(stage.part(1)) for row in card.differences]

    marked = [[text for text, differs in pieces if differs] for pieces in (row.old, row.new)]
    assert "overdue" in " ".join(marked[0])
    assert " ".join(marked[1]).split() == ["nobody", "noticed"]
