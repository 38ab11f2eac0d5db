"""Template filters for search results."""

from django.template import Library

from policies.search.characters import HAN_CHARACTER

register = Library()


@register.filter
def has_han(text: str) -> bool:
    """Whether `text` holds Chinese characters."""
    return HAN_CHARACTER.search(text) is not None
