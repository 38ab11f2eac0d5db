"""Proposals of sectors, places, companies and kinds, and which of them an editor takes.

A new record takes them unless an editor unticks them. What is empty on a record that is
there already was left or made empty by somebody: it stays so unless an editor ticks it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from policies.models import Company, CorporateEvent, Policy, Region, Sector
from policies.proposals import Proposals
from policies.vocabulary import EventKind

from .outcomes import Outcome

SETS: dict[str, tuple[str, type[Sector] | type[Region] | type[Company]]] = {
    "sectors": ("Sectors", Sector),
    "regions": ("Places", Region),
    "companies": ("Companies", Company),
}
WORDS = {"instrument": "Instrument", "level": "Level", "kind": "Kind"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One proposed value with the words of the text that led to it.

    `standard` is whether it is taken where nobody says otherwise.
    """

    field: str
    label: str
    value: str
    name: str
    because: str
    is_new: bool
    standard: bool
    ticked: bool

    @property
    def id(self) -> str:
        """What the offer is called in decisions."""
        return f"{self.field}:{self.value or self.name}"


def offers_for(outcome: Outcome, proposals: Proposals) -> tuple[Offer, ...]:
    """What is proposed for the fields that are still empty on the item's record."""
    found = []
    for field, label, proposal in _all(outcome, proposals):
        is_new = not proposal.slug
        standard = outcome.record is None and not is_new
        value, name, because = proposal.slug, proposal.name, proposal.because
        offer = Offer(field, label, value, name, because, is_new, standard, standard)
        ticked = outcome.choices.ticks.get(offer.id, standard)
        found.append(replace(offer, ticked=ticked))
    return tuple(found)


def _all(outcome: Outcome, proposals: Proposals) -> Iterable[tuple[str, str, Any]]:
    record = outcome.record
    for name, (label, _) in SETS.items():
        if name == "companies" and not outcome.is_event:
            continue
        if record is None or not getattr(record, name).all():
            for proposal in getattr(proposals, name):
                yield name, label, proposal
    single = {"kind": proposals.event_kind} if outcome.is_event else {
        "instrument": proposals.instrument,
        "level": proposals.level,
    }  # fmt: skip
    for name, proposal in single.items():
        empty = record is None or getattr(record, name) in ("", EventKind.OTHER)
        if proposal is not None and empty:
            yield name, WORDS[name], proposal


def words_taken(offers: Iterable[Offer]) -> dict[str, str]:
    """The values of single fields that are taken."""
    return {o.field: o.value for o in offers if o.ticked and o.field in WORDS}


def write_sets(record: Policy | CorporateEvent, offers: Iterable[Offer]) -> bool:
    """Add the sectors, places and companies that are taken; a new company is created.

    Gives whether there were any.
    """
    taken = [offer for offer in offers if offer.ticked and offer.field in SETS]
    for name, (_, model) in SETS.items():
        own = [offer for offer in taken if offer.field == name]
        if not own:
            continue
        chosen: list[Any] = list(
            model._default_manager.filter(slug__in=[o.value for o in own if o.value])
        )
        chosen += [_company(offer.name) for offer in own if offer.is_new]
        getattr(record, name).add(*chosen)
    return bool(taken)


def _company(name: str) -> Company:
    found = Company.objects.filter(name_en__iexact=name).first()
    return found or Company.objects.create(name_en=name)
