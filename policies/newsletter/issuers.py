"""The list of bodies behind "Issuing bodies:", as printed and in printed order.

Which body of the registry is meant is left to the intake.
"""

from __future__ import annotations

import re

from .lines import HAN
from .links import unlinked
from .lists import split_list

NOUNS = re.compile(
    r"\b(?:ministry|ministries|commission|administration|bureau|offices?|department|council"
    r"|governments?|bank|committee|academy|congress|court|procuratorate|federation|association"
    r"|agency|institute|cent(?:er|re)|authority|organi[sz]ation|union|league|exchange|chamber"
    r"|society|foundation|customs|university|press|secretariat|police|army|corporation)\b",
    re.IGNORECASE,
)
ABBREVIATION = re.compile(
    r"(?:the )?[A-Z][A-Za-z]{0,6}[A-Z][A-Za-z]{0,8}(?:[ -](?:[A-Z]{2,9}|Office))?"
)
OWN_POSSESSIVE = re.compile(r"\b(?:People|Women|Counsellors?|Workers|China)['’]?s?['’]?", re.I)
POSSESSIVE = re.compile(r"\w['’]s\b|s['’] ")
QUOTES = '"“”„«»「」'
OTHERS = re.compile(
    r"(?:and |with |along with |together with ){0,3}(?:(?P<count>\w{1,12}) )?"
    r"(?:(?:other|further|more|additional)"
    r" (?:[a-z-]{2,20} ){0,3}?(?:agencies|bodies|departments|ministries|authorities|organs|units"
    r"|institutions|regulators|offices)|others)|et al\.?",
    re.IGNORECASE,
)
GLOSS = re.compile(r" ?[(（](?:[A-Z][A-Za-z&-]{1,12}|[\u3400-\u9fff]{2,30})[)）]$")
SLASH = re.compile(r"(?<=[A-Z]) ?/ ?(?=[A-Z])")
AND = re.compile(r" (?:and|&) ")
LEADS = re.compile(r"(?:and |& |the |jointly |with )+", re.IGNORECASE)
PLACES = [
    "Beijing",
    "Shanghai",
    "Tianjin",
    "Chongqing",
    "Guangdong",
    "Sichuan",
    "Liaoning",
    "Zhejiang",
    "Jiangsu",
    "Hainan",
    "Shenzhen",
    "Hebei",
    "Shanxi",
    "Jilin",
    "Heilongjiang",
    "Anhui",
    "Fujian",
    "Jiangxi",
    "Shandong",
    "Henan",
    "Hubei",
    "Hunan",
    "Guizhou",
    "Yunnan",
    "Shaanxi",
    "Gansu",
    "Qinghai",
    "Guangxi",
    "Ningxia",
    "Xinjiang",
    "Tibet",
    "Xizang",
    "Guangzhou",
    "Hangzhou",
    "Suzhou",
    "Nanjing",
    "Wuhan",
    "Chengdu",
    "Hefei",
    "Ningbo",
    "Qingdao",
    "Dalian",
    "Xiamen",
]


def read_bodies(value: str, words: str = "") -> tuple[str, ...]:
    """The bodies in the value of a label; `words` is the label as printed.

    A list is parted at commas, semicolons, 、 and "and", but not inside
    quotation marks or brackets. Behind a label in the singular, a list whose
    parts are not all plainly bodies is one body with commas in its name.
    """
    value = SLASH.sub(", ", unlinked(value).strip(" .;,。；"))
    parts = _with_torn_names([part for part in split_bodies(value) if not OTHERS.fullmatch(part)])
    singular = words.casefold().rstrip().endswith(("body", "agency", "authority", "institution"))
    if singular and len(parts) > 1 and not all(looks_like_body(part) for part in parts):
        return (as_printed(value),)
    return tuple(dict.fromkeys(as_printed(part) for part in parts))


def split_bodies(text: str) -> list[str]:
    """The bodies of a list, not parted inside quotation marks and brackets."""
    parts = split_list(text)
    named = [
        LEADS.sub("", part.strip(), count=1) if LEADS.match(part.strip()) else part
        for part in parts
    ]
    return [one for part in named for one in _split_at_and(part.strip()) if one]


def looks_like_body(name: str) -> bool:
    """Whether a name reads as that of a body: an abbreviation, or a name with a body's noun."""
    if len(name) > 160 or any(quote in name for quote in QUOTES):
        return False
    bare = GLOSS.sub("", name)
    if POSSESSIVE.search(OWN_POSSESSIVE.sub("", bare)):
        return False
    if HAN.match(bare) or ABBREVIATION.fullmatch(bare):
        return True
    return bare.removeprefix("the ") in PLACES or (
        NOUNS.search(bare) is not None and bare[:1].isupper()
    )


def as_printed(name: str) -> str:
    """The name without its article and without an abbreviation in brackets behind it."""
    bare = GLOSS.sub("", name.strip(" .;,*_"))
    return re.sub(r"^(?:the|The) (?=\S)", "", bare or name)


def _split_at_and(part: str) -> list[str]:
    """The bodies that "and" joins; "Science and Technology" stays one name."""
    found: list[str] = []
    start = 0
    for match in AND.finditer(part):
        left = part[start : min(match.start(), start + 200)]
        right = part[match.end() : match.end() + 160]
        right = right.split(" and ", 1)[0]
        begins = right.startswith(("the ", "The ")) or ABBREVIATION.fullmatch(right) is not None
        begins = begins or right in PLACES or (looks_like_body(right) and _starts_body(right))
        if OTHERS.fullmatch(right) or (begins and looks_like_body(left.strip())):
            found.append(left.strip())
            start = match.end()
    found.append(part[start:].strip())
    return [name.removeprefix("the ").removeprefix("The ") for name in found]


def _starts_body(name: str) -> bool:
    return (
        name.split(" ", 1)[0]
        in [
            "Ministry",
            "National",
            "State",
            "China",
            "Chinese",
            "Cyberspace",
            "General",
            "Central",
            "Supreme",
            "People's",
            "People’s",
            "Organization",
            "Office",
            "Civil",
            "Standardization",
            "Certification",
            "Customs",
            "CCP",
            "CPC",
            "All-China",
            "Publicity",
        ]
        or name.split(" ", 1)[0] in PLACES
    )


def _with_torn_names(parts: list[str]) -> list[str]:
    """The parts, "Administration of Science" and "Technology and Industry" put together again."""
    made: list[str] = []
    for part in parts:
        open_name = made and NOUNS.search(made[-1]) and re.search(r"\b(?:of|for)\b", made[-1])
        if (
            open_name
            and len(made[-1]) < 200
            and " " in part
            and not looks_like_body(part)
            and " and " in part
        ):
            made[-1] = f"{made[-1]}, {part}"
        else:
            made.append(part)
    return made
