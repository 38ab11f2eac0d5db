"""Which bodies issue together, over any search of policies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from pyroaring import BitMap

from policies.facets import chips
from policies.filterkinds import body_lines
from policies.filters import PolicyFilter
from policies.matrix import Cell, Matrix, issued_by, matrix
from policies.models import IssuingBody
from policies.querystrings import rest
from policies.searchhelp import help_for
from policies.views.kept import kept

# So many pairs are listed below the matrix at once, and so many on a click; it has them all.
LISTED, FOLDED = 25, 25


class Shared(NamedTuple):
    """Two bodies, how many policies they issued together, and the address of the list of these."""

    one: IssuingBody
    other: IssuingBody
    number: int
    url: str


class BodyMatrix(TemplateView):
    """A table of bodies by bodies; every number leads to the policies that it counts."""

    template_name = "policies/matrix.html"

    get = kept(TemplateView.get)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = PolicyFilter(query)
        found, errors = filterset.ids(), filterset.errors_by_parameter
        is_one = bool(query.get("as_one")) and not errors
        issued = issuing(filterset, query)
        made = matrix(issued)
        named = IssuingBody.objects.in_bulk([*made.bodies, *made.alone])
        addresses = Addresses(query)
        return (
            super().get_context_data(**kwargs)
            | {
                "title": _("Who issues with whom"),
                "errors": errors,
                "filterset": filterset,
                "chips": chips(filterset, query),
                "count": len(found),
                "is_partial": filterset.found.is_partial,
                "help": None if found else help_for(filterset, query),
                "listed": f"{reverse('policy_list')}?{addresses.rest}",
                "is_one": is_one,
                "other_url": addresses.flipped,
                "bodies": [named[body] for body in made.bodies],
                "alone": [(named[b], len(issued[b]), addresses.of(named[b])) for b in made.alone],
                "left_over": made.left_over,
            }
            | _tables(made, named, addresses)
        )


def issuing(filterset: PolicyFilter, query: QueryDict) -> dict[int, BitMap]:
    """The policies found of each body, or of each line of renamed ones where that is asked for."""
    is_one = bool(query.get("as_one")) and not filterset.errors_by_parameter
    return issued_by(filterset.found.held, filterset.ids(), body_lines() if is_one else {})


class Addresses:
    """Where lists of policies stand that one or two bodies issued within a search."""

    def __init__(self, query: QueryDict) -> None:
        self.rest = rest(query, "sort")
        self._start = reverse("policy_list") + "?" + (f"{self.rest}&" if self.rest else "")
        self.flipped = f"?{rest(query, 'sort', as_one='' if 'as_one' in query else '1')}"

    def of(self, *bodies: IssuingBody) -> str:
        """The list of what all the bodies issued."""
        return self._start + "&".join(f"issuer_all={body.slug}" for body in bodies)


def _tables(made: Matrix, named: Mapping[int, IssuingBody], addresses: Addresses) -> dict[str, Any]:
    pairs = []
    for cell in made.pairs[: LISTED + FOLDED]:
        one, other = named[cell.row], named[cell.column]
        pairs.append(Shared(one, other, cell.number, addresses.of(one, other)))
    return {
        "rows": list(_rows(made, named, addresses)),
        "pairs": pairs[:LISTED],
        "more_pairs": pairs[LISTED:],
        "pair_number": len(made.pairs),
        "left_pairs": len(made.pairs) - len(pairs),
    }


def _rows(
    made: Matrix, named: Mapping[int, IssuingBody], addresses: Addresses
) -> Iterator[tuple[IssuingBody, SafeString]]:
    """Each body with the cells of its row as HTML: a page has thousands, too many for a template.

    A pair stands on both sides of the diagonal, so its cell is made once.
    """
    squares: dict[tuple[int, int], str] = {}
    for body, cells in zip(made.bodies, made.rows, strict=True):
        row = []
        for cell in cells:
            square = squares.get((cell.column, cell.row))
            if square is None:
                square = _square(cell, named, addresses)
                squares[cell.row, cell.column] = square
            row.append(square)
        yield named[body], mark_safe("".join(row))  # noqa: S308 - each part is escaped


def _square(cell: Cell, named: Mapping[int, IssuingBody], addresses: Addresses) -> str:
    if not cell.number:
        return "<td></td>"
    one, other = named[cell.row], named[cell.column]
    url = escape(addresses.of(one) if one is other else addresses.of(one, other))
    return f'<td class="m{cell.step}"><a href="{url}">{cell.number}</a></td>'
