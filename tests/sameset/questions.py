"""Random query strings: what may be asked of each list, and the same with something wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from policies.exports import EXPORTED
from policies.filterkinds import ManyFilter
from policies.filterperiods import BoundFilter, InForceFilter
from policies.filterslugs import SlugsFilter
from policies.models import FormerSlug

# Where the words that are searched for are taken from; events and targets have no Chinese.
TEXTS = {
    "policies": ("title_en", "title_zh", "summary"),
    "targets": ("text", "metric", "policy__title_zh"),
    "events": ("text", "headline", "companies__name_zh"),
    "bodies": ("name_en", "name_zh"),
    "companies": ("name_en", "name_zh"),
}
WEIGHTS = {"policies": 8, "targets": 5, "events": 4, "bodies": 1, "companies": 2}
ENGLISH, CHINESE = re.compile(r"[A-Za-z]{3,}"), re.compile(r"[\u4e00-\u9fff]{2,}")
FIRST_DAY, DAYS = date(2014, 1, 1), 6200
# A filter that finds nothing alone is mostly drawn anew, so many times at most.
TRIES = 4
Pairs = list[tuple[str, str]]


class Questions:
    """Draws query strings for the records of the database; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.texts = {kind: self._texts(kind) for kind in EXPORTED}
        self.slugs = {
            kind: list(one.records.order_by("pk").values_list("slug", flat=True))
            for kind, one in EXPORTED.items()
        }
        former = FormerSlug.objects.filter(kind="policy").order_by("slug")
        self.slugs["policies"] += former.values_list("slug", flat=True)

    def kind(self) -> str:
        """A list to be asked, those with much to ask for more often."""
        return self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]

    def good(self, kind: str) -> str:
        """A query string that `kind` must answer; one that finds nothing is mostly drawn anew."""
        query = self._drawn(kind)
        for _ in range(TRIES):
            if self._finds(kind, query) or self.chance.random() < 0.1:
                break
            query = self._drawn(kind)
        return query

    def _finds(self, kind: str, query: str) -> bool:
        return bool(EXPORTED[kind].filterset_class(QueryDict(query)).ids())

    def _drawn(self, kind: str) -> str:
        pairs: Pairs = []
        if self.chance.random() < 0.5:
            pairs.append(("q", self.words(kind)))
            if self.chance.random() < 0.2:
                pairs.append(("exact", "1"))
        names = [name for name in self._filters(kind) if name not in ("q", "exact")]
        number = self.chance.choices((0, 1, 2, 3), (3, 4, 2, 1))[0]
        for name in self.chance.sample(names, min(number, len(names))):
            pairs += self._likely(kind, name)
        if self.chance.random() < 0.6:
            orders = EXPORTED[kind].filterset_class(QueryDict(urlencode(pairs))).orders
            pairs.append(("sort", self.chance.choice(orders)))
        self.chance.shuffle(pairs)
        return urlencode(pairs)

    def bad(self, kind: str, query: str) -> tuple[str, str]:
        """The query string with one thing wrong, and the parameter that must be named."""
        ways: dict[str, Callable[[str], str]] = {
            "bdoy": lambda value: "x",
            "sort": lambda value: "colour",
            "exact": lambda value: "2",
            "q": lambda value: "word " * 120,
            **dict.fromkeys(self._named(kind, BoundFilter), lambda value: "2024-13"),
            **dict.fromkeys(self._named(kind, ManyFilter), lambda value: "no-such-thing"),
        }
        name = self.chance.choice(list(ways))
        asked = QueryDict(query, mutable=True)
        if name == "sort" and self.chance.random() < 0.5:
            usual = EXPORTED[kind].filterset_class.default_order
            asked.setlist("sort", [usual, usual])
        else:
            asked[name] = ways[name](asked.get(name, ""))
        return asked.urlencode(), name

    def words(self, kind: str) -> str:
        """Something to search for in the words of the records, in either language or both."""
        parts = [self._term(kind) for _ in range(self.chance.choice((1, 1, 2, 2, 3)))]
        between = self.chance.choice((" ", " ", " OR "))
        asked = between.join(parts)
        if self.chance.random() < 0.25:
            asked += f" -{self._word(kind)}"
        return asked

    def _term(self, kind: str) -> str:
        word = self._word(kind)
        way = self.chance.random()
        if way < 0.15 and word.isascii():
            return f"{word[:4]}*"
        if way < 0.2:
            return f"={word}"
        return self._phrase(kind) if way < 0.35 else word

    def _word(self, kind: str) -> str:
        text = self.chance.choice(self.texts[kind])
        if runs := CHINESE.findall(text):
            run = self.chance.choice(runs)
            start = self.chance.randrange(len(run) - 1)
            return run[start : start + self.chance.randint(2, 4)]
        return self.chance.choice(ENGLISH.findall(text))

    def _phrase(self, kind: str) -> str:
        pieces = self.chance.choice(self.texts[kind]).split()
        start = self.chance.randrange(len(pieces))
        return '"' + " ".join(pieces[start : start + 2]).replace('"', "") + '"'

    def _texts(self, kind: str) -> list[str]:
        rows = EXPORTED[kind].records.order_by("pk").values_list(*TEXTS[kind])
        texts = [text for row in rows for text in row if text]
        return [text for text in texts if ENGLISH.search(text) or CHINESE.search(text)]

    def _filters(self, kind: str) -> dict[str, Any]:
        return EXPORTED[kind].filterset_class.base_filters

    def _named(self, kind: str, type_: type) -> list[str]:
        return [name for name, one in self._filters(kind).items() if isinstance(one, type_)]

    def _likely(self, kind: str, name: str) -> Pairs:
        pairs: Pairs = []
        for _ in range(TRIES):
            pairs = [(name, value) for value in self._values(name, self._filters(kind)[name])]
            if self._finds(kind, urlencode(pairs)):
                break
        return pairs

    def _values(self, name: str, filter_: Any) -> list[str]:
        if isinstance(filter_, BoundFilter | InForceFilter):
            is_unknown = isinstance(filter_, InForceFilter) and self.chance.random() < 0.2
            return ["unknown" if is_unknown else self._period()]
        if isinstance(filter_, SlugsFilter):
            known = self.slugs["policies"]
            slugs = self.chance.sample(known, min(self.chance.randint(1, 12), len(known)))
            return [",".join(slugs)] if self.chance.random() < 0.5 else slugs
        if isinstance(filter_, ManyFilter):
            options = [option.value for option in filter_.options()]
            return self.chance.sample(options, min(self.chance.choice((1, 1, 2, 3)), len(options)))
        return [self.chance.choice([str(value) for value, _ in filter_.extra["choices"]])]

    def _period(self) -> str:
        day = (FIRST_DAY + timedelta(self.chance.randrange(DAYS))).isoformat()
        return day[: self.chance.choice((4, 7, 10))]
