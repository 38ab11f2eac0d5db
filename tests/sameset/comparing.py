"""Compares what each form of a search holds with what its page holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

from django.http import QueryDict

from policies.alerts.preview import Preview
from policies.alerts.searches import Search
from policies.exports import EXPORTED, formats_of
from tests.api.asking import wrong

from . import forms
from .records import Truth

FOLLOWED = ("policies", "targets", "events")
# Facets of which each record has one value, by the field of the JSON that holds it.
OWN = {
    "policies": ("instrument", "level", "section", "status"),
    "targets": ("status", "comparator"),
    "events": ("kind",),
    "bodies": ("kind",),
    "companies": (),
}
# Facets whose values narrow each other.
TOGETHER = ("has",)
FOLLOWED_COUNTS = 2


class Comparison:
    """Asks for searches in every form; `differences` says what does not agree with its page."""

    def __init__(self, client: Any, seed: int) -> None:
        self.client, self.chance, self.truth = client, Random(seed), Truth()
        self.differences: list[str] = []
        self.sizes: list[int] = []
        self.forms = Counter[str]()

    def same(self, kind: str, query: str) -> None:
        """All forms of a good question."""
        self.where = f"/{kind}/?{query}"
        page = forms.page(self.client, kind, query)
        self.sizes.append(page.count)
        self._expect("errors", page.errors, [])
        self._expect("page", (len(page.slugs), len(set(page.slugs))), (page.count, page.count))
        self._files(kind, query, page)
        self._api(kind, query, page)
        self._facets(kind, query, page)
        if kind in FOLLOWED:
            self._followed(kind, query, page)

    def refused(self, kind: str, query: str, name: str) -> None:
        """All forms of a question in which the parameter `name` is wrong."""
        self.where = f"/{kind}/?{query}"
        page = forms.page(self.client, kind, query)
        self._expect("page refuses", (name in page.errors, page.count, page.slugs, page.facets),
                     (True, 0, [], {}))  # fmt: skip
        endings = [*formats_of(kind), *(("atom", "ics") if kind in FOLLOWED else ())]
        for ending in endings:
            answer = self.client.get(f"/{kind}.{ending}?{query}")
            named = [] if answer.streaming else answer.content.decode().splitlines()
            told = answer.status_code, any(line.startswith(f"{name}: ") for line in named)
            self._expect(f"{ending} refuses", told, (400, True))
        for address in (f"{kind}/?{query}", f"facets/{kind}/?{query}"):
            self._expect(f"API {address} refuses", name in wrong(self.client, address), True)
        if kind in FOLLOWED:
            search = Search(kind, QueryDict(query))
            told = name in dict(search.errors), list(search.ids), list(Preview(search).ids)
            self._expect("alert refuses", told, (True, [], []))

    def _expect(self, form: str, held: Any, expected: Any) -> None:
        self.forms[form.partition(" ")[0]] += 1
        if held != expected:
            self.differences.append(f"{self.where} {form}: {_shortened(held, expected)}")

    def _files(self, kind: str, query: str, page: forms.Page) -> None:
        for ending in formats_of(kind):
            data, promised = forms.file(self.client, kind, ending, query)
            expected = page.slugs
            if ending == "targets.csv":
                expected = [slug for slug in page.slugs if self.truth.targets[slug]]
            self._expect(f"{ending} head", promised, page.count)
            if ending == "xlsx":
                self._workbook(kind, forms.in_sheets(data), page)
                continue
            self._expect(ending, forms.in_file(data, ending), expected)
            if ending == "json":
                self.json = json.loads(data)
                self._expect("json count", self.json["count"], page.count)

    def _workbook(self, kind: str, held: dict[str, list[str]], page: forms.Page) -> None:
        self._expect("xlsx", held[kind.capitalize()], page.slugs)
        if kind == "policies":
            below = [target for slug in page.slugs for target in self.truth.targets[slug]]
            self._expect("xlsx targets", held["Targets"], below)

    def _api(self, kind: str, query: str, page: forms.Page) -> None:
        size = self.chance.choice((20, 50, 100))
        self._expect("API", forms.api(self.client, kind, query, size), (page.slugs, page.count))

    def _facets(self, kind: str, query: str, page: forms.Page) -> None:
        self._expect("API facets", forms.api_facets(self.client, kind, query), page.facets)
        asked = QueryDict(query)
        for name in OWN[kind]:
            if name not in asked and f"not_{name}" not in asked:
                own = Counter(one[name]["value"] for one in self.json["records"] if one[name])
                shown = {value: n for (facet, value), n in page.facets.items() if facet == name}
                self._expect(f"facet {name}", shown, dict(own))
        free = [key for key in page.facets if key[0] not in (*TOGETHER, *asked)]
        for name, value in self.chance.sample(free, min(FOLLOWED_COUNTS, len(free))):
            narrowed = QueryDict(query, mutable=True)
            narrowed.pop(f"not_{name}", None)
            narrowed[name] = value
            listed = forms.shown(self.client, f"/{kind}/?{narrowed.urlencode()}")["count"]
            self._expect(f"facet {name}={value}", page.facets[name, value], listed)

    def _followed(self, kind: str, query: str, page: forms.Page) -> None:
        newest = QueryDict(query, mutable=True)
        newest["sort"] = "-added"
        data, _ = forms.file(self.client, kind, "ndjson", newest.urlencode())
        by_day = forms.in_file(data, "ndjson")
        self._expect("by day", sorted(by_day), sorted(page.slugs))
        addresses = [self.truth.address(kind, slug) for slug in by_day]
        self._expect("atom", forms.feed(self.client, kind, query), (addresses, page.count))
        dated = set().union(*(self.truth.dated[kind][slug] for slug in page.slugs))
        self._expect("ics", forms.calendar(self.client, kind, query), dated)
        search = Search(kind, QueryDict(query))
        self._expect("alert", self.truth.slugs(kind, search.ids), sorted(page.slugs))
        recent = [slug for slug in page.slugs if slug in self.truth.recent[kind]]
        preview = self.truth.slugs(kind, Preview(search).ids)
        self._expect("alert preview", preview, sorted(recent))
        path, _, asked = search.path.partition("?")
        again = EXPORTED[kind].filterset_class(QueryDict(asked)).ids()
        self._expect("alert address", (path, again), (f"/{kind}/", search.ids))


def asked_of(comparison: Comparison, questions: Any, number: int) -> Iterator[int]:
    """Ask `number` random questions, each also with something wrong; gives how many are done."""
    for done in range(1, number + 1):
        kind = questions.kind()
        query = questions.good(kind)
        try:
            comparison.same(kind, query)
            comparison.refused(kind, *questions.bad(kind, query))
        except AssertionError as error:
            comparison.differences.append(f"/{kind}/?{query}: {error}")
        yield done


def _shortened(held: Any, expected: Any) -> str:
    return f"{str(held)[:300]} and not {str(expected)[:300]}"
