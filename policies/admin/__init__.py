"""The editors' desk: Django's admin, made comfortable."""

from . import accounts, imports, issues, records, registry

__all__ = ["accounts", "imports", "issues", "records", "registry"]
