"""The formats by the ending of their address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext_noop as _

from .found import Taken
from .objects import as_json, as_lines
from .references import as_bibtex, as_csl, as_ris
from .tables import as_csv, as_targets
from .workbooks import as_workbook


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name and what it is good for, its media type, what writes it."""

    label: str
    use: str
    media_type: str
    write: Callable[[Taken], Iterator[str] | Iterator[bytes]]
    kinds: tuple[str, ...] = ()


XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POLICIES = ("policies",)
FORMATS: dict[str, Format] = {
    "csv": Format("CSV", _("R, pandas, any spreadsheet"), "text/csv; charset=utf-8", as_csv),
    "targets.csv": Format(
        _("Targets as CSV"), _("the targets of these policies, to be joined to the CSV"),
        "text/csv; charset=utf-8", as_targets, POLICIES,
    ),
    "xlsx": Format(
        "Excel", _("columns explained"), XLSX_TYPE, as_workbook
    ),
    "json": Format("JSON", _("all fields, nested"), "application/json", as_json),
    "ndjson": Format("NDJSON", _("one record a line"), "application/x-ndjson", as_lines),
    "ris": Format(
        "RIS", _("Zotero, EndNote, Citavi"), "application/x-research-info-systems; charset=utf-8",
        as_ris,
    ),
    "bib": Format("BibTeX", _("LaTeX"), "application/x-bibtex; charset=utf-8", as_bibtex),
    "csl.json": Format(
        "CSL-JSON", _("pandoc, Quarto"), "application/vnd.citationstyles.csl+json", as_csl
    ),
}  # fmt: skip

# What formats of a kind hold besides, by kind and ending.
MORE = {
    ("policies", "xlsx"): _("columns explained; policies with their targets, events and bodies")
}


def formats_of(kind: str) -> dict[str, Format]:
    """The formats in which records of a kind can be had, by ending."""
    return {
        key: replace(one, use=MORE.get((kind, key), one.use))
        for key, one in FORMATS.items()
        if not one.kinds or kind in one.kinds
    }
