"""What others save while two records become one stays saved."""

from tests.elsewhere import TOLD

# The merge stops where it is about to save the first policy, and lets the publisher go on.
RACE = """
import json
from threading import Event, Thread
from django.db.models.signals import pre_save
from policies import merging, publishing
from policies.models import Company, CorporateEvent, IssuingBody, Policy, Sector

def race(kept, gone, *records):
    stopped = Event()
    last = records[-1]
    publish = Thread(target=told, args=[publishing.publish, last], kwargs={"by": None})

    def stop(sender, instance, **given):
        reason = getattr(instance, "_change_reason", None) or ""
        if reason.startswith("Merged") and not stopped.is_set():
            stopped.set()
            publish.start()
            publish.join(1.5)

    pre_save.connect(stop, sender=type(last))
    merge = Thread(target=told, args=[merging.merge, kept, gone], kwargs={"by": None})
    merge.start()
    merge.join(60)
    publish.join(60)
    pre_save.disconnect(stop, sender=type(last))
    last.refresh_from_db()
    return last.state

sectors = [Sector.objects.create(name_en=name) for name in ("Steel", "Iron")]
companies = [Company.objects.create(name_en=name) for name in ("Acme", "Acme Ltd")]
plans = [Policy.objects.create(headline=f"Plan {number}") for number in range(3)]
for plan in plans:
    plan.sectors.add(sectors[1])
news = [CorporateEvent.objects.create(text=f"News {number}") for number in range(3)]
for event in news:
    event.companies.add(companies[1])
states = [race(*sectors, *plans), race(*companies, *news)]
print(json.dumps([states, ends]))
"""


def test_what_is_published_while_sectors_or_companies_are_merged_stays_public(elsewhere):
    states, ends = elsewhere.told(TOLD + RACE)
    assert ends == ["done"] * 4
    assert states == ["published", "published"]
