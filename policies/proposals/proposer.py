"""Proposes the fields of an item that the newsletter does not print."""

from __future__ import annotations

from policies.models import IssuingBody, Region
from policies.newsletter import Item
from policies.newsletter.document import CORPORATE_NEWS
from policies.registry import BodyRegistry

from .companies import CompanyReader
from .earlier import Earlier
from .events import read_kind
from .instruments import read_instrument
from .issuers import issuers
from .levels import read_level
from .passages import passages
from .places import PlaceReader
from .proposed import Proposals
from .sectors import SectorReader


class Proposer:
    """The registry as it stands when made: a handful of queries, then none for any item."""

    def __init__(self) -> None:
        bodies = list(IssuingBody.objects.order_by("pk"))
        regions = list(Region.objects.order_by("pk"))
        self._registry = BodyRegistry()
        self._places = PlaceReader(regions)
        self._sectors = SectorReader(bodies, Earlier())
        known = {name.casefold() for body in bodies for name in _names(body)}
        known |= {region.name_en.casefold() for region in regions}
        self._companies = CompanyReader(known)

    def for_item(self, item: Item) -> Proposals:
        """What the text of `item` proposes; a policy has no kind of event, an event no form."""
        texts = passages(item)
        corporate = item.section == CORPORATE_NEWS
        by = issuers(item, self._registry)
        companies = self._companies.read(item, texts, corporate=corporate)
        return Proposals(
            sectors=self._sectors.read(texts, companies if corporate else ()),
            regions=self._places.read(texts, by),
            companies=companies,
            instrument=None if corporate else read_instrument(item),
            level=None if corporate else read_level(by, self._places),
            event_kind=read_kind(item) if corporate else None,
        )


def _names(body: IssuingBody) -> list[str]:
    names = (body.name_en, body.name_zh, body.abbreviation, body.short_name_zh)
    return [name for name in names if name]
