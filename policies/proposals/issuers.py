"""The bodies that issue an item: as it lists them, else as its Chinese title begins."""

from __future__ import annotations

import re

from policies.models import IssuingBody
from policies.newsletter import Item
from policies.registry import BodyRegistry

Issuer = tuple[str, IssuingBody | None]
# 工业和信息化部 国家发展改革委等七部门关于印发 …
TITLE_ISSUERS = re.compile(
    r"^(?P<names>[^关《（(]{2,80}?)(?:等[一二三四五六七八九十0-9]+(?:个)?(?:部门|单位|机构))?关于"
)


def issuers(item: Item, registry: BodyRegistry) -> list[Issuer]:
    """Each issuer as printed with the registered body, if it is known."""
    printed = list(item.issuing_bodies) or _in_title(item.title_zh)
    return [(name, registry.resolve(name)) for name in printed]


def _in_title(title: str) -> list[str]:
    match = TITLE_ISSUERS.match(title.strip())
    return re.split(r"[\s、,，]+", match["names"].strip()) if match else []
