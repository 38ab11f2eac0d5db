"""An import of the invented newsletter, and a way to press its buttons without a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from policies.imports import Stage, begin, press
from policies.imports.form import Taken
from policies.models import IssueImport
from tests.readers.samples import NEWSLETTER


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
def kept(seeded) -> IssueImport:
    """The invented newsletter, brought in."""
    return bring_in()
