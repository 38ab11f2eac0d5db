"""The buttons of the import's review screen."""

import json

from django.template import Library

register = Library()


@register.simple_tag
def press(anchor: str, *words: object) -> str:
    """The value of a button: where the page goes on, a verb and its words."""
    return json.dumps([anchor, *map(str, words)], ensure_ascii=False)
