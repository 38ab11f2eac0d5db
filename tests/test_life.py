"""A policy's life, step by step, with dates as exact as they are known."""

from __future__ import annotations

from datetime import date

import pytest

from policies.chains import kin_of
from policies.life import life_of
from policies.models import Policy, PolicyRelation, PromisedDocument
from policies.newsletter import PreciseDate
from policies.vocabulary import LegalStatus

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 1)


def policy(title: str, **dates: tuple[int, ...]) -> Policy:
    made = Policy(state="published", title_en=title)
    for name, known in dates.items():
        setattr(made, name, PreciseDate.of(*known))
    made.save()
    return made


def told(of: Policy, today: date = TODAY) -> list[tuple[str, str, str]]:
    steps = life_of(of, kin_of(of), today)
    return [(step.what, str(step.on or ""), str(step.by or "")) for step in steps]


def test_a_life_goes_from_promise_and_draft_to_its_end(client):
    rules = policy("Rules", document=(2024, 5, 2), announced=(2024, 5, 6), effective=(2024, 7),
                   expires=(2029,))  # fmt: skip
    plan = policy("Plan", announced=(2023,))
    draft = policy("Draft rules", announced=(2024, 1, 3))
    draft.legal_status = LegalStatus.DRAFT
    draft.save()
    change = policy("Change", announced=(2025, 2, 1))
    later = policy("New rules", announced=(2025, 9, 1))
    hidden = Policy.objects.create(title_en="Hidden rules")
    PromisedDocument.objects.create(policy=plan, text="Rules to come", fulfilled_by=rules)
    relate = PolicyRelation.objects.create
    relate(policy=rules, kind="new-version-of", other=draft)
    relate(policy=change, kind="amends", other=rules)
    relate(policy=later, kind="replaces", other=rules)
    relate(policy=hidden, kind="replaces", other=rules)
    assert told(rules) == [
        ("Promised", "2023", "Plan"),
        ("Drafted", "3 January 2024", "Draft rules"),
        ("Issued", "2 May 2024", ""),
        ("Announced", "6 May 2024", ""),
        ("In effect", "July 2024", ""),
        ("Amended", "1 February 2025", "Change"),
        ("Replaced", "1 September 2025", "New rules"),
        ("Expires", "2029", ""),
    ]
    steps = life_of(rules, kin_of(rules), TODAY)
    assert [step.what for step in steps if step.is_ahead] == ["Replaced", "Expires"]
    assert ("Draft published", "3 January 2024", "") in told(draft)
    assert ("New version", "2 May 2024", "Rules") not in told(draft)
    page = client.get(rules.get_absolute_url()).content.decode()
    life = page[page.index('class="life"') :].partition("</section>")[0]
    assert "In force since July 2024" in life
    assert 'href="/policies/' in life
    assert "Hidden" not in page


def test_an_end_without_a_date_is_told_and_one_step_makes_no_life(client):
    old = policy("Old", announced=(2010,))
    assert 'class="life"' not in client.get(old.get_absolute_url()).content.decode()
    old.legal_status = LegalStatus.REPEALED
    old.save()
    assert told(old) == [("Announced", "2010", ""), ("Repealed", "", "")]
    assert "date unknown" in client.get(old.get_absolute_url()).content.decode()


def test_what_another_policy_has_replaced_is_in_force_as_last_recorded_only(client):
    old, new = policy("Old", effective=(2020, 1, 1)), policy("New", announced=(2024, 11, 5))
    draft, other = policy("Draft", announced=(2024, 1, 1)), policy("Other", effective=(2020, 1, 1))
    Policy.objects.filter(pk__in=[old.pk, other.pk]).update(legal_status=LegalStatus.IN_FORCE)
    Policy.objects.filter(pk=draft.pk).update(legal_status=LegalStatus.DRAFT)
    PolicyRelation.objects.create(policy=new, kind="replaces", other=old)
    PolicyRelation.objects.create(policy=draft, kind="replaces", other=other)
    page = client.get(old.get_absolute_url()).content.decode()
    assert page.count("In force since 1 January 2020 (as last recorded)") == 2
    assert "In force (as last recorded)" in page
    assert "as last recorded" not in client.get(other.get_absolute_url()).content.decode()
