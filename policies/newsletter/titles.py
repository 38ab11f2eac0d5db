"""The line that names the document: English title, Chinese title, number and link."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .docnumbers import find_number, without_bracketed_number
from .lines import HAN
from .links import BARE, address, find_links
from .lists import split_list

OPEN, SHUT = "(（", ")）"
LINK_WORDS = re.compile(
    r"(?:link|here\b|source|original$|original (?:text|document)"
    r"|official (?:text|link|source|notice)"
    r"|full text|text$|pdf|(?:chinese|english)(?: version| text)?$|原文|链接|全文)",
    re.IGNORECASE,
)
SHUTS = re.compile(r"\s?[)）]")
LINK_NOTE = re.compile(r"[(（] ?(?:link[^()（）]{0,40}|原文(?:链接)?|链接) ?[)）]$", re.IGNORECASE)
EDGES = " ,;/|–—-，；、"


@dataclass(frozen=True, slots=True)
class Title:
    """What the document line says; unknown parts are empty."""

    english: str = ""
    chinese: str = ""
    number: str = ""
    url: str = ""


def read_title(value: str) -> Title:
    """The titles, number and link in the value of an "Article:" line.

    The Chinese title is the last bracket that holds Chinese, with the brackets
    inside it as printed; without a bracket it begins at the first Chinese
    character.
    """
    several = [part for part in split_list(value, ";；") if HAN.search(part)]
    if len(several) > 1:
        return _joined([read_title(part) for part in several])
    text, url = _without_links(value)
    number = find_number(text)
    text = without_bracketed_number(text).strip(EDGES)
    start = _last_bracket(text)
    if start is not None:
        shut = _closing(text, start)
        chinese = text[start + 1 : shut].strip()
        english = f"{text[:start].strip(EDGES)} {text[shut + 1 :].strip(EDGES)}".strip()
        return Title(_bare(english), chinese, number, url)
    han = HAN.search(text)
    if not han:
        return Title(_bare(text), "", number, url)
    begin = han.start()
    while begin and text[begin - 1] in '《“"（(〈【[':
        begin -= 1
    chinese = text[begin:].strip(EDGES)
    if chinese.startswith("[") and chinese.endswith("]"):
        chinese = chinese[1:-1].strip()
    return Title(_bare(text[:begin].strip(EDGES)), chinese, number, url)


def _joined(titles: list[Title]) -> Title:
    """The titles of several documents as one, their number and link those of the first."""
    english = "; ".join(title.english for title in titles if title.english)
    chinese = "；".join(title.chinese for title in titles if title.chinese)
    return Title(english, chinese, titles[0].number, titles[0].url)


def _without_links(value: str) -> tuple[str, str]:
    """The value with title links replaced by their words and other links taken out."""
    url, kept, position = "", [], 0
    for link in find_links(value):
        before = value[position : link.start]
        position = link.end
        url = url or link.url
        if len(link.label) > 60 or not LINK_WORDS.match(link.label):
            kept.append(before + link.label)
            continue
        shut = SHUTS.match(value, link.end)
        if shut and before.rstrip().endswith(tuple(OPEN)):
            before, position = before.rstrip()[:-1], shut.end()
        kept.append(before)
    text = "".join(kept) + value[position:]
    bare = BARE.search(text)
    if bare:
        url = url or address(bare[0].rstrip(".,;)"))
        text = text[: bare.start()] + text[bare.end() :]
    text = re.sub(r"[(（] ?[)）]", "", text).strip(EDGES)
    return LINK_NOTE.sub("", text).strip(EDGES), url


def _last_bracket(text: str) -> int | None:
    """Where the last outermost bracket that holds Chinese opens."""
    depth, opened, found = 0, 0, None
    for match in re.finditer(r"[()（）]", text):
        if match[0] in OPEN:
            opened = match.start() if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and opened and HAN.search(text, opened, match.start()):
                found = opened
    if depth and opened and HAN.search(text, opened):
        return opened
    in_chinese = found is not None and HAN.search(text[:found]) is not None
    return None if in_chinese else found


def _closing(text: str, start: int) -> int:
    depth = 0
    for match in re.finditer(r"[()（）]", text[start:]):
        depth += 1 if match[0] in OPEN else -1
        if depth == 0:
            return start + match.start()
    return len(text)


def _bare(title: str) -> str:
    for mark in ("**", "*", "__", "_"):
        if title.startswith(mark) and title.endswith(mark) and len(title) > 2 * len(mark):
            return title[len(mark) : -len(mark)].strip()
    pairs = {"“": "”", '"': '"'}
    if title[:1] in pairs and title.endswith(pairs[title[0]]) and title[0] not in title[1:-1]:
        return title[1:-1].strip()
    return title
