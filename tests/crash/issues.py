"""Invented issues, no two alike, as files that an editor brings in."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from policies.readers.words import words
from tests.readers.builders import as_docx, as_html

NOUNS = words(
    "harbours lathes turbines orchards batteries looms cranes sensors kilns tunnels ferries",
    "greenhouses furnaces telescopes reservoirs bridges mills tramways wharves observatories",
)
DEEDS = words("repair extend inspect insure lease measure mend open paint price survey test")
BODIES = ("MIIT", "MOF", "NDRC", "MOT")
TOP, NEWS, EVENTS = 6, 5, 3


def text_of(number: int) -> str:
    """The text of the issue of this number."""
    chance = Random(number)
    day = date(2031, 1, 6) + timedelta(days=7 * number)
    parts = [f"{day:%B} {day.day}, {day.year} (REPORTING PERIOD: {day:%B} 1 - {day:%B} 28)".upper()]
    parts += ["HARBOUR", f"HARBOUR TOP {TOP}"]
    for place in range(1, TOP + 1):
        parts += _top(chance, place, day)
    parts += ["NOTEWORTHY", "Policy news"]
    for _ in range(NEWS):
        parts.append(
            f"- *{day:%B} 3:* The {chance.choice(BODIES)} issued a list of {_words(chance)} "
            f"([MOT notice](https://example.org/{day}/n))"
        )
    parts.append("Corporate news")
    for _ in range(EVENTS):
        name = f"{_words(chance).title().replace(' ', '')} Works"
        parts.append(f"- *{day:%B} 4:* {name} opened a plant for {_words(chance)} ([Report](#))")
    return "\n\n".join(parts) + "\n"


def file_of(number: int) -> tuple[bytes, str]:
    """The issue of this number as a file, and its name."""
    text = text_of(number)
    if number % 3 == 0:
        return as_docx(text), f"issue-{number}.docx"
    if number % 3 == 1:
        return as_html(text), f"issue-{number}.html"
    return text.encode(), f"issue-{number}.txt"


def _top(chance: Random, place: int, day: date) -> list[str]:
    title = _words(chance)
    chinese = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(9))
    return [
        f"{place}. {title.capitalize()}: A plan for {_words(chance)}",
        f"At a glance: The {chance.choice(BODIES)} issued a plan to {_words(chance)}. "
        "Targets for 2034 are:",
        f"- Raise output of {_words(chance)} by over {chance.randrange(2, 90)} percent\n"
        f"- Spend CNY {chance.randrange(2, 900)} million on {_words(chance)}",
        f"HARBOUR comment: Nobody says who will {_words(chance)}.",
        f"Article: Plan to {title} ({chinese}) ([Link](https://example.org/{day}/{place}))",
        f"Issuing bodies: {', '.join(chance.sample(BODIES, 2))}",
        f"Date: {day:%B} 2, {day.year}",
    ]


def _words(chance: Random) -> str:
    first, second = chance.sample(sorted(NOUNS), 2)
    return f"{chance.choice(sorted(DEEDS))} {first} and {second} {chance.randrange(10_000)}"
