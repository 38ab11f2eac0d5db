"""Sums of money as printed: added up within one currency only, never converted.

Where the newsletter prints euros beside a sum in another currency, the euros count
as euros and the sum in its own currency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

EUR = "EUR"
# What a record without any sum of money is found by.
NONE = "none"


def printed_sums(amounts: Iterable[Any]) -> dict[str, Decimal]:
    """What a record names in each currency, over all of its amounts."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for amount in amounts:
        sums[amount.currency] += amount.value
        if amount.eur is not None and amount.currency != EUR:
            sums[EUR] += amount.eur
    return dict(sums)
