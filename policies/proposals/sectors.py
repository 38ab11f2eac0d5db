"""Sectors by their names, by terms of the glossary, and by earlier records with a like title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from policies.models import IssuingBody, Sector, Term

from .earlier import Earlier
from .names import Hit, Name, Names, length
from .passages import Passage
from .proposed import Proposal

MOST = 4
FULL, LOOSE, TERM, BY_TITLE, BY_COMPANY = 1.0, 0.7, 0.8, 2.0, 0.8
# Words of every text on industry: they count for less, most of all outside a title.
ORDINARY = frozenset(
    {"industry", "data", "trade", "transport", "exports", "finance", "credit", "r&d", "s&t"}
)
# Below this nothing is proposed, nor what is so much weaker than the strongest.
LEAST, BESIDE_BEST = 0.7, 0.06


class SectorReader:
    """Proposes sectors; made once, asked for many items."""

    def __init__(self, bodies: Iterable[IssuingBody], earlier: Earlier) -> None:
        sectors = list(Sector.objects.order_by("pk"))
        self._sectors = {sector.pk: sector for sector in sectors}
        names = [name for sector in sectors for name in _sector_names(sector)]
        names += [name for term in Term.objects.order_by("pk") for name in _term_names(term)]
        # The name of a ministry says who issues, not about what.
        names += [Name(text, None) for body in bodies for text in (body.name_en, body.name_zh)]
        self._names = Names([name for name in names if name.text])
        self._earlier = earlier

    def read(self, texts: list[Passage], companies: Iterable[Proposal] = ()) -> list[Proposal]:
        """At most four sectors, the likeliest first; `companies` are those that act."""
        score: dict[int, float] = defaultdict(float)
        because: dict[int, tuple[float, str]] = {}

        def count(key: int, strength: float, words: str) -> None:
            score[key] += strength
            if strength > because.get(key, (0.0, ""))[0]:
                because[key] = (strength, words)

        for key, strength, words in self._by_name(texts):
            count(key, strength, words)
        for key, closeness, words in self._earlier.sectors(texts):
            if key in self._sectors:
                count(key, closeness * BY_TITLE, words)
        for company in companies:
            for key in self._earlier.of_company(company.slug):
                count(key, BY_COMPANY, company.because)
        best = max(score.values(), default=0.0)
        kept = [key for key, n in score.items() if n >= max(LEAST, best * BESIDE_BEST)]
        kept.sort(key=lambda key: (-score[key], key))
        return [
            Proposal(self._sectors[key].slug, self._sectors[key].name_en, because[key][1])
            for key in kept[:MOST]
        ]

    def _by_name(self, texts: list[Passage]) -> Iterable[tuple[int, float, str]]:
        for text in texts:
            seen: set[int] = set()
            for hit in self._names.find(text.text):
                key = hit.name.owner
                if key is not None:
                    again = 0.3 if key in seen else 1.0
                    seen.add(key)
                    yield key, _told(hit) * text.weight * again, hit.printed


def _told(hit: Hit) -> float:
    ordinary = 0.3 if hit.name.text.casefold() in ORDINARY else 1.0
    return hit.name.strength * length(hit.name.text) * ordinary


def _sector_names(sector: Sector) -> Iterable[Name]:
    yield Name(sector.name_en, sector.pk, FULL)
    yield Name(sector.name_zh, sector.pk, FULL)
    for alias in sector.aliases:
        yield Name(alias, sector.pk, LOOSE)


def _term_names(term: Term) -> Iterable[Name]:
    for text in (term.term_en, term.term_zh, *term.aliases_en, *term.aliases_zh):
        yield Name(text, term.sector_id, TERM)
