"""Lines that are no content: page numbers, running headers and footers, contact and mail lines.

They are listed as leftovers that are known to be none. The list of contents is
left to `contents`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from .marks import is_rule
from .rows import Row
from .sections import AUTHORS, EDITORS, PUBLISHER

PAGE = re.compile(
    r"(?:(?:page|p\.|seite|第)\s?)?[-–—|]?\s?[0-9]{1,3}\s?[-–—|]?"
    r"(?:\s?(?:of|/|von|页)\s?(?:[0-9]{1,3})?)?(?:\s?页)?",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"(?:for (?:more|further) information|please contact|contact:|contact us|unsubscribe"
    r"|view (?:this|in)|tel\b|telephone|phone|fax\b|e-?mail\b|mail\b|web\b|website|www\."
    r"|https?://|©|\(c\)|copyright|all rights reserved|follow us|\[?[\w.+-]{1,60}@[\w.-]{1,60})",
    re.IGNORECASE,
)
MAIL = re.compile(
    r"(?:from|sent|to|cc|bcc|subject|reply-to|delivered-to|von|gesendet|an|betreff): "
    r"|(?:date|datum): [a-z]{2,9}, |-{2,12} ?(?:original|forwarded) message|begin forwarded",
    re.IGNORECASE,
)
DIGITS = re.compile(r"[0-9]+")
LOOSE_NUMBER = re.compile(r"(?:^|[\s|–—-])[0-9]{1,3}(?:$|[\s|–—-])")
ENDS_SENTENCE = (".", "!", "?", ";", ",", ")", "。", "；", "，")
TIMES = 3


def is_contact(text: str) -> bool:
    """Whether the line names a way to reach the publisher, or its rights."""
    return len(text) <= 160 and CONTACT.match(text) is not None


def heads_mail(text: str) -> bool:
    """Whether the line is a header of an e-mail, as programs quote it when they forward one."""
    return len(text) <= 300 and MAIL.match(text) is not None


def is_page_mark(text: str) -> bool:
    """Whether the line is a page number or a drawn rule."""
    return (len(text) <= 24 and PAGE.fullmatch(text) is not None) or is_rule(text)


def running_lines(rows: Sequence[Row]) -> set[int]:
    """The places in `rows` of headers and footers: what stands on three pages or more.

    The first stand of a line before all headings is the masthead and is kept.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        if row.is_plain and _could_run(row.text):
            places[_shape(row.text)].append(index)
    first = next((i for i, row in enumerate(rows) if row.section or row.label), len(rows))
    people = next(
        (i for i, row in enumerate(rows) if row.section in {AUTHORS, EDITORS, PUBLISHER}), len(rows)
    )
    found: set[int] = set()
    for standing in places.values():
        alone = [index for index in standing if _stands_alone(rows, index)]
        inside = [index for index in alone if first <= index < people]
        if len(alone) >= TIMES and len(inside) >= TIMES - 1:
            found.update(index for index in alone if index >= first or _has_page(rows[index]))
    return found


def _could_run(text: str) -> bool:
    return 4 <= len(text) <= 100 and not text.endswith(ENDS_SENTENCE) and "](" not in text


def _shape(text: str) -> str:
    return DIGITS.sub("#", text) if LOOSE_NUMBER.search(text) else text


def _has_page(row: Row) -> bool:
    return LOOSE_NUMBER.search(row.text) is not None and row.gap is False


def _stands_alone(rows: Sequence[Row], index: int) -> bool:
    row = rows[index]
    before = rows[index - 1] if index else None
    if before and before.label and not before.label.value:
        return False
    after = rows[index + 1] if index + 1 < len(rows) else None
    begins = row.gap or before is None or is_page_mark(before.text)
    ends = after is None or after.gap or is_page_mark(after.text)
    return (begins and ends) or "|" in row.text or LOOSE_NUMBER.search(row.text) is not None
