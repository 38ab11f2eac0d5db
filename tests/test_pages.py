"""Every public page, as a reader meets it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils.html import strip_tags
from django.views.defaults import server_error
from hypothesis import given
from hypothesis.strategies import text

from policies import publishing
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyRelation,
    Sector,
    Target,
    Term,
)
from policies.templatetags.tracker import as_printed, gist, inline, markdown, money, web

LISTS = ["/policies/", "/targets/", "/events/", "/bodies/"]
TIMES = ["/policies/timeline/", "/events/timeline/", "/policies/promised/"]
PAGES = ["/", *LISTS, "/companies/", "/compare/", "/sectors/", "/issues/", "/glossary/", "/about/",
         "/about/coverage/", "/phrases/", "/report/", "/calendar/", "/data/", *TIMES]  # fmt: skip
# The most questions that a page may ask of the database.
BOUNDS = {
    "/": 21, "/policies/": 10, "/targets/": 11, "/targets/who/": 9, "/events/": 9, "/bodies/": 3,
    "/policies/timeline/": 10, "/policies/promised/": 2, "/events/timeline/": 9,
    "/companies/": 6, "/compare/": 0, "/sectors/": 3, "/issues/": 3, "/glossary/": 2, "/about/": 7,
    "/about/coverage/": 11, "/phrases/": 3, "/report/": 0, "/calendar/": 10,
    "/data/": 0,
}  # fmt: skip
RECORD_BOUND = 24

pytestmark = pytest.mark.django_db


def text_of(client, address: str) -> str:
    return client.get(address).content.decode()


def top_item(position: int) -> Policy:
    return Policy.objects.get(section="top", position=position)


def test_every_page_of_the_seeded_tracker_answers(seeded, client):
    addresses = list(PAGES)
    for model in (Policy, Target, CorporateEvent, IssuingBody, Company, Sector, Term):
        addresses += [record.get_absolute_url() for record in model.objects.all()[:6]]
    addresses += [issue.get_absolute_url() for issue in NewsletterIssue.objects.all()]
    assert {a: client.get(a).status_code for a in addresses} == dict.fromkeys(addresses, 200)


def test_an_empty_tracker_answers_too(client):
    assert {a: client.get(a).status_code for a in PAGES} == dict.fromkeys(PAGES, 200)


# Filters


def test_an_unknown_value_is_named_and_finds_nothing(seeded, client):
    page = client.get("/policies/?body=mitt")
    assert "mitt" in page.content.decode()
    assert page.context["count"] == 0


def test_an_unknown_parameter_never_widens_the_result(seeded, client):
    page = client.get("/policies/?bdoy=miit")
    assert "bdoy" in page.content.decode()
    assert page.context["count"] == 0


@pytest.mark.parametrize("query", ["sort=size", "page=x", "page=7", "announced_after=soon"])
def test_other_wrong_values_are_named(seeded, client, query):
    page = client.get(f"/policies/?{query}")
    assert page.status_code == 200
    assert page.context["errors"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/targets/?due_before=soon", "<strong>Due until</strong>: “soon” is no date."),
        ("/targets/who/?due_before=soon", "<strong>Due until</strong>: “soon” is no date."),
        ("/calendar/?announced_after=x", "<strong>Announced from</strong>: “x” is no date."),
        ("/companies/bmw/?currency=x", "<strong>Currency</strong>: “x” is not known."),
        ("/phrases/?year=x", "<strong>Year announced</strong>: “x” is not known."),
        ("/about/coverage/?year=x", "<strong>Year announced</strong>: “x” is not known."),
        ("/bodies/matrix/?year=x", "<strong>Year announced</strong>: “x” is not known."),
        ("/policies/facets/sector/?year=x", "<strong>Year announced</strong>: “x” is not known."),
        ("/alerts/new/policies/?year=x", "<strong>Year announced</strong>: “x” is not known."),
        ("/search/?exact=2", "<strong>Only as typed</strong>: “2” is not known."),
        ("/issues/?exact=2", "<strong>Only as typed</strong>: “2” is not known."),
        ("/policies/?bdoy=miit", "<code>bdoy</code>: There is no filter “bdoy”."),
    ],
)
def test_what_is_wrong_is_called_as_the_form_calls_it(seeded, client, address, said):
    text = client.get(address).content.decode()
    assert said in text
    assert "Part of this was not understood" in text
    assert "This address" not in text


def test_a_parent_body_finds_what_its_children_issued(seeded, client):
    assert client.get("/policies/?body=state-council").context["count"] >= 10


def test_excluding_a_body_leaves_the_rest(seeded, client):
    total = client.get("/policies/").context["count"]
    with_mof = client.get("/policies/?body=mof").context["count"]
    assert client.get("/policies/?not_body=mof").context["count"] == total - with_mof


def test_each_facet_count_is_what_its_link_finds(seeded, client):
    page = client.get("/policies/?section=top")
    for facet in page.context["facets"]:
        for value in [*facet.top, *facet.more]:
            if facet.name != "section" and not value.selected:
                found = client.get(f"/policies/{value.url}").context["count"]
                assert found == value.count, (facet.name, value.value)


def test_a_year_bound_takes_the_whole_year(seeded, client):
    assert client.get("/targets/?due_before=2027").context["count"] > 0
    assert client.get("/targets/?due_after=2028").context["count"] == 0


@pytest.mark.parametrize("address", LISTS)
def test_every_link_of_a_list_leads_somewhere(seeded, client, address):
    links = set(re.findall(r'href="([/?][^"#]*)"', text_of(client, address)))
    links = {link for link in links if not link.startswith("/static/")}
    answers = {
        link: client.get((link if link[0] == "/" else address + link).replace("&amp;", "&"))
        for link in links
    }
    assert {link: a.status_code for link, a in answers.items()} == dict.fromkeys(links, 200)
    assert not [link for link, a in answers.items() if a.context and a.context.get("errors")]


# Records


def test_a_policy_shows_what_the_newsletter_printed_otherwise(seeded, client):
    page = text_of(client, top_item(2).get_absolute_url())
    assert "加快数字人才培育支撑数字经济发展行动方案（2024—2026年）" in page
    assert "The newsletter prints <span" in page
    assert "加快数字人才培养支撑数字经济发展行动方案 (2024—2026 年)" in page
    assert "The newsletter prints 2 April 2024" in page


def test_an_english_title_printed_otherwise_is_shown_too(seeded, client):
    policy = top_item(2)
    policy.title_en, policy.printed_title_en = "The official title", "A printed title"
    policy.save()
    page = text_of(client, policy.get_absolute_url())
    assert "The official title" in page
    assert "The newsletter prints “A printed title”" in page


def test_a_policy_tells_the_lead_from_the_joint_issuers(seeded, client):
    page = text_of(client, top_item(3).get_absolute_url()).partition("<main")[2]
    lead, joint = page.index("Lead issuer"), page.index("Jointly with")
    assert lead < page.index("Ministry of Industry and Information Technology") < joint
    assert joint < page.index("People’s Bank of China" if "People’s Bank" in page else "PBOC")


def test_a_policy_says_where_it_stands_in_its_source(seeded, client):
    policy = top_item(3)
    page = text_of(client, policy.get_absolute_url())
    assert f"lines {policy.first_line} to {policy.last_line} of the source" in page
    assert "item 3" in page


def test_records_lead_to_the_ones_beside_them_in_print(seeded, client):
    last = Policy.objects.filter(section="news").order_by("position").last()
    event = CorporateEvent.objects.get(position=1)
    page = text_of(client, last.get_absolute_url())
    assert f'rel="next" href="{event.get_absolute_url()}"' in page
    page = text_of(client, event.get_absolute_url())
    assert f'rel="prev" href="{last.get_absolute_url()}"' in page


def test_relations_are_told_from_both_sides(seeded, client):
    new, old = top_item(2), top_item(3)
    PolicyRelation.objects.create(policy=new, kind="amends", other=old, note="In part.")
    assert "This policy amends" in text_of(client, new.get_absolute_url())
    page = text_of(client, old.get_absolute_url())
    assert "amends this policy" in page
    assert "In part." in page


def test_a_source_without_address_says_so(seeded, client):
    event = CorporateEvent.objects.get(position=5)
    assert "Reuters article" in text_of(client, event.get_absolute_url())
    assert "link unknown" in text_of(client, event.get_absolute_url())


def test_a_body_tells_what_it_issued_alone_and_jointly(seeded, client):
    page = client.get("/bodies/miit/")
    assert page.context["alone_number"] == 3
    assert page.context["jointly_number"] == 3
    assert page.context["led_number"] == 1
    assert page.context["partners"][0][0].slug == "mof"


def test_an_issue_sets_bullets_between_paragraphs_as_printed(seeded, client):
    page = text_of(client, "/issues/2024-05-08/")
    parts = [
        "the agreed standards. Criteria that a product must meet:",
        "Its research and development take place in China",
        "The measures take effect on June 1, 2024.",
        "MERICS comment",
        "Policy news",
        "Corporate news",
        "Alexander Brown",
    ]
    body = page[page.index("</nav>", page.index('class="contents"')) :]
    places = [body.index(part) for part in parts]
    assert places == sorted(places)


def test_an_issue_leads_to_each_of_its_records(seeded, client):
    page = text_of(client, "/issues/2024-05-08/")
    records = [*Policy.objects.all(), *CorporateEvent.objects.all()]
    assert [r for r in records if f'href="{r.get_absolute_url()}"' not in page] == []


@pytest.mark.parametrize(("after", "order"), [(0, "bp"), (1, "pb"), (9, "pb")])
def test_a_bullet_stands_after_its_paragraph(db, after, order):
    policy = Policy.objects.create(section="top", summary="One paragraph.")
    policy.provisions.create(heading="Scope", text="A bullet", after_paragraph=after)
    parts = as_printed(policy)
    shown = "".join(
        ("p" if "One paragraph." in part["paragraph"] else "") + "b" * len(part["bullets"])
        for part in parts
    )
    assert shown == order


def test_an_issue_has_one_address_only(seeded, client):
    assert client.get("/issues/20240508/").status_code == 404


def test_the_sectors_count_the_policies_below_them(seeded, client):
    page = client.get("/sectors/")
    branches = {branch.sector.slug: branch for branch in page.context["branches"]}
    found = client.get("/policies/?sector=digital-economy").context["count"]
    assert branches["digital-economy"].number == found > 0


def test_the_glossary_runs_from_a_to_z(seeded, client):
    letters = [letter for letter, _ in client.get("/glossary/").context["letters"]]
    assert letters == sorted(set(letters))
    assert 'href="#letter-a"' in text_of(client, "/glossary/")


# Addresses that lead elsewhere


def test_what_is_withdrawn_is_gone_and_says_why(seeded, client):
    policy = Policy.objects.published().first()
    publishing.withdraw(policy, by=User.objects.create_user("e"), note="Printed twice.")
    page = client.get(policy.get_absolute_url())
    assert page.status_code == 410
    assert "Printed twice." in page.content.decode()


@pytest.mark.parametrize("model", [Policy, CorporateEvent])
def test_a_former_address_of_what_is_withdrawn_says_so_and_of_what_never_was_public_nothing(
    seeded, client, model
):
    record = model.objects.published().first()
    former, record.slug = record.get_absolute_url(), "a-better-slug"
    record.save()
    publishing.withdraw(record, by=None, note="Printed twice.")
    for address in (former, f"{former}history/", f"{former}card.png"):
        page = client.get(address)
        assert page.status_code == 410
        assert "Printed twice." in page.content.decode()
        assert "a-better-slug" not in page.content.decode()
    model.objects.filter(pk=record.pk).update(state="in-review")
    assert client.get(former).status_code == 404


def test_a_former_address_leads_to_todays(seeded, client):
    policy = Policy.objects.published().first()
    former, policy.slug = policy.get_absolute_url(), "a-better-slug"
    policy.save()
    assert client.get(former)["Location"] == "/policies/a-better-slug/"


def test_a_missing_page_is_in_the_sites_look(client):
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "Policy tracker" in page.content.decode()


def test_a_broken_page_is_in_the_sites_look_without_a_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = server_error(HttpRequest()).content.decode()
    links = re.findall(r'href="/static/([^"]+)"', page)
    assert "Something went wrong" in page
    assert links
    assert all((Path("static") / link).exists() for link in links)


# Safety


def test_raw_html_in_a_text_is_shown_not_obeyed(seeded, client):
    policy = Policy.objects.published().first()
    policy.summary = "<script>alert(1)</script> [go](javascript:alert(1))"
    policy.save()
    page = text_of(client, policy.get_absolute_url())
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///x",
     "ftp://x.example/", "//x.example/", "/admin/", "&#106;avascript:alert(1)"],
)  # fmt: skip
def test_only_web_and_mail_addresses_become_links(address):
    assert web(address) == ""
    assert "<a" not in markdown(f"[go]({address})")
    assert "<a" not in inline(f"<{address}>")


def test_a_link_that_leads_out_says_so_and_passes_nothing_on():
    html = markdown("[here](https://x.example/?a=1&b=2)")
    assert 'href="https://x.example/?a=1&amp;b=2"' in html
    assert 'rel="external nofollow noopener"' in html


def test_a_link_without_address_is_no_link():
    assert "href" not in markdown("[here](#)")
    assert 'class="unknown"' in markdown("[here](#)")


def test_an_unsafe_source_address_is_unknown(seeded, client):
    policy = Policy.objects.published().first()
    policy.sources.create(label="A source", url="javascript:alert(1)")
    Policy.objects.filter(pk=policy.pk).update(official_url="javascript:alert(1)")
    page = text_of(client, policy.get_absolute_url())
    assert "javascript:" not in page
    assert page.count("link unknown") >= 2


@pytest.mark.parametrize("query", ["body=<b>x", "<b>x=1", "sort=<b>x", "page=<b>x"])
def test_what_an_address_says_is_never_obeyed(client, query):
    assert "<b>x" not in text_of(client, f"/policies/?{query}")


def test_the_security_policy_allows_no_inline_script(client):
    header = client.get("/about/")["Content-Security-Policy"]
    assert "default-src 'self'" in header
    assert "unsafe" not in header


@pytest.mark.parametrize("address", PAGES)
def test_no_page_holds_inline_style_or_script(seeded, client, address):
    page = text_of(client, address)
    scripts = re.findall(r"<script[^>]*>", page)
    assert all(" src=" in tag or "application/ld+json" in tag for tag in scripts)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)


# Texts and figures


def test_the_gist_of_a_text_is_plain():
    assert gist("A *plan* of [MIIT](#) & others\n\nfor R&D", 9) == "A plan of MIIT & others for R&D"
    assert gist("one two three", 2) == "one two …"


@given(text("aZ中é 1.-+#*_`[]()&;<>!=~:/\\\t'\"", max_size=20))
def test_the_gist_of_a_line_is_what_it_says_without_its_marks(line):
    shown = unescape(strip_tags(markdown(line)))
    assert gist(line, 99).split() == shown.split()


@pytest.mark.parametrize(
    ("value", "shown"),
    [("300000000", "300 million"), ("2600000000", "2.6 billion"), ("40", "40"), ("5.16", "5.16"),
     ("1200", "1,200"), ("3500000000000", "3.5 trillion")],
)  # fmt: skip
def test_money_reads_as_printed(value, shown):
    assert money(Decimal(value)) == shown


# Questions asked of the database


def copied(record, **changes):
    """A stored copy of a record, with `changes`."""
    fields = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.primary_key
    }
    if "slug" in fields:
        fields["slug"] = ""
    for name, value in changes.items():
        fields[record._meta.get_field(name).attname] = getattr(value, "pk", value)
    return type(record)._base_manager.create(**fields)


def copy_with_rows(record, **changes):
    """A copy of a policy or an event with all that hangs on it."""
    twin = copied(record, **changes)
    for name in ("sectors", "regions", "companies", "answers"):
        if hasattr(record, name):
            getattr(twin, name).set(getattr(record, name).all())
    owner = "policy" if isinstance(record, Policy) else "event"
    for name in ("issuers", "provisions", "targets", "amounts", "sources"):
        rows = list(getattr(record, name).all()) if hasattr(record, name) else []
        for row in rows:
            copied(row, **{owner: twin})
    return twin


def grow() -> None:
    """Three times as many records, and three times as much on each of the old ones."""
    policies, events = list(Policy.objects.all()), list(CorporateEvent.objects.all())
    bodies = list(IssuingBody.objects.all())
    issue = NewsletterIssue.objects.get()
    for year in (2025, 2026):
        later = copied(issue, published_on=date(year, 5, 8))
        for record in (*policies, *events):
            copy_with_rows(record, issue=later if record.position % 2 else issue)
        grow_registry(bodies, str(year))
    for policy in policies:
        grow_policy(policy, bodies, policies)
    for event in events:
        event.answers.add(*policies)


def grow_registry(bodies: list[IssuingBody], mark: str) -> None:
    for firm in Company.objects.exclude(name_en__endswith="2025"):
        twin = copied(firm, name_en=f"{firm} {mark}")
        for event in firm.events.all():
            event.companies.add(twin)
    for sector in Sector.objects.filter(parent=None):
        copied(sector, parent=sector, name_en=f"Part of {sector} {mark}")
    for term in Term.objects.exclude(term_en__endswith="2025"):
        copied(term, term_en=f"{term.term_en} {mark}")
    for body in bodies[:40]:
        copied(body, parent=body, name_en=f"{body} {mark}")


def grow_policy(policy: Policy, bodies: list[IssuingBody], policies: list[Policy]) -> None:
    present = {row.body_id for row in policy.issuers.all()}
    for position, body in enumerate(bodies[50:56], 20):
        if body.pk not in present:
            policy.issuers.create(body=body, position=position)
    for row in (*policy.targets.all(), *policy.provisions.all(), *policy.sources.all()):
        copied(row)
    for other in policies[:3]:
        if other != policy:
            PolicyRelation.objects.create(policy=policy, kind="amends", other=other)


def questions(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


def asked_by(client, addresses: list[str]) -> dict[str, int]:
    """How much each page asks once the process knows the search index as it stands."""
    for address in LISTS:
        client.get(address)
    return {address: questions(client, address) for address in addresses}


def test_no_page_asks_more_for_more_records(seeded, client, django_capture_on_commit_callbacks):
    records = [
        top_item(3), Target.objects.first(), CorporateEvent.objects.get(position=7),
        IssuingBody.objects.get(slug="miit"), Company.objects.get(slug="bmw"),
        Sector.objects.get(slug="digital-economy"), Term.objects.get(slug="little-giants"),
        NewsletterIssue.objects.get(),
    ]  # fmt: skip
    addresses = [*PAGES, *(record.get_absolute_url() for record in records)]
    # What has nothing to show asks less than what has one thing.
    CorporateEvent.objects.get(position=5).answers.add(top_item(3))
    event, other = (CorporateEvent.objects.get(position=position) for position in (7, 5))
    other.companies.add(*event.companies.all())
    other.sectors.add(*event.sectors.all())
    few = asked_by(client, addresses)
    with django_capture_on_commit_callbacks(execute=True):
        grow()
    many = asked_by(client, addresses)
    assert {a: (few[a], many[a]) for a in addresses if many[a] > few[a]} == {}
    over = {a: n for a, n in many.items() if n > BOUNDS.get(a, RECORD_BOUND)}
    assert over == {}


def test_the_query_bounds_name_every_page():
    patterns = get_resolver("policies.urls").url_patterns
    plain = {f"/{p.pattern}" for p in patterns if "<" not in str(p.pattern)}
    assert set(BOUNDS) <= plain


@pytest.mark.parametrize("path", ["/policies/", "/policies.atom", "/api/v1/policies/", "/nowhere/"])
def test_only_the_head_is_sent_to_who_asks_for_the_head(seeded, client, path):
    environ = RequestFactory().head(path).environ
    told: dict[str, str] = {}
    body = b"".join(WSGIHandler()(environ, lambda _status, headers: told.update(headers)))
    assert body == b""
    assert int(told["Content-Length"]) > 0
