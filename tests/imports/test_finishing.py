"""Storing an import: all of it or nothing, once."""

import pytest
from django.db import connection

from policies import merging, publishing
from policies.imports import AlreadyStored, CannotStore, Changed, Stage, finish
from policies.intake import store
from policies.models import (
    BodyAlias,
    Company,
    CorporateEvent,
    IssueImport,
    IssuingBody,
    NewsletterIssue,
    Policy,
    SearchState,
)
from policies.newsletter import parse_issue
from policies.vocabulary import BodyKind, ImportState, State

from .conftest import bring_in, open_doubts, pressed

pytestmark = pytest.mark.django_db

GROUP = 'Research Group for the "Study of Noise, Water and Ports"'
CITY = "Wuhan City Government"


def stored(kept: IssueImport, by=None):
    return finish(kept.pk, revision=kept.revision, by=by)


def top(number: int) -> Policy:
    return Policy.objects.get(issue__published_on="2031-06-05", section="top", position=number)


def counts() -> list[int]:
    return [
        model.objects.count()
        for model in (NewsletterIssue, Policy, CorporateEvent, IssuingBody, BodyAlias, Company)
    ]


def test_the_records_wait_in_review_and_name_their_issue_and_file(kept, django_user_model):
    user = django_user_model.objects.create_user("ada")

    report = stored(kept, by=user)
    kept.refresh_from_db()

    assert [len(report.added), len(report.updated)] == [6, 0]
    assert {record.state for record in report.records.values()} == {State.IN_REVIEW}
    assert (kept.state, kept.issue) == (ImportState.STORED, report.issue)
    assert report.issue.source_sha256 == kept.sha256
    assert report.issue.imported_by == user


def test_typed_values_are_stored_and_the_printed_ones_are_kept_beside(kept):
    pressed(
        kept,
        "save",
        **{
            "top-2:title_zh": "关于共享冷库的通知",
            "top-2:official_url": "https://example.org/cold",
        },
    )
    stored(kept)

    policy = top(2)
    assert policy.title_zh == "关于共享冷库的通知"
    assert policy.printed_title_zh == "关于共享冷库 (试行) 的通知"
    assert policy.official_url == "https://example.org/cold"


def test_an_address_typed_for_a_source_is_stored(kept):
    pressed(kept, "save", **{"corporate_news-2:source-0": "https://example.org/post"})
    assert "Port Post" not in str(open_doubts(kept))

    report = stored(kept)

    assert report.records["corporate_news-2"].sources.get().url == "https://example.org/post"


def test_a_body_may_be_linked_without_keeping_the_name(kept):
    body = IssuingBody.objects.get(abbreviation="MOST")
    pressed(kept, "link", GROUP, body.pk, "link")
    assert not BodyAlias.objects.filter(name=GROUP).exists()

    stored(kept)

    assert body in top(1).bodies.all()
    assert top(1).issuers.get(body=body).printed == GROUP
    assert not BodyAlias.objects.filter(name=GROUP).exists()


def test_a_linked_body_may_keep_the_name_for_later_issues(kept):
    body = IssuingBody.objects.get(abbreviation="MOST")
    pressed(kept, "link", GROUP, body.pk, "alias")
    assert not BodyAlias.objects.filter(name=GROUP).exists()

    stored(kept)

    assert BodyAlias.objects.get(name=GROUP).body == body


def test_a_body_is_found_by_its_name(kept):
    stem = [card for card in Stage(kept).cards(Stage(kept).part(1)) if card.key == "top-1"]
    name = f"find-{stem[0].bodies[-1].id}"

    taken = pressed(kept, "find", GROUP, "alias", **{name: "no such body"})
    assert taken.wrong[name].why == "No registered body has this name."

    pressed(kept, "find", GROUP, "alias", **{name: "most"})
    stored(kept)
    assert BodyAlias.objects.get(name=GROUP).body.abbreviation == "MOST"


def test_a_body_is_created_only_when_storing(kept):
    row = Stage(kept).cards(Stage(kept).part(1))[0].bodies[-1]
    stem = f"create-{row.id}"
    form = {
        f"{stem}-name_en": "Noise Group",
        f"{stem}-name_zh": "噪声组",
        f"{stem}-kind": BodyKind.AFFILIATED.value,
    }
    pressed(kept, "create", GROUP, **form)
    assert not IssuingBody.objects.filter(name_en="Noise Group").exists()

    stored(kept)

    body = IssuingBody.objects.get(name_en="Noise Group")
    assert (body.name_zh, body.kind) == ("噪声组", BodyKind.AFFILIATED)
    assert list(body.aliases.values_list("name", flat=True)) == [GROUP]
    assert body in top(1).bodies.all()


@pytest.mark.parametrize("form", [{"name_en": ""}, {"name_en": "X", "kind": "castle"}])
def test_a_new_body_without_name_or_kind_is_refused_in_words(kept, form):
    stem = f"create-{Stage(kept).cards(Stage(kept).part(1))[0].bodies[-1].id}"

    taken = pressed(kept, "create", GROUP, **{f"{stem}-{name}": v for name, v in form.items()})

    assert taken.wrong[stem].why
    assert kept.choices == {}


