"""The tracker is found: one address a page, both languages, and what programs look for."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from policies.models import Company, IssuingBody, NewsletterIssue, Policy, Sector, Target, Term
from policies.models import CorporateEvent as Event
from policies.sharing import sitemaps
from policies.vocabulary import State

pytestmark = pytest.mark.django_db
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
OPEN = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
HOST = "http://testserver"


def text_of(client, address, **headers):
    return client.get(address, headers=headers).content.decode()


def linked(page, rel):
    return re.findall(rf'<link rel="{rel}"[^>]* href="([^"]*)"', page)


def meta(page, name):
    return re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)"', page)


@pytest.mark.parametrize(
    ("asked", "lasting"),
    [
        ("/policies/", "/policies/"),
        ("/policies/?sort=title&page=1&body=miit&by=month", "/policies/?body=miit"),
        ("/policies/?section=top&body=miit", "/policies/?body=miit&amp;section=top"),
        ("/policies/?body=miit&section=top&q=", "/policies/?body=miit&amp;section=top"),
        ("/calendar/?when=2024", "/calendar/?when=2024"),
        ("/companies/bmw/?kind=investment", "/companies/bmw/"),
        ("/?lang=en", "/"),
    ],
)
def test_a_page_is_known_by_what_it_holds(seeded, client, asked, lasting):
    page = text_of(client, asked)
    assert linked(page, "canonical") == [HOST + lasting]
    assert meta(page, "og:url") == [HOST + lasting]
    assert meta(page, "robots") == []


def test_each_language_has_an_address_and_search_engines_learn_of_both(seeded, client):
    for asked, chinese, named in (
        ("/policies/", "/policies/?lang=zh-hans", "zh_CN"),
        ("/policies/?body=miit", "/policies/?body=miit&amp;lang=zh-hans", "zh_CN"),
    ):
        plain = text_of(client, asked)
        both = dict(re.findall(r'rel="alternate" hreflang="([\w-]+)" href="([^"]*)"', plain))
        assert both == {"x-default": HOST + asked, "en": HOST + asked, "zh-Hans": HOST + chinese}
        page = text_of(client, chinese.replace("&amp;", "&"))
        assert linked(page, "canonical") == [HOST + chinese]
        assert meta(page, "og:locale") == [named]
        client.cookies.clear()


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=computing", "/compare/", "/policies/?bdoy=miit", "/policies/?page=99",
        "/nowhere/", "/policies/facets/sector/", "/bodies/miit/?as_of=2020-01-01",
    ],
)  # fmt: skip
def test_what_is_no_lasting_page_asks_not_to_be_listed(seeded, client, address):
    page = text_of(client, address)
    assert meta(page, "robots") == ["noindex"]
    assert linked(page, "canonical") == []
    assert "hreflang" not in page.partition("</head>")[0]


def test_a_shared_link_tells_what_it_leads_to(seeded, client):
    policy = Policy.objects.published().filter(section="top").first()
    page = text_of(client, policy.get_absolute_url())
    assert meta(page, "og:image") == [f"{HOST}{policy.get_absolute_url()}card.png"]
    assert meta(page, "description")[0].startswith(policy.summary[:12])
    assert "](" not in meta(page, "description")[0]
    page = text_of(client, "/policies/?body=miit&sort=title")
    assert meta(page, "og:image") == [f"{HOST}/policies/card.png?body=miit"]
    assert re.match(r"\d+ policies: Issuing body: Ministry of Ind", meta(page, "og:description")[0])
    assert meta(text_of(client, "/about/"), "og:image") == [f"{HOST}/card.png"]
    assert meta(text_of(client, "/report/"), "og:image") == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/bodies/miit/", ["Constituent department", "工业和信息化部", "policies"]),
        ("/bodies/miit/?lang=zh-hans", ["Ministry of Industry", "项政策"]),
        ("/companies/bmw/", ["Company", "宝马", "Germany", "corporate event"]),
        ("/companies/bmw/?lang=zh-hans", ["企业", "BMW", "德国", "条企业动态"]),
        ("/issues/2024-05-08/", ["MERICS", "policies", "corporate event"]),
        ("/issues/2024-05-08/?lang=zh-hans", ["MERICS", "项政策", "条企业动态"]),
    ],
)
def test_a_page_without_a_text_of_its_own_tells_what_is_known(seeded, client, address, told):
    page = text_of(client, address)
    (said,) = meta(page, "description")
    assert meta(page, "og:description") == [said]
    assert [word for word in told if word not in said] == []


def test_the_description_of_a_page_counts_what_its_list_finds(seeded, client):
    count = client.get("/policies/?issuer_all=miit").context["count"]
    said = meta(text_of(client, "/bodies/miit/"), "description")[0]
    assert said.endswith(f"· {count} policies")
    count = client.get("/events/?company=bmw").context["count"]
    said = meta(text_of(client, "/companies/bmw/"), "description")[0]
    assert re.search(rf"· {count} corporate events?$", said)
    said = meta(text_of(client, "/companies/bmw/?year=2024"), "description")[0]
    assert "event" not in said


def test_no_record_leaves_its_description_empty(db, client):
    policy = Policy.objects.create(title_en="Plan", state="published")
    sector = Sector.objects.create(name_en="Lathes", slug="lathes")
    for record in (policy, sector):
        assert meta(text_of(client, record.get_absolute_url()), "description")[0]


def test_the_sitemap_holds_every_public_page_and_no_other(seeded, client, monkeypatch):
    monkeypatch.setattr(sitemaps.Pieces, "limit", 20)
    hidden = Policy.objects.published().first()
    Policy.objects.filter(pk=hidden.pk).update(state=State.IN_REVIEW)
    parts = ET.fromstring(client.get("/sitemap.xml").content)
    addresses = [one.text for one in parts.findall("m:sitemap/m:loc", MAP)]
    found, dated = {}, {}
    for address in addresses:
        piece = ET.fromstring(client.get(address.removeprefix(HOST)).content)
        assert len(piece) <= 40
        for entry in piece:
            name = entry.find("m:loc", MAP).text.removeprefix(HOST)
            found[name] = {link.get("hreflang") for link in entry.findall("x:link", MAP)}
            dated[name] = entry.findtext("m:lastmod", namespaces=MAP)
    kinds = [Policy, Target, Event, Company, NewsletterIssue]
    public = [row for kind in kinds for row in kind.objects.published()]
    public += [row for kind in (IssuingBody, Sector, Term) for row in kind.objects.all()]
    records = {row.get_absolute_url() for row in public}
    lists = {address for address in found if "lang=" not in address} - records
    assert records <= found.keys()
    assert hidden.get_absolute_url() not in found
    assert {f"{address}?lang=zh-hans" for address in records | lists} <= found.keys()
    assert len(found) == 2 * len(records | lists)
    assert set(map(frozenset, found.values())) == {frozenset({"x-default", "en", "zh-Hans"})}
    assert {client.get(address).status_code for address in lists} == {200}
    assert all(dated[row.get_absolute_url()] for row in public if isinstance(row, Policy))


def test_a_piece_of_the_sitemap_costs_two_queries_and_the_index_few(
    seeded, client, django_assert_max_num_queries
):
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(3):
        assert client.get("/sitemap-policies.xml").status_code == 200
    with django_assert_max_num_queries(16):
        assert client.get("/sitemap.xml").status_code == 200
    for wrong in ("/sitemap-secrets.xml", "/sitemap-policies.xml?p=9", "/sitemap-terms.xml?p=x"):
        assert client.get(wrong).status_code == 404


def test_a_change_that_readers_see_moves_the_date_in_the_sitemap(
    seeded, django_capture_on_commit_callbacks
):
    policy = Policy.objects.published().last()
    first = sitemaps.Public("policy", Policy.objects.published())[0:500]
    with django_capture_on_commit_callbacks(execute=True):
        policy.title_en = "A plan renamed just now"
        policy.save()
    after = dict(sitemaps.Public("policy", Policy.objects.published())[0:500])
    moved = [path for path, since in first if after[path] != since]
    assert moved == [policy.get_absolute_url()]


def test_browsers_search_the_tracker_from_their_address_bar(seeded, client):
    assert linked(text_of(client, "/about/"), "search") == ["/opensearch.xml"]
    answer = client.get("/opensearch.xml")
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    told = ET.fromstring(answer.content)
    assert len(told.findtext("o:ShortName", namespaces=OPEN)) <= 16
    ways = {url.get("type"): url.get("template") for url in told.findall("o:Url", OPEN)}
    page = ways["text/html"].removeprefix(HOST).replace("{searchTerms}", "computing")
    assert client.get(page).context["count"] > 0
    asked = ways["application/x-suggestions+json"].removeprefix(HOST)
    typed, texts, kinds, urls = client.get(asked.replace("{searchTerms}", "ministry+of+fin")).json()
    assert typed == "ministry of fin"
    assert "Ministry of Finance" in texts
    assert len(texts) == len(kinds) == len(urls)
    assert client.get(urls[0].removeprefix(HOST)).context["count"] > 0
    assert client.get("/suggest.json").json() == ["", [], [], []]
    refused = client.get("/suggest.json?w=minis")
    assert refused.status_code == 400
    assert "w:" in refused.content.decode()
    for image in told.findall("o:Image", OPEN):
        assert image.text.startswith(f"{HOST}/static/icon-")


def allowed(rules, address):
    """Whether a crawler may ask: the longest rule decides, as RFC 9309 has it."""
    best = (0, True)
    for verdict, rule in rules:
        pattern = re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$")
        if re.match(pattern, address):
            best = max(best, (len(rule), verdict))
    return best[1]


def test_crawlers_are_let_to_pages_and_not_into_combinations(seeded, client):
    text = text_of(client, "/robots.txt")
    assert f"Sitemap: {HOST}/sitemap.xml" in text
    everyone = text.partition("User-agent: *")[2]
    pairs = re.findall(r"^(Allow|Disallow): (\S+)$", everyone, flags=re.MULTILINE)
    rules = [(verdict == "Allow", rule) for verdict, rule in pairs]
    policy = Policy.objects.published().first().get_absolute_url()
    open_ = ["/", "/policies/", policy, f"{policy}?lang=zh-hans", f"{policy}card.png",
             "/policies/?body=miit", "/policies/?page=2", "/policies/?body=miit&lang=zh-hans",
             "/bodies/?page=2&lang=zh-hans", "/policies.atom", "/api/v1/policies/",
             "/llms.txt", "/static/icon.svg"]  # fmt: skip
    shut = ["/admin/", "/policies/?body=miit&sector=ai", "/policies/?sort=title", "/policies.xlsx",
            "/policies/facets/body/", "/search/?q=x", "/calendar.ics",
            "/alerts/manage/x/"]  # fmt: skip
    assert [address for address in open_ if not allowed(rules, address)] == []
    assert [address for address in shut if allowed(rules, address)] == []
    named = [rule for verdict, rule in pairs if verdict == "Allow" and "lang=" not in rule]
    assert {address: client.get(address).status_code for address in named} == {
        "/policies.atom": 200, "/targets.atom": 200, "/events.atom": 200,
    }  # fmt: skip


def test_every_address_that_assistants_are_told_answers(seeded, client):
    text = text_of(client, "/llms.txt")
    assert text.startswith("# Policy tracker\n\n> ")
    links = re.findall(rf"\]\({HOST}([^)]+)\)", text)
    assert len(links) >= 12
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_icon_is_found_where_browsers_look_without_being_told(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert re.fullmatch(r"/static/icon-32(\.\w+)?\.png", answer["Location"])
