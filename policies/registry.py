"""Finds the registered body that a printed name means.

By abbreviation, name or alias in any case and either language, with or without
an office's suffix; never by likeness: SAFE is not SAFR. A name that is not known
gives None, which an editor has to settle.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from policies.models import BodyAlias, IssuingBody
from policies.models.names import name_key

_STATE_PREFIX = "中华人民共和国"
_OFFICE = re.compile(
    r"(?:办公厅\(室\)|办公厅|办公室|综合司|综合部"
    r"|,? general office|['’]s general office)$"
)
_OFFICE_OF = re.compile(r"^general office of (?:the )?")


class BodyRegistry:
    """The registry as it stands when made; one pair of queries, then look-ups only.

    `settled` says which body is meant by a name that the registry does not know.
    `bodies` are all bodies, `aliases` their other names as keys, each with its body's.
    """

    def __init__(self, settled: Mapping[str, IssuingBody] | None = None) -> None:
        self._by_key: dict[str, IssuingBody | None] = {}
        self.bodies = bodies = list(IssuingBody.objects.order_by("pk"))
        by_pk = {body.pk: body for body in bodies}
        self.aliases = list(BodyAlias.objects.order_by("pk").values_list("key", "body_id"))
        for field in ("abbreviation", "name_en", "name_zh", "short_name_zh"):
            found: dict[str, IssuingBody | None] = {}
            for body in bodies:
                key = name_key(getattr(body, field))
                if key and found.setdefault(key, body) is not body:
                    found[key] = None
            self._by_key = found | self._by_key
        for key, body_key in self.aliases:
            self._by_key.setdefault(key, by_pk[body_key])
        for name, body in (settled or {}).items():
            self._by_key[name_key(name).strip(" .;,")] = body

    def resolve(self, printed: str) -> IssuingBody | None:
        """The body called `printed`, or None where the name is unknown or means several."""
        key = name_key(printed).strip(" .;,")
        for name in (key, key.removeprefix(_STATE_PREFIX)):
            if name in self._by_key:
                return self._by_key[name]
        plain = _OFFICE_OF.sub("", _OFFICE.sub("", key))
        return self._by_key.get(plain) or self._by_key.get(plain.removeprefix(_STATE_PREFIX))
