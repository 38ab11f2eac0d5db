"""What bodies, terms, sectors and companies are called, as a process holds it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from policies.models import Company, IssuingBody, Sector, Term

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
    for body in IssuingBody.objects.prefetch_related("aliases"):
        chinese = body.short_name_zh or body.name_zh
        called = {ABBREVIATED: [body.abbreviation], NAMED: [body.name_zh],
                  ALSO_NAMED: [alias.name for alias in body.aliases.all()]}  # fmt: skip
        yield _called(Known("body", body.pk, body.name_en, chinese, _("Issuing body")), called)
    for term in Term.objects.all():
        called = {NAMED: [term.pinyin], ALSO_NAMED: [*term.aliases_en, *term.aliases_zh]}
        yield _called(Known("term", term.pk, term.term_en, term.term_zh, _("Term")), called)
    for sector in Sector.objects.all():
        known = Known("sector", sector.pk, sector.name_en, sector.name_zh, _("Sector"))
        yield _called(known, {ALSO_NAMED: sector.aliases})
    for company in Company.objects.published():
        known = Known("company", company.pk, company.name_en, company.name_zh, _("Company"))
        yield _called(known, {})


def _called(known: Known, also: dict[int, list[str]]) -> tuple[Known, list[tuple[str, int]]]:
    """A thing with all that it is called, the Chinese names in pinyin and their signs as well."""
    names = [(known.english, NAMED), (known.chinese, NAMED)]
    names += [(name, rank) for rank, called in also.items() for name in called]
    return known, [*names, *((spoken, rank) for name, rank in names for spoken in pinyin(name))]
