"""The form of a document, by the words of its title, else by what the text says was issued.

A notice that sends out a plan is the plan. A Chinese title names its form at the
end, an English one at the beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from policies.newsletter import Item
from policies.newsletter.links import unlinked
from policies.vocabulary import Instrument

from .passages import first_clause
from .proposed import Proposal

Forms = tuple[tuple[Instrument, re.Pattern[str]], ...]
SENT_OUT = re.compile(r"(?:印发|发布|公布|下发)(?P<inner>[^》]*?)》?的(?:通知|公告|通告)$")
QUOTED = re.compile(r"(?:印发|发布|公布|下发)[^《]{0,8}《(?P<inner>.+)》")
BRACKETS_ZH = re.compile(r"\s*[（(][^（()）]*[)）]\s*$")
DRAFT_ZH = re.compile(
    r"征求意见稿|公开征求.{0,40}意见|征求.{0,30}意见的|(?<!起)草案|送审稿|专家建议稿|建议稿"
)
CALL_ZH = re.compile(
    r"申报指南|申报工作|组织(?:开展)?.{0,30}(?:申报|推荐|遴选|征集|评选)|开展.{0,40}(?:申报|推荐|遴选|征集|培育|复核|认定)"
    r"|申报.{0,20}通知"
)
PILOT_ZH = re.compile(r"试点(?:工作|示范|方案|项目|城市)?")


def _forms(rows: Iterable[tuple[Instrument, str]], flags: int = 0) -> Forms:
    return tuple((form, re.compile(words, flags)) for form, words in rows)


ENDINGS = _forms(
    (
        (Instrument.ACTION_PLAN, r"(?:行动计划|行动方案|专项行动)$"),
        (Instrument.IMPLEMENTATION_PLAN, r"(?:实施方案|实施计划)$"),
        (Instrument.WORK_PLAN, r"(?:工作方案|工作计划|工作要点|重点工作|推进计划|推进方案)$"),
        (Instrument.APPLICATION_CALL, r"申报指南$"),
        (Instrument.CATALOGUE, r"(?:目录|名录|名单|清单)$"),
        (Instrument.GUIDELINE, r"(?:指南|指引|导则|白皮书)$"),
        (Instrument.STANDARD, r"(?:标准|规范条件|规范|技术要求|准则)$"),
        (Instrument.PLAN, r"(?:规划|纲要|路线图|计划|方案)$"),
        (Instrument.MEASURES, r"(?:办法|规定|细则|规则|措施|举措|政策)$"),
        (Instrument.OPINIONS, r"意见$"),
        (Instrument.REGULATION, r"条例$"),
        (Instrument.LAW, r"法(?:\s?[0-9.]+)?$"),
        (Instrument.NOTICE, r"(?:通知|函)$"),
        (Instrument.ANNOUNCEMENT, r"(?:公告|通告|公示|决定|批复)$"),
    )
)
CARRIERS = frozenset({Instrument.NOTICE, Instrument.ANNOUNCEMENT})
DRAFT_EN = re.compile(
    r"\bdraft\b|\bexpert suggestion\b|\b(?:public|solicit\w*|request\w*|seek\w*|call\w* for)"
    r" (?:\w+ ){0,2}(?:comments?|opinions|feedback)\b",
    re.IGNORECASE,
)
CALL_EN = re.compile(
    r"\bcalls? for (?:applications?|proposals|projects)\b|\bappl(?:y|ies) for\b"
    r"|\bapplications? (?:process|for|to|are|close|open)"
    r"|\binvited? (?:\w+ ){0,4}to apply\b"
    r"|\b(?:cultivation|review|selection|recommendation) (?:\w+ ){0,4}batch\b"
    r"|\bsolicitation of (?:projects|applications)\b",
    re.IGNORECASE,
)
PILOT_EN = re.compile(
    r"\bpilots?\b(?! free trade| zones?)(?: programmes?| programs?| projects?| schemes?)?", re.I
)
ENGLISH = _forms(
    (
        (Instrument.ACTION_PLAN, r"\baction (?:plans?|programmes?|programs?)\b"),
        (
            Instrument.IMPLEMENTATION_PLAN,
            r"\bimplement(?:ation|ing) (?:plans?|programmes?|programs?|schemes?)\b",
        ),
        (
            Instrument.WORK_PLAN,
            r"\bwork(?:ing)? (?:plans?|programmes?|programs?)\b|\bkey (?:work )?(?:tasks|points)\b",
        ),
        (Instrument.OPINIONS, r"\b(?:guiding |implement\w+ |several )?opinions\b"),
        (Instrument.REGULATION, r"\bregulations?\b"),
        (
            Instrument.CATALOGUE,
            r"\b(?:catalog(?:ue)?s?|directory|(?<!listing )lists?|negative lists?)\b",
        ),
        (Instrument.GUIDELINE, r"\b(?:guidelines?|guidance|guides?|white ?papers?)\b"),
        (Instrument.STANDARD, r"\b(?:standards?|specifications?|technical requirements)\b"),
        (Instrument.MEASURES, r"\b(?:measures|provisions|detailed rules|rules)\b"),
        (Instrument.LAW, r"\b(?:law|act)\b"),
        (Instrument.PLAN, r"\b(?:plans?|outlines?|roadmaps?|schemes?|blueprints?)\b"),
        (Instrument.NOTICE, r"\b(?:notices?|circulars?)\b"),
        (Instrument.ANNOUNCEMENT, r"\b(?:announcements?|public notices?|decisions?)\b"),
    ),
    re.IGNORECASE,
)
# What a note's sentence says was done with the document: the form follows.
ISSUED = re.compile(
    r"\b(?:issue|publish|release|present|adopt|unveil|announce|launch|approve|pass|promulgate"
    r"|open|roll(?:s|ed)? out|introduce|draft|amend|revise|name|set)(?:e?s|ed)?\b|\bput forward\b",
    re.IGNORECASE,
)
ABOUT_OTHERS = re.compile(
    r"\b(?:quality|technical|national|international|safety|occupational) $", re.IGNORECASE
)


def read_instrument(item: Item) -> Proposal | None:
    """The form of the document, because of its words in the text."""
    found = (
        _in_chinese(unlinked(item.title_zh))
        or _in_english(unlinked(item.title_en))
        or _in_text(unlinked(item.headline), unlinked(item.summary))
        or _in_sources(item)
    )
    return Proposal(found[0].value, str(found[0].label), found[1]) if found else None


Found = tuple[Instrument, str] | None


def _in_chinese(title: str) -> Found:
    if not title:
        return None
    if draft := DRAFT_ZH.search(title):
        return Instrument.DRAFT, draft[0]
    sent = QUOTED.search(title) or SENT_OUT.search(title)
    inner = _ending(sent["inner"]) if sent else None
    if inner and inner[0] not in CARRIERS:
        return inner
    if call := CALL_ZH.search(title):
        return Instrument.APPLICATION_CALL, call[0]
    outer = _ending(title)
    pilot = PILOT_ZH.search(title)
    if pilot and (outer is None or outer[0] in CARRIERS):
        return Instrument.PILOT, pilot[0]
    return outer


def _ending(title: str) -> Found:
    bare = title.strip(' 《》“”"')
    while (shorter := BRACKETS_ZH.sub("", bare).strip(' 《》“”"')) != bare:
        bare = shorter
    for form, words in ENDINGS:
        if match := words.search(bare):
            return form, match[0]
    return None


def _in_english(title: str) -> Found:
    if not title:
        return None
    if draft := DRAFT_EN.search(title):
        return Instrument.DRAFT, draft[0]
    first = _earliest(title)
    if first is None or first[0] in CARRIERS:
        if call := CALL_EN.search(title):
            return Instrument.APPLICATION_CALL, call[0]
        inner = _earliest(title, without=CARRIERS)
        sends = re.search(r"\b(?:issu\w+|print\w+|publi\w+|releas\w+|promulgat\w+)\b", title, re.I)
        if first and inner and sends:
            return inner
        if pilot := PILOT_EN.search(title):
            return Instrument.PILOT, pilot[0]
    return first


def _in_text(headline: str, summary: str) -> Found:
    first, rest = first_clause(summary)
    for text in (headline, first):
        if found := _in_clause(text):
            return found
    if call := CALL_EN.search(rest):
        return Instrument.APPLICATION_CALL, call[0]
    return _in_chinese_text(summary)


def _in_clause(text: str) -> Found:
    for form, words in ((Instrument.DRAFT, DRAFT_EN), (Instrument.APPLICATION_CALL, CALL_EN)):
        if match := words.search(text):
            return form, match[0]
    issued = ISSUED.search(text)
    after = text[issued.end() :] if issued else text
    named = _earliest(after)
    pilot = PILOT_EN.search(after)
    if pilot and (named is None or pilot.start() <= after.find(named[1])):
        return Instrument.PILOT, pilot[0]
    return named


def _in_chinese_text(text: str) -> Found:
    for match in re.finditer(r"《(?P<title>[^《》]{4,200})》", text):
        if found := _in_chinese(match["title"]):
            return found
    return None


def _in_sources(item: Item) -> Found:
    """What a source is called: "MIIT notice"."""
    for source in item.sources:
        if found := _earliest(source.label):
            return found
    return None


def _earliest(text: str, *, without: Iterable[Instrument] = ()) -> Found:
    found: list[tuple[int, int, Instrument, str]] = []
    for form, words in ENGLISH:
        if form in without:
            continue
        for match in words.finditer(text):
            if form == Instrument.STANDARD and ABOUT_OTHERS.search(text, 0, match.start()):
                continue
            found.append((match.start(), -match.end(), form, match[0]))
            break
    if not found:
        return None
    _, _, form, words_found = min(found, key=lambda one: one[:2])
    return form, words_found
