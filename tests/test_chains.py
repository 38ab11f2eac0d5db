"""Chains of policies, and documents that one promises and nobody has issued."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from policies import publishing
from policies.chains import MOST, Link, kin_of
from policies.models import Policy, PolicyRelation, PromisedDocument
from policies.newsletter import PreciseDate
from policies.records import public_fields
from policies.search.indexing import batch
from policies.versions.kinds import KEPT
from policies.versions.telling import versions_of

pytestmark = pytest.mark.django_db


def policy(title: str, month: int, state: str = "published") -> Policy:
    return Policy.objects.create(state=state, title_en=title, announced_on=date(2024, month, 1))


def relate(lower: Policy, kind: str, upper: Policy) -> None:
    PolicyRelation.objects.create(policy=lower, kind=kind, other=upper)


def drawn(links: list[Link]) -> list:
    """Each link's title with how it follows, what is promised, and what stands below it."""
    return [
        (f"{link.how} {link.policy}".strip(), [str(p) for p in link.promises], drawn(link.below))
        for link in links
    ]


def test_a_chain_goes_from_the_plan_to_what_is_promised_past_nothing_hidden(client):
    plan, action = policy("Plan", 1), policy("Action plan", 2)
    notice, pilots = policy("Notice", 3), policy("Pilot list", 4)
    hidden = policy("Hidden", 5, state="in-review")
    relate(action, "implements", plan)
    relate(notice, "implements", action)
    relate(notice, "follows-up", plan)
    relate(hidden, "follows-up", pilots)
    promise = PromisedDocument(policy=plan, text="Measures for audits")
    promise.expected = PreciseDate.of(2024)
    promise.save()
    PromisedDocument.objects.create(policy=notice, text="A pilot list", fulfilled_by=pilots)
    PromisedDocument.objects.create(policy=hidden, text="Secret")
    PromisedDocument.objects.create(policy=action, text="Guidelines", fulfilled_by=hidden)
    tree = [
        ("Plan", ["Measures for audits"], [
            ("implements Action plan", ["Guidelines"], [
                ("implements Notice", [], [("was promised by Pilot list", [], [])]),
            ]),
        ])
    ]  # fmt: skip
    for one in (plan, action, notice, pilots):
        kin = kin_of(one)
        if one is not pilots:
            assert drawn(kin.roots) == tree
        page = client.get(one.get_absolute_url()).content.decode()
        chain = page[page.index('class="chain"') :].partition("</section>")[0]
        assert chain.count('aria-current="true"') == 1
        assert "Hidden" not in page
        assert "Secret" not in page
    notice_link = kin_of(plan).roots[0].below[0].below[0]
    assert [(how, str(other)) for how, other in notice_link.also] == [("follows up", "Plan")]
    page = client.get("/policies/promised/").content.decode()
    assert "Measures for audits" in page
    assert "was expected by 2024" in page
    assert "Guidelines" in page
    assert "A pilot list" not in page
    assert "Secret" not in page
    assert client.get("/policies/promised/?page=3").context["errors"]
    assert client.get("/policies/promised/?wrong=1").context["errors"]


def test_promises_are_those_of_the_policies_that_a_search_finds(client):
    for name, day in (("Plan", 1), ("Notice", 2)):
        PromisedDocument.objects.create(policy=policy(name, day), text=f"What the {name} promises")
    policy("Bare", 3)
    for query, found in (
        ("", ["Notice", "Plan"]),
        ("?q=plan", ["Plan"]),
        ("?announced_after=2024-02&announced_before=2024-02", ["Notice"]),
        ("?q=bare", []),
        ("?q=nothing", []),
    ):
        page = client.get(f"/policies/promised/{query}")
        assert sorted(str(promise.policy) for promise in page.context["page"]) == found
        assert page.context["count"] == len(found)
        html = page.content.decode()
        assert ("/policies/?q=bare" in html) is (query == "?q=bare")
        assert ('class="empty' in html) is (not found)


