"""What must hold in the database after a kill: each step is done whole, or not begun."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from django.db import connection

from policies.models import IssueImport, NewsletterIssue, PublicVersion, Target
from policies.newsletter import ParsedIssue, parse_issue
from policies.newsletter.document import CORPORATE_NEWS
from policies.readers.reading import read
from policies.search.rebuilding import faults
from policies.vocabulary import ImportState, State


@dataclass(slots=True)
class Brought:
    """An issue on its way: the file, and what has to come of it."""

    data: bytes
    name: str
    parsed: ParsedIssue

    @classmethod
    def of(cls, data: bytes, name: str) -> Brought:
        """What has to come of a file."""
        return cls(data, name, parse_issue(read(data, name=name)))

    def kept(self) -> IssueImport | None:
        """Its import, if it is there."""
        return IssueImport.objects.filter(sha256=hashlib.sha256(self.data).hexdigest()).first()

    def issue(self) -> NewsletterIssue | None:
        """Its issue, if it is there."""
        found = NewsletterIssue.objects.filter(published_on=self.parsed.published)
        return found.filter(publisher=self.parsed.publisher).first()


def check_import(brought: Brought) -> bool:
    """Whether the import is there; fails if only a part of it is."""
    kept = brought.kept()
    if kept is None:
        return False
    assert bytes(kept.data) == brought.data, "the file is not as it came"
    assert kept.text == read(brought.data, name=brought.name), "the text is not that of the file"
    assert kept.state == ImportState.OPEN
    return True


def check_stored(brought: Brought, *, imported: bool = True) -> bool:
    """Whether the issue is stored; fails if a part of it is, or if its import says otherwise."""
    issue = brought.issue()
    if imported:
        kept = brought.kept()
        assert kept is not None, "the import is gone"
        stored = kept.state == ImportState.STORED
        assert stored == (issue is not None), "the import and the records say different things"
        assert kept.issue == issue
    if issue is None:
        return False
    _check_whole(brought, issue)
    return True


def check_published(brought: Brought) -> bool:
    """Whether the issue is public; fails if some of its records are and others are not."""
    issue = brought.issue()
    assert issue is not None, "the issue is gone"
    _check_whole(brought, issue)
    records = [*issue.policies.all(), *issue.events.all()]
    states = {record.state for record in records}
    assert len(states) == 1, f"some are published, some are not: {states}"
    public = states == {State.PUBLISHED}
    for record in records:
        versions = PublicVersion.objects.filter(kind=record._meta.model_name, record_id=record.pk)
        assert versions.exists() == public, "the public version is not as the record"
        assert record.history.filter(state=State.PUBLISHED).exists() == public
    return public


def check_search() -> None:
    """Fail if the index is not as the public records make it."""
    found = list(faults(lambda *_: None))
    assert not found, found[:5]


def settle() -> None:
    """Wait until the database has let go of what the killed server held."""
    connection.close()
    if connection.vendor != "postgresql":
        return
    others = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the database still works for the killed server")


def _check_whole(brought: Brought, issue: NewsletterIssue) -> None:
    items = brought.parsed.items
    events = sum(item.section == CORPORATE_NEWS for item in items)
    assert issue.events.count() == events
    assert issue.policies.count() == len(items) - events
    assert issue.source_text == read(brought.data, name=brought.name)
    policies = list(issue.policies.prefetch_related("issuers", "targets", "sources"))
    assert all(policy.issuers.all() for policy in policies), "a policy has no issuer"
    assert all(policy.history.exists() for policy in policies), "a policy has no history"
    tops = [policy for policy in policies if policy.section == "top"]
    assert all(policy.sources.all() or policy.official_url for policy in tops)
    assert Target.objects.filter(policy__in=tops).count() >= len(tops)
