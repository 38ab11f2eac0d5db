"""What of a title stays the same from draft to document, year to year and batch to batch."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from policies.newsletter.numbers import WORDS
from policies.search.words import words_of

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: place for place, word in enumerate(_ORDINALS.split(), 1)}
_DIGITS = {character: value for value, character in enumerate("一二三四五六七八九", 1)}
BATCH_ZH = re.compile(r"第\s?(?P<zh>[一二三四五六七八九十]{1,3}|[0-9]{1,3})\s?批次?")
BATCH_EN = re.compile(
    rf"\b(?:(?P<word>{'|'.join(ORDINALS)}|(?P<figure>[0-9]{{1,3}})(?:st|nd|rd|th))"
    rf" (?:[\w-]+ )?(?:batch|round|group|list)|(?:batch|round) (?:no\. ?)?"
    rf"(?P<after>[0-9]{{1,3}}|{'|'.join(WORDS)}))\b",
    re.IGNORECASE,
)
DRAFT = re.compile(
    r"[（(][^（()）]{0,12}(?:征求意见稿|草案|送审稿|建议稿|讨论稿|意见稿)[^（()）]{0,6}[)）]"
    r"|公开征求|征求(?:意见稿)?"
    r"|[（(](?:revised )?(?:expert suggestion |consultation )?drafts?\b[^()]*\)"
    r"|\bdrafts? (?:for|of)\b"
    r"|\b(?:solicitation of|seeks?|request for) (?:public )?(?:comments?|opinions)\b"
    r"|\bdraft\b",
    re.IGNORECASE,
)
VERSION = re.compile(
    r"[（(]?(?:20\d\d\s?(?:年)?(?:版|本)|修订(?:版|稿|本)?|[第]?[一二三四五]版|\d\.\d版?)[)）]?"
    r"|\b(?:version|edition|v\.?) ?\d+(?:\.\d+)?|\(?\b20\d\d (?:edition|version|revision)\b\)?"
    r"|\b(?:revised|revision|new version)\b",
    re.IGNORECASE,
)
YEARS = re.compile(
    r"[（(]?\s?(?:20\d\d\s?年?\s?(?:[-—–至到]{1,2}\s?20\d\d)?\s?年?(?:度)?)\s?[)）]?"
)
# A notice that sends out a document is called after it.
WRAPPED = re.compile(
    r"^(?P<issuers>.{0,80}?)关于(?:印发|发布|公布|下发)(?P<inner>.+?)的(?:通知|公告|通告)$"
)
QUOTED = re.compile(r"《(?P<title>[^《》]{4,200})》")
QUOTED_EN = re.compile(r"“(?P<title>[A-Z][^“”]{15,200})”|\"(?P<plain>[A-Z][^\"]{15,200})\"")
# 《…》同时废止, 对《…》进行修改: the verb stands behind.
BEHIND = re.compile(r"(?:同时|予以|即行|现)?废止|(?:进行|作|做|作出)了?(?:部分)?(?:修改|修订|修正)")
SHORTEST_ZH, SHORTEST_EN = 6, 4


@dataclass(frozen=True, slots=True)
class Title:
    """A title as it stays: its words, with what changes taken out and told beside."""

    core: str
    segments: tuple[tuple[str, ...], ...]
    is_draft: bool
    is_version: bool

    @property
    def is_telling(self) -> bool:
        """Whether two documents with this core are hardly two different ones."""
        if self.core.isascii():
            return len(self.core.split()) >= SHORTEST_EN
        return len(self.core.replace(" ", "")) >= SHORTEST_ZH


@lru_cache(maxsize=4000)
def read_title(text: str) -> Title:
    """The title as it stays."""
    shown = unwrapped(text)
    parted = shown
    for pattern in (DRAFT, VERSION, YEARS, BATCH_ZH, BATCH_EN):
        parted = pattern.sub(" ¶ ", parted)
    segments = [tuple(words_of(part)) for part in parted.split("¶")]
    segments = [words for words in segments if words]
    return Title(
        core=" ".join(word for words in segments for word in words),
        segments=tuple(words for words in segments if len("".join(words)) >= 2),
        is_draft=DRAFT.search(text) is not None,
        is_version=VERSION.search(shown) is not None,
    )


def unwrapped(text: str) -> str:
    """The document's own title within that of the notice that sends it out."""
    text = " ".join(text.split())
    match = WRAPPED.match(text)
    return match["inner"].strip("《》 ") if match else text.strip("《》 ")


def batches(text: str) -> list[tuple[int, str, int]]:
    """Each batch that `text` speaks of: its number, the words as printed, where they stand."""
    found = []
    for match in BATCH_ZH.finditer(text):
        found.append((_chinese(match["zh"]), match[0], match.start()))
    for match in BATCH_EN.finditer(text):
        word = (match["figure"] or match["after"] or match["word"]).casefold()
        number = int(word) if word.isdecimal() else ORDINALS.get(word) or WORDS.get(word, 0)
        found.append((number, match[0], match.start()))
    return [one for one in found if one[0]]


def quoted(text: str) -> list[tuple[str, str]]:
    """Titles that `text` quotes, each with the words that say what becomes of the document."""
    found = []
    for pattern in (QUOTED, QUOTED_EN):
        for match in pattern.finditer(text):
            title = next(filter(None, match.groups()))
            before = text[max(0, match.start() - 60) : match.start()]
            behind = BEHIND.match(text, match.end())
            found.append((title, behind[0] if behind else before))
    return found


def _chinese(figures: str) -> int:
    if figures.isdecimal():
        return int(figures)
    tens, ten, ones = figures.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
