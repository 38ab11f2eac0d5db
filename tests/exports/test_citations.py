"""Citations say what is known, as each style has it, and pages carry them."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
import rispy

from policies import publishing
from policies.citations import cite
from policies.models import (
    Company,
    CorporateEvent,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Sector,
    Target,
    Term,
)

from .reading import bibtex_entries, body, ris_records

pytestmark = pytest.mark.django_db
READ = date(2026, 11, 25)
SITE = "https://tracker.example"
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
CITED = re.compile(r"<dt>([^<]+)<button.*?<dd[^>]*>(?:<pre[^>]*>)?(.*?)<", re.DOTALL)


@pytest.fixture
def policy() -> Policy:
    made = Policy.objects.create(
        title_en="Notice on Lathes</script><b>", title_zh="关于车床的通知", instrument="notice",
        announced_on=date(2024, 4, 30), announced_precision="month", slug="on-lathes",
        document_number="工信部〔2024〕1号",
    )  # fmt: skip
    for place, (name, name_zh) in enumerate([("Ministry A", "甲部"), ("Ministry B", "乙部")]):
        body = IssuingBody.objects.create(name_en=name, name_zh=name_zh, kind="ministry")
        made.issuers.create(body=body, position=place)
    return publishing.publish(made, by=None)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("apa", "Ministry A & Ministry B. (2024, April). {title} [关于车床的通知] "
                "(工信部〔2024〕1号) [Notice]. Policy tracker. Retrieved November 25, 2026, "
                "from {address}"),
        ("chicago", "Ministry A and Ministry B. “{title} [关于车床的通知].” 工信部〔2024〕1号. "
                    "April 2024. Policy tracker. Accessed November 25, 2026. {address}."),
        ("gbt7714", "甲部, 乙部. 关于车床的通知: 工信部〔2024〕1号[EB/OL]. (2024-04)[2026-11-25]. "
                    "{address}."),
    ],
)  # fmt: skip
def test_a_policy_is_cited_in_the_words_of_the_style(policy, style, expected):
    address = f"{SITE}{policy.get_absolute_url()}"
    assert cite(policy, style, READ, SITE) == expected.format(
        title=policy.title_en, address=address
    )


def test_a_target_is_cited_in_chinese_as_far_as_its_policy_has_it(policy):
    made = policy.targets.create(text="More lathes")
    assert cite(made, "gbt7714", READ, SITE) == (
        "甲部, 乙部. More lathes[EB/OL]//关于车床的通知. (2024-04)[2026-11-25]. "
        f"{SITE}{made.get_absolute_url()}."
    )


@pytest.mark.parametrize(
    ("title", "quoted"),
    [
        ("Rules on “Little Giants”", "“Rules on ‘Little Giants’ [关于“小巨人”的通知].”"),
        ('Rules on "Little Giants"', "“Rules on ‘Little Giants’ [关于“小巨人”的通知].”"),
        ('"AI+" and China\'s cars', "“‘AI+’ and China's cars [关于“小巨人”的通知].”"),
    ],
)
def test_quotation_marks_in_an_english_title_are_single_and_official_ones_stay(db, title, quoted):
    made = Policy.objects.create(title_en=title, title_zh="关于“小巨人”的通知")
    publishing.publish(made, by=None)
    assert cite(made, "chicago", READ).startswith(f"{quoted} Policy tracker.")
    assert cite(made, "apa", READ).startswith(title)


def test_a_title_known_in_chinese_alone_keeps_its_quotation_marks():
    made = publishing.publish(Policy.objects.create(title_zh="关于“小巨人”的通知"), by=None)
    assert cite(made, "chicago", READ).startswith("“关于“小巨人”的通知.” Policy tracker.")


def test_many_issuers_are_named_as_far_as_each_style_wants():
    made = Policy.objects.create(title_en="Notice")
    for place in range(20):
        made.issuers.create(printed=f"Body {place + 1}", position=place)
    publishing.publish(made, by=None)
    named = [f"Body {number}" for number in range(1, 23)]
    assert cite(made, "apa", READ).startswith(f"{', '.join(named[:19])}, & Body 20. (n.d.)")
    assert cite(made, "chicago", READ).startswith(f"{', '.join(named[:7])}, et al. “Notice.”")

    made.issuers.create(printed="Body 21", position=20)
    made.issuers.create(printed="Body 22", position=21)
    made = Policy.objects.get(pk=made.pk)
    assert cite(made, "apa", READ).startswith(f"{', '.join(named[:19])}, … Body 22. (n.d.)")
    made.issuers.filter(position__gt=9).delete()
    made = Policy.objects.get(pk=made.pk)
    assert cite(made, "chicago", READ).startswith(f"{', '.join(named[:9])}, and Body 10. “N")


def test_nothing_unknown_is_made_up():
    made = publishing.publish(Policy.objects.create(headline="Something"), by=None)
    assert cite(made, "apa", READ).startswith("Something [Policy]. (n.d.). Policy tracker.")
    assert "year" not in cite(made, "bibtex", READ)


def test_ris_keeps_institutions_numbers_and_chinese_titles_where_zotero_finds_them(policy):
    name = "State Administration of Press, Publication, Radio, Film and Television"
    policy.issuers.create(printed=name, position=2)
    (read,) = rispy.loads(cite(Policy.objects.get(pk=policy.pk), "ris", READ, SITE))
    assert read["type_of_reference"] == "GOVDOC"
    # Only an author without a comma is no person.
    assert [one.replace("，", ",") for one in read["authors"]] == ["Ministry A", "Ministry B", name]
    assert not any("," in one for one in read["authors"])
    # Zotero's field for the number of a report.
    assert read["issn"] == "工信部〔2024〕1号"
    assert "Chinese title: 关于车床的通知" in read["notes"]
    assert read["translated_title"] == "关于车床的通知"


def event(**values: Any) -> CorporateEvent:
    made = CorporateEvent.objects.create(
        headline="Two firms build a plant", text="They do.", slug="plant",
        happened_on=date(2024, 4, 26), happened_precision="day", **values,
    )  # fmt: skip
    for name in ("Lathes & Co., Ltd.", "Kilns"):
        made.companies.add(Company.objects.create(name_en=name))
    return publishing.publish(made, by=None)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("apa", "Two firms build a plant [Corporate event]. (2024, April 26). The Publisher. "
                "Policy tracker. Retrieved November 25, 2026, from {address}"),
        ("chicago", "“Two firms build a plant.” April 26, 2024. The Publisher. Policy tracker. "
                    "Accessed November 25, 2026. {address}."),
        ("gbt7714", "Two firms build a plant[EB/OL]. The Publisher, 2024(2024-04-26)[2026-11-25]. "
                    "{address}."),
    ],
)  # fmt: skip
def test_an_event_is_cited_by_its_title_and_the_issue_s_publisher(style, expected):
    issue = NewsletterIssue.objects.create(
        publisher="The Publisher", title="News", published_on=date(2024, 5, 8)
    )
    made = event(issue=issue)
    address = f"{SITE}{made.get_absolute_url()}"
    assert cite(made, style, READ, SITE) == expected.format(address=address)


def test_companies_are_keywords_of_an_event_and_no_authors(client):
    made = event()
    assert cite(made, "apa", READ).startswith(
        "Two firms build a plant [Corporate event]. (2024, April 26). Policy tracker."
    )
    told = cite(made, "ris", READ)
    assert "AU  - " not in told
    assert re.findall(r"KW  - (.+)\r", told) == ["Kilns", "Lathes & Co., Ltd."]
    told = cite(made, "bibtex", READ)
    assert "author" not in told
    assert r"keywords = {Kilns, {Lathes \& Co., Ltd.}}" in told
    (told,) = json.loads(body(client.get("/events.csl.json")))
    assert "author" not in told
    assert told["keyword"] == "Kilns; Lathes & Co., Ltd."
    page = client.get(made.get_absolute_url()).content.decode()
    assert "citation_author" not in page
    assert 'name="citation_keywords" content="Kilns; Lathes &amp; Co., Ltd."' in page


def test_pages_carry_citations_and_data_that_ends_no_block(policy, client):
    page = client.get(policy.get_absolute_url()).content.decode()
    (data,) = map(json.loads, LINKED.findall(page))
    assert (data["@type"], data["name"]) == ("Legislation", policy.title_en)
    assert page.count('<meta name="citation_author"') == 2
    assert '<meta name="citation_publication_date" content="2024/04">' in page
    assert "</script><b>" not in page


def test_a_search_is_cited_and_described_as_the_data_set_that_it_is(seeded, client):
    answer = client.get("/policies/?q=plan&section=top&page=1&split=body")
    page, number = answer.content.decode(), answer.context["count"]
    address = "http://testserver/policies/?q=plan&section=top"
    cited = {style: unescape(text.strip()) for style, text in CITED.findall(page)}
    told = f"Policies, Search: plan; Section: Top item ({number} records)"
    assert cited["APA"].startswith(f"{told} [Data set]. (n.d.). Policy tracker. Retrieved ")
    assert cited["APA"].endswith(f", from {address}")
    assert cited["Chicago"].startswith(f"“{told}.” Policy tracker. Accessed ")
    assert re.search(r"政策.+\[DS/OL\]\. \[\d{4}-\d\d-\d\d\]", cited["GB/T 7714"])
    assert "{" + f"{told}" + "}" in cited["BibTeX"]
    assert cited["RIS"].startswith("TY  - DATA")
    assert page.count('class="copy" hidden') == 5

    (data,) = map(json.loads, LINKED.findall(page))
    assert (data["@type"], data["url"]) == ("Dataset", address)
    for file in data["distribution"]:
        given = client.get(file["contentUrl"].removeprefix("http://testserver"))
        assert given.headers["Content-Type"].startswith(file["encodingFormat"])
        assert given.headers["X-Record-Count"] == str(number)
    (whole,) = map(json.loads, LINKED.findall(client.get("/").content.decode()))
    assert [client.get(part["url"]).status_code for part in whole["hasPart"]] == [200] * 5
    wrong = client.get("/policies/?body=nobody").content.decode()
    assert "Data set" not in wrong
    assert not LINKED.search(wrong)


def test_an_excluded_filter_has_one_colon_in_chinese(db, client):
    page = client.get("/policies/?not_level=national").content.decode()
    cited = {style: unescape(text.strip()) for style, text in CITED.findall(page)}
    assert cited["GB/T 7714"].startswith("政策，排除发布层级：国家级（")


def test_targets_and_events_cite_themselves_and_lists_keep_their_question(seeded, client):
    for kind in ("targets", "events"):
        listed = client.get(f"/{kind}/").context["page"].object_list
        page = client.get(listed[0].get_absolute_url()).content.decode()
        assert "[EB/OL]" in page
        assert 'name="citation_title"' in page
    page = client.get("/policies/?q=computing&page=1").content.decode()
    assert 'href="/policies.csl.json?q=computing"' in page
    assert "/policies.csv" not in client.get("/policies/?body=nobody").content.decode()


@pytest.mark.parametrize(
    ("path", "title", "genre"),
    [("/bodies/miit/", "Ministry of Industry and Information Technology", "Issuing body"),
     ("/companies/bmw/", "BMW", "Company"),
     ("/sectors/data/", "Data", "Sector"),
     ("/glossary/computing-power/", "Computing power", "Glossary term"),
     ("/issues/2024-05-08/", "MERICS China Industries", "Newsletter issue")],
)  # fmt: skip
def test_what_only_has_an_entry_is_cited_by_it(seeded, client, path, title, genre):
    page = client.get(path).content.decode()
    cited = page.partition('class="take cite"')[2]
    for style in ("APA", "Chicago", "GB/T 7714", "BibTeX", "RIS"):
        assert f"<dt>{style}<" in cited
    assert f"[{genre}]" in cited
    assert f"http://testserver{path}" in cited
    assert f'<meta name="citation_title" content="{title}">' in page


@pytest.mark.parametrize("kind", ["bodies", "companies"])
def test_bodies_and_companies_are_taken_as_references(seeded, client, kind):
    keys = [row["ID"][0] for row in ris_records(body(client.get(f"/{kind}.ris")))]
    assert keys == [row["key"] for row in bibtex_entries(body(client.get(f"/{kind}.bib")))]
    assert keys == [row["id"] for row in json.loads(body(client.get(f"/{kind}.csl.json")))]
    records = json.loads(body(client.get(f"/{kind}.json")))["records"]
    of = {"bodies": "body", "companies": "company"}[kind]
    assert keys == [f"{of}-{record['slug']}" for record in records]


def test_a_sector_and_a_term_of_one_slug_are_cited_by_keys_of_their_own(seeded, client):
    for path, key in (
        ("/sectors/computing-power/", "sector-computing-power"),
        ("/glossary/computing-power/", "term-computing-power"),
    ):
        page = client.get(path).content.decode()
        assert f"@misc{{{key}," in page
        assert f"ID  - {key}\n" in page.replace("\r", "")


def test_a_search_of_everything_is_cited_with_all_that_it_finds(seeded, client):
    page = client.get("/search/?q=computing")
    cited = page.content.decode().partition('class="take cite"')[2]
    assert f"Search: computing ({page.context['count']} records)" in cited
    assert "http://testserver/search/?q=computing" in cited
    assert 'class="take cite"' not in client.get("/search/?q=zebra").content.decode()


def test_a_target_is_cited_by_its_whole_text(db, client):
    words = "Raise **the share** of " + "very " * 40 + "[modern](https://a.example/) mills."
    policy = Policy.objects.create(title_en="Plan", state="published")
    target = policy.targets.create(text=words)
    (item,) = json.loads(body(client.get("/targets.csl.json")))
    assert item["title"] == "Raise the share of " + "very " * 40 + "modern mills."
    assert item["id"] == target.slug


def test_figures_with_an_asterisk_are_cited_as_they_are_typed(db, client):
    policy = publishing.publish(
        Policy.objects.create(title_en="Plan", slug="plan", summary="**Build** 3*4 gigawatts."),
        by=None,
    )
    said = "Build 3*4 gigawatts."
    (item,) = json.loads(body(client.get("/policies.csl.json")))
    (row,) = ris_records(body(client.get("/policies.ris")))
    page = client.get(policy.get_absolute_url()).content.decode()
    (data,) = map(json.loads, LINKED.findall(page))
    assert [item["abstract"], row["AB"][0], data["abstract"]] == [said] * 3
    assert f'<meta name="description" content="{said}">' in page


REPORT = '<meta name="citation_technical_report_institution"'


@pytest.mark.parametrize("kind", ["policy", "event", "body", "company", "sector", "term", "issue"])
def test_zotero_is_led_to_save_no_record_as_an_article_of_a_journal(seeded, client, kind):
    """Its connector takes an institution for a report, else the page's type, else an article."""
    alone = publishing.publish(Policy.objects.create(title_en="A plan of nobody"), by=None)
    path = {
        "policy": alone.get_absolute_url(),
        "event": CorporateEvent.objects.published().first().get_absolute_url(),
        "body": "/bodies/miit/", "company": "/companies/bmw/", "sector": "/sectors/data/",
        "term": "/glossary/computing-power/", "issue": "/issues/2024-05-08/",
    }[kind]  # fmt: skip
    page = client.get(path).content.decode()
    assert '<meta name="citation_title"' in page
    assert '<meta property="og:type" content="website">' in page
    assert (REPORT in page) == (kind == "issue")


