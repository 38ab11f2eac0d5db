"""Document numbers (文号) such as 工信部联规〔2024〕53号."""

from __future__ import annotations

import re

NUMBER = re.compile(
    r"(?P<organ>[\u3400-\u9fff]{1,12}) ?[〔\[（(【﹝] ?(?P<year>(?:19|20)[0-9]{2}) ?[〕\]）)】﹞]"
    r" ?第? ?(?P<serial>[0-9]{1,5}) ?号"
)
BRACKETED = re.compile(rf"[(（] ?(?:{NUMBER.pattern}) ?[)）]")


def find_number(text: str) -> str:
    """The first document number in `text`, with 〔〕 and without 第; "" where there is none."""
    match = NUMBER.search(text)
    return f"{match['organ']}〔{match['year']}〕{match['serial']}号" if match else ""


def without_bracketed_number(text: str) -> str:
    """The text without a document number that stands in brackets of its own."""
    return BRACKETED.sub("", text)
