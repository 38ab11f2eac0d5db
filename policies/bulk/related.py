"""Columns that name policies and newsletter issues."""

from __future__ import annotations

from typing import Any

from policies.models import NewsletterIssue, Policy

from .columns import Column, Several, parts
from .known import Known

NO_POLICY = "No policy has the address “{}”: copy it from the end of the policy’s web address."


class OfPolicy(Column):
    """The policy that a target belongs to, by its slug."""

    def read(self, text: str, known: Known) -> Policy:
        if not text.strip():
            raise ValueError("It is needed: the address (slug) of the target’s policy.")
        found = known.policy(text)
        if found is None:
            raise ValueError(NO_POLICY.format(text.strip()))
        return found

    def get(self, record: Any) -> Policy | None:
        return record.policy if record.policy_id else None

    def show(self, value: Policy | None, known: Known) -> str:
        return value.slug if value else ""


class Policies(Several):
    """Policies by their slugs."""

    def read(self, text: str, known: Known) -> list[Policy]:
        slugs = [name for name, *_ in parts(text)]
        gone = [NO_POLICY.format(slug) for slug in slugs if known.policy(slug) is None]
        if gone:
            raise ValueError(" ".join(gone))
        found = {policy.pk: policy for slug in slugs if (policy := known.policy(slug))}
        return list(found.values())


class Issue(Column):
    """A newsletter issue by its date; where two are of one day, with the publisher behind it."""

    def read(self, text: str, known: Known) -> NewsletterIssue | None:
        wanted = " ".join(text.split())
        if not wanted:
            return None
        found = [issue for issue in known.issues if wanted in (_dated(issue), _named(issue))]
        if len(found) == 1:
            return found[0]
        if found:
            names = " or ".join(f"“{_named(issue)}”" for issue in found)
            raise ValueError(f"Two issues are of that day: type {names}.")
        dates = ", ".join(sorted(map(_dated, known.issues), reverse=True)[:3])
        raise ValueError(
            f"No issue is of “{wanted}”: type its date as 2024-05-08."
            + (f" The latest are {dates}." if dates else "")
        )

    def show(self, value: NewsletterIssue | None, known: Known) -> str:
        if value is None:
            return ""
        dates = [_dated(issue) for issue in known.issues]
        return _dated(value) if dates.count(_dated(value)) < 2 else _named(value)


def _dated(issue: NewsletterIssue) -> str:
    return issue.published_on.isoformat()


def _named(issue: NewsletterIssue) -> str:
    return f"{issue.published_on} {' '.join(issue.publisher.split())}"
