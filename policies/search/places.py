"""What is said where a word with a colon looks like a place to search in and is none."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .terms import FIELD_NAMES

PLACE = re.compile("[A-Za-z]{2,}:")


def unread_place(word: str, typed: str) -> list[str]:
    """Notices about a word that was read as such; `typed` begins with the sign that ends it.

    Nothing is said of an address (https://), and nothing of a colon as Chinese has it.
    """
    if not PLACE.fullmatch(word) or not typed.startswith(":"):
        return []
    name, following = word[:-1], typed[1:]
    if name.casefold() in FIELD_NAMES:
        told = _("Nothing follows “%(name)s:”; it was read as a word.")
    elif following[:1].strip() and not following.startswith(("/", ")", "(", "）")):
        told = _("“%(name)s:” is no place to search in; it was read as a word. Places: %(places)s.")
    else:
        return []
    return [told % {"name": name, "places": ", ".join(FIELD_NAMES)}]
