"""Small worlds of records that are tied to each other in every way the models allow."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from policies import publishing
from policies.models import (
    Amount,
    BodyAlias,
    BodySuccession,
    Company,
    CorporateEvent,
    DeclinedFollowUp,
    IssuingBody,
    NewsletterIssue,
    Policy,
    PolicyIssuer,
    PolicyRelation,
    Provision,
    Region,
    Sector,
    SourceLink,
    Target,
    Term,
)
from policies.models.names import name_key
from policies.search.indexing import batch
from policies.vocabulary import Instrument, LegalStatus, RelationKind, Section

WORDS = ["", "lathe", "tram", "算力", "工信部", "plan", "chips", "Ministry of Trams", "数据中心"]
TEXTS = ["Raise output", "Train turners", "建成算力中心", "Lay more rails"]
DAYS = [None, date(2024, 4, 26), date(2024, 12, 31)]


class World:
    """Everything in it is drawn from one source of chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        with batch():
            self._registry()
            self._records()
            self._ties()
            for record in [*self.policies, *self.events]:
                self._move(record)

    def _registry(self) -> None:
        self.regions = [Region.objects.create(name_en=f"Place {n}", kind="city") for n in range(3)]
        self.bodies = [
            IssuingBody.objects.create(
                name_en=f"Body {n}", abbreviation=self.word(), name_zh=self.word(), kind="former",
                note=self.word(), active_from=self.pick([None, 1950, 1990]),
            ) for n in range(4)
        ]  # fmt: skip
        self.sectors = [
            Sector.objects.create(
                name_en=f"Sector {n}", name_zh=self.word(), aliases=self.some(["Trams", "算力"]),
                definition=self.word(),
            ) for n in range(4)
        ]  # fmt: skip
        for tree in (self.bodies, self.sectors):
            for above, below in self.pairs(tree):
                below.parent = above if tree.index(above) < tree.index(below) else None
                below.save()
        self.companies = [
            Company.objects.create(name_en=f"Yard {n}", name_zh=self.word(), note=self.word())
            for n in range(3)
        ]
        for number, sector in enumerate(self.some(self.sectors * 2)):
            Term.objects.create(
                term_en=f"Term {number}", term_zh="词", definition="d", sector=sector
            )
        for number, body in enumerate(self.some(self.bodies * 2)):
            name = self.pick(["Ministry of Trams", f"Name {number}", "工信部", "Body 1"])
            if not BodyAlias.objects.filter(key=name_key(name)).exists():
                body.aliases.create(name=name, language="en")
        for one, other in self.pairs(self.bodies):
            BodySuccession.objects.get_or_create(
                predecessor=one, successor=other, defaults={"year": self.pick([None, 2008, 2018])}
            )

    def _records(self) -> None:
        self.issues = [
            NewsletterIssue.objects.create(
                title="News", publisher="Us", published_on=date(2024, n, 8)
            )
            for n in (1, 2)
        ]
        self.policies = [
            Policy.objects.create(
                headline=f"Plan {n}", title_zh=self.word(), summary=self.word(), note=self.word(),
                comment=self.word(), issue=self.pick([None, *self.issues]), position=n,
                section=self.pick(Section), first_line=self.pick([None, n + 1]),
                announced_on=self.pick(DAYS), document_on=self.pick(DAYS),
                document_precision=self.pick(["day", "year"]),
                instrument=self.pick(["", *Instrument]), legal_status=self.pick(LegalStatus),
                imported=self.pick([{}, {"headline": f"Plan {n}"}]),
            ) for n in range(4)
        ]  # fmt: skip
        self.events = [
            CorporateEvent.objects.create(
                text=f"Yard {n} laid a keel.", headline=self.word(), position=n, note=self.word(),
                issue=self.pick([None, *self.issues]), happened_on=self.pick(DAYS),
            ) for n in range(3)
        ]  # fmt: skip
        for record in self.some([*self.policies, *self.events, *self.bodies, *self.companies]):
            record.slug = f"renamed-{record.pk}"
            record.save()

    def _ties(self) -> None:
        for policy in self.policies:
            policy.sectors.set(self.some(self.sectors))
            policy.regions.set(self.some(self.regions))
            self._issuers(policy)
            self._points(policy)
        for event in self.events:
            event.companies.set(self.some(self.companies))
            event.sectors.set(self.some(self.sectors))
            event.regions.set(self.some(self.regions))
            event.answers.set(self.some(self.policies))
        for owner in [*self.policies, *self.events]:
            name = "policy" if isinstance(owner, Policy) else "event"
            for position, label in enumerate(self.some(["Daily", "日报", "Site"]), 1):
                SourceLink.objects.create(**{name: owner}, label=label, position=position)
            for position, value in enumerate(self.some([100, 250]), 1):
                Amount.objects.create(
                    **{name: owner}, value=value, currency="CNY", position=position
                )
        for one, other in self.pairs(self.policies):
            PolicyRelation.objects.get_or_create(
                policy=one, other=other, kind=self.pick(RelationKind),
                defaults={"note": self.word()},
            )  # fmt: skip
        for one, other in self.pairs(self.policies):
            DeclinedFollowUp.objects.get_or_create(policy=one, earlier=other)

    def _issuers(self, policy: Policy) -> None:
        bodies = [*self.some(self.bodies), *self.some([None])]
        lead = self.pick([None, 1, 2])
        for position, body in enumerate(bodies, 1):
            PolicyIssuer.objects.create(
                policy=policy, body=body, position=position, is_lead=position == lead,
                printed=self.word() if body else "Office of Rails",
            )  # fmt: skip

    def _points(self, policy: Policy) -> None:
        for position, text in enumerate(self.some(TEXTS), 1):
            if self.chance.random() < 0.5:
                Provision.objects.create(policy=policy, text=text, position=position)
            else:
                Target.objects.create(
                    policy=policy, text=text, position=position, due_on=self.pick(DAYS),
                    due_precision="year", value=self.pick([None, "25.5"]),
                )  # fmt: skip

    def _move(self, record: Any) -> None:
        state = self.pick(["in review", "published", "published", "withdrawn"])
        if state != "in review":
            publishing.publish(record, by=None)
        if state == "withdrawn":
            publishing.withdraw(record, by=None, note="Printed twice.")

    def word(self) -> str:
        return self.pick(WORDS)

    def pick(self, choices: Any) -> Any:
        return self.chance.choice(list(choices))

    def some(self, choices: list) -> list:
        return [each for each in choices if self.chance.random() < 0.6]

    def pairs(self, choices: list) -> list[tuple[Any, Any]]:
        """Some pairs of two different ones."""
        found = [(one, other) for one in choices for other in choices if one is not other]
        return [pair for pair in found if self.chance.random() < 0.35]
