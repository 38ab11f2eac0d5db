"""What an editor mistypes is said in the form in kind words; nothing ends on an error page."""

from datetime import date

import pytest
from django.test import Client

from policies.models import (
    BodyAlias,
    BodySuccession,
    Company,
    CorporateEvent,
    FormerSlug,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyRelation,
    Sector,
    Target,
    Term,
)

from .forms import address, complaints, sent

pytestmark = pytest.mark.django_db
ADD_POLICY = address(Policy, "add")


@pytest.fixture
def policy():
    return Policy.objects.create(headline="A plan for lathes")


@pytest.fixture
def bodies():
    return [
        IssuingBody.objects.create(name_en=f"Ministry {letter}", kind="former") for letter in "ABC"
    ]


def test_a_policy_is_entered_by_hand_with_all_its_rows(editor, policy, bodies):
    rows = {
        "issuers": [{"body": body.pk, "printed": body.name_en} for body in bodies],
        "targets": [
            {"text": "Reach 90 percent", "value": "90", "unit": "percent", "comparator": "at least",
             "due_on": "2027", "status": "open"},
            {"text": "Grow", "status": "open"},
        ],
        "provisions": [{"text": "Pay", "kind": "measure"}],
        "amounts": [{"value": "300000000", "currency": "CNY"}],
        "sources": [{"label": "A paper", "url": "example.org/a"}],
        "relations": [{"kind": "replaces", "other": policy.pk}],
    }  # fmt: skip
    done = sent(editor, ADD_POLICY, rows, headline="New plan", announced_on="2024-04")
    assert done.status_code == 302, complaints(done)
    new = Policy.objects.get(headline="New plan")
    assert [row.body for row in new.issuers.all()] == bodies
    assert [row.position for row in new.issuers.all()] == [1, 2, 3]
    assert sorted(new.targets.values_list("position", "text")) == [
        (1, "Reach 90 percent"),
        (2, "Grow"),
    ]
    assert str(new.announced) == "April 2024"
    assert str(new.targets.get(position=1).due) == "2027"
    assert new.sources.get().url == "https://example.org/a"
    assert new.relations.get().other == policy


def test_new_rows_come_after_the_others(editor, policy, bodies):
    for body in bodies[:2]:
        policy.issuers.create(body=body, position=bodies.index(body) + 4)
    sent(editor, address(policy, "change"), {"issuers": [{"body": bodies[2].pk}]})
    assert [row.body for row in policy.issuers.all()] == bodies
    assert policy.issuers.last().position == 6


@pytest.mark.parametrize(
    ("typed", "chosen", "read"),
    [
        ("2024-04-26", "", "26 April 2024"),
        ("26/04/2024", "", "26 April 2024"),
        ("2024-04", "", "April 2024"),
        ("2024-q2", "", "Q2 2024"),
        ("2024", "", "2024"),
        ("2024", "year", "2024"),
        ("2027-12-31", "year", "2027"),
        ("2027-12-31", "day", "31 December 2027"),
        ("2024-04-26", "month", "April 2024"),
        ("2024-04", "year", "2024"),
        ("", "", "None"),
    ],
)
def test_a_date_is_as_exact_as_it_is_typed(editor, typed, chosen, read):
    done = sent(editor, ADD_POLICY, headline="Plan", announced_on=typed, announced_precision=chosen)
    assert done.status_code == 302, complaints(done)
    policy = Policy.objects.get()
    assert str(policy.announced) == read
    sent(editor, address(policy, "change"))
    policy.refresh_from_db()
    assert str(policy.announced) == read


@pytest.mark.parametrize(
    ("typed", "chosen", "words"),
    [
        ("2027-12-31", "", "does the source name this very day?"),
        ("2024-06-30", "", "does the source name this very day?"),
        ("2027", "day", "names only a year"),
        ("2024-04", "day", "names only a month"),
        ("", "year", "there is no date"),
        ("soon", "", "a year as 2024"),
        ("0000", "", "a year as 2024"),
        ("2024-13", "", "a year as 2024"),
        ("2024-02-30", "", "a year as 2024"),
    ],
)
def test_a_doubtful_date_is_asked_about(editor, typed, chosen, words):
    again = sent(
        editor, ADD_POLICY, headline="Plan", announced_on=typed, announced_precision=chosen
    )
    assert words in complaints(again)
    assert not Policy.objects.exists()


