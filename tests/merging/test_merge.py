"""Of two records that are one nothing is lost."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from policies import publishing
from policies.merging import Refused, cautions, make_plan, merge, merges_into, part
from policies.merging.fields import lines_of
from policies.models import (
    Amount,
    BodySuccession,
    Company,
    CorporateEvent,
    FormerSlug,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    Provision,
    Sector,
    SourceLink,
    Target,
    Term,
)
from policies.registry import BodyRegistry

from .tables import index_faults

pytestmark = pytest.mark.django_db


def body(name, **values) -> IssuingBody:
    return IssuingBody.objects.create(name_en=name, kind="former", **values)


def policy(headline="A plan", **values) -> Policy:
    return Policy.objects.create(headline=headline, **values)


def issued(by, **values) -> Policy:
    made = policy()
    PolicyIssuer.objects.create(policy=made, body=by, **values)
    return made


@pytest.fixture
def pair():
    return body("Ministry of Lathes"), body("Ministry of Turners", abbreviation="MOT")


@pytest.fixture
def plans():
    return policy("Plan one"), policy("Plan two")


# Bodies


def test_what_the_one_issued_is_issued_by_the_other(pair):
    kept, gone = pair
    made = issued(gone)
    merge(kept, gone)
    assert made.issuers.get().body == kept
    assert not IssuingBody.objects.filter(pk=gone.pk).exists()


def test_a_policy_that_both_issued_names_the_body_once_and_keeps_both_printed_names(pair):
    kept, gone = pair
    made = issued(kept, printed="Lathes", position=2)
    PolicyIssuer.objects.create(policy=made, body=gone, printed="MOT", position=1, is_lead=True)
    plan = make_plan(kept, gone, {})
    assert (len(plan.folded), plan.moved) == (1, {})
    merge(kept, gone)
    issuer = made.issuers.get()
    assert (issuer.body, issuer.printed, issuer.is_lead) == (kept, "Lathes; MOT", True)


def test_every_name_of_the_one_that_goes_is_resolved_to_the_kept_one(pair):
    kept, gone = pair
    gone.name_zh, gone.short_name_zh = "中央车床部", "车床部"
    gone.save()
    gone.aliases.create(name="Turning Office", language="en")
    kept.name_zh = "中央机床部"
    kept.save()
    merge(kept, gone)
    registry = BodyRegistry()
    for name in (
        "MOT",
        "Ministry of Turners",
        "中央车床部",
        "车床部",
        "Turning Office",
        "中央机床部",
    ):
        assert registry.resolve(name) == kept
    languages = dict(kept.aliases.values_list("name", "language"))
    assert (languages["中央车床部"], languages["Ministry of Turners"]) == ("zh", "en")


def test_a_name_that_is_another_bodys_is_said_and_not_taken_away(pair):
    kept, gone = pair
    third = body("Third")
    third.aliases.create(name="Ministry of Turners", language="en")
    assert make_plan(kept, gone, {}).names_taken == ["Ministry of Turners"]
    merge(kept, gone)
    assert third.aliases.get().name == "Ministry of Turners"


def test_the_old_address_leads_to_the_kept_record_by_way_of_all_former_ones(client, pair):
    kept, gone = pair
    first, second = gone.slug, "turners"
    gone.slug = second
    gone.save()
    third = body("Ministry of Drills")
    merge(gone, third)
    gone.refresh_from_db()
    merge(kept, gone)
    for slug in (first, second, third.slug):
        assert client.get(f"/bodies/{slug}/")["Location"] == kept.get_absolute_url()


def test_a_search_that_named_the_one_that_went_finds_what_is_the_other_s_now(client, pair):
    kept, gone = pair
    its = issued(gone)
    publishing.publish(its, by=None)
    asked = f"?body={gone.slug}"
    for merged in (False, True):
        if merged:
            merge(kept, gone)
        listed = client.get(f"/api/v1/policies/{asked}").json()["results"]
        assert [row["slug"] for row in listed] == [its.slug]
    assert kept.name_en in client.get(f"/policies/{asked}").content.decode()


def test_who_followed_whom_is_kept_and_nobody_follows_itself(pair):
    kept, gone = pair
    old, new = body("Old"), body("New")
    for one, other, year in (
        (old, kept, None), (old, gone, 1998), (gone, new, 2018), (gone, kept, 2003),
    ):  # fmt: skip
        BodySuccession.objects.create(predecessor=one, successor=other, year=year)
    merge(kept, gone)
    rows = BodySuccession.objects.values_list("predecessor", "successor", "year")
    assert set(rows) == {(old.pk, kept.pk, 1998), (kept.pk, new.pk, 2018)}


def test_what_stands_below_the_one_stands_below_the_other(pair):
    kept, gone = pair
    child = body("Bureau", parent=gone)
    merge(kept, gone)
    child.refresh_from_db()
    assert child.parent == kept


def test_a_body_takes_the_place_of_the_one_that_it_stands_right_below(pair):
    kept, gone = pair
    top = body("Top")
    IssuingBody.objects.filter(pk=gone.pk).update(parent=top)
    IssuingBody.objects.filter(pk=kept.pk).update(parent=gone)
    merge(kept, gone)
    kept.refresh_from_db()
    assert kept.parent == top


def test_a_body_below_the_other_by_a_detour_is_refused_and_the_swap_is_not(pair):
    kept, gone = pair
    between = body("Between", parent=gone)
    IssuingBody.objects.filter(pk=kept.pk).update(parent=between)
    kept.refresh_from_db()
    with pytest.raises(Refused, match="by way of “Between”"):
        merge(kept, gone)
    merge(gone, kept)
    between.refresh_from_db()
    assert between.parent == gone


def test_years_that_make_no_sense_together_are_refused(pair):
    kept, gone = pair
    IssuingBody.objects.filter(pk=kept.pk).update(active_from=1990)
    IssuingBody.objects.filter(pk=gone.pk).update(active_until=1980)
    with pytest.raises(Refused, match="dissolved before it was founded"):
        merge(kept, gone)
    assert IssuingBody.objects.count() == 2


def test_a_merged_body_is_searched_by_its_names_and_counted_once(client, pair):
    kept, gone = pair
    for by in pair:
        publishing.publish(issued(by), by=None)
    done = merge(kept, gone)
    assert index_faults() == []
    page = client.get("/policies/", {"body": kept.slug}).content.decode()
    assert page.count("/policies/a-plan") >= 2
    assert kept.name_en in client.get("/bodies/", {"q": "turners"}).content.decode()
    assert client.get("/policies/", {"q": "MOT"}).content.decode().count("/policies/a-plan") >= 2
    part(done)
    assert index_faults() == []
    assert kept.name_en not in client.get("/bodies/", {"q": "turners"}).content.decode()


def test_seeding_again_leaves_merged_records_alone(seeded):
    kept, gone = IssuingBody.objects.filter(parent=None)[:2]
    one, other = Sector.objects.filter(parent=None)[:2]
    counts = IssuingBody.objects.count(), Sector.objects.count()
    merge(kept, gone)
    merge(one, other)
    call_command("seed", verbosity=0)
    assert (IssuingBody.objects.count(), Sector.objects.count()) == (counts[0] - 1, counts[1] - 1)
    assert index_faults() == []


# Companies and sectors


def test_a_company_keeps_the_events_and_says_its_other_names(client):
    kept = Company.objects.create(name_en="Yard", note="Builds ships.")
    gone = Company.objects.create(name_en="Yard Ltd", name_zh="船厂")
    events = [CorporateEvent.objects.create(text=f"Keel {n}") for n in range(3)]
    kept.events.set(events[:2])
    gone.events.set(events[1:])
    for event in events:
        publishing.publish(event, by=None)
    merge(kept, gone)
    kept.refresh_from_db()
    assert set(kept.events.all()) == set(events)
    assert (kept.name_zh, kept.note) == ("船厂", "Builds ships.\n\nAlso called Yard Ltd.")
    assert [row.company for row in events[2].history.first().companies.all()] == [kept]
    assert "Yard" in client.get("/companies/", {"q": "Yard Ltd"}).content.decode()


def test_a_sector_keeps_names_terms_children_and_records():
    kept = Sector.objects.create(name_en="Chips", aliases=["Wafers"])
    gone = Sector.objects.create(
        name_en="Semiconductors", name_zh="半导体", aliases=["wafers", "IC"]
    )
    child = Sector.objects.create(name_en="Packaging", parent=gone)
    term = Term.objects.create(term_en="Die", term_zh="芯", definition="d", sector=gone)
    made = policy()
    made.sectors.add(gone)
    merge(kept, gone)
    for row in (kept, child, term):
        row.refresh_from_db()
    assert kept.aliases == ["Wafers", "IC", "Semiconductors"]
    assert kept.name_zh == "半导体"
    assert (child.parent, term.sector, list(made.sectors.all())) == (kept, kept, [kept])


# Policies


def test_what_hangs_on_the_one_hangs_on_the_other_after_what_is_there(plans):
    kept, gone = plans
    Provision.objects.create(policy=kept, text="Own", position=1)
    Target.objects.create(policy=kept, text="Own", position=2)
    Provision.objects.create(policy=gone, text="Other", position=1)
    Target.objects.create(policy=gone, text="Other", position=2)
    for owner in plans:
        Amount.objects.create(policy=owner, value=owner.pk, currency="CNY")
        SourceLink.objects.create(policy=owner, label=f"Daily {owner.pk}")
    merge(kept, gone)
    assert [(row.text, row.position) for row in kept.provisions.all()] == [("Own", 1), ("Other", 3)]
    assert {(row.text, row.position) for row in kept.targets.all()} == {("Own", 2), ("Other", 4)}
    assert [row.position for row in kept.sources.all()] == [1, 2]
    assert kept.amounts.count() == 2


def test_what_both_say_word_for_word_stands_once_and_its_address_leads_there(client, plans):
    kept, gone = plans
    for owner in plans:
        Target.objects.create(policy=owner, text="Reach it", value=25, position=owner.pk)
        Provision.objects.create(policy=owner, text="Do it")
        publishing.publish(owner, by=None)
    twin = gone.targets.get()
    merge(kept, gone)
    assert (kept.targets.count(), kept.provisions.count()) == (1, 1)
    there = client.get(f"/targets/{twin.slug}/")["Location"]
    assert there == kept.targets.get().get_absolute_url()


def test_a_target_with_another_status_is_another_row(plans):
    for owner, status in zip(plans, ("open", "met"), strict=True):
        Target.objects.create(policy=owner, text="Reach it", status=status)
    merge(*plans)
    assert plans[0].targets.count() == 2


def test_one_body_leads_at_most(plans, pair):
    kept, gone = plans
    PolicyIssuer.objects.create(policy=kept, body=pair[0], is_lead=True, position=1)
    PolicyIssuer.objects.create(policy=gone, body=pair[1], is_lead=True, position=1)
    PolicyIssuer.objects.create(policy=gone, body=pair[0], position=2)
    merge(kept, gone)
    rows = kept.issuers.values_list("body", "position", "is_lead")
    assert list(rows) == [(pair[0].pk, 1, True), (pair[1].pk, 2, False)]


def test_relations_are_kept_in_both_directions_and_not_to_itself(plans):
    kept, gone = plans
    third = policy("Third")
    for one, kind, other, note in (
        (kept, "amends", third, "By decree."), (gone, "amends", third, "In part."),
        (third, "replaces", gone, ""), (gone, "implements", kept, "Itself"),
    ):  # fmt: skip
        PolicyRelation.objects.create(policy=one, kind=kind, other=other, note=note)
    plan = make_plan(kept, gone, {})
    assert [row.note for row in plan.dropped] == ["Itself"]
    merge(kept, gone)
    assert set(PolicyRelation.objects.values_list("policy", "kind", "other", "note")) == {
        (kept.pk, "amends", third.pk, "By decree.; In part."),
        (third.pk, "replaces", kept.pk, ""),
    }


def test_empty_fields_are_filled_and_full_ones_stay(plans):
    kept, gone = plans
    Policy.objects.filter(pk=kept.pk).update(summary="Own words", legal_status="unknown")
    Policy.objects.filter(pk=gone.pk).update(
        summary="Other words", legal_status="in-force", instrument="plan",
        announced_on=date(2024, 12, 31), announced_precision="year",
    )  # fmt: skip
    merge(kept, gone)
    kept.refresh_from_db()
    assert (kept.summary, kept.legal_status, kept.instrument) == ("Own words", "in-force", "plan")
    assert str(kept.announced) == "2024"


def test_the_place_in_an_issue_is_taken_with_the_values_that_came_from_it(plans):
    kept, gone = plans
    issue = NewsletterIssue.objects.create(title="News", publisher="Us", published_on="2024-05-08")
    gone.issue, gone.section, gone.position = issue, "top", 3
    gone.first_line, gone.last_line, gone.imported = 7, 12, {"headline": "Plan two"}
    gone.save()
    merge(kept, gone)
    kept.refresh_from_db()
    assert (kept.issue, kept.section, kept.position) == (issue, "top", 3)
    assert (kept.first_line, kept.imported) == (7, {"headline": "Plan two"})
    assert kept.note == ""


def test_a_second_place_in_print_is_kept_in_the_note_for_editors(plans):
    kept, gone = plans
    for number, plan in enumerate(plans, 5):
        plan.issue = NewsletterIssue.objects.create(
            title="News", publisher="Us", published_on=date(2024, number, 8)
        )
        plan.first_line, plan.last_line, plan.note = number, number + 2, f"Mine {number}"
        plan.save()
    merge(kept, gone)
    kept.refresh_from_db()
    assert kept.issue.published_on == date(2024, 5, 8)
    assert kept.note == ("Mine 5\n\nMine 6\n\nAlso reported in News, 8 June 2024, lines 6 to 8.")


def test_a_place_of_one_line_is_told_as_one():
    policy = Policy(first_line=53, last_line=53)
    assert lines_of(policy) == ", line 53"


def test_the_kept_record_keeps_its_state_and_an_editor_is_warned(plans):
    kept, gone = plans
    publishing.publish(gone, by=None)
    gone.refresh_from_db()
    assert "nothing of the two will be public" in cautions(kept, gone)[0]
    assert "public at once" in cautions(gone, kept)[0]
    merge(kept, gone)
    kept.refresh_from_db()
    assert kept.state == "in-review"


def test_two_events_keep_what_they_answer_and_who_acted():
    kept, gone = (CorporateEvent.objects.create(text=f"Keel {n}") for n in range(2))
    yards = [Company.objects.create(name_en=f"Yard {n}") for n in range(2)]
    answered = policy()
    kept.companies.set(yards[:1])
    gone.companies.set(yards)
    gone.answers.add(answered)
    merge(kept, gone)
    assert set(kept.companies.all()) == set(yards)
    assert list(answered.answered_by.all()) == [kept]


# History and refusals


def test_the_history_says_who_merged_what_and_no_version_is_lost(plans):
    kept, gone = plans
    ada = User.objects.create_user("ada")
    provision = Provision.objects.create(policy=gone, text="Do it")
    gone.summary = "Told"
    gone.save()
    done = merge(kept, gone, by=ada)
    for row in (kept, provision):
        version = row.history.first()
        assert version.history_user == ada
        assert version.history_change_reason == "Merged: “Plan two” is “Plan one”"
    versions = Policy.history.filter(id=gone.pk)
    assert [version.history_type for version in versions] == ["-", "~", "+"]
    part(done, by=ada)
    again = Policy.history.filter(id=gone.pk).first()
    assert again.history_change_reason == "Parted: “Plan two” is not “Plan one”"
    assert [merge.pk for merge in merges_into(kept)] == []


def test_what_was_merged_into_a_merged_record_is_among_what_a_record_took_in(plans):
    third = policy("Third")
    first = merge(plans[1], third)
    second = merge(plans[0], plans[1])
    assert merges_into(plans[0]) == [second, first]


@pytest.mark.parametrize("why", ["itself", "kind", "lost"])
def test_nonsense_is_refused(plans, pair, why):
    if why == "lost":
        Policy.objects.filter(pk=plans[1].pk).delete()
    other = {"itself": plans[0], "kind": pair[0], "lost": plans[1]}[why]
    with pytest.raises(Refused):
        merge(plans[0], other)
    assert not FormerSlug.objects.exists()


def test_a_body_with_hundreds_of_policies_is_merged_in_bounded_queries(
    pair, django_assert_max_num_queries
):
    for number in range(60):
        issued(pair[1], position=number)
    with django_assert_max_num_queries(60 * 9 + 120):
        merge(*pair)
