"""The editors' desk: Django's admin, made comfortable."""

from . import accounts, imports, issues, links, merges, records, registry

__all__ = ["accounts", "imports", "issues", "links", "merges", "records", "registry"]
