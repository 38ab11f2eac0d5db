"""What bodies, terms, sectors and companies are called, as a process holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_noop as _

from policies.models import BodyAlias, Company, IssuingBody, Sector, Term

from .beginnings import ABBREVIATED, ALSO_NAMED, NAMED, Beginnings, Known
from .index import Index
from .thesaurus import pinyin

Things = Iterator[tuple[Known, list[tuple[str, int]]]]


class Names:
    """The names of each kind, made anew when one of that kind changes."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[object, Beginnings]] = {}

    def of_kind(self, index: Index, kind: str) -> Beginnings:
        """The names of one kind, as of the index's version."""
        version = (index, index.generation, index.named[kind])
        held = self._held.get(kind)
        if held is None or held[0] != version:
            held = self._held[kind] = version, Beginnings(READ[kind]())
        return held[1]

    def begin(self, index: Index, typed: str) -> list[tuple[int, Known]]:
        """What of any kind has a name or a word in it that begins so, each with how it answers."""
        return [one for kind in READ for one in self.of_kind(index, kind).of(typed)]


NAMES = Names()


# Rows, not records: a thousand companies are read again whenever one is renamed.
def _bodies() -> Things:
    aliases: dict[int, list[str]] = defaultdict(list)
    for key, name in BodyAlias.objects.values_list("body_id", "name"):
        aliases[key].append(name)
    bodies = IssuingBody.objects.values_list(
        "pk", "name_en", "short_name_zh", "name_zh", "abbreviation"
    )
    for key, english, short, chinese, abbreviation in bodies:
        known = Known("body", key, english, short or chinese, _("Issuing body"))
        called = {ABBREVIATED: [abbreviation], NAMED: [chinese], ALSO_NAMED: aliases[key]}
        yield _called(known, called)


def _terms() -> Things:
    terms = Term.objects.values_list(
        "pk", "term_en", "term_zh", "pinyin", "aliases_en", "aliases_zh"
    )
    for key, english, chinese, spoken, also, also_zh in terms:
        known = Known("term", key, english, chinese, _("Term"))
        yield _called(known, {NAMED: [spoken], ALSO_NAMED: [*also, *also_zh]})


def _sectors() -> Things:
    sectors = Sector.objects.values_list("pk", "name_en", "name_zh", "aliases")
    for key, english, chinese, also in sectors:
        yield _called(Known("sector", key, english, chinese, _("Sector")), {ALSO_NAMED: also})


def _companies() -> Things:
    companies = Company.objects.published().values_list("pk", "name_en", "name_zh")
    for key, english, chinese in companies:
        yield _called(Known("company", key, english, chinese, _("Company")), {})


# Among names that answer equally well, the kinds stand in this order.
READ: dict[str, Callable[[], Things]] = {
    "body": _bodies, "term": _terms, "sector": _sectors, "company": _companies,
}  # fmt: skip


def _called(known: Known, also: dict[int, list[str]]) -> tuple[Known, list[tuple[str, int]]]:
    """A thing with all that it is called, the Chinese names in pinyin and their signs as well."""
    names = [(known.english, NAMED), (known.chinese, NAMED)]
    names += [(name, rank) for rank, called in also.items() for name in called]
    return known, [*names, *((spoken, rank) for name, rank in names for spoken in pinyin(name))]
