"""Pages in English and Chinese: which one a reader gets, and that nothing is left out of it."""

import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override

from policies.datasets import build
from policies.models import (
    Company,
    CorporateEvent,
    Deadline,
    FormerSlug,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Region,
    Sector,
    Target,
    Term,
)

ROOT = Path(settings.BASE_DIR)
CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
IN_CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9"}
# Pages that are there whatever is published; a page of a record of each kind comes besides.
PAGES = (
    "/", "/search/", "/search/?q=computing", "/search/?q=zzzz", "/policies/", "/policies/?q=plan",
    "/policies/?q=plan&body=miit&instrument=opinions", "/policies/?in_force_on=2024-07-01",
    "/policies/facets/body/", "/policies/timeline/", "/policies/promised/", "/targets/",
    "/targets/who/", "/compare/", "/events/", "/events/timeline/", "/bodies/", "/bodies/matrix/",
    "/bodies/miit/", "/companies/", "/sectors/", "/sectors/?q=energy", "/issues/",
    "/issues/?q=plan", "/glossary/", "/glossary/?q=computing", "/calendar/",
    "/calendar/?when=2024", "/changes/", "/report/", "/phrases/", "/phrases/?q=computing",
    "/about/", "/about/coverage/", "/alerts/new/policies/", "/alerts/asked/",
    "/data/", "/embed/policies/", "/nowhere/",
)  # fmt: skip
# Names that are the same in Chinese.
NAMES = {
    "API", "APA", "Atom", "BibTeX", "CNY", "CSL", "CSL-JSON", "CSV", "Chicago", "Citavi", "Cookie",
    "EUR", "EndNote", "Excel", "GB", "JSON", "LaTeX", "MIIT", "NDJSON", "OR", "Quarto", "RIS",
    "RSS", "SHA", "SQLite", "SVG", "Zotero", "iCalendar", "pandas", "pandoc",
    "Data", "Package",
}  # fmt: skip
WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+")
ADDRESS = re.compile(r"https?://\S+")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPOKEN = ("aria-label", "title", "placeholder", "alt")
UNSPOKEN = {"script", "style", "code", "pre", "title"}


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (({}, "", "/"), "en"),
        ((IN_CHINESE, "", "/"), "zh-Hans"),
        (({"Accept-Language": "zh-TW"}, "", "/"), "zh-Hans"),
        (({"Accept-Language": "de-DE, en-US;q=0.8, zh;q=0.5"}, "", "/"), "en"),
        (({"Accept-Language": "fr"}, "", "/"), "en"),
        ((IN_CHINESE, "en-gb", "/"), "en"),
        (({}, "zh-hans", "/"), "zh-Hans"),
        ((IN_CHINESE, "no-such", "/"), "zh-Hans"),
        (({}, "", "/?lang=zh-hans"), "zh-Hans"),
        ((IN_CHINESE, "zh-hans", "/?lang=en"), "en"),
    ],
)
def test_a_reader_gets_what_is_asked_for_else_remembered_else_wished_for(
    db, client, asked, language
):
    headers, cookie, address = asked
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    page = client.get(address, headers=headers)
    assert f'<html lang="{language}">' in page.content.decode()
    assert page["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= set(page["Vary"].split(", "))


def test_the_language_asked_for_is_remembered_and_part_of_no_search(seeded, client):
    address = "/policies/?q=plan&lang=zh-hans&body=miit"
    page = client.get(address).content.decode()
    assert "没有名为" not in page
    assert "lang=zh-hans" not in page.partition("<body>")[2]
    assert 'href="?q=plan&amp;body=miit&amp;lang=en"' in page
    plain = client.get("/policies/?q=plan&body=miit").content.decode()
    assert plain == page
    assert 'lang="zh-Hans"' in client.get("/").content.decode()


def test_a_redirect_keeps_the_language_for_who_takes_no_cookie(seeded, client):
    policy = Policy.objects.published().first()
    FormerSlug.objects.create(kind="policy", slug="once", record_id=policy.pk)
    for address, wanted in (
        ("/policies/once/?lang=zh-hans", f"{policy.get_absolute_url()}?lang=zh-hans"),
        ("/policies/once/?reading=a&lang=en", f"{policy.get_absolute_url()}?reading=a&lang=en"),
        ("/policies?q=plan&lang=zh-hans", "/policies/?q=plan&lang=zh-hans"),
        ("/policies/once/", policy.get_absolute_url()),
    ):
        client.cookies.clear()
        assert client.get(address)["Location"] == wanted


def test_a_language_that_is_not_there_is_named(db, client):
    for address in ("/policies/?lang=de", "/?lang=", "/about/?lang=en&lang=zh-hans"):
        page = client.get(address)
        assert page.status_code == 400
        assert "zh-hans" in page.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/policies.csv", "/policies.xlsx", "/policies.json", "/targets.ris", "/policies.atom",
     "/policies.ics", "/policies/chart.svg", "/policies/chart.csv", "/policies/card.png",
     "/api/v1/policies/", "/api/v1/facets/policies/", "/opensearch.xml"],
)  # fmt: skip
def test_the_query_string_of_a_chinese_page_serves_programs_too(seeded, client, path):
    for language in ("lang=zh-hans", "lang=en"):
        asked = client.get(f"{path}?q=plan&{language}" if path[1] != "o" else f"{path}?{language}")
        assert asked.status_code == 200, asked.content[:200]
        assert settings.LANGUAGE_COOKIE_NAME not in asked.cookies
    wrong = client.get("/api/v1/policies/?lang=de")
    assert (wrong.status_code, wrong["Content-Type"]) == (400, "application/problem+json")


