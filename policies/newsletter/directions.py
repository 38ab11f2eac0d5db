"""Which way a figure goes that says by how much a thing changes: up, down, or not told.

"cut noise by over 15 percent" goes down, "raise output by at least 5 days" up. The verb
nearest before the figure says so; a noun ("growth", "the increase in costs") only where
there is no verb.
"""

from __future__ import annotations

import re

UP, DOWN, EITHER = "increase", "decrease", "change"

# So far before the figure its verb is looked for.
REACH = 300
FALLS = (
    "(?:reduc|decreas|declin|eas|reliev|alleviat|minimi[sz])(?:e|es|ed|ing)|sav(?:e|es|ed)"
    "|(?:lower|shorten|lessen|narrow|weaken|curb|slash|diminish|compress)(?:e?s|ed|ing)?"
    "|cut(?:s|ting)?|(?:drop|trim|dip)(?:s|ped|med|ping|ming)?|fall(?:s|en)?|fell"
    "|shr(?:ink|inks|ank|unk)|down"
)
RISES = (
    "(?:increas|rais|improv|enhanc|enlarg|elevat)(?:e|es|ed|ing)"
    "|(?:expand|boost|lift|extend|lengthen|prolong|widen|climb|jump|surge)(?:e?s|e?d|ing)?"
    "|ris(?:e|es|en)|rose|grow[sn]?|grew|scal(?:e|es|ed|ing) up|up(?= $)"
)
# Nouns, and forms that describe a noun unless the figure follows ("rising costs").
NOUN_FALLS = "reductions?|shrinkage|falling|declining|shrinking|dropping"
NOUN_RISES = "growth|expansion|improvements?|rising|growing"
WORD = re.compile(
    rf"(?<![\w-])(?:(?P<down>{FALLS})|(?P<up>{RISES})|(?P<noun_down>{NOUN_FALLS})"
    rf"|(?P<noun_up>{NOUN_RISES}))(?![\w-])",
    re.IGNORECASE,
)
LED_AS_NOUN = re.compile(r"(?<![\w-])(?:an?|the|its|their|this|that|of|in|for|on) $", re.IGNORECASE)
# "with the aim of reducing" is a verb all the same.
DOING = re.compile(r"(?:reduc|decreas|cutt|lower|rais|increas|boost|expand)ing", re.IGNORECASE)
LAST_WORD = re.compile(r"(?: \w+ly)? ?")
SENTENCE_END = re.compile(r"[.!?] |[。！？]|\n")
NEGATED = re.compile(
    r"(?<![\w-])(?:not|never|cannot|no|without|avoid|prevent)(?: be)?"
    r"(?: (?:allowed|permitted) to)? $",
    re.IGNORECASE,
)


def direction_of(text: str, start: int, end: int) -> tuple[str, bool]:
    """Which way the change that is worded in `text[start:end]` goes, and whether it is denied.

    The words are those right before the figure ("by", "reduce", "growth of").
    """
    own = WORD.match(text, start, end)
    found = own or _nearest(text, start)
    if found is None:
        return EITHER, False
    begin = max(0, found.start() - 32)
    denied = NEGATED.search(text[begin : found.start()]) is not None
    return (DOWN if found["down"] or found["noun_down"] else UP), denied


def _nearest(text: str, end: int) -> re.Match[str] | None:
    """The verb nearest before `end` in its sentence that goes up or down; else the noun."""
    begin = max(0, end - REACH)
    for stop in SENTENCE_END.finditer(text, begin, end):
        begin = stop.end()
    verb = noun = before = None
    for match in WORD.finditer(text, begin, end):
        if _is_noun(text, match, before, end):
            noun = match
        else:
            verb = match
        before = match
    return verb or noun


def _is_noun(text: str, match: re.Match[str], before: re.Match[str] | None, end: int) -> bool:
    if match["noun_down"] or match["noun_up"]:
        is_last = LAST_WORD.fullmatch(text, match.end(), end)
        return not (is_last and match[0].casefold().endswith("ing"))
    if before is not None and before.end() + 1 == match.start():
        # "cut rising costs", "extend reduced rates"
        return True
    led = LED_AS_NOUN.search(text[max(0, match.start() - 8) : match.start()])
    return led is not None and not DOING.fullmatch(match[0])