def test_a_policy_with_an_issuer_is_a_report_to_zotero(policy, client):
    page = client.get(policy.get_absolute_url()).content.decode()
    assert f'{REPORT} content="Ministry A; Ministry B">' in page


def test_a_sole_author_with_a_comma_is_one_author_to_zotero(db, client):
    name = "State Administration of Science, Technology and Industry"
    made = Policy.objects.create(title_en="Notice")
    made.issuers.create(printed=name, position=0)
    page = client.get(publishing.publish(made, by=None).get_absolute_url()).content.decode()
    (author,) = re.findall('<meta name="citation_author" content="([^"]*)">', page)
    assert "," not in author
    assert author.replace("，", ",") == name
    assert f'{REPORT} content="{name}">' in page


def cited_on(client, address: str) -> dict[str, str]:
    """How a page cites itself, by style."""
    page = client.get(address).content.decode()
    return {style: unescape(text.strip()) for style, text in CITED.findall(page)}


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/bodies/matrix/", "Who issues with whom, all ({policies} policies)"),
        ("/about/coverage/", "Coverage, all ({policies} policies)"),
        ("/targets/who/", "Who does what, all ({targets} targets)"),
        ("/phrases/?q=zebra", "Biography of a phrase, Search: zebra (0 policies)"),
        ("/issues/?q=zebra", "Newsletter issues, Search: zebra (0 issues)"),
        ("/issues/?q=computing", "Newsletter issues, Search: computing (1 issue)"),
        ("/companies/bmw/?year=2024", "BMW, Year: 2024 (1 corporate event)"),
    ],
)
def test_a_citation_says_what_it_counted(seeded, client, address, told):
    numbers = {"policies": Policy.objects.count(), "targets": Target.objects.count()}
    cited = cited_on(client, address)
    assert told.format(**numbers) in cited["APA"]
    assert address in cited["APA"]
    kind = "issue" if "issues" in address else ""
    assert f"@misc{{{kind}" in cited["BibTeX"]


