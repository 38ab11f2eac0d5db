"""What is said of a value that a filter does not know: what is allowed, or what is like it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from rapidfuzz import fuzz, process

from policies.models import BodyAlias, Sector

# So many allowed values are listed; of longer lists the nearest are named.
LISTED, NEAREST, LIKE = 30, 3, 75
# The code of the error that names no value.
UNLISTED = "unlisted"

# The values by slug and key, each with its names.
Called = Mapping[tuple[str, str], Iterable[str]]


def told_unknown(value: str, known: Called, told: Iterable[str]) -> ValidationError:
    """The error that says what could be asked instead of `value`; `told` is how more are written.

    It is `unlisted` where that is too much to say and nothing is like `value`: pages show
    their filters, and what answers without such says itself where the values stand.
    """
    listed = dict.fromkeys([*sorted(slug for slug, _ in known), *told])
    if len(listed) <= LISTED:
        words = gettext("“%(value)s” is not known. Allowed: %(allowed)s.")
        return ValidationError(words, params={"value": value, "allowed": ", ".join(listed)})
    if near := _nearest(value, known):
        words = gettext("“%(value)s” is not known. Nearest: %(allowed)s.")
        return ValidationError(words, params={"value": value, "allowed": ", ".join(near)})
    words = gettext(
        "“%(value)s” is not known, and no name is like it. "
        "The filters beside each list show what can be chosen."
    )
    return ValidationError(words, code=UNLISTED, params={"value": value})


def _nearest(value: str, known: Called) -> list[str]:
    """The values with a name like `value`: first those that have most of its words."""
    others = _other_names()
    named = [
        (name, slug)
        for (slug, key), names in known.items()
        for name in (slug, *names, *others.get((slug, key), ()))
        if name
    ]
    names = [name for name, _ in named]
    near = process.extract(
        value, names, scorer=fuzz.WRatio, processor=str.casefold, limit=None, score_cutoff=LIKE
    )
    near.sort(key=lambda one: -fuzz.token_set_ratio(value, one[0], processor=str.casefold))
    return list(dict.fromkeys(named[at][1] for _, _, at in near))[:NEAREST]


def _other_names() -> dict[tuple[str, str], list[str]]:
    """The other names of bodies and sectors, by slug and key."""
    found: dict[tuple[str, str], list[str]] = {}
    for slug, key, name in BodyAlias.objects.values_list("body__slug", "body_id", "name"):
        found.setdefault((slug, str(key)), []).append(name)
    for slug, key, names in Sector.objects.values_list("slug", "pk", "aliases"):
        found[slug, str(key)] = names
    return found
