"""However an issue is laid out, its records are the same."""

from __future__ import annotations

import dataclasses
import re
import textwrap
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from policies.newsletter import parse_issue
from tests.readers.samples import NEWSLETTER

REAL = Path(__file__).parents[2].parent / "shared" / "newsletters" / "2024-05-08.txt"
PLACES = {"lines", "placements", "leftovers", "warnings"}
LABEL = re.compile(r"(?m)^(At a glance|Article|Issuing bod\w+|Date|\w+ comment):")
NOTE_DATE = re.compile(r"\*(\w+ \d+:)\*")
HEADING = re.compile(r"(?m)^(\d\. .*[a-z]|[A-Z ]{7,}|Policy news|Corporate news)$")


def records(text: str) -> Any:
    """What the parser makes of `text`, but for where it stood."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(part) for key, part in value.items() if key not in PLACES}
        return [bare(part) for part in value] if isinstance(value, tuple | list) else value

    return bare(dataclasses.asdict(parse_issue(text)))


def wrapped(width: int, indent: str = "") -> Callable[[str], str]:
    """Lines broken at a width, those of bullets hanging by `indent`."""

    def wrap(text: str) -> str:
        return "\n".join(
            textwrap.fill(
                line,
                width,
                break_long_words=False,
                break_on_hyphens=False,
                subsequent_indent=indent if line.startswith("-") else "",
            )
            if len(line) > width and "....." not in line
            else line
            for line in text.split("\n")
        )

    return wrap


def paged(line: str) -> Callable[[str], str]:
    """A line with a running number between every seven paragraphs, from the first item on."""

    def add(text: str) -> str:
        number = count(1)

        def between(match: re.Match[str]) -> str:
            place = next(number)
            whole = place % 7 == 0 and place > 21
            return f"\n\n{line.format(place // 7)}\n\n" if whole else match[0]

        return re.sub(r"\n\n(?=[A-Z])", between, text)

    return add


def numbered(text: str) -> str:
    number = count(1)
    return re.sub(r"\n- (?!\*)", lambda _: f"\n{next(number) % 9 + 1}) ", text)


def without_contents(text: str) -> str:
    after = text.index("\n\n", text.index("Corporate news"))
    return text[: text.index("CONTENTS")] + text[after:]


LAYOUTS: dict[str, Callable[[str], str]] = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "non-breaking spaces": lambda text: text.replace(" ", "\u00a0"),
    "tabs": lambda text: text.replace(" ", "\t"),
    "space at line ends": lambda text: text.replace("\n", "  \n"),
    "indented": lambda text: "\n".join(f"   {line}" for line in text.split("\n")),
    "soft hyphens": lambda text: re.sub(r"([a-z]{4})([a-z]{4})", "\\1\u00ad\\2", text),
    "zero width": lambda text: text.replace("e", "e\u200b"),
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "no blank lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "wrapped at 50": wrapped(50),
    "wrapped at 72, hanging": wrapped(72, "  "),
    "wrapped at 100": wrapped(100),
    "wrapped at 120, hanging": wrapped(120, "    "),
    "labels in capitals": lambda text: LABEL.sub(lambda match: match[0].upper(), text),
    "labels in small letters": lambda text: LABEL.sub(
        lambda match: match[0] if "comment" in match[0] else match[0].lower(), text
    ),
    "labels in bold": lambda text: LABEL.sub(r"**\1:**", text),
    "labels in bold before the colon": lambda text: LABEL.sub(r"**\1**:", text),
    "full-width colons": lambda text: LABEL.sub(r"\1：", text),
    "values on the next line": lambda text: re.sub(LABEL.pattern + " ", "\\1:\n", text),
    "values in the next paragraph": lambda text: re.sub(LABEL.pattern + " ", "\\1:\n\n", text),
    "full-width brackets": lambda text: text.replace(" ([Link](#))", "（[Link](#)）"),
    "dates in bold": lambda text: NOTE_DATE.sub(r"**\1**", text),
    "dates underscored": lambda text: NOTE_DATE.sub(r"_\1_", text),
    "dates plain": lambda text: NOTE_DATE.sub(r"\1", text),
    "running lines": paged("HARBOUR Monthly | {}"),
    "page numbers": paged("{}"),
    "headings with hashes": lambda text: HEADING.sub(r"## \1", text),
    "no contents": without_contents,
    "bullets •": lambda text: text.replace("\n- ", "\n• "),
    "bullets *": lambda text: text.replace("\n- ", "\n* "),
    "bullets ·": lambda text: text.replace("\n- ", "\n· "),
    "bullets –": lambda text: text.replace("\n- ", "\n– "),
    "bullets numbered": numbered,
    "bullets apart": lambda text: text.replace("\n- ", "\n\n- "),
    "bullets indented": lambda text: text.replace("\n- ", "\n    - "),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_records_do_not_depend_on_the_layout(layout):
    text = LAYOUTS[layout](NEWSLETTER)
    assert text != NEWSLETTER
    assert records(text) == records(NEWSLETTER)


@pytest.mark.skipif(not REAL.exists(), reason=f"the newsletter is not kept at {REAL}")
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_records_of_the_real_issue_do_not_depend_on_the_layout(layout):
    text = REAL.read_text(encoding="utf-8")
    assert records(LAYOUTS[layout](text)) == records(text)
