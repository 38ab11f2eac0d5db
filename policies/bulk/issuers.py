"""The cell of the issuing bodies: names in printed order, resolved as in intake.

Chinese lists part their agencies by spaces or 、, newsletters by commas. A name
that is not registered stays as printed, and is reported with the likeliest
registered bodies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from policies.models import IssuingBody, Policy, PolicyIssuer

from .columns import Column, Part, draft, parts, quoted
from .known import Known

CHINESE = re.compile(r"[\u3400-\u9fff（）()《》·\s]+")
SPACES = re.compile(r"[\s\u3000]+")
COMMAS = re.compile(r"\s*[,，]\s*")
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Issuer:
    """One issuer as a cell names it; without a body it stays as printed."""

    body: IssuingBody | None
    printed: str
    leads: bool

    @property
    def key(self) -> tuple[int | None, str]:
        """What it is, whatever it was called."""
        return (self.body.pk, "") if self.body else (None, self.printed)


class Issuers(Column):
    """Who issued it. The first leads, unless another is marked with *; a lone * says nobody."""

    def read(self, text: str, known: Known) -> list[Issuer]:
        named = [one for part in parts(text) for one in _names(part, known)]
        nobody = ("", True) in named
        named = [(name, star) for name, star in named if name]
        stars = [index for index, (_, star) in enumerate(named) if star]
        if len(stars) > 1:
            raise ValueError("Two bodies are marked with *: only one can lead.")
        too_long = [name for name, _ in named if len(name) > LONGEST_NAME]
        if too_long:
            raise ValueError(f"“{too_long[0][:40]}…” is too long for a name.")
        lead = stars[0] if stars else None if nobody else 0
        found, seen = [], set()
        for index, (name, _) in enumerate(named):
            body = known.body(name)
            if body is not None and body.pk in seen:
                body = None
            seen.add(body.pk if body else None)
            found.append(Issuer(body, name, index == lead))
        return found

    def show(self, value: list[Issuer], known: Known) -> str:
        leads = [index for index, issuer in enumerate(value) if issuer.leads]
        names = [_name(issuer, known) for issuer in value]
        if leads and leads[0]:
            names[leads[0]] += "*"
        return "; ".join([*names, "*"] if value and not leads else names)

    def get(self, record: Policy) -> list[Issuer]:
        if self.attribute in draft(record):
            return draft(record)[self.attribute]
        if not record.pk:
            return []
        return [Issuer(row.body, row.printed, row.is_lead) for row in record.issuers.all()]

    @property
    def stored(self) -> tuple[str, ...]:
        return ()

    def put(self, record: Policy, value: list[Issuer]) -> None:
        """Set the issuers; one that was there already keeps the name that was printed."""
        printed = {issuer.key: issuer.printed for issuer in self.get(record) if issuer.body}
        value = [replace(one, printed=printed.get(one.key, one.printed)) for one in value]
        draft(record)[self.attribute] = value


def notices(value: list[Issuer], known: Known) -> list[str]:
    """What an editor should know of the names in a cell."""
    told = []
    for issuer in value:
        if issuer.body is not None:
            continue
        if known.body(issuer.printed) is not None:
            told.append(
                f"“{issuer.printed}” is a second name of a body in this cell; kept as printed."
            )
            continue
        near = known.bodies.likely(issuer.printed)
        words = " or ".join(f"“{name}”" for name in near)
        told.append(
            f"“{issuer.printed}” is not in the registry and is kept as printed."
            + (f" Perhaps {words}?" if near else "")
        )
    return told


def rows(policy: Policy, value: list[Issuer]) -> list[PolicyIssuer]:
    """The rows to be written for `policy`."""
    return [
        PolicyIssuer(
            policy=policy, body=one.body, printed=one.printed, position=place, is_lead=one.leads
        )
        for place, one in enumerate(value, 1)
    ]


def key_of(row: PolicyIssuer) -> tuple[int, int | None, str]:
    """What tells two issuers apart."""
    return row.policy_id, row.body_id, "" if row.body_id else row.printed


def _name(issuer: Issuer, known: Known) -> str:
    """The shortest name that means this body, and no other."""
    if issuer.body is None:
        name = issuer.printed
        return quoted(name, always=_split(name, False, known) != [(name, False)])
    body = issuer.body
    for name in (body.abbreviation, body.short_name_zh, body.name_en, body.slug):
        found: Any = known.body(name) if name else None
        if (
            found is not None
            and found.pk == body.pk
            and _split(name, False, known) == [(name, False)]
        ):
            return quoted(name)
    return body.slug


def _names(part: Part, known: Known) -> list[tuple[str, bool]]:
    if part.whole:
        return [(part.name, part.marked)]
    return _split(part.name, part.marked, known)


def _split(name: str, star: bool, known: Known) -> list[tuple[str, bool]]:
    """`name` as one or several: parted at spaces and commas where its pieces are names."""
    if not name or known.body(name):
        return [(name, star)]
    joined = SPACES.sub("", name)
    if joined != name and known.body(joined):
        return [(joined, star)]
    for pattern in (COMMAS, SPACES):
        pieces = [piece for piece in pattern.split(name) if piece]
        if len(pieces) > 1 and (
            all(map(CHINESE.fullmatch, pieces)) or all(map(known.body, pieces))
        ):
            deeper = [found for piece in pieces for found in _split(piece, False, known)]
            return [(deeper[0][0], star or deeper[0][1]), *deeper[1:]]
    return [(name, star)]
