"""The lines of a newsletter issue as its editors read them beside a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policies.models import NewsletterIssue


@dataclass(frozen=True, slots=True)
class Source:
    """Numbered lines of an issue."""

    issue: NewsletterIssue
    lines: list[tuple[int, str]]

    @property
    def first(self) -> int:
        """The number of the first line."""
        return self.lines[0][0] if self.lines else 0

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.lines[-1][0] if self.lines else 0


def whole(issue: NewsletterIssue) -> Source | None:
    """All lines of `issue`; None where its text is not kept."""
    if not issue.source_text:
        return None
    return Source(issue, list(enumerate(issue.source_text.split("\n"), 1)))


def lines_of(record: Any) -> Source | None:
    """The lines that `record` came from; None for one entered by hand."""
    source = whole(record.issue) if record.issue and record.first_line else None
    if source is None:
        return None
    last = record.last_line or record.first_line
    return Source(record.issue, source.lines[record.first_line - 1 : last])
