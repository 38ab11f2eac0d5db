"""Markdown fields are shown without anything of theirs being obeyed as HTML."""

from __future__ import annotations

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from policies import publishing
from policies.models import CorporateEvent, NewsletterIssue, Policy
from policies.models.markup import plain
from policies.readers.words import words
from policies.templatetags.tracker import gist, inline, markdown
from policies.vocabulary import Section

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "<iframe src='data:text/html,x'></iframe>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x]( javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/)",
    "[x](\x01javascript:alert(1))",
    '[x](https://example.org/ "title\\" onmouseover=alert(1)")',
    '[x](https://example.org/"onmouseover=alert(1))',
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](https://example.org/spy.png)",
    "![x](javascript:alert(1))",
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- --><script>alert(1)</script>",
    "<div\n\nonclick=alert(1)>x</div>",
    "*" * 3000,
    "[" * 3000,
    "> " * 500 + "x",
]
TAGS = words("p a em strong code pre blockquote ul ol li br hr h1 h2 h3 h4 h5 h6")
ATTRIBUTES = {"href", "title", "rel", "class", "start"}


def obeyed(html: str) -> list[str]:
    """What in `html` a browser would run, fetch or follow, of what no text may bring about."""
    found = []
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        found += [] if tag.name in TAGS else [str(tag)[:80]]
        found += [f"{tag.name} {name}" for name in tag.attrs if name not in ATTRIBUTES]
        href = str(tag.get("href", "https:"))
        if not re.match(r"(?:https?|mailto):", href, re.IGNORECASE):
            found.append(href)
    return found


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:30])
def test_hostile_markdown_is_shown_and_not_obeyed(text):
    for render in (markdown, inline):
        assert obeyed(render(text)) == []
        assert obeyed(render(f"words {text} words")) == []


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:30])
def test_the_first_words_of_a_text_are_plain(text):
    shown = Template("{{ text|gist }}").render(Context({"text": text}))
    assert BeautifulSoup(shown, "html.parser").find_all(True) == []
    assert isinstance(gist(text), str)


PIECES = ["a", "bc", " ", "  ", "\n", "\n\n", "*", "**", "_", "`", "[", "](https://a.example/x_y*z)",
          "](#)", "](x:y)", "!", "- ", "+ ", "#", "# ", "=", "<", ">", "&amp;", "\\", "中", "。",
          "    ", "\t", "(", ")", ":", "---", "[a b](https://a.example/)"]  # fmt: skip


@given(lists(sampled_from(PIECES), max_size=12).map("".join))
def test_the_plain_words_of_a_text_are_those_that_its_page_shows(text):
    page = BeautifulSoup(markdown(text), "html.parser").get_text()
    assert "".join(plain(text).split()) == "".join(page.split())


@pytest.mark.django_db
def test_no_page_obeys_what_stands_in_any_text_of_a_record(client):
    """Each text field holds a tag with a name of its own, and a link that runs."""
    issue = NewsletterIssue.objects.create(
        title="<b-issue>", publisher="<b-publisher>", published_on=date(2031, 6, 5)
    )
    shown = []
    for model, more in ((Policy, {"section": Section.TOP}), (CorporateEvent, {})):
        record = model.objects.create(issue=issue, **more, **hostile_texts(model))
        if model is Policy:
            record.targets.create(text=evil("target"), position=1)
            record.provisions.create(text=evil("provision"), heading=evil("heading"), position=2)
        shown.append(publishing.publish(record, by=None))
    pages = [record.get_absolute_url() for record in shown]
    pages += ["/policies/", "/events/", "/targets/", "/search/?q=evil", "/issues/2031-06-05/"]
    for page in pages:
        html = client.get(page, follow=True).text
        assert "evil" in html, page
        tree = BeautifulSoup(html, "html.parser")
        assert [tag.name for tag in tree.find_all(re.compile("^b-"))] == [], page
        hrefs = [str(tag["href"]).lower().strip() for tag in tree.find_all(href=True)]
        assert [href for href in hrefs if href.startswith(("javascript", "data"))] == [], page
        assert tree.find_all(attrs={"onerror": True}) == [], page


def evil(name: str) -> str:
    return f"evil {name} <b-{name}> <img src=x onerror=alert(1)> [x](javascript:alert(1))"


def hostile_texts(model) -> dict[str, str]:
    """Every text field of `model` without a closed list or a limit, filled with harm."""
    return {
        field.name: evil(field.name)
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "TextField" and not field.choices
    } | {"headline": evil("headline")[:200]}
