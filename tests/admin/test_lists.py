"""Lists and forms take as many queries for many records as for few."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.models import (
    Amount,
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyRelation,
    Region,
    Sector,
    SourceLink,
    Target,
    Term,
)

from .forms import address

pytestmark = pytest.mark.django_db


def fill(start: int, count: int) -> None:
    """Add `count` records of every kind, each with rows of its own."""
    for number in range(start, start + count):
        above = Sector.objects.create(name_en=f"Above {number}")
        sector = Sector.objects.create(name_en=f"Sector {number}", parent=above)
        land = Region.objects.create(name_en=f"Land {number}", kind="country")
        Region.objects.create(name_en=f"Region {number}", kind="province", parent=land)
        Term.objects.create(
            term_en=f"t {number}", term_zh="词", definition="A word.", sector=sector
        )
        top = IssuingBody.objects.create(name_en=f"Council {number}", kind="former")
        body = IssuingBody.objects.create(name_en=f"Ministry {number}", kind="former", parent=top)
        issue = NewsletterIssue.objects.create(
            title="News", publisher="Us", published_on=date(2024, 1, 1 + number)
        )
        policy = Policy.objects.create(headline=f"Plan {number}", issue=issue)
        policy.sectors.add(sector)
        rows(policy, body)
        event = CorporateEvent.objects.create(text="A keel", issue=issue)
        event.companies.add(Company.objects.create(name_en=f"Yard {number}"))
        SourceLink.objects.create(event=event, label="A paper")


def rows(policy: Policy, body: IssuingBody) -> None:
    policy.issuers.create(body=body)
    policy.targets.create(text="Grow")
    policy.provisions.create(text="Pay")
    Amount.objects.create(policy=policy, value=1, currency="CNY")
    SourceLink.objects.create(policy=policy, label="A paper")
    other = Policy.objects.create(headline=f"Other {body.pk}")
    PolicyRelation.objects.create(policy=policy, kind="amends", other=other)
    PolicyRelation.objects.create(policy=other, kind="follows-up", other=policy)


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "model",
    [Policy, CorporateEvent, Target, IssuingBody, Company, Sector, Region, Term, NewsletterIssue],
)
def test_a_list_takes_no_more_queries_for_more_rows(publisher, model):
    fill(0, 2)
    url = address(model, "changelist")
    queries(publisher, url)
    few = queries(publisher, url)
    fill(2, 8)
    assert queries(publisher, url) <= few
    assert few < 20


def test_the_form_of_a_policy_takes_no_more_queries_for_more_rows(editor):
    fill(0, 1)
    policy = Policy.objects.get(headline="Plan 0")
    url = address(policy, "change")
    queries(editor, url)
    few = queries(editor, url)
    for number in range(6):
        body = IssuingBody.objects.create(name_en=f"Bureau {number}", kind="former")
        rows(policy, body)
    # The first look after a change brings the search index of the process up to date.
    queries(editor, url)
    assert queries(editor, url) <= few


def test_the_form_of_a_body_takes_no_more_queries_for_more_rows(editor):
    body = IssuingBody.objects.create(name_en="Ministry", kind="former")
    counts = []
    for number in range(5):
        other = IssuingBody.objects.create(name_en=f"Bureau {number}", kind="former")
        body.successions.create(successor=other)
        body.precessions.create(predecessor=other)
        body.aliases.create(name=f"Name {number}", language="en")
        counts.append(queries(editor, address(body, "change")))
    assert counts[-1] <= counts[0]


def test_a_confirmation_takes_no_more_queries_for_more_records(publisher):
    fill(0, 1)
    url = address(Policy, "changelist") + "step/publish/?ids="
    keys = [",".join(str(pk) for pk in Policy.objects.values_list("pk", flat=True))]
    fill(1, 6)
    keys.append(",".join(str(pk) for pk in Policy.objects.values_list("pk", flat=True)))
    queries(publisher, url + keys[0])
    assert queries(publisher, url + keys[1]) <= queries(publisher, url + keys[0])


def test_the_list_tells_targets_and_what_is_missing(editor):
    policy = Policy.objects.create(headline="Plan")
    for number in range(3):
        policy.targets.create(text=f"Grow {number}")
    page = editor.get(address(Policy, "changelist")).content.decode()
    assert '<td class="field-targets_named">3</td>' in page
    assert "date of a target" in page


@pytest.mark.parametrize(
    ("model", "field"),
    [(Policy, "bodies"), (Policy, "sectors"), (Policy, "issue"), (CorporateEvent, "companies"),
     (Sector, "parent"), (Term, "sector")],
)  # fmt: skip
def test_a_filter_with_many_values_lists_none_of_them(editor, model, field):
    fill(0, 3)
    related = model._meta.get_field(field).remote_field.model
    chosen = related._default_manager.filter(
        **{model._meta.get_field(field).related_query_name() + "__isnull": False}
    ).first()
    listed = editor.get(address(model, "changelist"), {f"{field}__id__exact": chosen.pk})
    assert listed.context["cl"].result_count == 1
    options = listed.content.decode().split(f'id="filter-{field}"')[1].split("</select>")[0]
    assert options.count("<option") == 2
    assert f'value="{chosen.pk}" selected' in options


def test_a_chosen_filter_keeps_the_other_filters(editor):
    fill(0, 1)
    page = editor.get(address(Policy, "changelist"), {"state__exact": "in-review", "q": "Plan"})
    form = page.content.decode().split('<form class="chosen-filter"')[1].split("</form>")[0]
    assert '<input type="hidden" name="state__exact" value="in-review">' in form
    assert '<input type="hidden" name="q" value="Plan">' in form
