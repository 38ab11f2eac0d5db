"""Two records of a list are made one, side by side, and parted again."""

import pytest
from django.urls import reverse

from policies import publishing
from policies.merging import fingerprint
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    Merge,
    Policy,
    PolicyIssuer,
    Sector,
)

from .forms import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def lathes():
    return IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")


@pytest.fixture
def turners():
    return IssuingBody.objects.create(
        name_en="Ministry of Turners", abbreviation="MOT", kind="former", note="Founded late."
    )


@pytest.fixture
def policy(turners):
    policy = Policy.objects.create(headline="A plan for lathes")
    PolicyIssuer.objects.create(policy=policy, body=turners)
    return policy


def merge_page(model) -> str:
    return address(model, "changelist") + "merge/"


def confirmed(client, kept, gone, **sent):
    """Press the button of the page that shows the two."""
    data = {"kept": kept.pk, "gone": gone.pk, "seen": fingerprint(kept, gone)} | sent
    return client.post(merge_page(type(kept)), data)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_two_chosen_bodies_are_shown_side_by_side_and_merged(publisher, lathes, turners, policy):
    chosen = {"action": "merge_chosen", "_selected_action": [lathes.pk, turners.pk]}
    page = publisher.post(address(IssuingBody, "changelist"), chosen, follow=True)
    assert "Ministry of <mark>Lathes</mark>" in words(page)
    assert "<b>1</b> policy moves to the kept record" in words(page)
    assert "“Ministry of Turners”" in words(page)
    done = confirmed(publisher, lathes, turners)
    assert done["Location"] == address(lathes, "change")
    assert policy.issuers.get().body == lathes
    lathes.refresh_from_db()
    assert (lathes.abbreviation, lathes.note) == ("MOT", "Founded late.")
    assert [alias.name for alias in lathes.aliases.all()] == ["Ministry of Turners"]


def test_a_merge_is_undone_from_its_message(publisher, lathes, turners, policy):
    page = publisher.get(confirmed(publisher, lathes, turners)["Location"])
    undo = reverse("admin:policies_merge_undo", args=[Merge.objects.get().pk])
    assert undo in words(page)
    assert "Undo the merge" in words(publisher.get(undo))
    assert "two records again" in words(publisher.post(undo, follow=True))
    assert policy.issuers.get().body == turners
    assert "This merge is undone already" in words(publisher.get(undo))


def test_each_field_is_chosen_by_itself(publisher, lathes, turners):
    IssuingBody.objects.filter(pk=lathes.pk).update(note="Makes lathes.")
    lathes.refresh_from_db()
    sent = {"part-name_en": "gone", "part-note": "both", "part-abbreviation": "kept"}
    confirmed(publisher, lathes, turners, **sent)
    lathes.refresh_from_db()
    assert lathes.name_en == "Ministry of Turners"
    assert lathes.note == "Makes lathes.\n\nFounded late."
    assert {alias.name for alias in lathes.aliases.all()} == {"Ministry of Lathes", "MOT"}


def test_the_two_can_be_swapped(publisher, lathes, turners):
    page = publisher.get(merge_page(IssuingBody), {"kept": lathes.pk, "gone": turners.pk})
    swapped = publisher.get(page.context["swap"])
    assert (swapped.context["kept"], swapped.context["gone"]) == (turners, lathes)


@pytest.mark.parametrize("number", [1, 3])
def test_just_two_are_merged(publisher, lathes, turners, number):
    IssuingBody.objects.create(name_en="Third", kind="former")
    keys = list(IssuingBody.objects.values_list("pk", flat=True))[:number]
    chosen = {"action": "merge_chosen", "_selected_action": keys}
    page = publisher.post(address(IssuingBody, "changelist"), chosen, follow=True)
    assert "Choose just two records" in words(page)


@pytest.mark.parametrize(
    ("kept", "gone"), [("", ""), ("1", "x"), ("²", "1"), ("9" * 30, "1"), ("\0", "1")]
)
def test_odd_keys_are_no_records(publisher, kept, gone):
    answer = publisher.get(merge_page(IssuingBody), {"kept": kept, "gone": gone}, follow=True)
    assert "Choose two records of the list" in words(answer)


def test_nothing_is_merged_that_changed_while_the_editor_looked(publisher, lathes, turners):
    seen = fingerprint(lathes, turners)
    IssuingBody.objects.filter(pk=turners.pk).update(note="Dissolved early.")
    answer = confirmed(publisher, lathes, turners, seen=seen)
    assert "changed while you looked" in words(publisher.get(answer["Location"]))
    assert not Merge.objects.exists()


def test_a_refusal_is_said_with_its_reason(publisher, lathes, turners):
    between = IssuingBody.objects.create(name_en="Between", kind="former", parent=turners)
    lathes.parent = between
    lathes.save()
    answer = confirmed(publisher, lathes, turners)
    assert "by way of “Between”" in words(answer)
    assert not Merge.objects.exists()


