"""Errors that readers report, from the form to the decision of an editor.

Who reports needs no account. What they write stays at the desk; an e-mail address is
kept until somebody decides, the mark of a network for a day.
"""

from .deciding import decide
from .forgetting import forget_senders
from .form import ReportForm
from .limits import is_full, mark_of
from .receiving import Full, receive
from .reported import REPORTED, Reported, concerned, field_name

__all__ = [
    "REPORTED",
    "Full",
    "ReportForm",
    "Reported",
    "concerned",
    "decide",
    "field_name",
    "forget_senders",
    "is_full",
    "mark_of",
    "receive",
]
