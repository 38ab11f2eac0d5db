"""A search in each of its forms, read as those read it who take it away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import feedparser
from django.core.cache import caches
from icalendar import Calendar

from tests.api.asking import ask, walked
from tests.exports.reading import SLUGS, body, sheets

SITE = "http://testserver"
Counts = dict[tuple[str, str], int]


class Differs(AssertionError):
    """A form is no answer at all."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the pages of a list hold, and what stands beside them."""

    count: int
    slugs: list[str]
    facets: Counts
    errors: list[str]


def page(client: Any, kind: str, query: str) -> Page:
    """All pages of a list, one after the other."""
    slugs: list[str] = []
    number = last = 1
    while number <= last:
        context = shown(client, f"/{kind}/?{query}" + (f"&page={number}" if number > 1 else ""))
        slugs += [record.slug for record in context["page"].object_list]
        number, last = number + 1, context["page"].paginator.num_pages
    facets = {
        (facet.name, value.value): value.count
        for facet in context["facets"]
        for value in (*facet.top, *facet.more)
    }
    return Page(context["count"], slugs, facets, [name for name, _ in context["errors"]])


def shown(client: Any, address: str) -> Any:
    """What a page is made of. A page that was kept from before would not tell."""
    caches["pages"].clear()
    answer = client.get(address)
    if answer.status_code != 200:
        raise Differs(f"{address} gave {answer.status_code}")
    return answer.context


def file(client: Any, kind: str, ending: str, query: str) -> tuple[bytes, int]:
    """A file and how many records its head promises."""
    answer = client.get(f"/{kind}.{ending}?{query}")
    if answer.status_code != 200 or answer["X-Complete"] != "true":
        raise Differs(f"{kind}.{ending} gave {answer.status_code}")
    return body(answer), int(answer["X-Record-Count"])


def in_file(data: bytes, ending: str) -> list[str]:
    """The slugs of the records in a file."""
    return SLUGS[ending](data)


def in_sheets(data: bytes) -> dict[str, list[str]]:
    """The slugs in each sheet of a workbook but the last, which explains the columns."""
    *held, _ = sheets(data).items()
    return {title: [row[0] for row in rows[1:]] for title, rows in held}


def feed(client: Any, kind: str, query: str) -> tuple[list[str], int]:
    """The addresses of all entries of a feed, as its links lead on, and how many it promises."""
    found, total = [], 0
    following: str | None = f"/{kind}.atom?{query}"
    while following:
        answer = client.get(following)
        if answer.status_code != 200:
            raise Differs(f"{following} gave {answer.status_code}")
        # Addresses are compared; what entries say need not be made harmless.
        read = feedparser.parse(answer.content, sanitize_html=False, resolve_relative_uris=False)
        if read.bozo:
            raise Differs(f"{following} is no feed: {read.bozo_exception}")
        found += [_path(entry.link) for entry in read.entries]
        total = int(read.feed.opensearch_totalresults)
        links = {link.rel: link.href for link in read.feed.links}
        following = links["next"].removeprefix(SITE) if "next" in links else None
    return found, total


def calendar(client: Any, kind: str, query: str) -> set[str]:
    """The addresses that the entries of a calendar lead to."""
    answer = client.get(f"/{kind}.ics?{query}")
    if answer.status_code != 200:
        raise Differs(f"{kind}.ics gave {answer.status_code}")
    events = Calendar.from_ical(body(answer)).walk("VEVENT")
    return {_path(str(event["URL"])) for event in events}


def api(client: Any, kind: str, query: str, size: int) -> tuple[list[str], int]:
    """The slugs of all pages of the API, and the number that it promises."""
    address = f"{kind}/?{query}&page_size={size}&fields=slug"
    return [row["slug"] for row in walked(client, address)], ask(client, address)["count"]


def api_facets(client: Any, kind: str, query: str) -> Counts:
    """The counts that the API gives."""
    answer = ask(client, f"facets/{kind}/?{query}")
    return {
        (facet["name"], value["value"]): value["count"]
        for facet in answer["facets"]
        for value in facet["values"]
    }


def _path(address: str) -> str:
    return address.removeprefix(SITE)