HUGE = "9" * 60
MISTAKES = {
    "nothing said": ({}, {}, "Give a headline, a title or a summary"),
    "a script for an address": ({"official_url": "javascript:alert(1)"}, {}, "valid URL"),
    "a file for an address": ({"official_url": "ftp://a.org/b"}, {}, "valid URL"),
    "a null character": ({"headline": "a\0b"}, {}, "Null characters"),
    "a null character in a long text": ({"summary": "a\0b"}, {}, "Null characters"),
    "a place beyond all places": ({"position": HUGE}, {}, "less than or equal"),
    "a place before the first": ({"position": "-1"}, {}, "greater than or equal"),
    "a slug of odd signs": ({"slug": "a/b"}, {}, "slug"),
    "a very long text": ({"summary": "x" * 200_001}, {}, "at most"),
    "a long headline": ({"headline": "x" * 301}, {}, "at most 300"),
    "an unknown sector": ({"sectors": ["987654"]}, {}, "not one of the available"),
    "an unknown instrument": ({"instrument": "decree"}, {}, "not one of the available"),
    "an unknown issue": ({"issue": HUGE}, {}, "not one of the available"),
    "an issuer without a name": ({}, {"issuers": [{"position": "1"}]}, "Choose a body"),
    "an unknown body": ({}, {"issuers": [{"body": HUGE}]}, "not one of the available"),
    "two leads": (
        {}, {"issuers": [{"printed": "A", "is_lead": "on"}, {"printed": "B", "is_lead": "on"}]},
        "Only one body can lead",
    ),
    "a unit without a figure": (
        {}, {"targets": [{"text": "Grow", "unit": "percent", "status": "open"}]}, "needs a figure",
    ),
    "a comparator without a figure": (
        {}, {"targets": [{"text": "Grow", "comparator": "at most", "status": "open"}]},
        "needs a figure",
    ),
    "a target without words": ({}, {"targets": [{"value": "1", "status": "open"}]}, "required"),
    "a huge figure": (
        {}, {"targets": [{"text": "Grow", "value": HUGE, "status": "open"}]}, "digits",
    ),
    "an exponent": (
        {}, {"targets": [{"text": "Grow", "value": "1e999999", "status": "open"}]}, "digits",
    ),
    "no number": ({}, {"targets": [{"text": "A", "value": "NaN", "status": "open"}]}, "number"),
    "a year before all plans": (
        {}, {"targets": [{"text": "Grow", "baseline_year": "24", "status": "open"}]}, "1949",
    ),
    "a currency in words": (
        {}, {"amounts": [{"value": "1", "currency": "yen"}]}, "Three capital letters",
    ),
    "a huge sum": ({}, {"amounts": [{"value": HUGE, "currency": "CNY"}]}, "digits"),
    "a relation to nothing": ({}, {"relations": [{"kind": "amends"}]}, "required"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_policy_is_said_in_the_form(editor, mistake):
    fields, rows, words = MISTAKES[mistake]
    given = {} if mistake == "nothing said" else {"headline": "Plan"}
    again = sent(editor, ADD_POLICY, rows, **(given | fields))
    assert words in complaints(again)
    assert not Policy.objects.exists()


def test_no_body_is_listed_twice(editor, policy, bodies):
    url, row = address(policy, "change"), {"body": bodies[0].pk}
    assert "listed twice" in complaints(sent(editor, url, {"issuers": [row, row]}))
    policy.issuers.create(body=bodies[0])
    assert "listed twice" in complaints(sent(editor, url, {"issuers": [row]}))
    swapped = {"issuers-0-DELETE": "on"}
    answer = sent(editor, url, {"issuers": [row]}, **swapped)
    assert answer.status_code == 302 or "already" in complaints(answer)


def issued_by(policy, *bodies):
    return [
        policy.issuers.create(body=body, position=place) for place, body in enumerate(bodies, 1)
    ]


def test_two_issuers_are_exchanged(editor, policy, bodies):
    first, second = issued_by(policy, *bodies[:2])
    exchanged = {"issuers-0-body": bodies[1].pk, "issuers-1-body": bodies[0].pk}
    answer = sent(editor, address(policy, "change"), summary="Typed for an hour", **exchanged)
    assert answer.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.body, second.body) == (bodies[1], bodies[0])
    assert [row.history_type for row in first.history.all()] == ["~", "+"]
    assert [row.body for row in second.history.all()] == [bodies[0], bodies[1]]
    policy.refresh_from_db()
    assert policy.summary == "Typed for an hour"


def test_a_body_moves_up_to_the_row_of_one_that_follows_a_third(editor, policy, bodies):
    issued_by(policy, *bodies[:2])
    moved = {"issuers-0-body": bodies[1].pk, "issuers-1-body": bodies[2].pk}
    assert sent(editor, address(policy, "change"), **moved).status_code == 302
    assert [row.body for row in policy.issuers.all()] == bodies[1:]


def test_a_row_takes_the_body_of_one_that_is_removed(editor, policy, bodies):
    first, _ = issued_by(policy, *bodies[:2])
    changes = {"issuers-0-body": bodies[1].pk, "issuers-1-DELETE": "on"}
    assert sent(editor, address(policy, "change"), **changes).status_code == 302
    issuer = policy.issuers.get()
    assert (issuer.pk, issuer.body) == (first.pk, bodies[1])


def test_two_relations_exchange_their_policies_and_both_are_found(editor, policy):
    others = [Policy.objects.create(headline=f"Plan {number}") for number in (1, 2)]
    rows = [policy.relations.create(kind="implements", other=other) for other in others]
    exchanged = {"relations-0-other": others[1].pk, "relations-1-other": others[0].pk}
    assert sent(editor, address(policy, "change"), **exchanged).status_code == 302
    assert [PolicyRelation.objects.get(pk=row.pk).other for row in rows] == others[::-1]


def test_a_policy_is_not_related_to_itself_nor_twice_to_another(editor, policy):
    url, other = address(policy, "change"), Policy.objects.create(headline="Other")
    itself = {"kind": "amends", "other": policy.pk}
    assert "related to itself" in complaints(sent(editor, url, {"relations": [itself]}))
    row = {"kind": "amends", "other": other.pk}
    assert "listed twice" in complaints(sent(editor, url, {"relations": [row, row]}))
    assert not PolicyRelation.objects.exists()


def test_a_relation_is_shown_on_both_policies(editor, policy):
    other = Policy.objects.create(headline="Older plan")
    PolicyRelation.objects.create(policy=policy, kind="replaces", other=other)
    page = editor.get(address(other, "change")).content.decode()
    assert f'<a href="{address(policy, "change")}">A plan for lathes</a>' in page


def test_a_promised_document_is_entered_as_exactly_as_it_is_known(editor, policy):
    url, rules = address(policy, "change"), Policy.objects.create(headline="Rules")
    itself = {"text": "Rules", "fulfilled_by": policy.pk}
    assert "what it promises" in complaints(sent(editor, url, {"promises": [itself]}))
    row = {"text": "Rules to come", "expected_on": "2025-Q2", "fulfilled_by": rules.pk}
    done = sent(editor, url, {"promises": [row]})
    assert done.status_code == 302, complaints(done)
    promise = policy.promises.get()
    assert (str(promise.expected), promise.fulfilled_by) == ("Q2 2025", rules)
    assert "Rules to come" in editor.get(address(policy, "history")).content.decode()


def test_an_address_is_used_once(editor, policy):
    assert "Another record has this address" in complaints(
        sent(editor, ADD_POLICY, headline="Plan", slug=policy.slug)
    )
    old = policy.slug
    policy.slug = "renamed"
    policy.save()
    assert "still leads there" in complaints(sent(editor, ADD_POLICY, headline="B", slug=old))
    assert FormerSlug.objects.filter(slug=old).exists()
    assert sent(editor, address(policy, "change"), slug=old).status_code == 302


def test_a_name_belongs_to_one_body(editor, bodies):
    BodyAlias.objects.create(body=bodies[0], name="Lathe Office", language="en")
    url = address(bodies[1], "change")
    for name in ("lathe office", "The “Lathe  Office”", "ＬＡＴＨＥ ＯＦＦＩＣＥ"):
        row = {"name": name, "language": "en"}
        assert "a name of Ministry A already" in complaints(sent(editor, url, {"aliases": [row]}))
    twice = [{"name": name, "language": "en"} for name in ("Saw Office", "SAW OFFICE")]
    assert "listed twice" in complaints(sent(editor, url, {"aliases": twice}))
    for name in ("“”", "㍿" * 150):
        row = {"name": name, "language": "zh"}
        assert "cannot be a name" in complaints(sent(editor, url, {"aliases": [row]}))
    assert BodyAlias.objects.count() == 1
    own = sent(editor, address(bodies[0], "change"), **{"aliases-0-note": "printed so in 2021"})
    assert own.status_code == 302


def test_a_body_neither_follows_nor_stands_below_itself(editor, bodies):
    first, second, third = bodies
    row = {"successor": first.pk}
    again = sent(editor, address(first, "change"), {"successions": [row]})
    assert "cannot follow itself" in complaints(again)
    row = {"successor": second.pk, "year": "20180"}
    again = sent(editor, address(first, "change"), {"successions": [row]})
    assert "2100" in complaints(again)
    assert not BodySuccession.objects.exists()
    sent(editor, address(second, "change"), parent=first.pk)
    sent(editor, address(third, "change"), parent=second.pk)
    for below in bodies:
        again = sent(editor, address(first, "change"), parent=below.pk)
        assert "below itself" in complaints(again)


def test_a_body_is_not_dissolved_before_it_is_founded(editor, bodies):
    url = address(bodies[0], "change")
    again = sent(editor, url, active_from="2018", active_until="1998")
    assert "before it was founded" in complaints(again)
    assert "2100" in complaints(sent(editor, url, active_from="99999999999999999999"))


def test_a_body_with_policies_cannot_be_deleted_and_the_page_says_why(publisher, policy, bodies):
    policy.issuers.create(body=bodies[0])
    page = publisher.post(address(bodies[0], "delete"), {"post": "yes"})
    assert "would require deleting the following protected" in page.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [bodies[0].pk], "post": "yes"}
    publisher.post(address(IssuingBody, "changelist"), chosen)
    assert IssuingBody.objects.count() == 3


