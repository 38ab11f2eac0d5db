"""HTML as a tree that cannot grow without bound.

lxml closes what old pages leave open, and takes broken marks as they come, in
one pass. What the tree says is left to `walk`.
"""

from __future__ import annotations

import warnings
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

from ..limits import Unreadable

# An open tag, an end tag, a comment: all that begins with "<".
MAX_MARKS = 100_000
MAX_DEPTH = 2_000
COMPLEX = "The HTML is too deeply nested or too large to be a newsletter: save the page as PDF."


class _Tree(BeautifulSoup):
    """A tree that refuses to grow too deep."""

    def handle_starttag(self, *tag: Any, **named: Any) -> Any:
        """Take a start tag from the parser; raises Unreadable beyond the depth."""
        if len(self.tagStack) > MAX_DEPTH:
            raise Unreadable(COMPLEX)
        return super().handle_starttag(*tag, **named)


def parse(markup: str) -> BeautifulSoup:
    """`markup` as a tree.

    Raises Unreadable for more than 100,000 marks or 2,000 levels.
    """
    if markup.count("<") > MAX_MARKS:
        raise Unreadable(COMPLEX)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        try:
            return _Tree(markup, "lxml")
        except (Unreadable, MemoryError):
            raise
        except Exception as error:  # whatever a broken page leads the parser to
            raise Unreadable("The HTML is damaged: save the page anew and try again.") from error
