"""Numbers of tables and marks of charts, each with the list of what it counts.

A page has hundreds, too many for a template.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any, Protocol

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from policies.languages import mark, names_of
from policies.templatetags.languages import named_short

register = Library()


class Counted(Protocol):
    """A number, and the address of the list of what it counts."""

    @property
    def count(self) -> int: ...

    @property
    def url(self) -> str: ...


@register.filter
def counted(cell: Counted, pale: str = "soft") -> SafeString:
    """A number as a link to its list; a nought is written in the class `pale`."""
    return mark_safe(_counted(cell, pale))  # noqa: S308 - each part is escaped


@register.filter
def counted_cells(cells: Iterable[Counted], pale: str = "soft") -> SafeString:
    """Cells of a table that hold numbers, each as `counted` has it."""
    written = [f'<td class="num">{_counted(cell, pale)}</td>' for cell in cells]
    return mark_safe("".join(written))  # noqa: S308 - each part is escaped


@register.simple_tag
def counted_body(url: str, body: Any, number: Any) -> SafeString:
    """A link with an issuing body's short name and what is counted of it."""
    return _counted_body(url, names_of(body)[0], named_short(body), number)


# Bodies and addresses come again from page to page; what is safe is not what is not.
@lru_cache(maxsize=10_000, typed=True)
def _counted_body(url: str, whole: str, short: str, number: Any) -> SafeString:
    return format_html(
        '<a href="{}" title="{}">{} <span class="n">{}</span></a>', url, whole, short, number
    )


@register.filter
def targets_told(number: int) -> str:
    """How many targets."""
    return ngettext("%(counter)s target", "%(counter)s targets", number) % {"counter": number}


@register.filter
def policies_told(number: int) -> str:
    """How many policies that have measures and no target."""
    told = ngettext(
        "%(counter)s policy without targets", "%(counter)s policies without targets", number
    )
    return told % {"counter": number}


@register.filter
def first_told(number: int) -> str:
    """How many of more are shown."""
    return gettext("the first %(shown)s here") % {"shown": number}


@register.filter
def heat_cells(cells: Iterable[Any]) -> SafeString:
    """The same, each the darker the more it counts."""
    written = [
        f'<td class="num{f" m{cell.step}" if cell.step else ""}">{_counted(cell, "none")}</td>'
        for cell in cells
    ]
    return mark_safe("".join(written))  # noqa: S308 - each part is escaped


@register.filter
def percent(place: float) -> str:
    """A place across a chart as SVG has it, which is the same in every language."""
    return f"{place}%"


@register.filter
def classes(names: Iterable[str], before: str) -> str:
    """Each of some names as a class that begins with `before`."""
    return "".join([f" {before}{name}" for name in names])


@register.simple_tag(takes_context=True)
def column_marks(context: Any, column: Any) -> SafeString:
    """The marks of a column of a chart, one for each part, each with its list."""
    kind = " vague" if getattr(column, "is_vague", False) else ""
    marks = [
        _opened(context, one.cell) + _drawn(f"part{one.cell.number}{kind}", column, one)
        for one in column.marks
    ]
    return mark_safe("".join(marks))  # noqa: S308 - each part is escaped


@register.simple_tag(takes_context=True)
def whole_column_marks(context: Any, column: Any, ground: int) -> SafeString:
    """The mark of a column without parts, whose link is as tall as the chart down to `ground`."""
    kind = " vague" if column.is_vague else ""
    whole = (
        f'<rect class="whole" x="{column.left}%" width="{column.step}%" y="0"'
        f' height="{ground}"></rect>'
    )
    marks = [
        _opened(context, column.total) + whole + _drawn(f"part1{kind}", column, one)
        for one in column.marks
    ]
    return mark_safe("".join(marks))  # noqa: S308 - each part is escaped


def _counted(cell: Counted, pale: str) -> str:
    if not cell.count:
        return f'<span class="{pale}">0</span>'
    return f'<a href="{escape(cell.url)}">{cell.count}</a>'


def _opened(context: Any, cell: Any) -> str:
    """A link of a chart as far as its title, which a frame opens beside itself."""
    target = ' target="_blank"' if context.get("is_framed") else ""
    told = f"{escape(cell.label)}{mark('colon')}{cell.count}"
    return f'<a href="{escape(cell.url)}"{target} aria-label="{told}"><title>{told}</title>'


def _drawn(kind: str, column: Any, one: Any) -> str:
    return (
        f'<rect class="{kind}" x="{column.x}%" width="{column.width}%" y="{one.y}"'
        f' height="{one.height}"></rect></a>'
    )
