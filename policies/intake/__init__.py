"""From a parsed issue to records in review; repeatable.

`store` writes an issue in one transaction. The same file twice changes nothing;
a corrected file updates what no editor has touched and reports the rest.
"""

from .decisions import Decisions, ItemDecisions
from .preview import preview
from .store import NoDate, Report, store

__all__ = ["Decisions", "ItemDecisions", "NoDate", "Report", "preview", "store"]
