"""What a process reads before it answers anybody, so that no reader waits for it."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection

from .called import NAMES as CALLED
from .found import NAMES
from .index import INDEX, NAMING
from .kinds import KINDS

# The orders that lists open with.
ORDERS = (("policy", "-announced"), ("target", "due"), ("event", "-happened"))


def warm_up() -> None:
    """Read what pages ask for first: index, orders and names; nothing where no table is."""
    try:
        index = INDEX.current()
        for name in KINDS:
            index.kind(name)
        for name, order in ORDERS:
            index.kind(name).orders.ids(order)
        NAMES.current(index)
        for name in NAMING:
            CALLED.of_kind(index, name)
    except DatabaseError:
        logging.getLogger(__name__).warning("The search index cannot be read yet.", exc_info=True)
    finally:
        connection.close()
