"""The level of government, by who issues: the lead's kind, or the place in its name."""

from __future__ import annotations

import re

from policies.models import IssuingBody
from policies.vocabulary import BodyKind, Level, RegionKind

from .issuers import Issuer
from .places import PlaceReader
from .proposed import Proposal

OF_REGION = {
    RegionKind.PROVINCE: Level.PROVINCIAL,
    RegionKind.AUTONOMOUS: Level.PROVINCIAL,
    RegionKind.SAR: Level.PROVINCIAL,
    RegionKind.MUNICIPALITY: Level.MUNICIPAL,
    RegionKind.CITY: Level.MUNICIPAL,
}
NOT_GOVERNMENT = re.compile(
    r"\b(?:research (?:group|project|institute|cent(?:er|re)|team)|scholars|experts"
    r"|universit(?:y|ies)|association|alliance|chamber|think tank|foundation)\b"
    r"|大学|学会|协会|联盟|商会|课题组|研究院|研究所|研究中心",
    re.IGNORECASE,
)
NATIONAL = re.compile(
    r"\b(?:ministry|state council|state administration|national|general administration"
    r"|central|china|people['’]s bank)\b|国务院|国家|中央|中共|中国|全国|[^\s]部$|总局",
    re.IGNORECASE,
)


def read_level(issuers: list[Issuer], places: PlaceReader) -> Proposal | None:
    """The level of the first issuer that tells it, because of its name as printed."""
    for printed, body in issuers:
        level = _level(printed, body, places)
        if level:
            return Proposal(level.value, str(level.label), printed)
    return None


def _level(printed: str, body: IssuingBody | None, places: PlaceReader) -> Level | None:
    if body is not None and body.kind != BodyKind.LOCAL:
        return Level.NATIONAL
    if body is None and NOT_GOVERNMENT.search(printed):
        return Level.NON_GOVERNMENTAL
    named = [
        OF_REGION[hit.name.owner.kind]
        for hit in places.named_in(printed, body)
        if hit.name.owner.kind in OF_REGION
    ]
    if named:
        # "Shenzhen, Guangdong": the narrowest place is who issues.
        return Level.MUNICIPAL if Level.MUNICIPAL in named else named[0]
    return Level.NATIONAL if body is None and NATIONAL.search(printed) else None
