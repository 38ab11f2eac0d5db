"""Template filters of the tracker."""

from django.template import Library
from django.urls import reverse
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

register = Library()
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")


@register.filter
def markdown(text: str):
    """Markdown as HTML; raw HTML in it is shown, not obeyed. Links without address lose theirs."""
    html = _MARKDOWN.render(text or "")
    return mark_safe(html.replace('<a href="#">', '<a class="unknown">'))  # noqa: S308


@register.filter
def figure(value):
    """A number without needless zeros, with thousands set apart."""
    if value is None:
        return ""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


@register.filter
def menu(entries: str) -> list[tuple[str, str]]:
    """Pairs of address name and label, from "name:Label name:Label"."""
    return [(name, label) for name, _, label in (entry.partition(":") for entry in entries.split())]


@register.filter
def startswith_url(path: str, name: str) -> bool:
    """Whether `path` lies below the address called `name`."""
    return path.startswith(reverse(name))


@register.filter
def points(policy):
    """A policy's bullets in printed order; the targets that share a bullet give it once."""
    bullets = {row.position: row for row in (*policy.targets.all(), *policy.provisions.all())}
    return [bullets[position] for position in sorted(bullets)]
