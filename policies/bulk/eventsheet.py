"""The sheet of corporate events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policies.models import CorporateEvent

from .columns import Choice, Number, Period, Several, Text, Told, parts
from .policysheet import DATE, folded
from .related import Issue, Policies
from .resources import SheetResource

NAMES = "Slugs, English or Chinese names, parted by “;” or “、”."


class EventSheet(SheetResource):
    """Events with their companies, places, sectors and the policies that they answer."""

    model = CorporateEvent
    related = ("companies", "regions", "sectors", "answers", "issue")

    slug = Text(
        CorporateEvent, "slug", width=30, example="2024-04-12-a-keel-is-laid",
        tells="Which event it is. Leave it empty for a new one; it is never changed by a sheet.",
    )  # fmt: skip
    headline = Text(
        CorporateEvent, "headline", width=36, example="A keel is laid",
        tells="A line of your own; empty, the text’s first words.",
    )  # fmt: skip
    text = Text(
        CorporateEvent, "text", width=60, example="Example Yard lays the keel of a new ship.",
        tells="What happened; Markdown. Needed.",
    )  # fmt: skip
    happened = Period(
        "happened", also=("reported for", "date"), example="2024-04-12",
        tells=f"When it happened or was reported: {DATE}",
    )  # fmt: skip
    kind = Choice(CorporateEvent, "kind", example="launch", tells="Empty is other.")
    companies = Several(
        "companies", "companies", "company", "companies", width=28, example="example-yard",
        tells=f"{NAMES} A company has to be added first.",
    )  # fmt: skip
    regions = Several("regions", "regions", "region", "regions", example="shanghai", tells=NAMES)
    sectors = Several("sectors", "sectors", "sector", "sectors", example="aviation", tells=NAMES)
    answers = Policies(
        "answers", "answers", "policy", "policies", width=30, example="2024-04-02-notice-on-lathes",
        tells="Slugs of the policies that it answers, parted by “;”.",
    )  # fmt: skip
    issue = Issue(
        "issue", example="2024-05-08", tells="The date of the newsletter issue that reported it."
    )
    position = Number(
        CorporateEvent, "position", example="3", tells="Its place in the issue’s corporate news."
    )
    note = Text(CorporateEvent, "note", example="Ask the yard", tells="For editors only.")
    state = Told("state", lambda event: event.state, tells="Only told: a sheet changes no state.")
    published_on = Told(
        "published_on",
        lambda event: event.published_at.date().isoformat() if event.published_at else "",
        tells="Only told: the day of its first publication.",
    )

    def read_ahead(self, dataset: Any) -> None:
        if "answers" in dataset.headers:
            cells = dataset["answers"]
            self.known.read_policies(part.name for cell in cells for part in parts(cell))

    def breaches(self, record: Any, row: Any) -> Iterable[tuple[str, str]]:
        if not record.text:
            yield "text", "It is needed: what happened."

    def twin_keys(self, record: Any) -> Iterable[tuple[str, str]]:
        return [("text", folded(record.text))]

    def twins(self, keys: set[tuple[str, str]]) -> dict[tuple[str, str], Any]:
        here: dict[tuple[str, str], Any] = {}
        events = CorporateEvent.objects.only("pk", "headline", "text").order_by("pk")
        for event in events.iterator() if keys else ():
            for key in self.twin_keys(event):
                if key in keys:
                    here.setdefault(key, event)
        return here
