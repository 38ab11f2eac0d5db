"""Running headers, footers and page numbers, taken out of the pages.

A line runs if it stands at the edge of several pages, at the same height,
the same but for its digits. A masthead stands on the first page alone, or largest on it, and stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .lines import Line

# How many lines at each edge of a page may run.
EDGE = 3
# On how many of the pages, one in ..., a line stands that runs; odd and even pages may differ.
SHARE = 3
DIGITS = re.compile(r"\d+")
NUMBER = re.compile(
    r"(?:page|p\.|seite|第)?\s?[-–—|]?\s?(\d{1,4})\s?[-–—|]?\s?(?:(?:of|/|von|\||共)\s?\d{1,4})?\s?页?",
    re.IGNORECASE,
)
# Heights within so many points are the same.
GRID = 4


def without_running(pages: list[list[Line]]) -> list[Line]:
    """The lines of all pages that do not run."""
    kept = _strip(pages, _running(pages))
    kept = _strip(kept, _numbers(kept))
    return [line for page in kept for line in page]


def _strip(pages: list[list[Line]], running: set[int]) -> list[list[Line]]:
    return [[line for line in page if id(line) not in running] for page in pages]


def _edges(page: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The edges of a page, each from the outside inwards."""
    yield "top", page[:EDGE]
    yield "foot", page[: -EDGE - 1 : -1]


def _running(pages: list[list[Line]]) -> set[int]:
    """The lines (by id) at the edges that repeat; all lines outside of them repeat too."""
    counts: Counter[tuple[str, str, int]] = Counter()
    for page in pages:
        for edge, lines in _edges(page):
            counts.update({key for line in lines for key in _keys(edge, line)})
    enough = max(2, len(pages) // SHARE)
    found: set[int] = set()
    for page in pages:
        for edge, lines in _edges(page):
            for line in lines:
                if not any(counts[key] >= enough for key in _keys(edge, line)):
                    break
                found.add(id(line))
    return found - _mastheads(pages, found)


def _keys(edge: str, line: Line) -> list[tuple[str, str, int]]:
    """What a line is counted under: its shape at two grids of height, lest it fall between."""
    shape = DIGITS.sub("#", line.text.casefold())
    step = int(line.base // GRID)
    half = int((line.base + GRID / 2) // GRID)
    return [(edge, shape, step), (edge, shape, -half - 1)]


def _mastheads(pages: list[list[Line]], found: set[int]) -> set[int]:
    """The lines at the top of the first page that are set larger than all else on it."""
    first = pages[0] if pages else []
    rest = max((line.size for line in first if id(line) not in found), default=0.0)
    return {id(line) for line in first[:EDGE] if id(line) in found and line.size > rest}


def _numbers(pages: list[list[Line]]) -> set[int]:
    """The lines (by id) that are a page number: alone at an edge, counting with the pages."""
    found: dict[tuple[str, int], set[int]] = {}
    for index, page in enumerate(pages):
        for edge, lines in _edges(page):
            match = NUMBER.fullmatch(lines[0].text) if lines else None
            if match:
                found.setdefault((edge, int(match[1]) - index), set()).add(id(lines[0]))
    return {
        line
        for (_, first), lines in found.items()
        if len(lines) > 1 or (first == 1 and len(pages) == 1)
        for line in lines
    }
