"""The language of a search box: from what was typed to a tree of conditions.

    words            all must occur
    "a phrase"       consecutive words
    =word ="a b"     as typed, not by stem
    word*  "a b"*    what begins so
    -word  NOT word  must not occur
    a OR b  ( )      alternatives, groups
    title:word       in one field (title, body, target, text, comment, source, facts)

Nothing that is typed is an error but a query that is too long: what makes no
sense is read kindly, and a notice says how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from .characters import fold
from .places import unread_place
from .terms import FIELD_NAMES, FIELDS
from .words import DOCUMENT_NUMBER, ORDER_NUMBER, document_numbers, words_of

LONGEST, MOST_TERMS, DEEPEST = 500, 32, 12
# What stands round a word and is no part of it.
AROUND = "=*:[〔【{]〕】}"
_SAME = str.maketrans("“”„‟«»＂（）：－＊＝　", '"""""""():-*= ')
_ATOM = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))"
    r"|(?P<minus>-+)(?=[^\s-])"
    r"|(?P<field>[A-Za-z]+):(?=\s*[^\s)])"
    r'|(?P<exact>=)?"(?P<phrase>[^"]*)(?P<end>"(?P<star>\*)?|$)'
    r'|(?P<word>=?[^\s()"]+))'
)


class QueryRefused(ValueError):
    """The query is too long; the message says so to a reader."""


@dataclass(frozen=True, slots=True)
class Match:
    """Words that stand next to each other; one word as a rule."""

    words: tuple[str, ...]
    typed: str
    fields: tuple[int, ...] = FIELDS
    exact: bool = False
    prefix: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A document number, as the index writes it."""

    term: str
    typed: str
    fields: tuple[int, ...] = FIELDS


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold; no part at all holds for every record."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of the parts must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Either:
    """What was typed, or another name of the same thing."""

    typed: Node
    others: tuple[Match, ...]


Node = Match | Number | All | Any | Not | Either


@dataclass(slots=True)
class Query:
    """What was typed, how it was read, and notices where it was read kindly."""

    typed: str
    root: All | Any | Node
    notices: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return self.root == All(())


def parse_query(typed: str) -> Query:
    """The query that was typed. Raises QueryRefused beyond 500 characters or 32 terms."""
    if len(typed) > LONGEST:
        raise QueryRefused(
            _("A search takes at most %(most)d characters; this one has %(number)d.")
            % {"most": LONGEST, "number": len(typed)}
        )
    return _Reading(typed).query()


def leaves(node: Node) -> list[Match | Number]:
    """The words, phrases and numbers of a tree, in order."""
    if isinstance(node, Match | Number):
        return [node]
    if isinstance(node, Not):
        return leaves(node.part)
    if isinstance(node, Either):
        return [*leaves(node.typed), *node.others]
    return [leaf for part in node.parts for leaf in leaves(part)]


