"""Public fields for whoever reads them elsewhere: addresses with the site before them."""

from __future__ import annotations

from typing import Any


def complete(value: Any, site: str) -> Any:
    """`value`, public fields or a part of them, with `site` put before each address in it.

    `site` is the address of the tracker without a slash at its end. Changes it in place.
    """
    if isinstance(value, dict):
        if value.get("address", "").startswith("/"):
            value["address"] = site + value["address"]
        for part in value.values():
            complete(part, site)
    elif isinstance(value, list):
        for part in value:
            complete(part, site)
    return value
