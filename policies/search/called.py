"""What bodies, terms, sectors and companies are called, as a process holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from policies.models import BodyAlias, Company, IssuingBody, Sector, Term

from .beginnings import ABBREVIATED, ALSO_NAMED, NAMED, Beginnings, Known
from .index import Index
from .thesaurus import pinyin


class Names:
    """All names, made anew when one changes."""

    def __init__(self) -> None:
        self._version: object = None
        self._held = Beginnings(())

    def current(self, index: Index) -> Beginnings:
        """The names as of the index's version."""
        version = (index, index.generation, index.names_version)
        if self._version != version:
            self._held, self._version = Beginnings(_names()), version
        return self._held


NAMES = Names()


def _names() -> Iterator[tuple[Known, list[tuple[str, int]]]]:
    # Rows, not records: a thousand companies are read again whenever one is renamed.
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
    terms = Term.objects.values_list(
        "pk", "term_en", "term_zh", "pinyin", "aliases_en", "aliases_zh"
    )
    for key, english, chinese, spoken, also, also_zh in terms:
        known = Known("term", key, english, chinese, _("Term"))
        yield _called(known, {NAMED: [spoken], ALSO_NAMED: [*also, *also_zh]})
    sectors = Sector.objects.values_list("pk", "name_en", "name_zh", "aliases")
    for key, english, chinese, also in sectors:
        yield _called(Known("sector", key, english, chinese, _("Sector")), {ALSO_NAMED: also})
    companies = Company.objects.published().values_list("pk", "name_en", "name_zh")
    for key, english, chinese in companies:
        yield _called(Known("company", key, english, chinese, _("Company")), {})


def _called(known: Known, also: dict[int, list[str]]) -> tuple[Known, list[tuple[str, int]]]:
    """A thing with all that it is called, the Chinese names in pinyin and their signs as well."""
    names = [(known.english, NAMED), (known.chinese, NAMED)]
    names += [(name, rank) for rank, called in also.items() for name in called]
    return known, [*names, *((spoken, rank) for name, rank in names for spoken in pinyin(name))]
