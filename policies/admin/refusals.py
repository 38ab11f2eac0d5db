"""Answers at the desk where an address or a form holds what no database takes.

The forms refuse in words whatever a person may mistype. A number of thirty digits
for a record, or a year that no calendar has, comes from a forged or damaged address
only, and whichever field it stands in, it ends here: one page, and nothing written,
since all that writes runs in a transaction. So does what came into the way of somebody
who saved at the same moment: pressed again, it goes through. Anything else stays an error.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)
# What the database, Python's numbers and dates, and UTF-8 raise for a value out of their bounds.
OUT_OF_BOUNDS = (DataError, OverflowError, UnicodeError)
# The words of Django and of Python where a record's key is no number.
NO_KEY = re.compile(
    r"Field '\w+' expected a number but got |Exceeds the limit \(\d+ digits\) for integer string"
)
# What PostgreSQL calls a transaction that it broke off for another, and SQLite a wait too long.
BROKEN_OFF = ("40P01", "40001")
LOCKED = "database is locked"


class Refusals:
    """A middleware that tells staff what cannot be read or is to be tried again, in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page that says so; None for what is no refusal, or not at the desk."""
        if not _is_desk(request):
            return None
        if is_in_the_way(problem):
            logger.warning("A request to %s was broken off", request.path, exc_info=problem)
            return render(request, "admin/in_the_way.html", status=409)
        if not is_refusal(problem):
            return None
        logger.warning("A value sent to %s was refused", request.path, exc_info=problem)
        return render(request, "admin/refused.html", status=400)


def is_refusal(problem: Exception) -> bool:
    """Whether `problem` is about a value that was sent, and not about the program."""
    if isinstance(problem, OUT_OF_BOUNDS):
        return True
    return isinstance(problem, ValueError) and bool(NO_KEY.match(str(problem)))


def is_in_the_way(problem: Exception) -> bool:
    """Whether the database broke off for another writer what would go through the next time."""
    if not isinstance(problem, OperationalError):
        return False
    code = getattr(problem.__cause__, "sqlstate", None)
    return code in BROKEN_OFF or LOCKED in str(problem)


def _is_desk(request: HttpRequest) -> bool:
    place = request.resolver_match
    return place is not None and "admin" in place.app_names
