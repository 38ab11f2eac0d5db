"""When the addresses on a record's page were last reached: one query for a page."""

from __future__ import annotations

from typing import Any

from django.template import Library

from policies.models import LinkCheck

register = Library()
KEPT = "_link_looks"


@register.filter
def link_looks(record: Any) -> dict[str, LinkCheck]:
    """The last looks at the addresses of a record's page, by address."""
    kept = getattr(record, KEPT, None)
    if kept is None:
        urls = {source.url for source in record.sources.all()}
        urls |= {getattr(record, "official_url", "")}
        targets = getattr(record, "targets", None)
        urls |= {target.evidence_url for target in targets.all()} if targets else set()
        looks = LinkCheck.objects.filter(url__in=urls - {""}) if urls - {""} else []
        kept = {look.url: look for look in looks}
        if hasattr(record, "__dict__"):
            record.__dict__[KEPT] = kept
    return kept


@register.filter
def at(looks: dict[str, LinkCheck], url: str) -> LinkCheck | None:
    """The last look at `url`."""
    return looks.get(url)