def test_a_body_may_stay_unresolved(kept):
    pressed(kept, "leave-body", GROUP)
    assert GROUP not in str(open_doubts(kept))

    stored(kept)

    assert top(1).issuers.get(printed=GROUP).body is None


def test_a_body_may_be_asked_for_again(kept):
    pressed(kept, "leave-body", GROUP)
    pressed(kept, "undo-body", GROUP)

    assert GROUP in str(open_doubts(kept))


def test_a_name_that_somebody_registered_meanwhile_is_taken(kept):
    pressed(kept, "link", GROUP, IssuingBody.objects.get(abbreviation="MOST").pk, "alias")
    other = IssuingBody.objects.get(abbreviation="MOE")
    BodyAlias.objects.create(body=other, name=GROUP, language="en")

    stored(kept)

    assert other in top(1).bodies.all()


def earlier(**values) -> Policy:
    values = {"title_zh": "内河航运静音电机推广方案（2031—2034年）", "headline": "Before"} | values
    return Policy.objects.create(**values)


def test_a_likely_duplicate_may_be_kept_beside(kept):
    before = earlier()
    pressed(kept, "twin", "top-1", before.pk, "keep")
    assert open_doubts(kept, "twin") == []

    stored(kept)

    assert top(1) != before


def test_a_merged_item_completes_the_earlier_record_and_overwrites_nothing(kept):
    before = earlier(summary="What was known before.")
    pressed(kept, "twin", "top-1", before.pk, "merge")

    report = stored(kept)
    before.refresh_from_db()

    assert report.records["top-1"] == before
    assert len(report.added) == 5
    assert (before.headline, before.summary) == ("Before", "What was known before.")
    assert before.official_url == "https://example.org/plan"
    assert before.targets.count() == 5
    assert before.issue is None
    assert "HARBOUR China Industries, 5 June 2031, lines 20 to 39" in before.note


def test_what_is_taken_in_a_merge_overwrites(kept):
    before = earlier()
    pressed(kept, "twin", "top-1", before.pk, "merge")
    pressed(kept, "save", **{"top-1:difference-headline": "take"})
    stored(kept)
    before.refresh_from_db()

    assert before.headline == "Quiet motors: Transport ministry backs low-noise drives"


def test_an_item_updates_the_chosen_record_though_it_is_not_alike_any_more(kept):
    before = earlier()
    pressed(kept, "twin", "top-1", before.pk, "merge")
    before.title_zh = "另一标题"
    before.save()
    (asked,) = [doubt for doubt in Stage(kept).doubts["top-1"] if doubt.kind == "twin"]

    assert asked.settled
    assert stored(kept).records["top-1"] == before


def test_an_item_updates_what_its_record_was_merged_into(kept):
    before, other = earlier(), Policy.objects.create(title_en="The same, entered first")
    pressed(kept, "twin", "top-1", before.pk, "merge")
    merging.merge(other, before)

    assert stored(kept).records["top-1"] == other


def test_a_record_to_update_that_is_gone_is_asked_about(kept):
    before = earlier()
    pressed(kept, "twin", "top-1", before.pk, "merge")
    before.delete()
    (doubt,) = [one for one in Stage(kept).doubts["top-1"] if one.blocks]

    with pytest.raises(CannotStore, match="not here any more"):
        stored(kept)
    pressed(kept, "settle", "top-1", doubt.id)
    assert stored(kept).records["top-1"] == top(1)


def test_two_items_do_not_update_the_same_record(kept):
    before = earlier(title_zh="关于港口起重机基金的通知")
    title = {f"policy_news-{number}:title_zh": before.title_zh for number in (1, 2)}
    pressed(kept, "save", **title)
    for number in (1, 2):
        pressed(kept, "twin", f"policy_news-{number}", before.pk, "merge")

    with pytest.raises(CannotStore, match="Another item updates the same record"):
        stored(kept)
    pressed(kept, "twin", "policy_news-2", before.pk, "keep")
    report = stored(kept)
    assert report.records["policy_news-1"] == before
    assert report.records["policy_news-2"] != before


def test_a_likely_duplicate_is_answered_before_the_issue_is_stored(kept):
    before = earlier()

    with pytest.raises(CannotStore, match="same Chinese title is here already"):
        stored(kept)
    pressed(kept, "twin", "top-1", before.pk, "keep")
    assert stored(kept).records["top-1"] == top(1)


def test_an_item_that_was_merged_is_offered_the_same_record_by_a_corrected_file(kept):
    before = earlier()
    pressed(kept, "twin", "top-1", before.pk, "merge")
    stored(kept)
    Policy.objects.filter(pk=before.pk).update(title_zh="", official_url="")
    corrected = bring_in(kept.text.replace("it was overdue", "it was late"))
    stage = Stage(corrected)

    assert stage.before == {"top-1": before.pk}
    (doubt,) = [one for one in stage.doubts["top-1"] if one.kind == "twin"]
    assert doubt.blocks
    assert "earlier file" in doubt.text
    pressed(corrected, "twin", "top-1", before.pk, "merge")
    report = stored(corrected)
    assert report.records["top-1"] == before
    assert not report.added


