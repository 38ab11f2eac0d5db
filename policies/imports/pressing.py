"""One press on the review screen: what stands in its form, and the button that was pressed.

What an editor typed, chose or unticked is taken with every press, whichever
button it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from .bodies import checked_new_body
from .cards import Card, Wrong
from .choices import ALIAS, KEEP, LINK, MERGE, UNRESOLVED, short
from .doubts import QUANTITY
from .form import Taken, take_form
from .stage import Stage

PARTS = {"name_en": "English name", "name_zh": "Chinese name", "kind": "Kind"}


def press(stage: Stage, cards: list[Card], form: QueryDict, button: list[Any]) -> Taken:
    """The decisions after a press on `button` in the `form` that showed `cards`.

    A button is a verb of `Press` with its words. One that makes no sense, as of a
    forged form, changes nothing.
    """
    taken = take_form(stage, cards, form)
    verb, *words = [str(part) for part in button] or [""]
    act = VERBS.get(verb)
    if act is not None:
        try:
            act(Press(stage, form, taken), *words)
        except (TypeError, ValueError):
            return taken
    return taken


@dataclass(slots=True)
class Press:
    """The verbs of the buttons."""

    stage: Stage
    form: QueryDict
    taken: Taken

    def link(self, printed: str, key: str, do: str) -> None:
        """Take a registered body, for this import or with the printed name for all."""
        if int(key) in self.stage.naming.bodies and do in (LINK, ALIAS) and self._asks(printed):
            self.taken.choices.bodies[printed] = {"do": do, "body": int(key)}

    def find(self, printed: str, do: str) -> None:
        """Take the registered body whose name was typed."""
        name = f"find-{short(printed)}"
        text = self.form.get(name, "").strip()
        body = self.stage.naming.registry.resolve(text) if text else None
        if body is None:
            why = "No registered body has this name." if text else "Type the name of a body."
            self.taken.wrong[name] = Wrong(text, why)
        else:
            self.link(printed, str(body.pk), do)

    def create(self, printed: str) -> None:
        """Create a body when the import is stored."""
        if not self._asks(printed):
            return
        stem = f"create-{short(printed)}"
        values = [self.form.get(f"{stem}-{part}", "").replace("\0", "") for part in PARTS]
        try:
            self.taken.choices.bodies[printed] = checked_new_body(*values)
        except ValidationError as error:
            words = [f"{PARTS[name]}: {' '.join(why)}" for name, why in error.message_dict.items()]
            self.taken.wrong[stem] = Wrong(values[0], " ".join(words))

    def leave_body(self, printed: str) -> None:
        """Leave a body unresolved: readers see the printed name."""
        if self._asks(printed):
            self.taken.choices.bodies[printed] = {"do": UNRESOLVED}

    def undo_body(self, printed: str) -> None:
        """Ask again what a name means."""
        self.taken.choices.bodies.pop(printed, None)

    def twin(self, key: str, policy: str, what: str) -> None:
        """Merge an item into an earlier policy, or keep both; other words ask again."""
        if int(policy) not in self.stage.twins.get(key, {}):
            return
        twins = self.taken.choices.item(key).twins
        twins.pop(policy, None)
        if what == MERGE:
            for other in [one for one, done in twins.items() if done == MERGE]:
                twins[other] = KEEP
        if what in (MERGE, KEEP):
            twins[policy] = what

    def whose(self, key: str, record: str) -> None:
        """Say that an item is the record of the issue that it was likely to be."""
        likely = self.stage.outcomes[key].likely if key in self.stage.outcomes else None
        if likely is not None and likely.pk == int(record):
            self.taken.choices.item(key).record = record

    def whose_all(self) -> None:
        """Say it of all items whose record is uncertain and of which nothing else was said."""
        for key, shown in self.stage.outcomes.items():
            # What stands in the form of an item goes before.
            if shown.likely is not None and not self.taken.choices.item(key).record:
                self.whose(key, str(shown.likely.pk))

    def settle(self, key: str, name: str) -> None:
        """Let a doubt stay."""
        if any(doubt.id == name for doubt in self.stage.doubts.get(key, [])):
            self._settled(key).append(name)

    def unsettle(self, key: str, name: str) -> None:
        """Ask again; what was typed is kept until something else is."""
        settled = self._settled(key)
        settled[:] = [one for one in settled if one != name]
        if any(doubt.id == name and doubt.answer for doubt in self.stage.doubts.get(key, [])):
            asked = self.taken.choices.item(key).asked
            asked[:] = [*dict.fromkeys([*asked, name])]

    def figure(self, key: str, number: str) -> None:
        """Take the figure in the form, also one that was asked for again and stays as it was."""
        wrong = f"{key}:figure-{int(number)}-value" in self.taken.wrong
        if key in self.stage.outcomes and not wrong:
            self.taken.choices.item(key).ask_no_more(f"{QUANTITY}:{number}")

    def link_address(self, key: str, name: str) -> None:
        """Take the address in the form, also one that was asked for again and stays as it was."""
        doubt = next((one for one in self.stage.doubts.get(key, []) if one.id == name), None)
        if doubt and doubt.link and f"{key}:source-{doubt.link}" not in self.taken.wrong:
            self.taken.choices.item(key).ask_no_more(name)

    def settle_kind(self, kind: str) -> None:
        """Let all doubts of a kind stay."""
        for key, doubts in self.stage.doubts.items():
            for doubt in doubts:
                if doubt.kind == kind and not doubt.settled and not doubt.blocks:
                    self._settled(key).append(doubt.id)

    def settle_lines(self) -> None:
        """Say that no left-over line is missed."""
        lines = [f"line:{row.line}" for row in self.stage.read.leftovers if not row.furniture]
        choices = self.taken.choices
        choices.settled = list(dict.fromkeys([*choices.settled, *lines]))

    def _asks(self, printed: str) -> bool:
        """Whether the screen asks what `printed` means."""
        return printed in self.stage.asked_at

    def _settled(self, key: str) -> list[str]:
        choices = self.taken.choices
        return choices.item(key).settled if key in self.stage.outcomes else choices.settled


VERBS: dict[str, Callable[..., None]] = {
    "link": Press.link,
    "find": Press.find,
    "create": Press.create,
    "leave-body": Press.leave_body,
    "undo-body": Press.undo_body,
    "twin": Press.twin,
    "whose": Press.whose,
    "whose-all": Press.whose_all,
    "settle": Press.settle,
    "unsettle": Press.unsettle,
    "figure": Press.figure,
    "link-address": Press.link_address,
    "settle-kind": Press.settle_kind,
    "settle-lines": Press.settle_lines,
}
