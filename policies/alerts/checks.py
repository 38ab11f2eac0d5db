"""What `manage.py check --deploy` says of alerts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


def connect() -> None:
    """Have `check --deploy` look at where links in mails lead."""
    checks.register(links_lead_to_the_site, deploy=True)


def links_lead_to_the_site(**_: Any) -> list[checks.CheckMessage]:
    """Without SITE_URL links lead to wherever whoever asked pretended to be."""
    if not settings.ALERTS_ON or settings.SITE_URL_GIVEN:
        return []
    return [
        checks.Warning(
            "Alerts can be sent, but SITE_URL is not set: links in mails lead to the host and "
            "port that a request named.",
            hint="Set SITE_URL to the address of the site.",
            id="policies.W001",
        )
    ]
