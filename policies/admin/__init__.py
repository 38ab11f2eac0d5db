"""The editors' desk: Django's admin, made comfortable."""

from . import accounts, imports, issues, lineage, links, merges, records, registry

__all__ = ["accounts", "imports", "issues", "lineage", "links", "merges", "records", "registry"]
