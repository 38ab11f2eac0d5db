"""Where two texts differ, word by word and in Chinese character by character."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

# Longer texts are told apart as a whole: comparing them would keep the page waiting.
MOST_WORDS = 3000
# Texts that share less are two texts; marking every word of them says nothing.
ALIKE = 0.5
_WORDS = re.compile(r"\s+|[A-Za-z0-9À-ɏ'’-]+|.", re.DOTALL)
Pieces = list[tuple[str, bool]]


def told_apart(one: str, other: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces, each with whether the other text lacks it."""
    ours, theirs = _WORDS.findall(one), _WORDS.findall(other)
    if not ours or not theirs or len(ours) + len(theirs) > MOST_WORDS:
        return [(one, False)], [(other, False)]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.ratio() < ALIKE:
        return [(one, False)], [(other, False)]
    left: Pieces = []
    right: Pieces = []
    for kind, start, end, begin, stop in matcher.get_opcodes():
        differs = kind != "equal"
        if end > start:
            left.append(("".join(ours[start:end]), differs))
        if stop > begin:
            right.append(("".join(theirs[begin:stop]), differs))
    return left, right
