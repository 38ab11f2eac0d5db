"""An invented corpus of any size: plain records, and the queries to be timed on them.

The same size and seed give the same bytes on every machine. Text is Zipfian in both
languages; the words that the benchmark asks for have the document frequencies given
in `WORDS` and `ZH_WORDS`. `bench.load` writes the records into the tracker's tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench import lists

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
FIRST_DAY, DAYS = date(2015, 1, 1), 3653
RARE_RECORDS = 10

# Share of records whose English text has the word.
WORDS = {
    "development": 0.45,
    "innovation": 0.30,
    "equipment": 0.10,
    "renewal": 0.06,
    "semiconductor": 0.02,
    "semiconductors": 0.01,
    "semiconducting": 0.003,
    "hydrogen": 0.01,
    "gallium": 0.001,
}
RARE = "xenotime"
PHRASE, PHRASE_SHARE = "equipment renewal", 0.03
# Share of records whose Chinese title has the word.
ZH_WORDS = {"氢能": 0.03, "算力": 0.02, "数据要素市场": 0.005}
STEMS = ("develop", "innovat", "equip", "renew", "semicond", "hydrogen", "gallium", RARE)
ABSENT = "zyxwvuts"

INSTRUMENTS = [
    "notice",
    "opinions",
    "implementation-plan",
    "action-plan",
    "measures",
    "announcement",
    "plan",
    "guideline",
    "catalogue",
    "work-plan",
    "pilot",
    "regulation",
    "application-call",
    "standard",
    "draft",
    "law",
    "other",
]
STATUSES = ["issued", "in-force", "expired", "draft", "repealed", "unknown", "expert-proposal"]
LEVELS = ["national", "provincial", "municipal", "non-governmental"]
EVENT_KINDS = [
    "investment",
    "order",
    "launch",
    "statistic",
    "permit",
    "milestone",
    "delivery",
    "survey",
    "other",
]
PREFIXES = [
    "国发",
    "国办发",
    "工信部联规",
    "工信厅企业函",
    "发改高技",
    "发改能源",
    "财建",
    "财库",
    "国科发资",
    "商贸发",
    "银发",
    "环气候",
    "交规划发",
]
COMPARATORS = ["at least", "increase by at least", "about", "at most"]
UNITS = ["percent", "billion CNY", "companies", "GW", "EFLOPS", "standards"]


def slugs(name: str) -> list[str]:
    """The slugs of a fixture, in its order."""
    return [row["slug"] for row in json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))]


class Corpus:
    """Draws policies, events and companies; each kind from a stream of its own."""

    def __init__(self, size: int, seed: int = 1) -> None:
        self.size, self.seed = size, seed

    def rng(self, purpose: str) -> Random:
        return Random(f"{purpose}/{self.seed}/{self.size}")

    @cached_property
    def english(self) -> tuple[list[str], list[float]]:
        known = [*lists.FUNCTION_WORDS, *lists.POLICY_WORDS]
        known = list(dict.fromkeys(w for w in known if not w.startswith(STEMS)))
        rng = Random("english")
        words = known + lists.composed(rng, 40_000, without=set(known), stems=(*STEMS, ABSENT))
        return words, lists.zipfian(len(words))

    @cached_property
    def chinese(self) -> tuple[list[str], list[float]]:
        words = lists.chinese(Random("chinese"), 12_000, without="氢算")
        return words, lists.zipfian(len(words))

    @cached_property
    def bodies(self) -> tuple[list[str], list[float]]:
        found = slugs("bodies")
        first = ["miit", "ndrc", "mof", "state-council", "mofcom", "most", "samr", "pboc"]
        ordered = first + [slug for slug in found if slug not in first]
        return ordered, lists.zipfian(len(ordered), offset=1.5)

    @cached_property
    def sectors(self) -> tuple[list[str], list[float]]:
        found = slugs("sectors")
        Random("sectors").shuffle(found)
        return found, lists.zipfian(len(found), offset=1.5)

    def companies(self) -> list[dict[str, Any]]:
        """Names of invented companies."""
        rng = self.rng("companies")
        number = min(5_000, max(40, self.size // 100))
        names = lists.composed(rng, number, without=set(), stems=STEMS)
        zh, weights = self.chinese
        return [
            {
                "id": n,
                "slug": f"company-{n}",
                "name_en": f"{name.capitalize()} Technology",
                "name_zh": "".join(rng.choices(zh, cum_weights=weights, k=2)) + "科技",
            }
            for n, name in enumerate(names, 1)
        ]

    def policies(self) -> Iterator[dict[str, Any]]:
        rng = self.rng("policies")
        rare = set(rng.sample(range(1, self.size + 1), min(RARE_RECORDS, self.size)))
        for number in range(1, self.size + 1):
            yield self.policy(rng, number, rare=number in rare)

    def policy(self, rng: Random, number: int, *, rare: bool) -> dict[str, Any]:
        asked = [word for word, share in WORDS.items() if rng.random() < share * 0.99]
        asked += [PHRASE] if rng.random() < PHRASE_SHARE else []
        asked += [RARE] if rare else []
        in_title = [word for word in asked if rng.random() < 0.15]
        announced = FIRST_DAY + timedelta(days=int(rng.random() * DAYS))
        top = rng.random() < 0.25
        title = self.words(rng, 7, 13, in_title)
        return {
            "id": number,
            "slug": f"{announced}-policy-{number}",
            "section": "top" if top else "news",
            "position": 1 + number % 20,
            "headline": self.words(rng, 5, 9, []) if top else "",
            "title_en": title,
            "title_zh": self.title_zh(rng),
            "document_number": (
                f"{rng.choice(PREFIXES)}〔{announced.year}〕{1 + int(rng.random() * 2000)}号"
                if rng.random() < 0.7
                else ""
            ),
            "summary": self.prose(rng, 40, 80, [word for word in asked if word not in in_title]),
            "comment": self.prose(rng, 28, 52, []) if rng.random() < 1 / 3 else "",
            "announced_on": announced,
            "effective_on": announced + timedelta(days=30) if rng.random() < 0.3 else None,
            "instrument": some(rng, INSTRUMENTS),
            "legal_status": some(rng, STATUSES),
            "level": some(rng, LEVELS),
            "bodies": several(rng, self.bodies, rng.choices(range(1, 8), BODY_COUNTS)[0]),
            "sectors": several(rng, self.sectors, rng.choices((1, 2, 3), (50, 35, 15))[0]),
            "targets": [
                self.target(rng, announced.year)
                for _ in range(rng.choices(range(4), (50, 25, 15, 10))[0])
            ],
        }

    def words(self, rng: Random, low: int, high: int, asked: list[str]) -> str:
        vocabulary, weights = self.english
        chosen = rng.choices(vocabulary, cum_weights=weights, k=rng.randint(low, high))
        for word in asked:
            chosen.insert(int(rng.random() * len(chosen)), word)
        return " ".join(chosen).capitalize()

    def prose(self, rng: Random, low: int, high: int, asked: list[str]) -> str:
        vocabulary, weights = self.english
        chosen = rng.choices(vocabulary, cum_weights=weights, k=rng.randint(low, high))
        for word in asked:
            chosen.insert(int(rng.random() * len(chosen)), word)
        third = len(chosen) // 3
        parts = chosen[:third], chosen[third : 2 * third], chosen[2 * third :]
        return ". ".join(" ".join(part).capitalize() for part in parts) + "."

    def title_zh(self, rng: Random) -> str:
        vocabulary, weights = self.chinese
        chosen = rng.choices(vocabulary, cum_weights=weights, k=rng.randint(7, 11))
        for word, share in ZH_WORDS.items():
            if rng.random() < share:
                chosen.insert(int(rng.random() * len(chosen)), word)
        return "".join(chosen)

    def target(self, rng: Random, year: int) -> dict[str, Any]:
        quantified = rng.random() < 0.7
        due = year + 1 + int(rng.random() * 8)
        return {
            "text": self.words(rng, 8, 15, []),
            "value": 1 + int(rng.random() ** 3 * 1000) if quantified else None,
            "unit": rng.choice(UNITS) if quantified else "",
            "comparator": rng.choice(COMPARATORS) if quantified else "",
            "due_on": date(due, 12, 31) if rng.random() < 0.85 else None,
        }

    def events(self) -> Iterator[dict[str, Any]]:
        """A third as many corporate events as policies."""
        rng = self.rng("events")
        companies = [company["slug"] for company in self.companies()]
        weighted = companies, lists.zipfian(len(companies))
        for number in range(1, self.size // 3 + 1):
            happened = FIRST_DAY + timedelta(days=int(rng.random() * DAYS))
            yield {
                "id": number,
                "slug": f"{happened}-event-{number}",
                "text": self.prose(rng, 18, 34, []),
                "happened_on": happened,
                "kind": some(rng, EVENT_KINDS),
                "companies": several(rng, weighted, 1 + (rng.random() < 0.3)),
                "sectors": several(rng, self.sectors, 1),
            }


BODY_COUNTS = (45, 20, 12, 9, 6, 4, 4)


def some(rng: Random, values: list[str]) -> str:
    """One of `values`; the first are drawn far more often."""
    return values[int(rng.random() ** 2.5 * len(values))]


def several(rng: Random, weighted: tuple[list[str], list[float]], number: int) -> list[str]:
    """`number` different values, drawn by their weights."""
    values, weights = weighted
    chosen: dict[str, None] = {}
    while len(chosen) < number:
        for value in rng.choices(values, cum_weights=weights, k=number - len(chosen)):
            chosen[value] = None
    return list(chosen)


def generate(size: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """The corpus's policies as plain dictionaries, ids from 1."""
    return Corpus(size, seed).policies()


def queries(size: int) -> dict[str, str]:
    """What is timed: a name and a query string for `/policies/`, by relevance and by date."""
    deep = max(2, int(size * WORDS["development"] / 25 / 2))
    asked = {
        "rare": {"q": RARE},
        "uncommon": {"q": "hydrogen"},
        "common": {"q": "development"},
        "two words": {"q": "development innovation"},
        "phrase": {"q": f'"{PHRASE}"'},
        "prefix": {"q": "semicond*"},
        "one character": {"q": "氢"},
        "two characters": {"q": "算力"},
        "six characters": {"q": "数据要素市场"},
        "mixed": {"q": "development 算力"},
        "excluded": {"q": "development -equipment"},
        "no match": {"q": ABSENT},
        "deep page": {"q": "development", "page": str(deep)},
    }
    without = {
        "no query": {},
        "filter only": {"body": "miit", "instrument": "notice"},
    }
    strings = {}
    for name, parameters in asked.items():
        strings[f"{name}, by relevance"] = urlencode({**parameters, "sort": "relevance"})
        strings[f"{name}, by date"] = urlencode({**parameters, "sort": "-announced"})
    for name, parameters in without.items():
        strings[f"{name}, by date"] = urlencode(parameters)
    return strings
