"""Companies in corporate news: registered ones by name, others by how companies are named.

An unregistered name is proposed only where the sentence shows that it is a
company: it has a company's ending, says of itself what it makes, or does what
companies do. Better none than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policies.models import Company
from policies.newsletter import Item
from policies.newsletter.links import find_links, unlinked

from .names import Name, Names
from .passages import Passage
from .proposed import Proposal

MOST = 8
_WORD = r"[A-Z][\w&’'.-]*"
_NAME_WORDS = rf"{_WORD}(?: (?:{_WORD}|of)){{0,5}}"
_NAME = rf"(?P<name>{_NAME_WORDS})"
_MAKER = (
    r"(?:carmaker|automaker|chipmaker|chip maker|drone maker|battery maker|manufacturer|company"
    r"|firm|start-?up|group|giant|supplier|developer|producer|shipbuilder|airline|operator|maker|brand)"
)
_VERB = (
    r"(?:is to|are to|will|has|have|plans?|bought|buys|began|begins|started|starts|opened|opens"
    r"|announced|announces|signed|signs|invested|invests|launched|launches|unveiled|unveils|delivered"
    r"|delivers|received|receives|won|wins|completed|completes|(?:said|reported)(?! that)"
    r"|posted|put|builds|built|acquired|acquires|purchased|purchases|sold|sells|presented|presents|released"
    r"|releases|sued|agreed|agrees|raised|raises|cut|cuts|expects)"
)
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w-]){_NAME},? (?:Co|Inc|Ltd|Corp|AG|SE|GmbH|plc)\b\.?",
        rf"(?<![\w-])(?P<name>{_NAME_WORDS} (?:Group|Holdings?|Company|Corporation))\b",
        rf"(?<![\w-]){_NAME}, (?:an?|the|one of) (?:[\w-]+ ){{0,4}}{_MAKER}\b",
        rf"\b{_MAKER}s? {_NAME}(?![\w-])",
        rf"\b(?:built|delivered|developed|launched|made|operated|owned) by (?:the )?{_NAME}",
    )
)
# Who acts at the head of a clause, after a day or a place: every part of it must be a name.
SUBJECT = re.compile(
    rf"(?:^|[.;] )(?:(?:In|On|At) [A-Z][^,;.]{{1,40}}, )?(?P<subject>[^.;]{{2,120}}?)"
    rf"(?:,? (?:both|also|jointly|recently|each))? {_VERB}\b"
)
AND = re.compile(r",? and |, ")
GLOSS = re.compile(r" ?\([^()]{1,30}\)")
BEFORE_NAME = re.compile(r"^(?:[Tt]he )?(?:[\w.]+(?: [A-Z]\w+)?-(?:listed|based|backed|owned) )?")
CHINESE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:股份有限公司|有限责任公司|有限公司|集团公司|集团|公司|科技|汽车|航空公司))"
)
# First words of sentences, and what is no company though it is written like one.
NO_COMPANY = re.compile(
    r"^(?:The|A|An|It|Its|They|In|On|Of|At|By|For|Most|Some|All|Many|Both|China|Chinese|German"
    r"|Germany|European|Europe|American|US|U\.S\.|EU|Japanese|Japan|Korean|South Korea|Foreign"
    r"|Reuters|Yicai"
    r"|Orders|Sales|Exports|Imports|Shipments|Domestic|Local|State|National|Ministry|MIIT|NDRC|MOF"
    r"|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|First|Second|Third|Several|Two|Three|Four|Five|New|This|That|These|Those|Companies|Shares)$"
)
NO_COMPANY_IN = re.compile(
    r"\b(?:Ministry|Commission|Administration|Bureau|Government|Council|Committee|Province|City|Daily"
    r"|News|Times|Post|University|Academy|Association|Chamber|Authorities|Customs|Office)\b|[A-Z]\d{2,}"
)


def _is_part(name: str, other: str) -> bool:
    return name != other and name in other


class CompanyReader:
    """Proposes companies; made once, asked for many items."""

    def __init__(self, not_companies: set[str]) -> None:
        companies = list(Company.objects.order_by("pk"))
        self._names = Names(
            [
                Name(text, company)
                for company in companies
                for text in (company.name_en, company.name_zh)
                if text
            ]
        )
        self._not = not_companies

    def read(self, item: Item, texts: list[Passage], *, corporate: bool) -> list[Proposal]:
        """Registered companies; in corporate news also names that are plainly companies'."""
        found: dict[str, Proposal] = {}
        spans: list[str] = []
        for text in texts:
            for hit in self._names.find(text.text):
                if hit.printed[0].isupper() or not hit.printed.isascii():
                    company = hit.name.owner
                    spans.append(hit.printed)
                    found.setdefault(
                        company.slug, Proposal(company.slug, company.name_en, hit.printed)
                    )
        if corporate:
            for name in sorted(set(self._printed(item)), key=item.summary.find):
                if not any(name in span or span in name for span in spans):
                    found.setdefault(name, Proposal("", name, name))
        # "Hudong" beside "Hudong Group" is the same.
        whole = [p for p in found.values() if not any(_is_part(p.name, n) for n in found)]
        return whole[:MOST]

    def _printed(self, item: Item) -> Iterator[str]:
        text = unlinked(item.summary)
        for link in find_links(item.summary):
            if re.fullmatch(_NAME, link.label) and " article" not in link.label:
                yield from self._named(link.label)
        for match in SUBJECT.finditer(text):
            parts = [part.strip() for part in AND.split(GLOSS.sub("", match["subject"]))]
            parts = [BEFORE_NAME.sub("", part) for part in parts]
            if all(re.fullmatch(_NAME_WORDS, part) for part in parts):
                for part in parts:
                    yield from self._named(part)
        for pattern in PATTERNS:
            for match in pattern.finditer(text):
                yield from self._named(match["name"])
        for match in CHINESE.finditer(text):
            yield match["name"]

    def _named(self, name: str) -> Iterator[str]:
        name = BEFORE_NAME.sub("", re.sub(r"['’]s?$", "", name.strip(" .,")))
        if NO_COMPANY.match(name) or NO_COMPANY_IN.search(name):
            return
        if name.casefold() not in self._not and len(name) > 1:
            yield name
