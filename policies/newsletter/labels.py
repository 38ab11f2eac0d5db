"""The labels that open the parts of a long item ("At a glance:", "Issuing bodies:").

Says which words are labels and where the value begins. What a value means is
left to `titles`, `issuers` and `datewords`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .marks import is_heading_mark, undecorated

GLANCE, COMMENT, ARTICLE, BODIES, DATE = "glance", "comment", "article", "bodies", "date"
NUMBER, DOCUMENT_DATE, EFFECTIVE = "number", "document_date", "effective"
LINK, SOURCES = "link", "sources"

WORDS = {
    GLANCE: "at a glance/at-a-glance/in brief/in short/summary/overview/what happened/概要/摘要",
    COMMENT: "comment/comments/commentary/our comment/our take/analysis/assessment/评论/点评",
    ARTICLE: "article/document/policy/title/official title/policy document/policy title"
    "/document title/original title/文件/文件名称/标题/政策",
    BODIES: "issuing body/issuing bodies/issuing agency/issuing agencies/issuing authority"
    "/issuing authorities/issuing institution/issuing institutions/issuing organ/issuing organs"
    "/issuing department/issuing departments/issued by/issuer/issuers/released by/published by"
    "/发文机关/发布机构/发布机关/发文单位/印发机关",
    DATE: "date/date published/date of publication/publication date/release date/date of release"
    "/date of issue/issue date/announced/released/published/issued/日期/发布日期",
    NUMBER: "document number/document no/document no./doc. no./doc no./doc number/number"
    "/reference number/文号/发文字号",
    DOCUMENT_DATE: "document date/date of document/dated/成文日期",
    EFFECTIVE: "effective/effective date/effective from/in force/in force from/entry into force"
    "/takes effect/comes into effect/施行日期/生效日期",
    LINK: "link/url/official link/web address/链接",
    SOURCES: "source/sources/来源",
}
KINDS = {word: kind for kind, words in WORDS.items() for word in words.split("/")}
# Words that only stand alone on a line as labels when a colon follows them.
NEED_COLON = {"policy", "analysis", "number", "link", "source", "sources", "announced", "released"}
NEED_COLON |= {"published", "issued", "dated", "effective", "in force", "summary", "overview"}
# Words that also open an item which has no headline.
OPENERS = {"at a glance", "at-a-glance"}

LABEL = re.compile(r"[*_]{0,3}([^:：*_\n]{1,60}?)\s?[*_]{0,3}\s?[:：][*_]{0,3}\s?", re.DOTALL)
# "**Comment** – ..." or "AT A GLANCE – ...", and a row of a table.
EMPHASISED = re.compile(r"(?:[*_]{2,3}(?=[^*_]{1,60}[*_]))?([^:：*_\n]{1,60}?)[*_]{0,3} ?[–—-] ?")
CELLS = re.compile(r"^(?:\| ?)?([^|:：]{1,60}?)(?: ?[:：])? ?\| ?(.*?)(?: ?\|)?$")
SIGNED = re.compile(r"(\S.{0,40}?)\s(?:comments?|commentary|analysis|assessment|评论|点评)", re.I)
SIGNED_BEHIND = re.compile(r"(?:comments?|commentary|analysis|assessment) by (\S.{0,40})", re.I)
POSSESSIVE = re.compile(r"['’]s?$")
NOT_SIGNING = re.compile(r".*\b(public|for|of|the|open|no|to|in|and|an?|on)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the start of a line: its kind, its words, who signs, and the value."""

    kind: str
    words: str
    value: str
    signer: str = ""

    @property
    def opens(self) -> bool:
        """Whether the label can only stand at the beginning of an item."""
        return self.words.casefold() in OPENERS


def find_label(text: str) -> Label | None:
    """The label that the line begins with, or None."""
    if is_heading_mark(text):
        text = undecorated(text)
    text = CELLS.sub(r"\1: \2", text) if "|" in text else text
    for match in (LABEL.match(text), _dashed(text)):
        label = _label(match[1].strip(), text[match.end() :].strip()) if match else None
        if label:
            return label
    if len(text) > 60 or LABEL.match(text):
        return None
    words = undecorated(text)
    return None if words.casefold() in NEED_COLON else _label(words, "", alone=True)


def _label(words: str, value: str, *, alone: bool = False) -> Label | None:
    """The label that `words` are, if they are one; `alone` where nothing follows them."""
    if not words or (alone and words[0].islower()):
        return None
    kind = KINDS.get(" ".join(words.casefold().split()))
    if kind:
        return Label(kind, words, value)
    signed = SIGNED.fullmatch(words) or SIGNED_BEHIND.fullmatch(words)
    if not signed or len(words.split()) > 5 or NOT_SIGNING.fullmatch(signed[1]):
        return None
    if alone and len(words) >= 40:
        return None
    return Label(COMMENT, words, value, POSSESSIVE.sub("", signed[1]))


def _dashed(text: str) -> re.Match[str] | None:
    """A label before a dash, which counts only in bold, in capitals or as an opener."""
    match = EMPHASISED.match(text)
    if match and (text[0] in "*_" or match[1].isupper() or match[1].casefold() in OPENERS):
        return match
    return None