def test_the_published_one_is_proposed_to_be_kept(publisher):
    early, late = (Policy.objects.create(headline=f"Plan {n}") for n in range(2))
    publishing.publish(late, by=None)
    chosen = {"action": "merge_chosen", "_selected_action": [early.pk, late.pk]}
    page = publisher.post(address(Policy, "changelist"), chosen, follow=True)
    assert page.context["kept"] == late
    assert "what it brings is public at once" in words(page)


def test_a_published_record_goes_into_one_in_review_only_knowingly(publisher):
    review, public = (Policy.objects.create(headline=f"Plan {n}") for n in range(2))
    publishing.publish(public, by=None)
    public.refresh_from_db()
    answer = confirmed(publisher, review, public)
    assert "Tick this if you mean it" in words(answer)
    assert "nothing of the two will be public" in words(answer)
    assert not Merge.objects.exists()
    confirmed(publisher, review, public, aware="on")
    assert Policy.objects.get().state == "in-review"


@pytest.mark.parametrize("model", [Policy, Company, CorporateEvent, IssuingBody, Sector])
def test_every_kind_that_can_be_merged_offers_it(publisher, editor, model):
    page = publisher.get(address(model, "changelist"))
    assert "merge_chosen" in str(page.context["action_form"])
    assert "merge_chosen" not in str(
        editor.get(address(model, "changelist")).context["action_form"]
    )


def test_an_editor_neither_merges_nor_undoes(editor, publisher, lathes, turners):
    assert confirmed(editor, lathes, turners).status_code == 403
    assert editor.get(merge_page(IssuingBody)).status_code == 403
    confirmed(publisher, lathes, turners)
    undo = reverse("admin:policies_merge_undo", args=[Merge.objects.get().pk])
    assert editor.get(undo).status_code == 403
    assert editor.post(undo, {"anyway": "1"}).status_code == 403
    assert "Undo …" not in words(editor.get(address(Merge.objects.get(), "change")))


def test_the_merges_are_listed_and_can_only_be_undone(publisher, lathes, turners):
    confirmed(publisher, lathes, turners)
    done = Merge.objects.get()
    page = words(publisher.get(address(Merge, "changelist")))
    assert "Ministry of Turners" in page
    assert "issuing body" in page
    assert "Undo …" in words(publisher.get(address(done, "change")))
    assert publisher.post(address(done, "delete"), {"post": "yes"}).status_code == 403


def test_what_was_changed_since_is_said_before_a_merge_is_undone(publisher, lathes, turners):
    confirmed(publisher, lathes, turners)
    lathes.refresh_from_db()
    lathes.note = "Rewritten."
    lathes.save()
    undo = reverse("admin:policies_merge_undo", args=[Merge.objects.get().pk])
    assert "note (now “Rewritten.”) was changed since" in words(publisher.get(undo))
    publisher.post(undo)
    assert not IssuingBody.objects.filter(pk=turners.pk).exists()
    publisher.post(undo, {"anyway": "1"})
    assert IssuingBody.objects.get(pk=turners.pk).note == "Founded late."
    assert IssuingBody.objects.get(pk=lathes.pk).note == "Rewritten."


def test_the_history_of_the_one_that_went_is_reached_from_the_kept_one(publisher):
    first, second, third = (Policy.objects.create(headline=f"Plan {n}") for n in range(3))
    second.summary = "A telling summary."
    second.save()
    confirmed(publisher, third, second)
    third.refresh_from_db()
    confirmed(publisher, first, third)
    page = publisher.get(address(first, "history"))
    into = Merge.objects.get(gone_id=second.pk)
    past = reverse("admin:policies_merge_past", args=[into.pk])
    assert past in words(page)
    assert "A telling summary." in words(publisher.get(past))


def test_a_company_has_its_merges_on_its_history_page(publisher):
    kept, gone = (Company.objects.create(name_en=f"Yard {n}") for n in range(2))
    confirmed(publisher, kept, gone)
    assert "Merged into this record" in words(publisher.get(address(kept, "history")))
    past = reverse("admin:policies_merge_past", args=[Merge.objects.get().pk])
    assert publisher.get(past).status_code == 404


def test_the_page_takes_as_many_queries_for_many_rows(
    publisher, lathes, django_assert_max_num_queries
):
    bodies = [IssuingBody.objects.create(name_en=f"Body {n}", kind="former") for n in range(2)]
    for number in range(40):
        policy = Policy.objects.create(headline=f"Plan {number}")
        PolicyIssuer.objects.create(policy=policy, body=bodies[number % 2], position=1)
        PolicyIssuer.objects.create(policy=policy, body=lathes, position=2)
    with django_assert_max_num_queries(60):
        publisher.get(merge_page(IssuingBody), {"kept": lathes.pk, "gone": bodies[0].pk})
