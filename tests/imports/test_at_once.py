"""An import is stored while somebody publishes a record that it updates: neither is lost."""

RACE = """
import json
from threading import Barrier, Thread
from time import sleep
from django.db import connection
from policies import publishing
from policies.imports import begin, finish
from policies.models import Policy
from tests.readers.samples import NEWSLETTER

rounds = []
for number in range(10):
    policy = Policy.objects.create(title_zh="内河航运静音电机推广方案（2031—2034年）")
    text = NEWSLETTER.replace("JUNE 5", f"JUNE {number + 5}", 1)
    kept = begin(text.encode(), name="issue.txt")[0]
    kept.choices = {"items": {"top-1": {"twins": {str(policy.pk): "merge"}}}}
    kept.save()
    start = Barrier(2)

    def store():
        start.wait(20)
        finish(kept.pk, revision=kept.revision, by=None)
        connection.close()

    def publish():
        start.wait(20)
        # At another moment of storing in each round.
        sleep(number * 0.05)
        publishing.publish(Policy.objects.get(pk=policy.pk), by=None)
        connection.close()

    threads = [Thread(target=store), Thread(target=publish)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    policy.refresh_from_db()
    rounds.append([policy.is_public, policy.targets.count()])
    # The next round's items are like no record.
    Policy.objects.all().delete()
print(json.dumps(rounds))
"""


def test_what_is_published_while_an_import_is_stored_is_published_and_completed(elsewhere):
    assert elsewhere.told(RACE) == [[True, 5]] * 10
