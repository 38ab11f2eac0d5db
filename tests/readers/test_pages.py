"""Web pages as programs write them."""

from __future__ import annotations

import pytest

from policies.readers.reading import read

from .builders import as_html, inline
from .samples import NEWSLETTER
from .test_newsletter import records

PAGE = as_html(NEWSLETTER)


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace(b"<p>", b"<div><div><span>").replace(b"</p>", b"</span></div></div>"),
        PAGE.replace(b"</p>", b"").replace(b"</li>", b""),
        PAGE.replace(b"<p>", b"<P CLASS=MsoNormal><o:p></o:p>").replace(b"</p>", b"</P>"),
        PAGE.replace(b"<body>", b"<body><script>var a = '<p>no</p>';</script><!-- no -->"),
        PAGE.replace(b"<body>", b"<body><p style='display:none'>Not seen</p>"),
        "<br>\n".join(["<html><body>", *map(inline, NEWSLETTER.split("\n"))]).encode(),
    ],
    ids=["divs", "unclosed", "word", "scripts", "hidden", "breaks"],
)
def test_a_page_gives_the_records_however_it_is_written(page):
    assert records(read(page)) == records(NEWSLETTER)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n- b\n- c"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a | b\nc | d"),
        ("<a href='https://example.org/'>a <b>link</b></a>", "[a link](https://example.org/)"),
        ("<a href='javascript:x'>a</a> <a name=b>b</a> <a href='#'>c</a>", "a b [c](#)"),
        ("<i>May 3:</i> text", "*May 3:* text"),
        ("a&nbsp;b &amp; c", "a b & c"),
        ("<pre>a\n b</pre>", "a\n b"),
        ("x<style>p {}</style>y<script>z()</script>", "xy"),
    ],
)
def test_markup_becomes_text_with_markdown(markup, text):
    assert read(f"<html><body>{markup}</body></html>".encode()).strip() == text
