"""The people who made the issue: names and printed job titles below their headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from .document import Leftover, Person
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
LIST = re.compile(r", (?:and )?|; | and | & |、")
LONGEST_NAME, LONGEST_ROLE = 80, 300
INLINE = re.compile(r"(?:, | \| | [–—-] | ?\()")


def read_people(
    groups: Sequence[tuple[str, Sequence[Piece]]],
) -> tuple[list[Person], list[tuple[int, str]], list[Leftover]]:
    """The people under each heading, where each line went, and the lines that fit nobody.

    The role is the printed job title, its lines joined; without one it is the
    heading in the singular ("Author").
    """
    people: list[Person] = []
    placements: list[tuple[int, str]] = []
    leftovers: list[Leftover] = []
    employer = _employer([piece.text for _, pieces in groups for piece in pieces])
    for heading, pieces in groups:
        default = undecorated(heading).rstrip(":： ").capitalize().removesuffix("s")
        first = len(people)
        for piece in pieces:
            text = unlinked(undecorated(after_bullet(piece.text) or piece.text))
            found = people_on(text)
            begun = len(people)
            if found:
                people += found
            elif len(people) == first and len(text) <= LONGEST_NAME:
                people.append(Person(text, ""))
            elif len(people) > first and len(people[-1].role) + len(text) <= LONGEST_ROLE:
                begun -= 1
                role, name = _torn_from_next(text, employer)
                people[-1] = Person(people[-1].name, join(people[-1].role, role))
                people += [Person(name, "")] if name else []
            else:
                leftovers.append(Leftover(piece.line, piece.text))
                continue
            placements.append((piece.line, f"people[{begun}]"))
        people[first:] = [Person(one.name, one.role or default) for one in people[first:]]
    return people, placements, leftovers


def people_on(text: str) -> list[Person]:
    """The people whose names the line begins with: several of a list, or one with a role."""
    names = [name.strip() for name in LIST.split(text)]
    if all(is_name(name) for name in names):
        return [Person(name, "") for name in names]
    name, role = split_name(text)
    return [Person(name, role)] if is_name(name) else []


def _employer(texts: Sequence[str]) -> str:
    """What stands behind the comma of more than one role ("Analyst, HARBOUR"), or ""."""
    tails = Counter(text.rpartition(", ")[2] for text in texts if ", " in text)
    employer, times = next(iter(tails.most_common(1)), ("", 0))
    return employer if times > 1 else ""


def _torn_from_next(text: str, employer: str) -> tuple[str, str]:
    """A role, and the next person's name where the end of a page ran it into the role."""
    role, comma, name = text.partition(f", {employer} ")
    return (f"{role}, {employer}", name) if employer and comma and is_name(name) else (text, "")


def split_name(text: str) -> tuple[str, str]:
    """A name and the role on the same line ("Ann Lee, Analyst"), the role "" without one."""
    match = INLINE.search(text)
    if match and is_name(text[: match.start()]):
        role = text[match.end() :].strip()
        return text[: match.start()], role.removesuffix(")") if "(" in match[0] else role
    return text, ""


def is_name(text: str) -> bool:
    """Whether `text` reads as a person's name and not as a job."""
    if len(text) > LONGEST_NAME or not NAME.fullmatch(text) or JOBS.search(text):
        return False
    return all(not word[0].islower() or word in PARTICLES for word in text.split())
