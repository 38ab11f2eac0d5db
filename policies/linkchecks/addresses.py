"""Which addresses stand in records that readers see or are to see, and which records name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from policies.models import LinkCheck, Policy, SourceLink, Target
from policies.vocabulary import State

SEEN = (State.PUBLISHED, State.IN_REVIEW)
AT_ONCE = 400


def _places() -> Iterator[tuple[QuerySet, str]]:
    """Where addresses stand: rows, and the field that holds one."""
    yield Policy.objects.filter(state__in=SEEN), "official_url"
    yield SourceLink.objects.filter(Q(policy__state__in=SEEN) | Q(event__state__in=SEEN)), "url"
    yield Target.objects.filter(policy__state__in=SEEN), "evidence_url"


def named() -> set[str]:
    """Every address that a published record or one in review names."""
    found: set[str] = set()
    for rows, name in _places():
        found.update(rows.exclude(**{name: ""}).order_by().values_list(name, flat=True))
    return found


def waiting(*, before: datetime, limit: int | None = None) -> list[str]:
    """The addresses that were not checked since `before`: the new ones, then the oldest looks."""
    checked = dict(LinkCheck.objects.values_list("url", "checked_at"))
    wanted = named()
    new = sorted(wanted - checked.keys())
    due = [url for url in wanted & checked.keys() if checked[url] <= before]
    old = sorted(due, key=lambda url: (checked[url], url))
    return [*new, *old][:limit]


def forget_unnamed() -> int:
    """Drop the looks at addresses that no such record names any more."""
    gone = sorted(set(LinkCheck.objects.values_list("url", flat=True)) - named())
    for start in range(0, len(gone), AT_ONCE):
        LinkCheck.objects.filter(url__in=gone[start : start + AT_ONCE]).delete()
    return len(gone)


def records_naming(urls: Iterable[str]) -> dict[str, list[Any]]:
    """The records that name each of these addresses: policies and events, each once."""
    wanted = list(urls)
    found: dict[str, dict[Any, None]] = defaultdict(dict)
    for rows, name in _places():
        owners = [f.name for f in rows.model._meta.fields if f.name in ("policy", "event")]
        for row in rows.filter(**{f"{name}__in": wanted}).select_related(*owners):
            owner = next((o for n in owners if (o := getattr(row, n))), row)
            found[getattr(row, name)][owner] = None
    return {url: list(owners) for url, owners in found.items()}
