"""Writers take records first and the state of the index last: none waits for another in a ring."""

import pytest
from django.db.models.signals import post_save

from policies.models import NewsletterIssue, Policy, SearchChange
from policies.search.indexing import batch
from policies.search.kinds import NAMES_ALONE
from tests.elsewhere import TOLD

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue():
    return NewsletterIssue.objects.create(title="News", publisher="Us", published_on="2031-06-05")


def renames():
    return SearchChange.objects.filter(kind=NAMES_ALONE).count()


def test_that_an_issue_has_another_name_is_logged_with_it(issue):
    before = renames()
    issue.title = "Newer"
    issue.save()
    assert renames() == before + 1


def test_in_a_batch_it_is_logged_once_at_the_end(issue):
    before, seen = renames(), []

    def look(**given):
        seen.append(renames())

    post_save.connect(look, sender=Policy)
    try:
        with batch():
            for title in ("Newer", "Newest"):
                issue.title = title
                issue.save()
            Policy.objects.create(headline="A plan", issue=issue)
    finally:
        post_save.disconnect(look, sender=Policy)
    assert (seen, renames()) == ([before], before + 1)


# The import stops when the issue is saved, and lets the publisher of one of its records go on.
RACE = """
import json
from threading import Thread
from django.db.models.signals import post_save
from policies import publishing
from policies.imports import begin, finish
from policies.models import NewsletterIssue, Policy
from tests.readers.samples import NEWSLETTER

first, _ = begin(NEWSLETTER.encode(), name="first.txt")
finish(first.pk, revision=first.revision, by=None)
policy = Policy.objects.get(section="top", position=2)
corrected = NEWSLETTER.replace("it was overdue", "nobody had asked")
second, _ = begin(corrected.encode(), name="second.txt")
publish = Thread(target=told, args=[publishing.publish, policy], kwargs={"by": None})

def stop(**given):
    if publish.ident is None:
        publish.start()
        publish.join(2)

post_save.connect(stop, sender=NewsletterIssue)
store = Thread(target=told, args=[finish, second.pk],
               kwargs={"revision": second.revision, "by": None})
store.start()
store.join(60)
publish.join(60)
policy.refresh_from_db()
print(json.dumps([ends, "nobody had asked" in policy.comment, policy.is_public]))
"""


def test_a_corrected_file_is_stored_while_a_record_of_its_issue_is_published(elsewhere):
    ends, is_corrected, is_public = elsewhere.told(TOLD + RACE)
    assert ends == ["done", "done"]
    assert is_corrected
    assert is_public
