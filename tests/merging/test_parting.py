"""What was changed since a merge is not overwritten, and what cannot come back says why."""

import pytest

from policies.merging import Refused, look, merge, part
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    Policy,
    PolicyIssuer,
    Provision,
    Sector,
)

from .tables import differences, index_faults, tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    kept = IssuingBody.objects.create(name_en="Ministry of Lathes", kind="former")
    gone = IssuingBody.objects.create(name_en="Ministry of Turners", kind="former", note="Old.")
    return kept, gone


@pytest.fixture
def made(pair):
    policy = Policy.objects.create(headline="A plan")
    PolicyIssuer.objects.create(policy=policy, body=pair[1], printed="Turners")
    return policy


def refusal(done) -> str:
    with pytest.raises(Refused) as raised:
        part(done)
    return str(raised.value)


def test_a_field_that_was_edited_since_is_named_and_stays(pair):
    kept, gone = pair
    done = merge(kept, gone)
    kept.refresh_from_db()
    kept.note = "Rewritten."
    kept.save()
    assert "note (now “Rewritten.”) was changed since and stays" in refusal(done)
    part(done, anyway=True)
    kept.refresh_from_db()
    assert (kept.note, IssuingBody.objects.get(pk=gone.pk).note) == ("Rewritten.", "Old.")


def test_other_fields_may_have_been_edited_since(pair, made):
    kept, gone = pair
    done = merge(kept, gone)
    made.refresh_from_db()
    made.headline = "A better plan"
    made.save()
    kept.refresh_from_db()
    kept.abbreviation = "MOL"
    kept.save()
    assert look(done).stays == []
    part(done)
    made.refresh_from_db()
    assert (made.headline, made.issuers.get().body) == ("A better plan", gone)
    assert IssuingBody.objects.get(pk=kept.pk).abbreviation == "MOL"


def test_what_was_added_since_stays_with_the_kept_record(pair, made):
    kept, gone = pair
    done = merge(kept, gone)
    later = Policy.objects.create(headline="Later")
    PolicyIssuer.objects.create(policy=later, body=kept)
    part(done)
    assert later.issuers.get().body == kept


def test_a_row_that_was_removed_since_is_named_and_stays_away(pair, made):
    done = merge(*pair)
    made.issuers.all().delete()
    assert "Issuer “Ministry of Lathes” was removed since" in refusal(done)
    part(done, anyway=True)
    assert not made.issuers.exists()
    assert index_faults() == []


def test_a_row_that_was_moved_elsewhere_since_stays_there(pair, made):
    done = merge(*pair)
    third = IssuingBody.objects.create(name_en="Third", kind="former")
    issuer = made.issuers.get()
    issuer.body = third
    issuer.save()
    assert "body (now “Third”) was changed since" in refusal(done)
    part(done, anyway=True)
    assert made.issuers.get().body == third


def test_an_alias_that_was_edited_since_stays(pair):
    done = merge(*pair)
    alias = pair[0].aliases.get()
    alias.note = "In use until 1998."
    alias.save()
    assert "Body alias “Ministry of Turners” was changed since and stays" in refusal(done)
    part(done, anyway=True)
    assert pair[0].aliases.get() == alias


def test_a_link_that_was_taken_away_since_is_named_by_its_ends():
    kept, gone = (Sector.objects.create(name_en=name) for name in ("Chips", "Wafers"))
    policy = Policy.objects.create(headline="A plan")
    policy.sectors.add(gone)
    done = merge(kept, gone)
    policy.sectors.clear()
    assert "link from policy “A plan” to sector" in refusal(done)
    part(done, anyway=True)
    assert Sector.objects.filter(pk=gone.pk).exists()


def test_an_address_that_was_taken_since_forbids_it(pair):
    kept, gone = pair
    done = merge(kept, gone)
    kept.refresh_from_db()
    kept.slug = gone.slug
    kept.save()
    assert "has taken its place (ministry-of-turners)" in refusal(done)
    with pytest.raises(Refused):
        part(done, anyway=True)
    kept.slug = "lathes"
    kept.save()
    part(done)
    assert IssuingBody.objects.get(slug="ministry-of-turners").pk == gone.pk


def test_the_later_merge_of_the_same_record_is_undone_first(pair):
    kept, gone = pair
    third = IssuingBody.objects.create(name_en="Third", kind="former")
    before = tables()
    first = merge(kept, gone)
    kept.refresh_from_db()
    second = merge(third, kept)
    assert "undo “Ministry of Lathes into Third” first" in refusal(first)
    part(second)
    part(first)
    assert differences(before, tables()) == {}


def test_a_later_merge_elsewhere_that_took_up_a_row_is_undone_first(pair, made):
    kept, gone = pair
    other = Policy.objects.create(headline="The same plan")
    PolicyIssuer.objects.create(policy=other, body=kept)
    before = tables()
    first = merge(kept, gone)
    second = merge(other, made)
    assert "undo “A plan into The same plan” first" in refusal(first)
    with pytest.raises(Refused):
        part(first, anyway=True)
    part(second)
    part(first)
    assert differences(before, tables()) == {}


def test_a_record_that_was_merged_meanwhile_is_named(pair, made):
    kept, gone = pair
    other = Policy.objects.create(headline="The same plan")
    PolicyIssuer.objects.create(policy=other, body=gone)
    first = merge(other, made)
    second = merge(kept, gone)
    assert "undo “Ministry of Turners into Ministry of Lathes” first" in refusal(first)
    part(second)
    part(first)


def test_a_kept_record_that_was_deleted_since_forbids_it():
    kept, gone = (Company.objects.create(name_en=f"Yard {n}") for n in range(2))
    done = merge(kept, gone)
    kept.delete()
    assert "“Yard 0” was deleted since" in refusal(done)


def test_rows_whose_owner_was_deleted_since_do_not_come_back():
    kept, gone = (Company.objects.create(name_en=f"Yard {n}") for n in range(2))
    event = CorporateEvent.objects.create(text="Keel")
    event.companies.set([kept, gone])
    done = merge(kept, gone)
    event.delete()
    assert "corporateevent is no longer there" in refusal(done)
    part(done, anyway=True)
    assert Company.objects.count() == 2


def test_a_merge_is_undone_once(pair):
    done = merge(*pair)
    part(done)
    assert "undone already" in refusal(done)


def test_a_merge_that_fails_leaves_nothing_behind(monkeypatch):
    kept, gone = (Policy.objects.create(headline=f"Plan {n}") for n in range(2))
    Provision.objects.create(policy=gone, text="Do it")
    before = tables()

    def break_down(*given, **named):
        raise OSError("The disk is full.")

    monkeypatch.setattr(Policy, "delete", break_down)
    with pytest.raises(OSError, match="disk"):
        merge(kept, gone)
    assert differences(before, tables()) == {}
    assert Provision.history.count() == 1
