"""Lists and charts in frames on other sites, where a setting allows it."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import resolve

ADDRESSES = ["/embed/policies/", "/embed/targets/", "/embed/events/", "/embed/policies/timeline/",
             "/embed/events/timeline/", "/embed/targets/horizon/"]  # fmt: skip

pytestmark = pytest.mark.django_db


def text_of(client, address):
    return client.get(address).content.decode()


def ancestors(answer):
    policy = answer["Content-Security-Policy"]
    return re.search(r"frame-ancestors ([^;]+)", policy).group(1)


def test_a_frame_may_be_shown_by_those_that_are_named_and_nobody_else(seeded, client, settings):
    for address in (*ADDRESSES, "/policies/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert (ancestors(answer), answer["X-Frame-Options"]) == ("'none'", "DENY")
    settings.EMBED_ANCESTORS = ["https://example.org", "https://*.example.net:8443/"]
    for address in (*ADDRESSES, *ADDRESSES, "/embed/policies/?bdoy=miit"):
        answer = client.get(address)
        assert ancestors(answer) == "https://example.org https://*.example.net:8443"
        assert "X-Frame-Options" not in answer
        assert "default-src 'self'" in answer["Content-Security-Policy"]
    for address in ("/policies/", "/", "/admin/login/", "/embed/nowhere/"):
        answer = client.get(address)
        assert (ancestors(answer), answer["X-Frame-Options"]) == ("'none'", "DENY")
    settings.EMBED_ANCESTORS = ["example.org; script-src *", "javascript:x", "'self' https:", ""]
    answer = client.get("/embed/policies/")
    assert (ancestors(answer), answer["X-Frame-Options"]) == ("'none'", "DENY")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_frame_shows_what_the_list_holds_and_each_link_opens_it(seeded, client, address):
    text = text_of(client, f"{address}?q=development")
    listed = f"/{address.split('/')[2]}/"
    count = client.get(f"{listed}?q=development").context["count"]
    assert f'<span class="n">{count}</span></h1>' in text
    assert f'<base href="{listed}" target="_blank">' in text
    assert "<nav" not in text
    assert "<script" not in text
    drawn = re.findall(r'<a [^>]*aria-label="[^>]*>', text)
    assert all('target="_blank"' in mark for mark in drawn)
    assert bool(drawn) is ("timeline" in address or "horizon" in address)
    links = {unescape(link) for link in re.findall(r'<a [^>]*href="([^"]+)"', text)}
    inside = {urljoin(listed, link.removeprefix("http://testserver")) for link in links}
    inside = {link for link in inside if link.startswith("/")}
    assert not [link for link in inside if link.startswith("/embed/")]
    assert all(resolve(urlsplit(link).path) for link in inside)
    assert {client.get(link).status_code for link in sorted(inside)[:4]} == {200}


def test_a_mark_of_a_chart_leads_to_what_it_counts(seeded, client):
    text = text_of(client, "/embed/targets/horizon/?split=sector")
    marks = re.findall(r'<a href="(\?[^"]+)" target="_blank" aria-label="[^"]*: (\d+)">', text)
    assert marks
    for link, number in marks:
        assert client.get(f"/targets/{unescape(link)}").context["count"] == int(number)


def test_a_frame_keeps_the_order_and_stays_small(seeded, client):
    page = client.get("/policies/?sort=title").context["page"]
    frame = client.get("/embed/policies/?sort=title")
    assert frame.context["rows"] == list(page)[:10]
    assert 'href="http://testserver/policies/?sort=title"' in frame.content.decode()
    empty = text_of(client, "/embed/policies/?q=xyzzyx")
    assert "Nothing matches." in empty


def test_a_wrong_address_of_a_frame_names_what_is_wrong(seeded, client):
    for query in ("bdoy=miit", "sort=size", "page=2", "body=mitt"):
        answer = client.get(f"/embed/policies/?{query}")
        assert answer.context["errors"], query
        assert query.partition("=")[0] in answer.content.decode()
    assert client.get("/embed/targets/horizon/?split=size").context["errors"]
    assert client.get("/embed/policies/?lang=de").status_code == 400


def test_a_frame_speaks_the_language_that_its_address_names(seeded, client):
    text = text_of(client, "/embed/policies/?lang=zh-hans")
    assert '<html lang="zh-Hans">' in text
    assert "政策" in text


def test_readers_are_offered_a_frame_only_where_somebody_may_show_it(seeded, client, settings):
    assert "iframe" not in text_of(client, "/policies/?body=miit&section=top")
    settings.EMBED_ANCESTORS = ["https://example.org"]
    assert "iframe" not in text_of(client, "/bodies/")
    assert "iframe" not in text_of(client, "/policies/?bdoy=miit")
    for listed in ("/policies/?body=miit&section=news", "/targets/?lang=en", "/events/timeline/"):
        text = text_of(client, listed)
        lines = [unescape(line) for line in re.findall(r"<code>(&lt;iframe.*?)</code>", text)]
        assert len(lines) == 2
        for line in lines:
            address = unescape(re.search(r'src="([^"]+)"', line).group(1))
            assert address.endswith("lang=en")
            assert client.get(address).context["errors"] == []
