"""Many records of a list are changed at once: shown first, then all of them or none."""

from datetime import date

import pytest

from policies import publishing
from policies.models import CorporateEvent, Policy, Region, Sector, Target

from .forms import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def policies():
    return [Policy.objects.create(headline=f"Plan {number}") for number in range(3)]


@pytest.fixture
def chips():
    return Sector.objects.create(name_en="Chips")


def bulk(model) -> str:
    return address(model, "changelist") + "bulk/"


def ids(records) -> str:
    return ",".join(str(record.pk) for record in records)


def shown(client, records, **sent):
    """The preview of what `sent` would change."""
    return client.post(bulk(type(records[0])), {"ids": ids(records)} | sent)


def confirmed(client, records, **sent):
    """Press the button of the preview."""
    preview = shown(client, records, **sent)
    data = {"ids": ids(records), "seen": preview.context["mark"], "confirmed": "1"} | sent
    return client.post(bulk(type(records[0])), data)


def lines(preview) -> list[str]:
    return [
        f"{row.record}: {change.field} {change.old} → {change.new}"
        for row in preview.context["changing"]
        for change in row.changes
    ]


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_action_asks_what_to_change(editor, policies):
    chosen = {"action": "change_chosen", "_selected_action": [p.pk for p in policies[:2]]}
    page = editor.post(address(Policy, "changelist"), chosen)
    assert "2 records are chosen" in words(page)
    assert page.context["form"]["ids"].value() == ids(policies[:2])
    for label in ("Instrument", "Legal status", "Level", "Sectors", "Regions"):
        assert f">{label}:</label>" in words(page)


def test_the_preview_says_for_each_record_old_and_new_and_writes_nothing(editor, policies, chips):
    policies[0].sectors.add(chips)
    Policy.objects.filter(pk=policies[1].pk).update(instrument="notice")
    versions = Policy.history.count()
    preview = shown(editor, policies, instrument="plan", sectors_how="add", sectors=[chips.pk])
    assert sorted(lines(preview)) == [
        "Plan 0: instrument none → Plan",
        "Plan 1: instrument Notice → Plan",
        "Plan 1: sectors none → Chips",
        "Plan 2: instrument none → Plan",
        "Plan 2: sectors none → Chips",
    ]
    assert not Policy.objects.filter(instrument="plan").exists()
    assert Policy.history.count() == versions


def test_what_was_shown_is_changed_with_one_version_each(editor, policies, chips):
    sent = {"instrument": "plan", "sectors_how": "add", "sectors": [chips.pk]}
    done = confirmed(editor, policies, reason="Sorted anew", **sent)
    assert "3 records are changed" in words(editor.get(done["Location"]))
    for policy in policies:
        version = policy.history.first()
        assert (policy.history.count(), version.history_user) == (2, editor.user)
        assert version.history_change_reason == "Bulk edit: Sorted anew"
        assert [row.sector for row in version.sectors.all()] == [chips]
        assert version.instrument == "plan"


def test_without_a_reason_the_history_names_the_fields(editor, policies):
    confirmed(editor, policies, level="national", instrument="law")
    assert policies[0].history.first().history_change_reason == "Bulk edit: instrument, level"


@pytest.mark.parametrize(
    ("how", "left"),
    [
        ("add", ["Chips", "Lathes", "Trams"]),
        ("remove", ["Lathes"]),
        ("replace", ["Chips", "Trams"]),
    ],
)
def test_sectors_are_added_removed_and_replaced(editor, policies, chips, how, left):
    lathes, trams = (Sector.objects.create(name_en=name) for name in ("Lathes", "Trams"))
    policies[0].sectors.set([chips, lathes])
    confirmed(editor, policies[:1], sectors_how=how, sectors=[chips.pk, trams.pk])
    assert [sector.name_en for sector in policies[0].sectors.all()] == left


def test_a_field_is_emptied_where_it_may_be_empty(editor, policies):
    Policy.objects.update(instrument="plan")
    page = shown(editor, policies)
    assert "none" not in dict(page.context["form"].fields["legal_status"].choices)
    confirmed(editor, policies, instrument="none", regions_how="replace")
    assert set(Policy.objects.values_list("instrument", flat=True)) == {""}


def test_records_that_are_so_already_have_no_new_version(editor, policies):
    Policy.objects.filter(pk=policies[0].pk).update(level="national")
    confirmed(editor, policies, level="national")
    assert [policy.history.count() for policy in policies] == [1, 2, 2]


def test_events_are_given_a_kind_regions_and_companies(editor):
    event = CorporateEvent.objects.create(text="A yard laid a keel.")
    place = Region.objects.create(name_en="Shanghai", kind="city")
    confirmed(editor, [event], kind="launch", regions_how="add", regions=[place.pk])
    event.refresh_from_db()
    assert (event.kind, list(event.regions.all())) == ("launch", [place])


