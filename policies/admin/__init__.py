"""The editors' desk: Django's admin, made comfortable."""

from . import records, registry

__all__ = ["records", "registry"]
