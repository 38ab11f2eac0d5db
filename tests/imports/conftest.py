"""An import of the invented newsletter, and a way to press its buttons without a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from policies import publishing
from policies.imports import Stage, begin, finish, press
from policies.imports.form import Taken
from policies.models import CorporateEvent, IssueImport, Policy
from policies.search.indexing import batch
from tests.readers.samples import NEWSLETTER
from tests.seeded import once, seed


def bring_in(text: str = NEWSLETTER, name: str = "issue.txt") -> IssueImport:
    """The import of a text file."""
    return begin(text.encode(), name=name)[0]


def pressed(kept: IssueImport, *button: Any, **form: Any) -> Taken:
    """Press a button in the form as it stands, with `form` typed into it, and keep the decision."""
    stage = Stage(kept)
    cards = stage.cards(stage.part(1))
    sent = QueryDict(mutable=True)
    sent.setlist("card", [card.key for card in cards])
    for card in cards:
        sent.setlist(f"{card.key}:offer", [offer.id for offer in card.offers if offer.ticked])
    for name, value in form.items():
        if isinstance(value, list):
            sent.setlist(name, value)
        else:
            sent[name] = value
    taken = press(stage, cards, sent, list(button))
    kept.choices = taken.choices.kept()
    kept.revision += 1
    kept.save()
    return taken


def open_doubts(kept: IssueImport, kind: str = "") -> list[str]:
    """The doubts that are left, in words."""
    return [
        doubt.text
        for doubts in Stage(kept).doubts.values()
        for doubt in doubts
        if not doubt.settled and kind in ("", doubt.kind)
    ]


@pytest.fixture
def kept(db) -> IssueImport:
    """The invented newsletter, brought in."""
    return IssueImport.objects.get(pk=once("brought in", _brought_in))


def _brought_in() -> int:
    seed()
    return bring_in().pk


SEEDS = (
    "- *May 4:* The MARA set up a bank of rare seeds in Hainan, open to all breeders who share"
    " their own ([MARA notice](https://example.org/a))\n"
)
HYDRO = (
    "- *May 6:* The NEA asked power grids to pay for pumped hydro by the hour, from next winter"
    " on ([NEA notice](https://example.org/b))\n"
)
SPACE = (
    "- *May 8:* The CAC began a campaign against made-up news on short videos"
    " ([CAC notice](https://example.org/c))\n"
)
POLICY_NEWS = NEWSLETTER[NEWSLETTER.index("- *May 3:*") : NEWSLETTER.index("Corporate news\n\n- ")]


def with_notes(*notes: str) -> str:
    return NEWSLETTER.replace(POLICY_NEWS, "".join(notes) + "\n")


def stored(text: str) -> IssueImport:
    kept = bring_in(text)
    finish(kept.pk, revision=kept.revision, by=None)
    return kept


def policy(start: str) -> Policy:
    return Policy.objects.get(issue__published_on="2031-06-05", summary__startswith=start)


@pytest.fixture
def noted(db) -> IssueImport:
    """An issue with three notes, stored and public."""
    return IssueImport.objects.get(pk=once("noted", _noted))


def _noted() -> int:
    seed()
    kept = stored(with_notes(SEEDS, HYDRO, SPACE))
    with batch():
        for record in [
            *Policy.objects.filter(state="in-review"),
            *CorporateEvent.objects.filter(state="in-review"),
        ]:
            publishing.publish(record, by=None)
    return kept.pk
