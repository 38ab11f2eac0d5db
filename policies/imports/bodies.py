"""Which body a printed name means: what the registry knows, what was decided, what is likely."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from rapidfuzz import fuzz, process

from policies.languages import HAN
from policies.models import BodyAlias, IssuingBody
from policies.models.names import name_key
from policies.registry import BodyRegistry
from policies.vocabulary import AliasLanguage

from .choices import ALIAS, CREATE, LINK

LIKELY = 3
LEAST_LIKENESS = 45
# How likely a body is that a longer name names: “CASS's Research Group”, 工信部政策司.
NAMED_WITHIN = 85


@dataclass(frozen=True, slots=True)
class Likely:
    """A registered body that a printed name may mean."""

    key: int
    name: str
    short_name: str


class Naming:
    """The registry with the decisions of an import."""

    def __init__(self, registry: BodyRegistry, decided: dict[str, dict[str, Any]]) -> None:
        self.registry, self.decided = registry, decided
        self._names: dict[str, int] = {}
        self.bodies = {body.pk: body for body in self.registry.bodies}
        for body in self.bodies.values():
            for name in (body.name_en, body.name_zh, body.abbreviation, body.short_name_zh):
                if name:
                    self._names.setdefault(name_key(name), body.pk)
        for key, body_key in self.registry.aliases:
            self._names.setdefault(key, body_key)

    def name_of(self, printed: str) -> str:
        """The name of the body that `printed` means; empty where nobody knows."""
        decision = self.decided.get(printed)
        if decision and decision["do"] == CREATE:
            return f"{decision['name_en']} (new)"
        body = self.body_of(printed)
        return body.name_en if body else ""

    def body_of(self, printed: str) -> IssuingBody | None:
        """The registered body that `printed` means by the registry or by a decision."""
        known = self.registry.resolve(printed)
        decision = self.decided.get(printed)
        if known is None and decision and decision["do"] in (LINK, ALIAS):
            return self.bodies.get(decision["body"])
        return known

    def is_answered(self, printed: str) -> bool:
        """Whether it was decided what to do with a name that the registry does not know."""
        decision = self.decided.get(printed)
        return decision is not None and decision.get("body") in (None, *self.bodies)

    def likely(self, printed: str) -> list[Likely]:
        """The registered bodies whose names are most like `printed`, the likeliest first."""
        key = name_key(printed)
        scores: dict[int, float] = defaultdict(float)
        found = process.extract(
            key, self._names.keys(), scorer=_likeness, limit=30, score_cutoff=LEAST_LIKENESS
        )
        for name, score, _ in found:
            body = self._names[name]
            scores[body] = max(scores[body], score)
        best = sorted(scores, key=lambda body: (-scores[body], body))[:LIKELY]
        return [Likely(b, self.bodies[b].name_en, self.bodies[b].short_name) for b in best]


def _likeness(printed: str, name: str, **options: Any) -> float:
    """How alike two names are, from 0 to 100; words in another order count little."""
    whole = fuzz.ratio(printed, name)
    words = fuzz.token_sort_ratio(printed, name)
    part = fuzz.token_set_ratio(printed, name) * 0.9 if len(name) > 5 < len(printed) else 0
    within = NAMED_WITHIN if _stands_in(printed, name) else 0
    return max(whole, words, part, within)


def _stands_in(printed: str, name: str) -> bool:
    if HAN.search(name):
        return len(name) > 1 and name in printed
    # Keys of names have no apostrophes.
    return not {name, f"{name}s"}.isdisjoint(re.findall(r"\w+", printed))


def checked_new_body(name_en: str, name_zh: str, kind: str) -> dict[str, str]:
    """The decision to create a body; raises ValidationError for what cannot be one."""
    decision = {"do": CREATE, "name_en": name_en.strip(), "name_zh": name_zh.strip(), "kind": kind}
    body = IssuingBody(name_en=decision["name_en"], name_zh=decision["name_zh"], kind=kind)
    body.clean_fields(exclude=["slug", "parent"])
    return decision


def settle_bodies(decided: dict[str, dict[str, Any]]) -> dict[str, IssuingBody]:
    """Create the bodies and names that were decided; give the body of each printed name."""
    registry = BodyRegistry()
    settled: dict[str, IssuingBody] = {}
    for printed, decision in decided.items():
        known = registry.resolve(printed)
        if known is not None:
            continue
        body: IssuingBody | None
        if decision["do"] == CREATE:
            body = _created(decision, settled)
        elif decision["do"] in (LINK, ALIAS):
            body = IssuingBody.objects.filter(pk=decision["body"]).first()
        else:
            continue
        if body is None:
            continue
        settled[printed] = body
        if decision["do"] == ALIAS or (decision["do"] == CREATE and printed != body.name_en):
            _named(body, printed)
    return settled


def _created(decision: dict[str, Any], settled: dict[str, IssuingBody]) -> IssuingBody:
    for body in settled.values():
        if name_key(body.name_en) == name_key(decision["name_en"]):
            return body
    values = {name: decision[name] for name in ("name_en", "name_zh", "kind")}
    body = IssuingBody(**values)
    body.full_clean(exclude=["slug"])
    body.save()
    return body


def _named(body: IssuingBody, printed: str) -> None:
    """Give `body` the name `printed`, unless somebody has it."""
    chinese = HAN.search(printed) is not None
    language = AliasLanguage.CHINESE if chinese else AliasLanguage.ENGLISH
    alias = BodyAlias(body=body, name=printed, language=language, note="From an import")
    try:
        alias.full_clean(exclude=["key"])
    except ValidationError:
        return
    alias.save()