def test_an_issue_with_policies_cannot_be_deleted(publisher, policy):
    issue = NewsletterIssue.objects.create(title="News", publisher="Us", published_on="2024-05-08")
    Policy.objects.update(issue=issue)
    page = publisher.post(address(issue, "delete"), {"post": "yes"})
    assert "protected" in page.content.decode()
    assert NewsletterIssue.objects.exists()


def test_an_issue_is_there_once_and_its_period_runs_forward(editor):
    given = {"title": "News", "publisher": "Us", "published_on": "2024-05-08"}
    add = address(NewsletterIssue, "add")
    people = "Ann Li, editor\nBo Wu"
    assert sent(editor, add, **given, contributors=people).status_code == 302
    issue = NewsletterIssue.objects.get()
    assert issue.contributors == [
        {"name": "Ann Li", "role": "editor"},
        {"name": "Bo Wu", "role": ""},
    ]
    assert sent(editor, address(issue, "change")).status_code == 302
    issue.refresh_from_db()
    assert issue.contributors[0] == {"name": "Ann Li", "role": "editor"}
    assert "is here already" in complaints(sent(editor, add, **given))
    backwards = {"period_start": "2024-05-02", "period_end": "2024-04-02"}
    again = sent(editor, add, **(given | {"publisher": "They"} | backwards))
    assert "ends before it starts" in complaints(again)
    assert "names nobody" in complaints(sent(editor, add, **given, contributors=", editor"))
    assert "Null" in complaints(sent(editor, add, **given, contributors="a\0"))


