"""Regions that a text and its issuers name.

A capital's name also stands for the government that sits in it ("Beijing hopes"):
it counts as a place only beside words that speak of a place.
"""

from __future__ import annotations

import re

from policies.models import IssuingBody, Region
from policies.vocabulary import RegionKind

from .names import Hit, Name, Names
from .passages import Passage
from .proposed import Proposal

MOST = 8
ENDING_ZH = re.compile(r"(?:壮族|回族|维吾尔)?(?:自治区|特别行政区|地区|省|市)$")
METONYMS = frozenset({"beijing", "china"})
PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|from|to|at|near|into|across|around|and|or|for|of|between|outside)|[,(、在和与])\s?$",
    re.IGNORECASE,
)
PLACE_AFTER = re.compile(
    r"(?:,? (?:and|or) [A-Z]|, [A-Z]|['’]s (?:city|municipal|[A-Z][a-z]+ [Dd]istrict)"
    r"| (?:city|municipal|municipality|government|district|economic[- ]technological)\b"
    r"|[、和与市])",
    re.IGNORECASE,
)
# Institutions that are called after the place where they are.
# What is of a place, where that word names it too.
DEMONYMS = {"china": ("Chinese",)}
INSTITUTION = re.compile(
    r"\s?(?:stock exchange|futures exchange|university|institute|airlines|morning post|daily"
    r"|证券交易所|期货交易所|交易所|大学|航空|银行)",
    re.IGNORECASE,
)


class PlaceReader:
    """Proposes regions; made once, asked for many items."""

    def __init__(self, regions: list[Region]) -> None:
        self._names = Names(
            [Name(text, region) for region in regions for text in _spellings(region)]
        )
        self._country = next((r for r in regions if r.kind == RegionKind.COUNTRY), None)

    def read(
        self, texts: list[Passage], issuers: list[tuple[str, IssuingBody | None]]
    ) -> list[Proposal]:
        """The places, those of issuers first; the whole country where nothing narrower is named."""
        found: dict[Region, str] = {}
        for printed, body in issuers:
            for hit in self.named_in(printed, body):
                found.setdefault(hit.name.owner, printed)
        for text in texts:
            for hit in self._names.find(text.text):
                if _is_place(hit, text.text):
                    found.setdefault(hit.name.owner, hit.printed)
        narrow = {r: words for r, words in found.items() if r.kind != RegionKind.COUNTRY}
        if not narrow and self._country and (found or issuers):
            # A ministry's document holds in the whole country.
            narrow = {self._country: found.get(self._country) or issuers[0][0]}
        return [Proposal(r.slug, r.name_en, words) for r, words in list(narrow.items())[:MOST]]

    def named_in(self, printed: str, body: IssuingBody | None = None) -> list[Hit]:
        """The places narrower than the country in the name of an issuer."""
        names = [printed, body.name_en, body.name_zh] if body else [printed]
        hits = [hit for name in names for hit in self._names.find(name)]
        return [
            hit
            for hit in hits
            if hit.name.owner.kind != RegionKind.COUNTRY and not _is_institution(hit, printed)
        ]


def _spellings(region: Region) -> list[str]:
    short = ENDING_ZH.sub("", region.name_zh)
    return [
        name
        for name in {region.name_en, region.name_zh, short, *DEMONYMS.get(region.slug, ())}
        if name
    ]


def _is_place(hit: Hit, text: str) -> bool:
    if _is_institution(hit, text):
        return False
    if hit.name.owner.slug not in METONYMS:
        return True
    if hit.name.owner.kind == RegionKind.COUNTRY:
        return True
    before, after = text[max(0, hit.start - 12) : hit.start], text[hit.end : hit.end + 30]
    if hit.printed.endswith("市"):
        return True
    return bool(PLACE_BEFORE.search(before) or PLACE_AFTER.match(after))


def _is_institution(hit: Hit, text: str) -> bool:
    return INSTITUTION.match(text, hit.end) is not None
