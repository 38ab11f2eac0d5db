"""The editors' desk: Django's admin, made comfortable."""

from . import issues, records, registry

__all__ = ["issues", "records", "registry"]
