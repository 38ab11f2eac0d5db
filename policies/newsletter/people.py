"""The people who made the issue: names and printed job titles below their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document import Person
from .drafts import Piece
from .lines import join
from .links import unlinked
from .marks import after_bullet, undecorated

JOBS = re.compile(
    r"\b(?:analyst|director|editor|author|head|chief|fellow|researcher|research|manager|lead|senior"
    r"|junior|associate|assistant|officer|program(?:me)?|communications|publications|president"
    r"|expert|economist|professor|coordinator|intern|consultant|team|institute|department|policy)\b",
    re.IGNORECASE,
)
NAME = re.compile(r"(?:[^\W\d_][\w.'’-]{0,30} ){1,4}[^\W\d_][\w.'’-]{0,30}|[\u3400-\u9fff·]{2,8}")
PARTICLES = {"van", "von", "de", "der", "den", "bin", "da", "di", "la", "le", "al", "el", "zu"}
INLINE = re.compile(r"(?:, | \| | [–—-] | ?\()")


def read_people(
    groups: Sequence[tuple[str, Sequence[Piece]]],
) -> tuple[list[Person], list[tuple[int, str]]]:
    """The people under each heading, and where each line went.

    The role is the printed job title, its lines joined; without one it is the
    heading in the singular ("Author").
    """
    people: list[Person] = []
    placements: list[tuple[int, str]] = []
    for heading, pieces in groups:
        default = undecorated(heading).rstrip(":： ").capitalize().removesuffix("s")
        first = len(people)
        for piece in pieces:
            text = undecorated(after_bullet(piece.text) or piece.text)
            name, role = split_name(unlinked(text))
            if is_name(name) or len(people) == first:
                people.append(Person(name, role))
            else:
                last = people[-1]
                people[-1] = Person(last.name, join(last.role, unlinked(text)))
            placements.append((piece.line, f"people[{len(people) - 1}]"))
        people[first:] = [Person(one.name, one.role or default) for one in people[first:]]
    return people, placements


def split_name(text: str) -> tuple[str, str]:
    """A name and the role on the same line ("Ann Lee, Analyst"), the role "" without one."""
    match = INLINE.search(text)
    if match and is_name(text[: match.start()]):
        role = text[match.end() :].strip()
        return text[: match.start()], role.removesuffix(")") if "(" in match[0] else role
    return text, ""


def is_name(text: str) -> bool:
    """Whether `text` reads as a person's name and not as a job."""
    if len(text) > 80 or not NAME.fullmatch(text) or JOBS.search(text):
        return False
    return all(not word[0].islower() or word in PARTICLES for word in text.split())
