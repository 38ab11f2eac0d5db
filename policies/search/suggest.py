"""What a reader may mean by the first letters: bodies, terms, sectors and titles."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from policies.models import Company, IssuingBody, Policy, Sector, Term

from .characters import HAN_CHARACTER, fold
from .found import RELEVANCE, Found
from .index import Index, current_index
from .query import QueryRefused, parse_query
from .snippets import wanted
from .thesaurus import pinyin
from .writing import asking

MOST_NAMES, MOST_TITLES = 8, 4
LONGEST = 80


class Suggestion(NamedTuple):
    """A name or title, the same in the other language ("" where unknown), and what it is."""

    text: str
    beside: str
    what: str

    @property
    def query(self) -> str:
        """What to search for."""
        return asking(self.text)


class Known(NamedTuple):
    """A thing by its names, with the folded forms that a reader may begin to type."""

    english: str
    chinese: str
    what: str
    forms: tuple[str, ...]


class Names:
    """All names that may be suggested, made anew when one changes."""

    def __init__(self) -> None:
        self._version: object = None
        self._held: list[Known] = []

    def current(self, index: Index) -> list[Known]:
        """The names as of the index's version."""
        version = (index.generation, index.names_version)
        if self._version != version:
            self._held, self._version = list(_names()), version
        return self._held


NAMES = Names()


def suggestions(typed: str, *, in_chinese: bool = False) -> list[Suggestion]:
    """Names and titles that begin with what is typed, or hold a word that does.

    Each is in English first, but in Chinese first where a Chinese character is typed, or
    `in_chinese` says that the reader is spoken to in Chinese.
    """
    start = " ".join(fold(typed).split())
    if not start or len(start) > LONGEST:
        return []
    index = current_index()
    found = [known for known in NAMES.current(index) if any(_begins(f, start) for f in known.forms)]
    found.sort(key=lambda known: not any(form.startswith(start) for form in known.forms))
    named = [(known.english, known.chinese, known.what) for known in found[:MOST_NAMES]]
    in_chinese = in_chinese or HAN_CHARACTER.search(start) is not None
    made = [_suggestion(*names, in_chinese) for names in [*named, *_titles(index, typed)]]
    # What bears one name, as a term and a sector may, is searched for alike: the first stands.
    return list({one.text: one for one in reversed(made)}.values())[::-1]


def _suggestion(english: str, chinese: str, what: str, in_chinese: bool) -> Suggestion:
    names = [chinese, english] if in_chinese else [english, chinese]
    text, *beside = dict.fromkeys(name for name in names if name)
    return Suggestion(text, "".join(beside), what)


def _begins(form: str, start: str) -> bool:
    return form.startswith(start) or f" {start}" in form


def _titles(index: Index, typed: str) -> list[tuple[str, str, str]]:
    try:
        query = parse_query(f"title:({typed.strip()}*)")
    except QueryRefused:
        return []
    if not wanted(query.root):
        return []
    found = Found(index, "policy", query)
    keys = found.page(found.matching, RELEVANCE, 0, MOST_TITLES)
    titles = Policy.objects.published().in_bulk(keys)
    found_titles = (titles[key] for key in keys if key in titles)
    return [(policy.display_title, policy.title_zh, _("Policy")) for policy in found_titles]


def _names():
    for body in IssuingBody.objects.prefetch_related("aliases"):
        others = [body.abbreviation, body.name_zh, *(a.name for a in body.aliases.all())]
        chinese = body.short_name_zh or body.name_zh
        yield _known(_("Issuing body"), body.name_en, chinese, others)
    for term in Term.objects.all():
        others = [term.pinyin, *term.aliases_en, *term.aliases_zh]
        yield _known(_("Term"), term.term_en, term.term_zh, others)
    for sector in Sector.objects.all():
        yield _known(_("Sector"), sector.name_en, sector.name_zh, sector.aliases)
    for company in Company.objects.published():
        yield _known(_("Company"), company.name_en, company.name_zh, [])


def _known(what: str, english: str, chinese: str, others: list[str]) -> Known:
    names = [name for name in (english, chinese, *others) if name]
    spoken = [spaced for name in names if (spaced := pinyin(name))]
    forms = [*names, *spoken, *(said.replace(" ", "") for said in spoken)]
    return Known(english, chinese, what, tuple(dict.fromkeys(fold(form) for form in forms)))
