"""Addresses that name records as they were called before: they are read as those of today.

A merge or a new slug leaves the old one behind in addresses that people keep: searches,
feeds, alerts, reading lists. Here it becomes today's slug before anything else reads it,
so that no filter, no link and no number has to know of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from django.core.validators import slug_re
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse

from policies.models import (
    Company,
    FormerSlug,
    IssuingBody,
    Policy,
    PublicVersion,
    Region,
    Sector,
    Target,
)
from policies.vocabulary import State

# Which parameters name records, by their slugs.
NAMING: dict[str, Any] = {
    **dict.fromkeys(("body", "not_body", "issuer_all", "not_issuer", "lead", "main"), IssuingBody),
    **dict.fromkeys(("sector", "not_sector", "sector_all"), Sector),
    **dict.fromkeys(("region", "not_region"), Region),
    **dict.fromkeys(("company", "not_company"), Company),
    **dict.fromkeys(("in", "reading", "policy", "answers"), Policy),
}
# Those whose values are lists: one slug after the other, with commas between them.
LISTS = {name for name, model in NAMING.items() if model is Policy}
# The desk's own lists have parameters of other meanings.
DESK = "/admin/"

Slugs = dict[tuple[str, str], str]


def named_as_today(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Middleware: the address of a request names public records by today's slugs."""

    def answer(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if query and not request.path_info.startswith(DESK):
            request.META["QUERY_STRING"] = todays(query)
        return get_response(request)

    return answer


def todays(query: str) -> str:
    """A query string with today's slugs in the place of former ones; otherwise as it is.

    What a former slug leads to and is not public stays unknown. One query where records
    are named at all, and a few more where one is named by a former slug.
    """
    parts = [(part, *_taken_apart(part)) for part in query.split("&")]
    named = [(name, slug) for _, name, slugs in parts for slug in slugs]
    known = _slugs_of_today(named) if named else {}
    if not known:
        return query
    written = (_written(part, name, slugs, known) for part, name, slugs in parts)
    return "&".join(dict.fromkeys(written))


def led_to(named: Collection[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """By kind and former slug, the ids of the records that had it; of kinds and slugs, one query.

    The records may be public or not, or gone by now.
    """
    former = FormerSlug.objects.filter(
        kind__in={kind for kind, _ in named}, slug__in={slug for _, slug in named}
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, slug, key in former.values_list("kind", "slug", "record_id"):
        if (kind, slug) in named:
            found[kind][slug] = key
    return found


def called_before(model: Any, slug: str) -> int | None:
    """The id of the record of `model` that was called `slug` before; None where none was."""
    former = FormerSlug.objects.filter(kind=model._meta.model_name, slug=slug)
    return former.values_list("record_id", flat=True).first()


def withdrawn_as(model: Any, slug: str) -> Any:
    """The withdrawn record that is called `slug` or was; None where none was ever public.

    A target goes with its policy, which is given for it. Kinds that are not withdrawn have none.
    """
    if model is Target:
        return _withdrawn_with(slug)
    if not hasattr(model, "withdrawn_note"):
        return None
    called = Q(slug=slug) | Q(pk=called_before(model, slug))
    return model.objects.filter(called, state=State.WITHDRAWN).first()


def _withdrawn_with(slug: str) -> Policy | None:
    """The withdrawn policy of the target that is called `slug` or was.

    None where the target itself never was public: it may have been added since.
    """
    called = Q(slug=slug) | Q(pk=called_before(Target, slug))
    seen = PublicVersion.objects.filter(kind=Target._meta.model_name, record_id=OuterRef("pk"))
    gone = Target.objects.filter(called, Exists(seen), policy__state=State.WITHDRAWN)
    found = gone.select_related("policy").first()
    return found.policy if found else None


def _taken_apart(part: str) -> tuple[str, list[str]]:
    """The parameter of a part of a query string, and the slugs that it holds."""
    name, _, value = part.partition("=")
    name = unquote_plus(name)
    if name not in NAMING:
        return name, []
    value = unquote_plus(value)
    return name, [slug.strip() for slug in value.split(",")] if name in LISTS else [value]


def _written(part: str, name: str, slugs: list[str], known: Slugs) -> str:
    if not any((name, slug) in known for slug in slugs):
        return part
    today = dict.fromkeys(known.get((name, slug), slug) for slug in slugs)
    return f"{quote_plus(name)}={quote_plus(','.join(today), safe=',')}"


def _slugs_of_today(named: Iterable[tuple[str, str]]) -> Slugs:
    """Today's slugs for those parameters and slugs that name a public record as it was called."""
    asked = [(name, slug) for name, slug in named if slug_re.match(slug)]
    led = led_to({(NAMING[name]._meta.model_name, slug) for name, slug in asked})
    found: Slugs = {}
    for model in {NAMING[name] for name, _ in asked}:
        keys = led.get(model._meta.model_name)
        if keys:
            # A registry is public as a whole.
            public = getattr(model.objects, "published", model.objects.all)()
            today = dict(public.filter(pk__in=keys.values()).values_list("pk", "slug"))
            found |= {
                (name, slug): today[keys[slug]]
                for name, slug in asked
                if NAMING[name] is model and keys.get(slug) in today
            }
    return found
