"""Glyphs as lines of text, from the top of a page to its foot.

A line knows where it stands, how it is set, which of its words are links and
whether a bullet opens it. What lines belong together is left to `paragraphs`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..spaces import IS_WIDE
from .boxes import Box
from .bullets import Bullet, drawn_bullet, set_bullet
from .columns import Part, gutter_of, parts_of
from .glyphs import Glyph
from .pages import Page
from .runs import Runs, linked

# Shares of the size of a letter.
SAME_LINE = 0.35
WORD_GAP = 0.2
WIDE_GAP = 0.6
DOUBLED = 0.12
# More parts than a page in columns has.
PARTS = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """A line as set; lengths in points, `base` from the top of its page.

    `page` tells pages and the columns on them apart.

    `runs` is its text without the bullet, `first` the width of its first word.
    """

    page: int
    base: float
    x0: float
    x1: float
    size: float
    first: float
    runs: Runs
    bullet: Bullet | None
    bold: bool
    opens_bold: bool

    @property
    def text(self) -> str:
        """The words without their links."""
        return "".join(words for words, _ in self.runs)


def lines_of(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of each page that hold anything, in reading order."""
    rows = [list(_rows(page.glyphs)) for page in pages]
    gutter = gutter_of(rows)
    return [_lines(page, parts_of(own, gutter)) for page, own in zip(pages, rows, strict=True)]


def _lines(page: Page, parts: Sequence[Part]) -> list[Line]:
    found: list[Line] = []
    for index, part in enumerate(parts):
        lines = [line for row in part.rows if (line := _line(page, row))]
        found += [_moved(line, index, part.left) for line in lines]
    return found


def _moved(line: Line, part: int, left: float) -> Line:
    """The line as if its column stood at the left edge, on a page of its own."""
    bullet = line.bullet and replace(line.bullet, x0=line.bullet.x0 - left)
    page = line.page * PARTS + min(part, PARTS - 1)
    return replace(line, page=page, x0=line.x0 - left, x1=line.x1 - left, bullet=bullet)


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that stand on one line, each row from left to right."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if row and glyph.base - row[0].base > SAME_LINE * max(row[0].size, glyph.size):
            yield sorted(row, key=lambda glyph: glyph.x0)
            row = []
        row.append(glyph)
    if row:
        yield sorted(row, key=lambda glyph: glyph.x0)


def _line(page: Page, row: list[Glyph]) -> Line | None:
    row = _spaced(row)
    if not row:
        return None
    drawn = drawn_bullet(page.dots, row[0])
    bullet = drawn or set_bullet(row)
    if bullet:
        row = row[bullet.glyphs :]
    letters = [glyph for glyph in row if glyph.text.strip()]
    if not letters:
        return None
    size = Counter({(g.size, g.bold): 0 for g in letters})
    for glyph in letters:
        size[glyph.size, glyph.bold] += len(glyph.text)
    return Line(
        page=page.number,
        base=Counter(glyph.base for glyph in letters).most_common(1)[0][0],
        x0=letters[0].x0,
        x1=max(glyph.x1 for glyph in letters),
        size=size.most_common(1)[0][0][0],
        first=_first_width(row),
        runs=linked([(glyph.text, _url(glyph, page.links)) for glyph in row]),
        bullet=bullet,
        bold=all(glyph.bold for glyph in letters),
        opens_bold=letters[0].bold,
    )


def _spaced(row: list[Glyph]) -> list[Glyph]:
    """The row with one space between words, and without letters set twice to look bold."""
    out: list[Glyph] = []
    for glyph in row:
        if not glyph.text.strip():
            if out and out[-1].text != " ":
                out.append(glyph._replace(text=" "))
            continue
        if out and out[-1].text != " ":
            before = out[-1]
            if before.text == glyph.text and glyph.x0 - before.x0 < DOUBLED * glyph.size:
                continue
            wide = IS_WIDE.match(before.text[-1]) or IS_WIDE.match(glyph.text[0])
            if glyph.x0 - before.x1 > (WIDE_GAP if wide else WORD_GAP) * glyph.size:
                out.append(glyph._replace(text=" ", x0=before.x1, x1=glyph.x0))
        out.append(glyph)
    while out and out[-1].text == " ":
        out.pop()
    return out


def _first_width(row: list[Glyph]) -> float:
    ends = [glyph for glyph in row if glyph.text == " "]
    end = ends[0].x0 if ends else row[-1].x1
    return end - row[0].x0


def _url(glyph: Glyph, links: list[Box]) -> str:
    """Where the link leads that covers the middle of a glyph, or ""."""
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * glyph.size
    for box in links:
        if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
            return box.url
    return ""
