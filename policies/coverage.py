"""What the newsletter reported and what it left out, over any search of policies.

Empty cells stay visible: they say that nothing was reported, not that nothing was issued.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from pyroaring import BitMap

from policies.breakdown import Breakdown, Counted, Part, Row
from policies.filters import EventFilter, TargetFilter
from policies.models import IssuingBody
from policies.search.index import KindIndex

# Stands for the day of what was in no issue.
NO_ISSUE = ""
# So many bodies stand in the table; the rest of those that issued something are folded.
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Missing:
    """What records lack: how many of all, in percent too, and where they are listed."""

    label: str
    number: Counted
    percent: int


@dataclass(frozen=True, slots=True)
class Others:
    """Targets or events: all of them, and what they lack."""

    title: str
    total: Counted
    missing: list[Missing]


def covered(filterset: Any, query: QueryDict) -> dict[str, Any]:
    """The tables of a search of policies."""
    found = Breakdown(filterset, query)
    sections = _sections(found)
    bodies = found.bodies()
    issuing = [body for body in bodies if body.ids]
    more, reported, numbers = ([], [], {}) if query else beside_policies()
    return {
        "count": len(found.base),
        "list_url": found.url({}),
        "sections": [section.label for section in sections],
        "missing": [_missing(part, found) for part in found.lacking()],
        "beside": more,
        "issues": _by_issue(found, sections, reported, numbers),
        "months": _by_month(found),
        "sectors": found.divided(found.sectors(), sections),
        "bodies": found.divided(issuing[:SHOWN], sections),
        "more_bodies": found.divided(issuing[SHOWN:], sections),
        "silent": _silent(found),
    }


def _sections(found: Breakdown) -> list[Part]:
    """The sections of issues; what stood in no issue beside them, where there is something."""
    none = found.issues()[-1]
    return [*found.one_of("section"), *([none] if none.ids else [])]


def others() -> Iterator[Others]:
    """What all targets and events lack."""
    for title, made, name, lacks in (
        (_("Targets"), TargetFilter, "target_list",
         [(_("Date due"), "year", "unknown"), (_("Figure"), "quantified", "no")]),
        (_("Corporate events"), EventFilter, "event_list",
         [(_("Date"), "lacks", "date"), (_("Source with a link"), "lacks", "link"),
          (_("Company"), "lacks", "company"), (_("Sector"), "lacks", "sector")]),
    ):  # fmt: skip
        held, path = made(QueryDict("")).found.held, reverse(name)
        total = len(held.everything)
        numbers = [(label, _listed(held, path, key, value)) for label, key, value in lacks]
        missing = [Missing(label, n, _percent(n.count, total)) for label, n in numbers]
        yield Others(title, _listed(held, path, "all", "1"), missing)


def beside_policies() -> tuple[list[str], list[Part], dict[str, list[Counted]]]:
    """Targets and events of each issue and of none: names, issues without policies, numbers."""
    targets, events = TargetFilter(QueryDict("")), EventFilter(QueryDict(""))
    kinds = [
        (targets.found.held, reverse("target_list")),
        (events.found.held, reverse("event_list")),
    ]
    days = {day for held, _path in kinds for day in held.values.get("issue", {})}
    numbers = {day: [_listed(held, path, "issue", day) for held, path in kinds] for day in days}
    numbers[NO_ISSUE] = [_listed(held, path, "lacks", "issue") for held, path in kinds]
    filter_: Any = events.filters["issue"]
    parts = [Part(o.label, BitMap(), {"issue": [o.value]}) for o in filter_.options()]
    return [_("Targets"), _("Corporate events")], parts, numbers


def _listed(held: KindIndex, path: str, name: str, value: str) -> Counted:
    count = len(held.value(name, value))
    asked = "" if name == "all" else f"?{name}={value}"
    return Counted(count, path + asked if count else "")


def _missing(part: Part, found: Breakdown) -> Missing:
    number = found.counted(part.ids, part.asked)
    return Missing(part.label, number, _percent(number.count, len(found.base)))


def _percent(number: int, total: int) -> int:
    """In percent; neither 0 nor 100 where some but not all are meant."""
    if not number or not total:
        return 0
    return 100 if number == total else min(99, max(1, round(100 * number / total)))


def _by_issue(
    found: Breakdown,
    sections: list[Part],
    reported: list[Part],
    numbers: dict[str, list[Counted]],
) -> list[Row]:
    """All issues, latest first; what is in none only where there is something."""
    *printed, none = found.issues()
    by_day = {part.asked["issue"][0]: part for part in (*reported, *printed)}
    days = sorted(by_day, reverse=True)
    rows = found.divided([by_day[day] for day in days], sections)
    if numbers:
        for day, row in zip(days, rows, strict=True):
            row.beside.extend(numbers.get(day) or [Counted(0, "")] * 2)
    apart = numbers.get(NO_ISSUE, [])
    if none.ids or any(number.count for number in apart):
        (row,) = found.divided([none], sections)
        row.beside.extend(apart)
        rows.append(row)
    return rows


def _silent(found: Breakdown) -> list[IssuingBody]:
    """The bodies of the registry that issued nothing themselves in a search."""
    issued = found.held.values.get("issuer", {})
    issuing = [int(key) for key, ids in issued.items() if ids.intersect(found.base)]
    return list(IssuingBody.objects.exclude(pk__in=issuing).order_by("name_en"))


def _by_month(found: Breakdown) -> list[Row]:
    """A row for each year, latest first: its months, and those of an unknown month."""
    months = {part.asked["month"][0]: part for part in found.one_of("month")}
    largest = max((len(p.ids) for m, p in months.items() if m != "unknown"), default=0)
    rows = []
    for year in found.years():
        names = [f"{year.label}-{month:02}" for month in range(1, 13)]
        cells = [months.get(name) for name in (*names, f"{year.label}-unknown")]
        if "month" in year.asked:
            cells = []
        counted = [
            found.counted(part.ids, part.asked, largest=largest) if part else Counted(0, "")
            for part in cells
        ]
        rows.append(Row(year.label, None, found.counted(year.ids, year.asked), counted))
    dated = [row for row in rows if row.cells]
    return [*reversed(dated), *(row for row in rows if not row.cells and row.total.count)]
