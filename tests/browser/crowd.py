"""Records in crowds: many bodies that issue together, many targets with many words.

Told to a site of its own by `manage.py shell`; the seeded site stays as other tests know it.
"""

CROWD = """
from datetime import date
from policies.models import IssuingBody, Policy, TargetLink
from policies.search.indexing import batch

LONG = "Raise the part of digitally controlled precision lathes in the workshops of suppliers"
PLANS, BODIES = 20, 60

def publish(title, bodies, summary=""):
    made = Policy.objects.create(
        title_en=title, summary=summary, state="published", published_at="2024-05-01T00:00Z",
        announced_on=date(2024, 5, 1), announced_precision="day",
    )
    for place, body in enumerate(bodies):
        made.issuers.create(body=body, position=place, is_lead=place == 0)
    return made

with batch():
    bodies = [
        IssuingBody.objects.create(
            slug=f"crowd-{n}", name_en=f"Administration of lathes number {n}",
            name_zh=f"机床管理第{n}局", abbreviation=f"CROWD{n}", kind="ministry",
        )
        for n in range(BODIES)
    ]
    for n in range(2):
        publish(f"Joint notice {n}", bodies, "https://example.org/" + "lathes" * 60)
    for n in range(PLANS):
        plan = publish(f"Plan {n}: {LONG}, of all who buy from them", bodies[n : n + 5])
        for year in (2030, 2031, 2032):
            plan.targets.create(
                text=f"{LONG} of region {n}, {LONG.lower()}", metric=f"{LONG} in region {n}",
                comparator="at least", value=90, unit="percent of the workshops",
                baseline_year=2023, baseline_value=40,
                due_on=date(year, 12, 31), due_precision="year",
            )
        plan.provisions.create(text=f"{LONG}: {LONG.lower()}", kind="measure")
        for day in (1, 2, 3):
            plan.deadlines.create(
                kind="application", closes_on=date(2031, 1, day), closes_precision="day"
            )
    aims = [
        publish(f"{year} plan: {LONG}", bodies[:1]).targets.create(
            slug=f"lathes-{year}", text=f"{LONG} of the country", metric="Digital lathes",
            comparator="at least", value=year - 1960, unit="percent",
            due_on=date(year + 5, 12, 31), due_precision="year",
        )
        for year in (2020, 2021, 2022)
    ]
    for earlier, later in zip(aims, aims[1:]):
        TargetLink.objects.create(earlier=earlier, later=later)
"""
