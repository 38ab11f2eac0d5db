"""Asks the API as programs do."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

ROOT = "/api/v1"


def ask(client: Any, address: str, status: int = 200, **headers: str) -> Any:
    """The JSON at an address below the API's root, or anywhere on the site."""
    answer = answered(client, address, **headers)
    assert answer.status_code == status, (address, answer.status_code, answer.content[:500])
    return answer.json()


def answered(client: Any, address: str, **headers: str) -> Any:
    parts = urlsplit(address)
    path = parts.path if parts.path.startswith(ROOT) else f"{ROOT}/{parts.path}"
    return client.get(f"{path}?{parts.query}" if parts.query else path, headers=headers)


def walked(client: Any, address: str) -> list[dict[str, Any]]:
    """All records of a list, page by page."""
    found: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        page = ask(client, following)
        found += page["results"]
        following = page["next"]
    return found


def wrong(client: Any, address: str) -> list[str]:
    """The parameters that the problem of an address names."""
    answer = answered(client, address)
    assert answer.status_code == 400, (address, answer.status_code)
    assert answer["Content-Type"] == "application/problem+json"
    return [error["parameter"] for error in answer.json()["errors"]]