@pytest.mark.parametrize(
    ("address", "told", "model"),
    [("/sectors/", ("Sectors", "领域"), Sector), ("/glossary/", ("Glossary", "术语表"), Term),
     ("/issues/", ("Newsletter issues", "各期简报"), NewsletterIssue)],
)  # fmt: skip
def test_a_list_of_which_nothing_is_asked_is_cited_whole(seeded, client, address, told, model):
    page = client.get(address).content.decode()
    cited = {style: unescape(text.strip()) for style, text in CITED.findall(page)}
    assert re.match(rf"{told[0]}, all \({model.objects.count()} \w+\)", cited["APA"])
    assert cited["APA"].endswith(f", from http://testserver{address}")
    assert cited["GB/T 7714"].startswith(f"全部{told[1]}（")
    assert "js/copy.js" in page


def test_a_ledger_without_filters_is_cited_as_its_company(seeded, client):
    assert "@misc{company-bmw," in cited_on(client, "/companies/bmw/")["BibTeX"]
    assert "@misc{company-bmw," in cited_on(client, "/companies/bmw/?sort=happened")["BibTeX"]
    assert "宝马" in cited_on(client, "/companies/bmw/?year=2024")["GB/T 7714"]


VIEWS = {
    "/targets/who/?q=computing": ("Who does what, Search: computing", "职责分工，"),
    "/bodies/matrix/?q=plan&as_one=1": (
        "Who issues with whom, Search: plan; Renamed bodies as one: Yes",
        "联合发文矩阵，",
    ),
    "/about/coverage/?level=national": ("Coverage, Level: National", "收录情况，"),
    "/phrases/?q=computing": ("Biography of a phrase, Search: computing", "提法溯源，"),
    "/policies/promised/?q=plan": ("Promised, not yet issued, Search: plan", "已预告，尚未发布，"),
    "/issues/?q=computing": ("Newsletter issues, Search: computing", "各期简报，"),
}


@pytest.mark.parametrize(("address", "told"), VIEWS.items())
def test_every_view_of_a_search_is_cited_by_its_own_address(seeded, client, address, told):
    page = client.get(address).content.decode()
    cited = {style: unescape(text.strip()) for style, text in CITED.findall(page)}
    assert cited["APA"].startswith(f"{told[0]} (")
    assert cited["APA"].endswith(f", from http://testserver{address}")
    assert cited["GB/T 7714"].startswith(told[1])
    assert "js/copy.js" in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_whole_tracker_describes_each_list_as_its_own_page_does(seeded, client, language):
    def described(address: str) -> dict[str, Any]:
        page = client.get(address, {"lang": language}, follow=True).content.decode()
        (data,) = map(json.loads, LINKED.findall(page))
        return data

    parts = described("/")["hasPart"]
    for part in parts:
        alone = described(part["url"].removeprefix("http://testserver"))
        assert alone == {"@context": "https://schema.org"} | part
