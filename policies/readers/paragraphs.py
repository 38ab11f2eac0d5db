"""Printed lines to paragraphs: a line that fills its width goes on in the next one."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from statistics import median

_BULLET = re.compile(r"^(?:[•●▪◦·*–\uf0b7\uf0a7-])(?:\s+|(?=[^\W\d_]))")
_HAN_END = re.compile(r"[\u3000-\u9fff\uff00-\uffef]$")
_HAN_START = re.compile(r"^[\u3000-\u9fff\uff00-\uffef]")
_ENDED = (".", "!", "?", ":", ")", "。", "：", "”", '"', "]", "；")


@dataclass(slots=True)
class Line:
    """One printed line: its pieces of text with their link, and where it stands, in points."""

    pieces: list[tuple[str, str]]
    page: int
    top: float
    bottom: float
    left: float
    right: float
    size: float

    @property
    def plain(self) -> str:
        return "".join(text for text, _ in self.pieces).strip()


def joined(lines: list[Line]) -> str:
    """Paragraphs separated by blank lines, links as Markdown, broken words mended."""
    if not lines:
        return ""
    gap = _usual_gap(lines)
    right = max(line.right for line in lines)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1][-1], line, gap, right):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    words = _words(lines)
    return "\n\n".join(_bulleted(_set(paragraph, words)) for paragraph in paragraphs) + "\n"


def _usual_gap(lines: list[Line]) -> float:
    gaps = [
        after.top - before.bottom
        for before, after in itertools.pairwise(lines)
        if before.page == after.page and after.top > before.top
    ]
    return median(gaps) if gaps else 0.0


def _goes_on(before: Line, line: Line, gap: float, right: float) -> bool:
    if _BULLET.match(line.plain) or abs(line.size - before.size) > 0.6:
        return False
    filled = right - before.right < 0.2 * right
    if line.page != before.page:
        return filled or not before.plain.endswith(_ENDED)
    close = line.top - before.bottom <= max(gap, 0) + 0.35 * line.size
    return close and (filled or line.plain[:1].islower())


def _words(lines: list[Line]) -> set[str]:
    return {word.strip(".,;:()“”\"'").lower() for line in lines for word in line.plain.split()}


def _set(lines: list[Line], words: set[str]) -> str:
    pieces: list[tuple[str, str]] = []
    for line in lines:
        start = line.pieces[0][0]
        if pieces:
            end, link = pieces[-1]
            if end.endswith("-") and _is_broken(end, start, words):
                pieces[-1] = (end[:-1], link)
            elif not (
                (_HAN_END.search(end) and _HAN_START.match(start))
                or end.endswith(("-", "–", "—", "/"))
            ):
                start = " " + start
        pieces += [(start, line.pieces[0][1]), *line.pieces[1:]]
    return _linked(pieces)


def _is_broken(end: str, start: str, words: set[str]) -> bool:
    """Whether a hyphen at a line's end only breaks a word: not where the compound stands whole."""
    head = end.rsplit(maxsplit=1)[-1].lower()
    tail = start.split(maxsplit=1)[0].lower().strip(".,;:()“”\"'")
    return tail[:1].islower() and head.lstrip("(“\"'") + tail not in words


def _linked(pieces: list[tuple[str, str]]) -> str:
    out, run, open_link = [], "", ""
    for text, link in [*pieces, ("", "\0")]:
        if link != open_link:
            lead = run[: len(run) - len(run.lstrip())]
            body = run.strip() if open_link else run
            out.append(f"{lead}[{body}]({open_link})" if open_link and body else run)
            run, open_link = "", link
        run += text
    return "".join(out).strip()


def _bulleted(paragraph: str) -> str:
    return _BULLET.sub("- ", paragraph)
