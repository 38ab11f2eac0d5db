"""From a parsed issue to records in review; repeatable.

`store` writes an issue in one transaction. The same file twice changes nothing;
a corrected file updates what no editor has touched and reports the rest.
"""

from .preview import preview
from .store import NoDate, Report, store

__all__ = ["NoDate", "Report", "preview", "store"]
