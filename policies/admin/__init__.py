"""The editors' desk: Django's admin, made comfortable."""

from . import accounts, alerts, imports, issues, lineage, links, merges, records, registry, reports

__all__ = [
    "accounts",
    "alerts",
    "imports",
    "issues",
    "lineage",
    "links",
    "merges",
    "records",
    "registry",
    "reports",
]
