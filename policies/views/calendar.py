"""The calendar: what takes effect, is due or ends, and when, for any search of policies."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from policies.agenda import Agenda, Block, ComingFilter, Time, beside, policies_of, total
from policies.facets import Toggle, chips, facets
from policies.newsletter.dates import MONTH, QUARTER, YEAR, PreciseDate
from policies.paging import turned
from policies.querystrings import joined, pairs, rest
from policies.searchhelp import help_for
from policies.views.kept import kept
from policies.views.lists import between_dates
from policies.vocabulary import DateKind

from .periods import Addresses, Day, Shown, Way, days, entries, grouped, lines, read_issuers, wider

# So many dates stand on a page.
PAGE = 50


class CalendarPage(TemplateView):
    """A year, quarter, month or day; without one, what comes from this month on."""

    template_name = "policies/calendar.html"
    filterset_class = ComingFilter
    title, nouns = _("Calendar"), _("policies")

    get = kept(TemplateView.get)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = ComingFilter(query)
        errors = list(filterset.errors_by_parameter)
        context = (
            super().get_context_data(**kwargs)
            | {
                "title": self.title,
                "errors": errors,
                "filterset": filterset,
                "facets": facets(filterset, query),
                "facets_count": _("The filters count policies, not dates."),
                "chips": chips(filterset, query),
                "kept_beside_when": [(k, v) for k, v in pairs(query) if k != "when"],
            }
            | between_dates(filterset, query)
        )
        return context if errors else context | self._dates(filterset, errors)

    def _dates(self, filterset: ComingFilter, errors: list[Any]) -> dict[str, Any]:
        query, time = self.request.GET, filterset.form.cleaned_data["when"]
        when = time.period if time else None
        agenda, addresses = Agenda(filterset), Addresses(query)
        month = PreciseDate(filterset.since, MONTH)
        blocks = agenda.within(time) if time else agenda.coming()
        chosen = [block for block in blocks if block.kind in filterset.kinds]
        own = [block for block in chosen if when in (None, block.when)]
        page, told = turned(Shown(own), PAGE, query, errors)
        if told:
            errors[:] = told
            return {}
        rows_of_days = list(days(chosen, when)) if when and _is_parted(time, MONTH) else []
        found = entries([*page.object_list, *(row for day in rows_of_days for row in day[1])])
        groups = grouped(page.object_list, found)
        read_issuers(filterset.index, (entry for _when, group in groups for entry in group))
        return {
            "when": when,
            "is_vague": time is not None and time.is_vague,
            "count": total(chosen),
            "policies": policies_of(chosen),
            "known": total(own),
            "is_partial": filterset.found.is_partial,
            "page": page,
            "groups": groups,
            "days": [
                Day(Way(day, addresses.of(day), count), [found[r] for r in rows if r in found])
                for day, rows, count in rows_of_days
            ],
            "lines": list(lines(chosen, when, addresses)) if when and _is_long(time) else [],
            "kinds": DateKind.choices,
            "sums": [total([b for b in chosen if b.kind == kind]) for kind in DateKind.values],
            "toggles": _toggles(blocks, query),
            "listed": _policies(query),
            "help": None if chosen else help_for(filterset, query),
        } | _ways(agenda, time, month, addresses, is_empty=not chosen)


def _is_parted(time: Time | None, *precisions: str) -> bool:
    """Whether a time of such a length is asked for with all that is in it."""
    return time is not None and not time.is_vague and time.period.precision in precisions


def _is_long(time: Time | None) -> bool:
    return _is_parted(time, YEAR, QUARTER)


def _ways(
    agenda: Agenda, time: Time | None, month: PreciseDate, addresses: Addresses, *,
    is_empty: bool,
) -> dict[str, Any]:  # fmt: skip
    """Links to other times: those beside, those around, the nearest ones where nothing is."""

    def way(period: PreciseDate | None) -> Way | None:
        return None if period is None else Way(period, addresses.of(period))

    when = time.period if time else None
    before, behind = beside(when or month)
    found: dict[str, Any] = {
        "before": way(before if when else month),
        "behind": way(behind) if when else None,
        "around": [way(period) for period in wider(time)] if time else [],
        "ahead": addresses.of(None),
    }
    if is_empty:
        earlier, later = agenda.nearest(when or month)
        found |= {"earlier": way(earlier), "later": way(later)}
    return found


def _toggles(blocks: list[Block], query: QueryDict) -> list[tuple[str, str, int, bool]]:
    """Each kind of date: its name, the address that chooses or drops it, how many there are."""
    toggle = Toggle(query, "date")
    return [
        (str(label), toggle.choose(kind), total([b for b in blocks if b.kind == kind]),
         kind in toggle.chosen)
        for kind, label in DateKind.choices
    ]  # fmt: skip


def _policies(query: QueryDict) -> str:
    """The list of the same search."""
    return joined(reverse("policy_list"), rest(query, "sort", "when", "date"))