def test_each_policy_of_a_chain_says_itself_how_it_stands_to_the_one_above(client):
    draft, rules, change = policy("Draft", 1), policy("Rules", 2), policy("Change", 3)
    relate(rules, "new-version-of", draft)
    relate(change, "amends", rules)
    for one in (draft, rules, change):
        page = client.get(one.get_absolute_url()).content.decode()
        chain = page[page.index('class="chain"') :].partition("</section>")[0]
        said = " ".join(re.sub(r"<[^>]+>", " ", chain).split())
        places = [said.index(words) for words in ("is a new version of Draft", "amends Rules")]
        assert places == sorted(places)
        assert said.index("Rules") < places[0]
        assert said.index("Change") < places[1]


def test_circles_and_crowds_are_shown_once_and_within_bounds(client):
    one, other = policy("One", 1), policy("Other", 2)
    relate(one, "follows-up", other)
    relate(other, "implements", one)
    assert drawn(kin_of(one).roots) == [("One", [], [("implements Other", [], [])])]
    with batch():
        for n in range(MOST + 10):
            relate(policy(f"Notice {n}", 3 + n % 9), "implements", other)
    with CaptureQueriesContext(connection) as asked:
        kin = kin_of(one)
    assert len(asked) == 3
    assert (kin.number, kin.is_cut) == (MOST, True)
    assert client.get(one.get_absolute_url()).content.decode().count("implements") >= MOST - 1


def test_a_promise_kept_by_what_is_withdrawn_is_not_told_as_yet_to_come(client):
    plan, rules = policy("Plan", 1), policy("Rules", 2, "in-review")
    kept = PromisedDocument(policy=plan, text="A set of measures", fulfilled_by=rules)
    kept.expected = PreciseDate.of(2024, 3)
    kept.save()

    def told() -> tuple[bool, bool]:
        """Whether the promise is told as yet to come: in the list, in the chain."""
        listed = client.get("/policies/promised/").content.decode()
        page = client.get(plan.get_absolute_url()).content.decode()
        chain = page[page.index('class="chain"') :].partition("</section>")[0]
        assert "A set of measures" in chain or rules.get_absolute_url() in chain
        assert ("Rules" in page) is Policy.objects.published().filter(pk=rules.pk).exists()
        return "A set of measures" in listed, "not yet issued" in chain

    assert told() == (True, True)
    publishing.publish(rules, by=None)
    assert told() == (False, False)
    publishing.withdraw(rules, by=None, note="A mistake.")
    assert told() == (False, False)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "expected by March 2024" in page
    assert "was expected" not in page
    publishing.send_back(rules, by=None)
    assert told() == (False, False)


def test_a_promise_is_public_with_its_policy_and_names_only_public_ones(django_user_model):
    editor = django_user_model.objects.create_user("editor")
    plan, rules = policy("Plan", 1, "in-review"), policy("Rules", 2, "in-review")
    promise = PromisedDocument.objects.create(policy=plan, text="Rules to come")
    assert not PromisedDocument.objects.published().exists()
    publishing.publish(plan, by=editor)
    promise.fulfilled_by = rules
    promise.save()

    def told() -> list:
        plan.refresh_from_db()
        fields = public_fields(Policy.objects.get(pk=plan.pk))["promises"]
        last = versions_of(KEPT["policy"], plan.pk).order_by("-since", "-pk").first()
        assert last is not None
        assert last.fields["promises"] == fields
        return [
            (row["text"], row["fulfilled_by"] and row["fulfilled_by"]["name"]) for row in fields
        ]

    assert told() == [("Rules to come", None)]
    assert PromisedDocument.objects.published().open().get() == promise
    publishing.publish(rules, by=editor)
    assert told() == [("Rules to come", "Rules")]
    assert not PromisedDocument.objects.published().open().exists()
    with pytest.raises(ValidationError):
        PromisedDocument(policy=plan, text="Itself", fulfilled_by=plan).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        PromisedDocument.objects.create(policy=plan, text="Itself", fulfilled_by=plan)
