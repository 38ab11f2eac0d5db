"""The sheet of targets: each belongs to a policy, whose state is its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from policies.models import Target

from .columns import Choice, Day, Link, Number, Period, Text, Told
from .policysheet import DATE, folded
from .related import OfPolicy
from .resources import SheetResource

TWIN = "policy, text, figure and date"


class TargetSheet(SheetResource):
    """Targets with their figures and what became of them."""

    model = Target
    related = ("policy",)

    slug = Text(
        Target, "slug", width=30, example="2024-04-02-notice-on-lathes-target-1",
        tells="Which target it is. Leave it empty for a new one; it is never changed by a sheet.",
    )  # fmt: skip
    policy = OfPolicy(
        "policy", width=30, example="2024-04-02-notice-on-lathes",
        tells="The slug of its policy. A target stays with its policy.",
    )  # fmt: skip
    position = Number(
        Target, "position", also=("bullet",), example="1", tells="Which bullet, from 1."
    )
    heading = Text(
        Target,
        "heading",
        width=28,
        example="Targets for 2026 are:",
        tells="The words that lead in.",
    )
    text = Text(
        Target, "text", width=50, example="Raise output by over 25 percent compared to 2023",
        tells="The bullet as printed. Needed.",
    )  # fmt: skip
    metric = Text(Target, "metric", width=24, example="output", tells="What is measured.")
    comparator = Choice(
        Target, "comparator", width=22, example="increase by at least",
        tells="How the figure compares, or empty where there is no figure.",
    )  # fmt: skip
    value = Number(
        Target, "value", also=("figure",), example="25", tells="A plain number, without commas."
    )
    unit = Text(Target, "unit", example="percent", tells="What the figure counts.")
    baseline_year = Number(Target, "baseline_year", example="2023", tells="The year compared with.")
    baseline_value = Number(
        Target, "baseline_value", example="1200.5", tells="What it was then, in the same unit."
    )
    due = Period("due", also=("due on",), example="2027", tells=f"By when: {DATE}")
    status = Choice(Target, "status", example="open", tells="What became of it; empty is open.")
    evidence_url = Link(
        Target, "evidence_url", width=30, also=("evidence",), example="https://www.example.cn/1",
        tells="Where the status can be checked. Public.",
    )  # fmt: skip
    status_note = Text(
        Target, "status_note", width=30, example="Reached two years early", tells="Why. Public."
    )
    status_checked_on = Day(
        Target, "status_checked_on", example="2026-11-25", tells="The day somebody last looked."
    )
    state = Told(
        "state", lambda target: target.policy.state, tells="Only told: the state of its policy."
    )

    def read_ahead(self, dataset: Any) -> None:
        if "policy" in dataset.headers:
            self.known.read_policies(dataset["policy"])

    def breaches(self, record: Any, row: Any) -> Iterable[tuple[str, str]]:
        changed = {name: old for name, old, _ in record.__dict__["changes"]}
        if record.pk and "policy" in changed:
            yield (
                "policy",
                f"A target stays with its policy: this one belongs to “{changed['policy']}”.",
            )
        if not record.policy_id:
            yield "policy", "It is needed: the address (slug) of the target’s policy."
        if not record.text:
            yield "text", "It is needed: the bullet as printed."
        if record.value is None and (record.comparator or record.unit):
            yield "value", "A comparator or unit needs a figure: give one, or empty the other two."

    def state_of(self, record: Any) -> str:
        return record.policy.state if record.policy_id else ""

    def twin_keys(self, record: Any) -> Iterable[tuple[str, str]]:
        value = None if record.value is None else f"{record.value.normalize():f}"
        return [(TWIN, repr((record.policy_id, folded(record.text), value, str(record.due))))]

    def twins(self, keys: set[tuple[str, str]]) -> dict[tuple[str, str], Any]:
        policies = self.known.policies_read
        here: dict[tuple[str, str], Any] = {}
        for target in Target.objects.filter(policy__in=policies) if keys else ():
            for key in self.twin_keys(target):
                here.setdefault(key, target)
        return here
