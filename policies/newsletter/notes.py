"""Short dated notes: their text, sources, date and, in policy news, who issues."""

from __future__ import annotations

import re

from .built import Built, span
from .datewords import DateWords, date_at
from .docnumbers import find_number
from .document import POLICY_NEWS, Item, Source
from .drafts import NoteDraft
from .effective import find_effective
from .links import find_links, unlinked
from .money import find_money
from .paragraphs import Layout, make_blocks
from .periods import Times, with_year
from .subjects import subject_bodies

OFFICIAL = re.compile(
    r".*\b(?:notice|announcement|circular|plan|measures|regulation|document|opinions?|decree|guidelines?)",
    re.IGNORECASE,
)
NAMED = re.compile(
    r".{2,120}\b(?:notice|article|announcement|report|circular|press release|statement|post|website"
    r"|interview|paper|document|study|survey)|.{2,40}(?:通知|公告|通告|文件|意见|方案|报道|文章)",
    re.IGNORECASE | re.DOTALL,
)
BETWEEN = re.compile(r"[\s,;，；、]*(?:and|&)?\s*")
TAIL = 6000
MOST_SOURCES = 20


def build_note(draft: NoteDraft, position: int, *, layout: Layout, times: Times) -> Built:
    """The item that a note's lines hold."""
    text, starts = _text(draft, layout)
    cut, sources = trailing_sources(text)
    summary = text[:cut].rstrip()
    names = [
        (line, "sources" if start >= len(summary) > 0 and sources else "summary")
        for line, start in starts
    ]
    policy = draft.section == POLICY_NEWS
    words = _date_words(draft, text)
    official = [one.url for one in sources if OFFICIAL.fullmatch(one.label)]
    item = Item(
        section=draft.section,
        position=position,
        lines=span(names),
        summary=summary,
        document_number=find_number(text),
        url=official[0] if official else "",
        date=with_year(words, times) if words else None,
        effective=find_effective(summary, times) if policy else None,
        issuing_bodies=subject_bodies(summary) if policy else (),
        amounts=find_money(summary),
        sources=sources,
    )
    built = Built(item, names)
    _doubts(built, draft)
    return built


def trailing_sources(text: str) -> tuple[int, tuple[Source, ...]]:
    """The sources in the brackets that end a note, and where the first of them opens."""
    end = len(text)
    sources: list[Source] = []
    for _ in range(MOST_SOURCES):
        trimmed = text[max(0, end - TAIL) : end].rstrip(" .;,。")
        base = max(0, end - TAIL)
        opened = _opening(trimmed)
        if opened is None:
            break
        found = _read_sources(trimmed[opened + 1 : -1])
        if not found:
            break
        sources = found + sources
        end = base + opened
    return (end, tuple(sources)) if sources else (len(text), ())


def _opening(text: str) -> int | None:
    """Where the bracket opens that the text ends with."""
    if not text.endswith((")", "）")):
        return None
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        if text[index] in ")）":
            depth += 1
        elif text[index] in "(（":
            depth -= 1
            if depth == 0:
                return None if index and text[index - 1] == "]" else index
    return None


def _read_sources(inside: str) -> list[Source]:
    links = list(find_links(inside))
    if links:
        rest, position = "", 0
        for link in links:
            rest += BETWEEN.sub("", inside[position : link.start])
            position = link.end
        rest += BETWEEN.sub("", inside[position:])
        return [link.as_source() for link in links] if len(rest) <= 20 else []
    parts = [part.strip() for part in re.split(r"[,;，；]", inside) if part.strip()]
    if parts and all(NAMED.fullmatch(part) and not part[0].islower() for part in parts):
        return [Source(part) for part in parts]
    return []


def _text(draft: NoteDraft, layout: Layout) -> tuple[str, list[tuple[int, int]]]:
    """The note's lines as one text, and where each line begins in it."""
    text, starts = "", []
    for number, block in enumerate(make_blocks(draft.pieces, layout)):
        if number:
            text += "\n- " if block.bullet else " "
        starts += [(line, len(text) + start) for line, start in block.starts]
        text += block.text
    return text, starts


def _date_words(draft: NoteDraft, text: str) -> DateWords | None:
    """The date of the note's label, else that of a sentence that begins "On May 6, ..."."""
    if draft.dated:
        return draft.dated.words
    return date_at(text, len("On ")) if text.startswith("On ") else None


def _doubts(built: Built, draft: NoteDraft) -> None:
    item = built.item
    if item.date is None:
        found = draft.dated is not None
        told = "the note's date is no date, or its year is unknown"
        built.doubt(draft.line, told if found else "the note has no date")
    elif draft.dated and draft.dated.spans_days:
        built.doubt(draft.line, "the note names several days: the first is taken")
    if not unlinked(item.summary).strip():
        built.doubt(draft.line, "the note has no text")
    elif item.section == POLICY_NEWS and not item.issuing_bodies:
        built.doubt(draft.line, "the note's first sentence names no issuing body")
