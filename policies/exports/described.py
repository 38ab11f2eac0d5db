"""A search as a data set: in words, as a work to cite, and as schema.org has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from zlib import crc32

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from policies.facets import HEADS, SHAPES, chips
from policies.filters import TrackerFilterSet
from policies.languages import CHINESE, ENGLISH, mark
from policies.search.index import Index, current_index
from policies.works import GENRES, SITE, Work

from .formats import formats_of
from .found import EXPORTED, Exported

# What says how a list looks, not what it holds.
LOOKS = {"page", *SHAPES}
TITLES = {
    "policies": "Policies",
    "targets": "Targets",
    "events": "Corporate events",
    "bodies": "Issuing bodies",
    "companies": "Companies",
}
# How many of a kind of record.
COUNTED: dict[str, Callable[[int], str]] = {
    "policy": lambda n: ngettext("%(number)s policy", "%(number)s policies", n),
    "target": lambda n: ngettext("%(number)s target", "%(number)s targets", n),
    "event": lambda n: ngettext("%(number)s corporate event", "%(number)s corporate events", n),
    "issue": lambda n: ngettext("%(number)s issue", "%(number)s issues", n),
}


def without_looks(query: QueryDict) -> QueryDict:
    """A query string without what changes nothing of what is found."""
    kept = query.copy()
    for name in LOOKS:
        kept.pop(name, None)
    return kept


def in_words(title: Any, filterset: TrackerFilterSet, query: QueryDict) -> str:
    """A search of the list called `title` in one line, in the language of now."""
    chosen: dict[str, list[str]] = defaultdict(list)
    for chip in chips(filterset, query):
        chosen[chip.label].append(str(chip.value))
    for name in HEADS & filterset.filters.keys():
        if value := query.get(name):
            chosen[str(filterset.filters[name].label)].append(value)
    if not chosen:
        return _all(title)
    told = [
        gettext("%(label)s: %(value)s") % {"label": label, "value": mark("comma").join(values)}
        for label, values in chosen.items()
    ]
    return gettext("%(list)s, %(asked)s") % {"list": title, "asked": mark("semicolon").join(told)}


def _all(title: Any) -> str:
    return gettext("%(list)s, all") % {"list": title}


def _told(what: str, number: int) -> str:
    told = ngettext("%(what)s (%(number)d record)", "%(what)s (%(number)d records)", number)
    return told % {"what": what, "number": number}


def numbered(
    title: Any,
    filterset: TrackerFilterSet,
    query: QueryDict,
    number: int | None = None,
    *,
    of: str = "",
) -> str:
    """The same with the number of records found, which is the list's own unless one is given.

    `of` is the kind of record that is counted, where the title does not say it.
    """
    number = len(filterset.ids()) if number is None else number
    if of in COUNTED and not filterset.found.is_partial:
        told = gettext("%(what)s (%(counted)s)")
        counted = COUNTED[of](number) % {"number": number}
        return told % {"what": in_words(title, filterset, query), "counted": counted}
    if filterset.found.is_partial:
        told = gettext("%(what)s (%(number)d records or more)")
        return told % {"what": in_words(title, filterset, query), "number": number}
    return _told(in_words(title, filterset, query), number)


def work_of_search(
    title: Any,
    filterset: TrackerFilterSet,
    query: QueryDict,
    path: str,
    number: int | None = None,
    *,
    of: str = "",
) -> Work:
    """A search as it is cited; `path` is the address of its list, with the site.

    `of` is the kind of record that it counts, if its title does not say so.
    """
    with override(ENGLISH):
        told = numbered(title, filterset, query, number, of=of)
    with override(CHINESE):
        told_zh = numbered(title, filterset, query, number, of=of)
    asked = without_looks(query).urlencode()
    address = f"{path}?{asked}" if asked else path
    key = f"{of or filterset.record_kind}-search-{crc32(address.encode()):08x}"
    return Work(
        key, "search", " ".join(told.split()), " ".join(told_zh.split()), (), None, "",
        GENRES["search"], address, "",
    )  # fmt: skip


def data_set(
    kind: Exported, filterset: TrackerFilterSet, query: QueryDict, site: str
) -> dict[str, Any]:
    """A search as schema.org describes a Dataset, in English."""
    asked = without_looks(query).urlencode()
    asked = f"?{asked}" if asked else ""
    with override(ENGLISH):
        told = numbered(TITLES[kind.name], filterset, query)
    return {"@context": "https://schema.org"} | _data_set(kind, told, asked, site)


def _data_set(kind: Exported, told: str, asked: str, site: str) -> dict[str, Any]:
    address = f"{site}{reverse(kind.list_name)}{asked}"
    return {
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": f"{SITE}: {told}",
        "description": (
            f"{told}, on China’s industrial policy, as selected by a monthly newsletter. "
            "Each record names its source; dates are as exact as the source."
        ),
        "inLanguage": ["en", "zh-Hans"],
        "spatialCoverage": "China",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": SITE, "url": f"{site}/"},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one.label,
                "encodingFormat": one.media_type.partition(";")[0],
                "contentUrl": f"{site}{reverse(f'{kind.name}.{ending}')}{asked}",
            }
            for ending, one in formats_of(kind.name).items()
        ],
    }


def _all_of(kind: Exported, index: Index) -> str:
    """What `numbered` says of a list without filters, which need not be made for it."""
    number = len(index.kind(kind.filterset_class.record_kind).everything)
    with override(ENGLISH):
        return _told(_all(TITLES[kind.name]), number)


def whole_data_set(site: str) -> dict[str, Any]:
    """The tracker as a Dataset whose parts are its lists."""
    index = current_index()
    parts = [_data_set(kind, _all_of(kind, index), "", site) for kind in EXPORTED.values()]
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{site}/",
        "url": f"{site}/",
        "name": f"{SITE}: China’s industrial policy",
        "description": (
            "Policies, targets, issuing bodies and corporate events of China’s industrial policy, "
            "as selected by a monthly newsletter, in English and Chinese, traced to their source."
        ),
        "inLanguage": ["en", "zh-Hans"],
        "spatialCoverage": "China",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": SITE, "url": f"{site}/"},
        "hasPart": parts,
    }
