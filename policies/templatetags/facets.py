"""The values of a facet as a list of links: a page has hundreds, too many for a template."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.template import Library
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from policies.facets import Facet, FacetValue
from policies.templatetags.languages import tongue

register = Library()


@register.simple_tag
def facet_values(facet: Facet, values: Iterable[FacetValue]) -> SafeString:
    """Values of a facet, each a link that adds or drops it, beside it one that excludes it."""
    excluding = _("Exclude"), _("Exclude")
    including = _("Excluded; click to include again"), _("Include again")
    name, told = facet.name, _year if facet.is_years else _word
    items = []
    for value in values:
        label = conditional_escape(value.label if facet.is_years else tongue(value.label))
        key = escape(value.value)
        other = ""
        if value.not_url:
            title, does = including if value.excluded else excluding
            other = (
                f'<a id="x-{name}-{key}" href="{escape(value.not_url)}"'
                f' class="not{" on" if value.excluded else ""}" title="{escape(title)}">'
                f'<span class="hidden">{escape(does)} {label}</span>'
                '<span aria-hidden="true">−</span></a>'
            )
        items.append(
            f'<li><a id="f-{name}-{key}" href="{escape(value.url)}"{told(value, label)}'
            f'<span class="n">{value.count}</span></a>{other}</li>'
        )
    return mark_safe(f"<ul>{''.join(items)}</ul>\n")  # noqa: S308 - each part is escaped


def _word(value: FacetValue, label: str) -> str:
    chosen = ' class="on" aria-current="true"' if value.selected else ""
    told = escape(_("with bodies below it")) if value.is_with_below else ""
    below = f' <span class="soft">{told}</span>' if told else ""
    return f'{chosen}><span class="label">{label}{below}</span>'


def _year(value: FacetValue, label: str) -> str:
    chosen = ' on" aria-current="true"' if value.selected else '"'
    return (
        f' class="bar-of{chosen}><span class="label">{label}</span>'
        f'<meter min="0" max="100" value="{value.share}" aria-hidden="true"></meter>'
    )
