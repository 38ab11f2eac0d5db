"""Searches taken away whole, as files: what a search finds, in its order, in each format.

Every format reads the same ids off the same FilterSet, so no two of them can differ.
"""

from .columns import columns
from .formats import FORMATS, formats_of
from .found import EXPORTED, Exported, Taken, file_name

__all__ = ["EXPORTED", "FORMATS", "Exported", "Taken", "columns", "file_name", "formats_of"]
