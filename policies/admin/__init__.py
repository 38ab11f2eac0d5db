"""The editors' desk: Django's admin, made comfortable."""

from . import accounts, issues, records, registry

__all__ = ["accounts", "issues", "records", "registry"]
