"""PDF files: the text as it was before it was laid out on pages.

`pages` opens the file and takes its glyphs and links, `columns` parts columns,
`lines` makes lines, `running` takes out what repeats on each page, `paragraphs` joins lines,
`hyphens` joins divided words.
"""

from __future__ import annotations

from ..limits import Limits, Unreadable
from ..spaces import tidy
from .lines import lines_of
from .pages import pages_of
from .paragraphs import text_of
from .running import without_running

SCAN = "The PDF holds no text, only pictures of it: run text recognition on it and try again."
GARBLED = "The PDF does not say what its letters are: save it anew, or choose another format."
# The share of glyphs without a known letter, one in ..., from which a text is no use.
UNKNOWN = 5
FEWEST = 3


def read(data: bytes, limits: Limits) -> str:
    """The text of a PDF, a blank line between paragraphs.

    Raises Unreadable for a file that is encrypted, damaged, too long, or that
    holds no text.
    """
    pages = lines_of(list(pages_of(data, limits)))
    letters = "".join(line.text for page in pages for line in page)
    if sum(map(str.isalnum, letters)) < FEWEST:
        raise Unreadable(SCAN)
    if letters.count("\ufffd") * UNKNOWN > len(letters):
        raise Unreadable(GARBLED)
    return tidy(text_of(without_running(pages)).replace("\ufffd", ""))
