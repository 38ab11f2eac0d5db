"""The text of a page while it is written, piece by piece.

Keeps what a paragraph needs to know: pending space, the open link, the open
list, the cells of a row. What the tags are is left to `walk`.
"""

from __future__ import annotations

import re

from bs4.element import Tag

from ..links import address, markdown
from ..spaces import IS_WIDE, SPACE, visible

LINE_WRAP = re.compile(r"[ \t\r\f]*\n\s*")
BETWEEN_CELLS = " | "


class Page:
    """Text that grows by paragraphs; `close` gives all of it."""

    def __init__(self, *, folds: bool) -> None:
        self.folds = folds
        self.raw = 0
        self._out: list[str] = []
        self._line: list[str] = []
        self._gap = 0
        self._space = ""
        self._link: tuple[int, str | None] | None = None
        self._italics: list[int] = []
        self._lists: list[int | None] = []
        self._mark = ""
        self._cells = 0

    def write(self, text: str) -> None:
        """Add running text."""
        if self.raw:
            first, *rest = visible(text).replace("\r", "").expandtabs(4).split("\n")
            self._line.append(first)
            for line in rest:
                self.break_line()
                self._line.append(line)
            return
        text = visible(text)
        words = SPACE.sub(" ", self._unwrapped(text)) if self.folds else text.replace("\xa0", " ")
        if words[:1] == " " and self._line:
            self._space = self._space or " "
        body = words.strip(" ")
        if not body:
            return
        self._line.append(self._glue(body) + body)
        self._space = " " if words[-1:] == " " else ""

    def break_line(self) -> None:
        """End the line, not the paragraph."""
        self._flush()
        self._gap += 1

    def part(self, *, spaced: bool) -> None:
        """End the paragraph; `spaced` leaves a blank line."""
        self._flush()
        self._gap = max(self._gap, 2 if spaced and not self._lists else 1)

    def open_list(self, *, ordered: bool, start: str) -> None:
        """Begin a list, numbered from `start` if it is ordered."""
        self.part(spaced=True)
        self._lists.append((int(start) if start[:6].isdecimal() else 1) if ordered else None)

    def close_list(self) -> None:
        """End the innermost list."""
        self._flush()
        if self._lists:
            self._lists.pop()
        self._mark = ""
        self.part(spaced=True)

    def open_item(self) -> None:
        """Begin an item of the innermost list."""
        self.part(spaced=False)
        number = self._lists[-1] if self._lists else None
        self._mark = "- " if number is None else f"{number}. "
        if number is not None:
            self._lists[-1] = number + 1

    def close_item(self) -> None:
        """End an item."""
        self.part(spaced=False)
        self._mark = ""

    def open_row(self) -> None:
        """Begin a row of a table."""
        self.part(spaced=False)
        self._cells = 0

    def open_cell(self) -> None:
        """Begin a cell: on the line of the one before, if that holds a single line."""
        if self._line and self._cells:
            self._space = BETWEEN_CELLS

    def close_cell(self) -> None:
        """End a cell."""
        self._cells += 1

    def close_row(self) -> None:
        """End a row."""
        self.part(spaced=False)
        self._cells = 0

    def open_link(self, tag: Tag) -> None:
        """Begin a link, unless `tag` is the place that others lead to."""
        if tag.has_attr("href") or not (tag.has_attr("name") or tag.has_attr("id")):
            self._link = (len(self._line), address(str(tag.get("href", ""))))

    def close_link(self) -> None:
        """End the link and set its words in Markdown."""
        if self._link is None:
            return
        start, url = self._link
        self._link = None
        label = "".join(self._line[start:])
        if label:
            self._line[start:] = [markdown(label, url)]

    def open_italics(self) -> None:
        """Begin words in italics."""
        self._italics.append(len(self._line))

    def close_italics(self) -> None:
        """End words in italics; a link inside keeps its own marks."""
        start = self._italics.pop() if self._italics else len(self._line)
        label = "".join(self._line[start:])
        words = label.strip()
        if words and self._link is None and "*" not in words:
            self._line[start:] = [label[: len(label) - len(label.lstrip())] + f"*{words}*"]

    def close(self) -> str:
        """All that was written."""
        self._flush()
        return "".join(self._out)

    def _glue(self, body: str) -> str:
        return self._space if self._line and body[:1] else ""

    def _unwrapped(self, text: str) -> str:
        """`text` with line feeds between Chinese characters taken out."""
        if "\n" not in text:
            return text
        return LINE_WRAP.sub(_fold, text)

    def _flush(self) -> None:
        """Move the line to the text; an open link or italics end with it and begin anew."""
        line = "".join(self._line)
        self._reopen()
        self._line = []
        self._space = ""
        if not line.strip():
            return
        if self._out:
            self._out.append("\n" * max(self._gap, 1))
        self._out.append(self._mark + (line if self.raw else line.strip()))
        self._mark = ""
        self._gap = 0

    def _reopen(self) -> None:
        if self._link is not None:
            start, url = self._link
            self._line[start:] = [markdown("".join(self._line[start:]), url)]
            self._link = (0, url)
        self._italics = [0] * len(self._italics)


def _fold(match: re.Match[str]) -> str:
    """What stands for a line feed in the source of a page, by what is before and after it."""
    text, start, end = match.string, match.start(), match.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and after and IS_WIDE.match(before) and IS_WIDE.match(after):
        return ""
    return " "
