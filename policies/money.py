"""Sums of money as printed: added up within one currency only, never converted.

The sum that a record names first counts. What follows in the same currency is most often
what the first adds up to, what it is compared with, or the other end of a range: it is
shown and not added. Where the newsletter prints euros beside a sum in another currency,
the euros count as euros and the sum in its own currency.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

EUR = "EUR"
# What a record without any sum of money is found by.
NONE = "none"


def printed_sums(amounts: Iterable[Any]) -> dict[str, Decimal]:
    """What a record names first in each currency; its `amounts` come in their order."""
    sums: dict[str, Decimal] = {}
    for amount in amounts:
        sums.setdefault(amount.currency, amount.value)
        if amount.eur is not None:
            sums.setdefault(EUR, amount.eur)
    return sums