def test_a_frame_on_another_site_leaves_the_readers_language_alone(seeded, client, settings):
    settings.EMBED_ANCESTORS = ["https://other.example"]
    page = client.get("/embed/policies/?q=plan&lang=zh-hans")
    assert settings.LANGUAGE_COOKIE_NAME not in page.cookies
    assert 'href="http://testserver/policies/?q=plan&amp;lang=zh-hans"' in page.content.decode()
    assert "打开完整页面" in page.content.decode()


def test_programs_are_answered_in_english(seeded, client):
    wrong = client.get("/policies.csv?bdoy=1", headers=IN_CHINESE)
    assert "There is no filter “bdoy”" in wrong.content.decode()
    assert "lang: Allowed: en, zh-hans." in client.get("/policies.csv?lang=de").content.decode()
    for address in ("/policies.json", "/policies.csv", "/policies.atom", "/changes.atom"):
        answers = [client.get(address, headers=headers) for headers in ({}, IN_CHINESE)]
        bodies = [b"".join(answer) if answer.streaming else answer.content for answer in answers]
        assert bodies[0] == bodies[1], address
    desk = client.get("/admin/login/", headers=IN_CHINESE).content.decode()
    assert "Log in" in desk
    assert "中文" not in client.get("/api/v1/docs/", headers=IN_CHINESE).content.decode()


def test_names_dates_and_numbers_are_told_as_chinese_tells_them(seeded, client):
    def read(address):
        return client.get(address, headers=IN_CHINESE).content.decode()

    policy = Policy.objects.published().exclude(title_zh="").filter(announced_precision="day")[0]
    page = read(policy.get_absolute_url())
    day = policy.announced_on
    assert f"<h1>{policy.title_zh}</h1>" in page
    assert f'<span lang="en">{policy.title_en}</span>'.replace("'", "&#x27;") in page
    assert f"{day.year}年{day.month}月{day.day}日" in page
    assert "工业和信息化部" in read("/policies/")
    assert "2027年" in read("/targets/")
    assert "项目标" in read("/")
    assert "17 April 2024" in client.get("/policies/").content.decode()


def test_sectors_and_regions_of_a_record_stand_in_both_languages(db, client):
    tools = Sector.objects.create(slug="tools", name_en="Tools", name_zh="工具")
    place = Region.objects.create(slug="place", kind="province", name_en="Shaanxi", name_zh="陕西")
    plan = Policy.objects.create(slug="lathes", title_en="Lathes", state="published")
    deal = CorporateEvent.objects.create(slug="deal", text="A deal on lathes", state="published")
    goal = Target.objects.create(policy=plan, text="More lathes")
    for record in (plan, deal):
        record.sectors.add(tools)
        record.regions.add(place)
    for record, names in ((plan, "工具 陕西"), (deal, "工具 陕西"), (goal, "工具")):
        address = record.get_absolute_url()
        facts = client.get(address).content.decode().partition("</dl>")[0]
        for name in names.split():
            assert f'<span class="soft"><span lang="zh-Hans">{name}</span></span>' in facts
        facts = client.get(address, headers=IN_CHINESE).content.decode().partition("</dl>")[0]
        assert '<span class="soft"><span lang="en">Tools</span></span>' in facts