def test_targets_are_given_a_status_with_evidence_and_the_day_of_the_check(editor, policies):
    targets = [policies[0].targets.create(text=f"Reach {n}") for n in range(2)]
    url = "https://example.org/report"
    confirmed(editor, targets, status="met", evidence_url=url, status_note="By the report.")
    for target in targets:
        target.refresh_from_db()
        assert (target.status, target.evidence_url) == ("met", url)
        assert target.status_note == "By the report."
        assert isinstance(target.status_checked_on, date)


def test_one_record_that_cannot_be_changed_is_named_and_none_is_changed(editor, policies):
    proven = policies[0].targets.create(text="Reach it", status_note="By the report.")
    bare = policies[0].targets.create(text="Reach more")
    preview = shown(editor, [proven, bare], status="met")
    assert "Reach more</a>: “Met” needs evidence or a note." in words(preview)
    assert "1 record cannot be changed so, hence none will be" in words(preview)
    again = confirmed(editor, [proven, bare], status="met")
    assert "Nothing was changed." in words(again)
    assert set(Target.objects.values_list("status", flat=True)) == {"open"}


@pytest.mark.parametrize(
    ("status", "label"),
    [
        ("met", "Met"), ("missed", "Missed"), ("replaced", "Replaced"),
        ("unverifiable", "Cannot be verified"),
    ],
)  # fmt: skip
def test_the_preview_says_which_status_needs_evidence_or_a_note(editor, policies, status, label):
    bare = policies[0].targets.create(text="Reach it", status_note=" ")
    preview = shown(editor, [bare], status=status)
    assert f"Reach it</a>: “{label}” needs evidence or a note." in words(preview)
    assert preview.context["changing"] == []


def test_what_changed_since_the_preview_is_shown_again(editor, policies):
    mark = shown(editor, policies, level="national").context["mark"]
    Policy.objects.filter(pk=policies[0].pk).update(level="municipal")
    data = {"ids": ids(policies), "level": "national", "seen": mark, "confirmed": "1"}
    page = editor.post(bulk(Policy), data)
    assert "not as they were shown" in words(page)
    assert "Plan 0: level Municipal → National" in lines(page)
    assert not Policy.objects.filter(level="national").exists()


def test_published_records_are_corrected_and_found_by_what_is_new(editor, client, policies, chips):
    for policy in policies[:2]:
        publishing.publish(policy, by=None)
    preview = shown(editor, policies, sectors_how="add", sectors=[chips.pk])
    assert "2 of them are published, and what changes is public at once" in words(preview)
    confirmed(editor, policies, sectors_how="add", sectors=[chips.pk])
    assert set(Policy.objects.published()) == set(policies[:2])
    page = words(client.get("/policies/", {"sector": chips.slug}))
    assert "Plan 0" in page
    assert "Plan 1" in page
    assert "Plan 2" not in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Say what is to change"),
        ({"sectors_how": "add"}, "Choose at least one."),
        ({"instrument": "burn"}, "Select a valid choice"),
        ({"level": "national", "reason": "x" * 86}, "at most 85 characters"),
        ({"level": "national", "reason": "a\0b"}, "Null characters are not allowed"),
    ],
)
def test_what_makes_no_sense_is_asked_again(editor, policies, sent, says):
    assert says in words(shown(editor, policies, **sent))


def test_sectors_without_a_verb_are_asked_about(editor, policies, chips):
    page = shown(editor, policies, sectors=[chips.pk])
    assert "Say what to do with those that you chose." in words(page)


@pytest.mark.parametrize("given", ["²", "abc", "9" * 40, "1,,2", "\0", "-1"])
def test_odd_keys_are_no_records(editor, given):
    page = editor.post(bulk(Policy), {"ids": given, "level": "national"})
    assert page.status_code == 200
    assert not page.context.get("changing")


def test_who_may_not_change_records_may_not_change_many(editor, policies):
    editor.user.groups.clear()
    assert editor.get(bulk(Policy)).status_code == 403
    assert shown(editor, policies, level="national").status_code == 403


def test_hundreds_of_records_take_few_queries_to_show(editor, chips, django_assert_max_num_queries):
    records = [Policy.objects.create(headline=f"Plan {number}") for number in range(300)]
    with django_assert_max_num_queries(20):
        shown(editor, records, instrument="plan", sectors_how="add", sectors=[chips.pk])
    confirmed(editor, records, instrument="plan", sectors_how="add", sectors=[chips.pk])
    assert Policy.objects.filter(instrument="plan", sectors=chips).count() == 300