def test_other_forms_of_a_term_are_typed_one_a_line(editor):
    given = {"term_en": "little giants", "term_zh": "小巨人", "definition": "Small firms."}
    sent(editor, address(Term, "add"), **given, aliases_zh="专精特新\n\n 专精特新企业 ")
    term = Term.objects.get()
    assert (term.aliases_en, term.aliases_zh) == ([], ["专精特新", "专精特新企业"])
    sent(editor, address(term, "change"))
    term.refresh_from_db()
    assert term.aliases_zh == ["专精特新", "专精特新企业"]


@pytest.mark.parametrize("kind", [Policy, CorporateEvent, IssuingBody, Company, Sector, Term])
def test_a_form_that_is_too_large_is_refused_without_an_error_page(editor, kind):
    answer = editor.post(address(kind, "add"), {"note": "x" * 20_000_000})
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "unknown=1", "state__exact=%00", "p=99999999999999", "p=abc", "o=9.9.9",
        "sectors__id__exact=abc", "sectors__id__exact=" + "9" * 40, "sectors__id__exact=%00",
        "announced_on__year=0", "announced_on__year=abc", "announced_on__year=99999999",
        "lacks=everything", "all=", "e=1", "bodies__id__exact=1&bodies__id__exact=2",
    ],
)  # fmt: skip
def test_an_odd_address_of_a_list_is_no_error(editor, policy, query):
    answer = editor.get(f"{address(Policy, 'changelist')}?{query}", follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("key", ["0", "abc", "9" * 40, "%00", "1_5F"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_record_that_is_not_there_is_no_error(editor, key, page):
    url = f"{address(Policy, 'changelist')}{key}/{page}/"
    assert editor.get(url).status_code in (302, 403, 404)


@pytest.mark.parametrize("term", ["\0", "车床", "%", "x" * 5000])
def test_odd_words_find_no_choice(editor, bodies, term):
    found = editor.get("/admin/autocomplete/", {
        "app_label": "policies", "model_name": "policyissuer", "field_name": "body", "term": term,
    })  # fmt: skip
    assert found.status_code == 200


def test_the_choice_of_bodies_starts_with_the_very_abbreviation(editor):
    for short, name in (("MOFCOM", "Ministry of Commerce"), ("MOF", "Ministry of Finance")):
        body = IssuingBody.objects.create(
            name_en=name, abbreviation=short, name_zh="部", kind="former"
        )
        body.aliases.create(name=f"{short} office", language="en")
    found = editor.get("/admin/autocomplete/", {
        "app_label": "policies", "model_name": "policyissuer", "field_name": "body", "term": "mof",
    }).json()["results"]  # fmt: skip
    assert [row["text"] for row in found] == [
        "Ministry of Finance (MOF) 部", "Ministry of Commerce (MOFCOM) 部",
    ]  # fmt: skip


def test_a_body_is_found_by_its_other_name(editor, bodies):
    bodies[0].aliases.create(name="车床部", language="zh")
    found = editor.get("/admin/autocomplete/", {
        "app_label": "policies", "model_name": "policyissuer", "field_name": "body", "term": "车床",
    }).json()["results"]  # fmt: skip
    assert [row["id"] for row in found] == [str(bodies[0].pk)]


def test_choices_are_closed_to_strangers(policy):
    asked = {"app_label": "policies", "model_name": "target", "field_name": "policy", "term": "p"}
    assert Client().get("/admin/autocomplete/", asked).status_code == 302


def test_the_source_lines_stand_beside_the_form(editor):
    issue = NewsletterIssue.objects.create(
        title="News", publisher="Us", published_on="2024-05-08",
        source_text="Front\n1. A plan\n- <b>Reach</b> it\nBack",
        leftovers=[
            {"line": 1, "text": "Front", "furniture": True},
            {"line": 4, "text": "Back", "furniture": False},
        ],
        warnings=[{"line": None, "text": "No date"}, {"line": 2, "text": "Odd"}],
    )  # fmt: skip
    policy = Policy.objects.create(headline="A plan", issue=issue, first_line=2, last_line=3)
    page = editor.get(address(policy, "change")).content.decode()
    assert '<li value="2">1. A plan</li><li value="3">- &lt;b&gt;Reach&lt;/b&gt; it</li>' in page
    assert '<li value="4">' not in page
    page = editor.get(address(issue, "change")).content.decode()
    for words in ("Line 4: Back", "Line 2: Odd", '<li value="1">Front</li>'):
        assert words in page
    left, known = page.split("Lines without content")
    assert "Line 4: Back" in left.split("Lines left over")[1]
    assert "Line 1: Front" not in left
    assert "Line 1: Front" in known


def test_a_target_keeps_the_end_of_its_period(editor, policy):
    add = address(Target, "add")
    given = {
        "policy": policy.pk,
        "text": "Grow",
        "due_on": "2027",
        "position": "1",
        "status": "open",
    }
    assert sent(editor, add, **given).status_code == 302
    assert Target.objects.get().due_on == date(2027, 12, 31)