def test_a_record_that_is_gone_is_not_offered_again(kept):
    before = earlier()
    pressed(kept, "twin", "top-1", before.pk, "merge")
    stored(kept)
    before.delete()

    assert Stage(bring_in(kept.text + "\n")).before == {}


def test_a_linked_body_that_was_merged_since_is_the_one_that_was_kept(kept):
    one, other = (IssuingBody.objects.create(name_en=f"Group {n}", kind="affiliated") for n in "AB")
    pressed(kept, "link", GROUP, one.pk, "link")
    merging.merge(other, one)

    stored(kept)

    assert top(1).issuers.get(printed=GROUP).body == other


def test_a_linked_body_that_is_gone_is_asked_for_again(kept):
    body = IssuingBody.objects.create(name_en="Group", kind="affiliated")
    pressed(kept, "link", GROUP, body.pk, "link")
    settled = len(open_doubts(kept, "body"))
    body.delete()

    assert len(open_doubts(kept, "body")) == settled + 1


def test_proposals_are_stored_unless_they_are_unticked(kept):
    stage = Stage(kept)
    offers = {offer.id: offer for offer in stage.offers("top-1")}
    assert offers["instrument:plan"].because
    pressed(kept, "save", **{"top-1:offer": ["instrument:plan", "regions:china"]})

    stored(kept)

    policy = top(1)
    assert policy.instrument == "plan"
    assert policy.level == ""
    assert list(policy.regions.values_list("slug", flat=True)) == ["china"]
    assert not policy.sectors.exists()


def test_storing_twice_is_told_and_changes_nothing(kept):
    stored(kept)
    before = counts()

    with pytest.raises(AlreadyStored):
        stored(kept)
    assert counts() == before


def test_a_window_that_is_behind_cannot_store(kept):
    pressed(kept, "settle-kind", "link")
    before = counts()

    with pytest.raises(Changed):
        finish(kept.pk, revision=kept.revision - 1, by=None)
    assert counts() == before


def test_what_blocks_is_said_and_nothing_is_stored(seeded):
    kept = bring_in(bring_in().text.replace("JUNE 5, 2031 (REPORTING PERIOD: MAY 2 - MAY 30)", ""))
    before = counts()

    with pytest.raises(CannotStore, match="day of the issue"):
        stored(kept)
    assert counts() == before


@pytest.mark.django_db(transaction=True)
def test_a_refusal_at_the_very_last_write_leaves_nothing():
    kept = bring_in()
    pressed(kept, "settle-kind", "link")
    before, version = counts(), SearchState.objects.values_list("version").first()
    # The database refuses exactly the last write: that the import is stored.
    table = IssueImport._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(REFUSE[connection.vendor][0].format(table=table))
    try:
        with pytest.raises(CannotStore, match="refused"):
            stored(kept)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(REFUSE[connection.vendor][1].format(table=table))

    assert counts() == before
    assert SearchState.objects.values_list("version").first() == version
    kept.refresh_from_db()
    assert (kept.state, kept.issue) == (ImportState.OPEN, None)
    stored(kept)
    assert Policy.objects.count() == before[1] + 4


REFUSE = {
    "sqlite": (
        "CREATE TRIGGER not_stored BEFORE UPDATE ON {table} WHEN NEW.state = 'stored' "
        "BEGIN SELECT RAISE(ABORT, 'not today'); END",
        "DROP TRIGGER not_stored",
    ),
    "postgresql": (
        "ALTER TABLE {table} ADD CONSTRAINT not_stored CHECK (state <> 'stored')",
        "ALTER TABLE {table} DROP CONSTRAINT not_stored",
    ),
}


def test_published_records_are_not_sent_back_by_a_newer_file(kept):
    stored(kept)
    publishing.publish(top(2), by=None)
    newer = bring_in(kept.text.replace("Pooling is cheap", "Pooling is dear"))

    stored(newer)

    assert (top(2).state, top(2).comment) == (
        State.PUBLISHED,
        "Pooling is dear, and it was overdue.",
    )


def test_an_issue_names_who_brought_in_the_file_that_it_shows_and_when(kept, django_user_model):
    ada, bo = (django_user_model.objects.create_user(name) for name in ("ada", "bo"))
    first = stored(kept, by=ada).issue
    newer = bring_in(kept.text.replace("Pooling is cheap", "Pooling is dear"))

    stored(newer, by=bo)

    issue = NewsletterIssue.objects.get(pk=first.pk)
    assert (issue.source_sha256, issue.imported_by) == (newer.sha256, bo)
    assert issue.imported_at > first.imported_at


def test_the_same_file_from_the_command_line_leaves_who_brought_it_in(kept, django_user_model):
    ada = django_user_model.objects.create_user("ada")
    issue = stored(kept, by=ada).issue

    store(parse_issue(kept.text), text=kept.text, data=bytes(kept.data))

    again = NewsletterIssue.objects.get(pk=issue.pk)
    assert (again.imported_by, again.imported_at) == (ada, issue.imported_at)
