"""Files as editors have them, turned into text with Markdown links.

The one door to the readers: `read` takes the bytes of a PDF, a Word document,
a web page, an e-mail or a text and gives its text; files that could do harm are
read in a process of their own. What the text means is left
to the newsletter parser; where the file came from, to whoever calls.
"""

from .apart import read
from .kinds import kind_of
from .limits import Limits, Unreadable

__all__ = ["Limits", "Unreadable", "kind_of", "read"]
