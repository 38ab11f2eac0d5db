"""Who issues what a note reports, taken from the subject of its sentence.

"The MOF and MIIT launched ..." names MOF and MIIT. Where the subject is no body,
nothing is named.
"""

from __future__ import annotations

import re

from .issuers import OTHERS, as_printed, looks_like_body, split_bodies
from .links import unlinked

LONGEST = 400
# "MOF: new bonds are out"
HEADING = 80
WORD = re.compile(r"[^\s,;]+|[,;]")
# Small words that can stand inside a name or between two names.
_JOINING = "of and for the on in with together along jointly as well a & to"
_ADVERBS = (
    "also has have had jointly recently officially today publicly formally finally is was were are"
    " will again then further newly now first"
)
_IRREGULAR = (
    "set put began gave said held laid made took kicked issues releases launches announces plans"
    " publishes unveils wants aims seeks calls says sets told met wrote won drew led"
)
JOINING, ADVERBS, IRREGULAR = (set(words.split()) for words in (_JOINING, _ADVERBS, _IRREGULAR))
ENDING_ADVERBS = re.compile(rf"(?:[ ,]+(?:{'|'.join(_ADVERBS.split())})){{1,5}} ?$")
WITH = re.compile(
    r",? (?:as well as|together with|along with|jointly with|in cooperation with"
    r"|in conjunction with|with) ",
    re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"^(?:China['’]s|Chinese|In China,|On [A-Z][a-z]{2,8}\.? [0-9]{1,2}(?:, [0-9]{4})?,"
    r"|(?:Together|Along|Jointly) with) (?=(?:the )?[A-Z])"
)


def subject_bodies(text: str) -> tuple[str, ...]:
    """The bodies that are the subject of the first sentence of `text`; none if it is no body."""
    text = unlinked(text[:LONGEST])
    before, colon, _ = text.partition(": ")
    headed = _bodies(before) if colon and len(before) <= HEADING else ()
    return headed or _bodies(_subject(text))


def _bodies(subject: str) -> tuple[str, ...]:
    subject = WITH.sub(", ", ATTRIBUTE.sub("", OTHERS.sub("", subject)))
    parts = [part for part in split_bodies(subject.strip(" ,")) if part]
    if not parts or not all(looks_like_body(part) for part in parts):
        return ()
    return tuple(dict.fromkeys(as_printed(part) for part in parts))


def _subject(text: str) -> str:
    """The words before the first verb, or "" where no verb comes."""
    bracket = 0
    others = [match.span() for match in OTHERS.finditer(text)]
    for match in WORD.finditer(text):
        word = match[0]
        if bracket or word.startswith(("(", "（")):
            bracket += word.count("(") + word.count("（") - word.count(")") - word.count("）")
            continue
        if not word[0].islower() or word in JOINING:
            continue
        if any(start <= match.start() < end for start, end in others):
            continue
        if word in ADVERBS:
            continue
        if word.endswith("ed") or word in IRREGULAR:
            return ENDING_ADVERBS.sub("", text[: match.start()].rstrip())
        return ""
    return ""
