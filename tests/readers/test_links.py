"""Which addresses are links, and how they are written for the parser."""

from __future__ import annotations

import pytest

from policies.newsletter.links import find_links
from policies.readers.links import address, markdown


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://example.org/a", "https://example.org/a"),
        (" HTTP://example.org ", "HTTP://example.org"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/((a))", "https://example.org/%28%28a%29%29"),
        ("", "#"),
        ("#", "#"),
        (None, "#"),
        ("#notes", None),
        ("mailto:a@example.org", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
    ],
)
def test_only_web_addresses_lead_anywhere(href, url):
    assert address(href) == url


@pytest.mark.parametrize(
    ("label", "url", "written"),
    [
        ("a notice", "https://example.org/", "[a notice](https://example.org/)"),
        (" a notice ", "#", " [a notice](#) "),
        ("a [new] notice", "#", "[a (new) notice](#)"),
        ("www.example.org", "https://example.org/", "www.example.org"),
        ("no link", None, "no link"),
        ("  ", "#", "  "),
    ],
)
def test_a_link_is_written_so_that_the_parser_reads_it_back(label, url, written):
    made = markdown(label, url)
    assert made == written
    assert len(list(find_links(made))) == ("](" in written)