class _Reading:
    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.text = typed.translate(_SAME).replace("\0", " ")
        self.place = 0
        self.depth = 0
        self.notices: list[str] = []
        self.numbers = {match.start(): match for match in _numbers(self.text)}

    def query(self) -> Query:
        parts = [self.alternatives()]
        while self.place < len(self.text):
            if self.take("close"):
                self.notice(_("A closing bracket without an opening one was left out."))
            rest = self.alternatives()
            if rest != All(()):
                parts.append(rest)
            elif not self.text[self.place :].strip():
                break
        root = _all([part for part in parts if part != All(())])
        terms = len(leaves(root))
        if terms > MOST_TERMS:
            raise QueryRefused(
                _("A search takes at most %(most)d terms; this one has %(number)d.")
                % {"most": MOST_TERMS, "number": terms}
            )
        if root == All(()) and self.text.strip():
            self.notices = [_("What was typed holds nothing to search for.")]
        return Query(self.typed, root, list(dict.fromkeys(self.notices)))

    def notice(self, text: str) -> None:
        self.notices.append(text)

    def take(self, group: str) -> re.Match[str] | None:
        match = _ATOM.match(self.text, self.place)
        if match and match[group] is not None:
            self.place = match.end()
            return match
        return None

    def take_word(self, *words: str) -> str:
        match = _ATOM.match(self.text, self.place)
        if match and match["word"] in words and match.start("word") not in self.numbers:
            self.place = match.end()
            return match["word"]
        return ""

    def alternatives(self) -> Node:
        found: list[Node] = []
        goes_on, is_first = True, True
        while goes_on:
            part = self.together()
            goes_on = bool(self.take_word("OR", "|", "||"))
            if part != All(()):
                found.append(part)
            elif goes_on or not is_first:
                self.notice(_("OR stands between two words; here one is missing."))
            is_first = False
        if not found:
            return All(())
        return found[0] if len(found) == 1 else Any(tuple(found))

    def together(self) -> Node:
        parts: list[Node] = []
        waits = False
        while True:
            if self.take_word("AND", "&&"):
                self.notice_lone_and(waits or not parts)
                waits = bool(parts)
                continue
            before = self.place
            part = self.one(FIELDS)
            if part is not None and part != All(()):
                parts.append(part)
                waits = False
            elif self.place == before:
                self.notice_lone_and(waits)
                return _all(parts)

    def notice_lone_and(self, is_lone: bool) -> None:
        if is_lone:
            self.notice(_("AND stands between two words; here one is missing."))

    def one(self, fields: tuple[int, ...]) -> Node | None:
        """The next condition; None where none follows."""
        self.place += len(self.text[self.place :]) - len(self.text[self.place :].lstrip())
        if self.place in self.numbers:
            return self.number(self.numbers[self.place], fields)
        if self.take_word("AND", "&&", "+"):
            return All(())
        if self.take_word("NOT") or self.take("minus"):
            part = self.one(fields)
            if part is None or part == All(()):
                self.notice(_("Nothing follows the sign that excludes; it was left out."))
                return part
            return Not(part)
        if named := self.take_field():
            part = self.one(FIELD_NAMES[named]) or All(())
            if part == All(()):
                self.notice(
                    _("Nothing to search for follows “%(name)s:”; it was left out.")
                    % {"name": named}
                )
            return part
        if self.take("open"):
            return self.group(fields)
        match = _ATOM.match(self.text, self.place)
        if match is None or match["close"] or match["word"] in ("OR", "|", "||"):
            return None
        self.place = match.end()
        return self.words(match, fields)

    def take_field(self) -> str:
        match = _ATOM.match(self.text, self.place)
        if match and match["field"] and match["field"].casefold() in FIELD_NAMES:
            self.place = match.end()
            return match["field"].casefold()
        return ""

    def group(self, fields: tuple[int, ...]) -> Node:
        if self.depth == DEEPEST:
            self.notice(_("Brackets within so many brackets were left out."))
            return All(())
        self.depth += 1
        inside = self.alternatives()
        if not self.take("close"):
            self.notice(_("A bracket is not closed; it was taken to close at the end."))
        self.depth -= 1
        return inside if fields == FIELDS else _within(inside, fields)

    def number(self, match: re.Match[str], fields: tuple[int, ...]) -> Node:
        self.place = match.end()
        term = next(document_numbers(fold(match[0])))[0]
        return Number(term, match[0].strip(), fields)

    def words(self, match: re.Match[str], fields: tuple[int, ...]) -> Node:
        if match["phrase"] is not None:
            if not match["end"]:
                self.notice(
                    _("A quotation mark is not closed; the phrase was taken to end at the end.")
                )
            read = tuple(words_of(match["phrase"]))
            if not read:
                return All(())
            return Match(
                read,
                match["phrase"],
                fields,
                exact=bool(match["exact"]),
                prefix=bool(match["star"]),
                quoted=True,
            )
        word = match["word"] or f"{match['field']}:"
        self.notices += unread_place(word, self.typed[match.end() - 1 :])
        # Read again, a colon would name a field, brackets round a year make a document number
        # and a hyphen exclude: they are dropped round a word, and within it they are quoted.
        bare = word.lstrip(AROUND + "-").rstrip(AROUND)
        read = tuple(words_of(bare))
        if not read:
            if bare.strip("-"):
                self.notice(
                    _("“%(word)s” holds no letter or figure; it was left out.") % {"word": word}
                )
            return All(())
        if "*" in word.rstrip("*"):
            self.notice(_("A star stands only at the end of a word; another one was left out."))
        is_exact, is_prefix = word.startswith("="), word.endswith("*")
        is_quoted = any(sign in bare for sign in AROUND) or any(_numbers(bare))
        return Match(read, bare, fields, is_exact, prefix=is_prefix, quoted=is_quoted)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The document numbers in a text, none within another."""
    place = 0
    while True:
        found = [p.search(text, place) for p in (DOCUMENT_NUMBER, ORDER_NUMBER)]
        match = min(filter(None, found), key=re.Match.start, default=None)
        if match is None:
            return
        if _is_number(match):
            yield match
            place = match.end()
        else:
            place = match.start() + 1


def _is_number(match: re.Match[str]) -> bool:
    return bool(match["office"].strip()) or "(" not in match[0]


def _all(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _within(node: Node, fields: tuple[int, ...]) -> Node:
    if isinstance(node, Match | Number):
        return replace(node, fields=fields)
    if isinstance(node, Not):
        return Not(_within(node.part, fields))
    if isinstance(node, All | Any):
        return type(node)(tuple(_within(part, fields) for part in node.parts))
    return node