def test_units_countries_and_tables_are_told_in_chinese(seeded, client, datasets):
    def read(address, **headers):
        page = client.get(address, **headers).content.decode()
        return " ".join(re.sub(r"<[^>]+>", "", page).split())

    here = {"headers": IN_CHINESE}
    assert "至少提高 25%（与2023年相比）" in read("/targets/", **here)
    assert "达到 90%" in read("/", **here)
    assert "rise by at least 25&nbsp;percent against 2023" in read("/targets/")
    assert "reach 90&nbsp;percent" in read("/")
    for address in ("/companies/", Company.objects.get(slug="bmw").get_absolute_url()):
        assert "德国" in read(address, **here)
        assert "Germany" in read(address)
    assert "政策：发文机关" in read("/data/", **here)
    assert "Policies: issued by" in read("/data/")
    Target.objects.filter(unit="percent").update(unit="percentage points")
    target = Target.objects.filter(unit="percentage points").first()
    assert "25&nbsp;个百分点" in read(target.get_absolute_url(), **here)
    assert "在此日有效的政策" in read("/", **here)
    deadline = Deadline.objects.get()
    assert "2024年5月19日" in read(deadline.policy.get_absolute_url(), **here)


class Left(HTMLParser):
    """Words of a page that are neither Chinese nor marked as of another language."""

    def __init__(self):
        super().__init__()
        self.open, self.found = [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        inherited = self.open[-1][1] if self.open else ""
        if tag not in VOID:
            self.open.append((tag, given.get("lang") or inherited, given.get("class") or ""))
        for name in SPOKEN:
            self.hear(given.get(name) or "", given.get("lang") or inherited)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        self.hear(text, self.open[-1][1] if self.open else "")

    def hear(self, text, language):
        if language != "zh-Hans" or any(
            tag in UNSPOKEN or "cite" in name.split() for tag, _, name in self.open
        ):
            return
        if any(word not in NAMES for word in WORD.findall(ADDRESS.sub("", text))):
            self.found.append(" ".join(text.split()))


def test_no_english_is_left_on_chinese_pages(seeded, client):
    public = [Policy, CorporateEvent, NewsletterIssue, Company]
    records = [model.objects.published() for model in public]
    records += [Target.objects.published(), Sector.objects.all(), Term.objects.all()]
    addresses = [*PAGES, *(rows[0].get_absolute_url() for rows in records)]
    policy = Policy.objects.published()[0]
    addresses.append(reverse("policy_history", args=[policy.slug]))
    addresses.append(f"{policy.get_absolute_url()}?as_of={policy.published_at:%Y-%m-%d}")
    addresses.append("/compare/?" + "&".join(f"policy={p.slug}" for p in records[0][:2]))
    assert IssuingBody.objects.filter(slug="miit").exists()
    left = {}
    for address in addresses:
        page = client.get(address, headers=IN_CHINESE)
        assert page.status_code in (200, 404), address
        reader = Left()
        reader.feed(page.content.decode())
        left |= {(text[:80]): address for text in reader.found}
    assert left == {}


# A Latin mark behind a Chinese word, or a space beside a mark that is as wide as a word.
# Citations have them, by the rules of GB/T 7714.
MISPLACED = re.compile(r"[一-鿿）][.,;:](?=[ 一-鿿]|$)|[。，、：；？] (?=\S)|\S （")


def test_sentences_in_chinese_have_chinese_marks_and_no_gaps(seeded, client, datasets):
    records = [Policy, Target, CorporateEvent, Company]
    addresses = [one.objects.published()[0].get_absolute_url() for one in records]
    addresses.append(Term.objects.get(slug="computing-power").get_absolute_url())
    policy = Policy.objects.published()[0]
    addresses.append(f"{policy.get_absolute_url()}?as_of={policy.published_at:%Y-%m-%d}")
    addresses += ["/search/?q=算力", "/phrases/?q=算力", "/alerts/new/policies/?q=算力", "/data/"]
    found = {}
    for address in (*PAGES, *addresses):
        page = client.get(address, headers=IN_CHINESE).content.decode()
        page = re.sub(r"(?s)<(script|style|pre|code)\b.*?</\1>", "code", page)
        text = re.sub(r"</?(a|b|i|em|strong|span|bdi|abbr|mark|time|svg|input)\b[^>]*>", "", page)
        for line in re.split(r"\s*\n\s*|<[^>]*>", text):
            if MISPLACED.search(line) and "/OL]" not in line:
                found[line[:90]] = address
    assert found == {}


# What a template says by itself: neither marks of the template nor of HTML, nor code.
BEYOND_WORDS = re.compile(
    r"(?s){% blocktranslate.*?endblocktranslate %}|{%.*?%}|{{.*?}}|"
    r"<(script|style|code|pre).*?</\1>|<[^>]*>"
)
# The page of the API is in English, as the API is.
IN_ENGLISH_ALONE = {"policies/api.html"}


def test_no_template_says_anything_that_cannot_be_translated():
    untold = {}
    for template in (ROOT / "templates").rglob("*.html"):
        name = str(template.relative_to(ROOT / "templates"))
        if name.startswith("admin/") or name in IN_ENGLISH_ALONE:
            continue
        text = BEYOND_WORDS.sub(" ", template.read_text())
        if words := {word for word in re.findall(r"[A-Za-z]{3,}", text) if word not in NAMES}:
            untold[name] = words
    assert untold == {}


@pytest.fixture
def datasets(settings, tmp_path):
    """A folder for files of the whole data, with one build."""
    settings.DATASET_DIR = tmp_path / "datasets"
    build()


@pytest.fixture(scope="module")
def tools():
    """The programs that read and write catalogues."""
    if shutil.which("xgettext") is None or shutil.which("msgfmt") is None:
        assert os.environ.get("CI") != "true", "gettext is missing"
        pytest.skip("needs gettext (apt-get install gettext)")


def messages(path, *only):
    """What stands in a catalogue, but for the header; only some of it."""
    command = ["msgattrib", *only, "--no-location", "--no-wrap", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {part.strip() for part in told.split("\n\n") if part.strip()} - {told.split("\n\n")[0]}


def test_every_word_of_the_interface_is_translated(tools, tmp_path, monkeypatch):
    for folder in ("policies", "templates", "tracker", "locale"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path / "locale"])
    before = messages(CATALOGUE)
    call_command("collect_messages", verbosity=0)
    assert messages(CATALOGUE, "--untranslated") == set()
    assert messages(CATALOGUE, "--only-fuzzy") == set()
    assert before - messages(CATALOGUE) == set(), "these are said no more"
    committed = ROOT / CATALOGUE
    subprocess.run(["msgfmt", "--check-format", "-o", "new.mo", str(committed)], check=True)
    assert Path("new.mo").read_bytes() == committed.with_suffix(".mo").read_bytes()


def test_titles_and_issuers_of_rows_are_escaped_once_in_the_reader_s_language(db, client):
    odd = IssuingBody.objects.create(
        slug="odd", name_en='Ministry of <script>"A & B"', name_zh="甲&乙部", abbreviation="A&<b>",
        short_name_zh="甲<乙", kind="ministry",
    )  # fmt: skip
    policy = Policy.objects.create(
        state="published", title_en='Plan of <script>"C & D"', title_zh="规划<丙>&丁"
    )
    policy.issuers.create(body=odd, is_lead=True)
    policy.issuers.create(printed="E&<i>", position=1)
    told = {
        "en": (
            ">Plan of &lt;script&gt;&quot;C &amp; D&quot;</a></h2>",
            '<p class="zh" lang="zh-Hans">规划&lt;丙&gt;&amp;丁</p>',
            '<a href="/bodies/odd/" title="Ministry of &lt;script&gt;&quot;A &amp; B&quot;">'
            'A&amp;&lt;b&gt;</a> <span class="lead">lead</span>, E&amp;&lt;i&gt;</span>',
        ),
        "zh-hans": (
            ">规划&lt;丙&gt;&amp;丁</a></h2>",
            '<p class="zh" lang="en">Plan of &lt;script&gt;&quot;C &amp; D&quot;</p>',
            '<a href="/bodies/odd/" title="甲&amp;乙部">甲&lt;乙</a>'
            ' <span class="lead">牵头</span>、E&amp;&lt;i&gt;</span>',
        ),
    }
    for tag in ("en", "zh-hans", "en"):
        page = client.get("/policies/", {"lang": tag}, follow=True).content.decode()
        assert all(text in page for text in told[tag])
        assert '<script>"' not in page
        assert "&amp;lt;" not in page
    found = client.get("/policies/", {"q": "plan", "lang": "en"}, follow=True).content.decode()
    assert "<mark>Plan</mark> of &lt;script&gt;&quot;C &amp; D&quot;</a></h2>" in found


def test_words_of_closed_lists_are_told_in_the_language_of_each_reader():
    policy, strange = Policy(instrument="plan"), Policy(instrument="never heard of")
    for _ in range(2):
        with override("en-gb"):
            assert policy.get_instrument_display() == "Plan"
        with override("zh-hans"):
            assert policy.get_instrument_display() == "规划"
        assert strange.get_instrument_display() == "never heard of"
