"""What the tools answer: searches, records and counts, with addresses and sources.

All that a tool is asked goes through the parameters of the API, so that the same words
find the same records; what is wrong with them is told by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from rest_framework.exceptions import NotFound

from policies.api import cursors, facets, reading
from policies.api.kinds import FACETED, KINDS, Kind
from policies.api.parameters import COUNTED, LISTED, SINGLE, Asked
from policies.api.problems import Withdrawn
from policies.api.values import errors_of
from policies.formerslugs import todays

from .bounds import shortened

Answer = dict[str, Any]
Filters = Mapping[str, str | int | bool | list[str]]
# So many records are given at once, and so many values of a filter.
MOST, MOST_VALUES = 20, 40
# What a tool is told by arguments of its own, or says by itself.
RESERVED = {"q", "sort", "cursor", "page_size", "fields", "facet", "page"}
# Kinds as references of records name them.
REFERRED = {kind.model._meta.model_name: kind for kind in KINDS.values()}
# In which folders of the site and of the API records of a kind stand.
FOLDERS = {name: name for name in KINDS} | {"glossary": "terms"}
# What a record of a list is told with; the whole record is had by itself.
BRIEFLY = {
    "policies": (
        "address slug title_en title_zh document_number issuers announced instrument status "
        "summary official_url issue"
    ),
    "targets": (
        "address slug text metric comparator value unit baseline_year baseline_value due status "
        "policy"
    ),
    "events": "address slug text happened kind companies amounts sources issue",
    "bodies": "address slug abbreviation name_en name_zh kind parent",
    "companies": "address slug name_en name_zh",
    "sectors": "address slug name_en name_zh parent",
    "issues": "address title publisher published period_start period_end",
    "terms": "address slug term_en term_zh definition sector",
}


class Refusal(Exception):
    """Something that was asked makes no sense; the text says what, and what would."""


def search(
    kind: str, query: str, filters: Filters, *, sort: str, limit: int, cursor: str
) -> Answer:
    """The records of a kind that are found, `limit` at a time, and where the next ones begin."""
    told = _kind(kind)
    question = _question(
        filters, q=query, sort=sort, cursor=cursor, page_size=str(max(1, min(limit, MOST)))
    )
    asked = Asked(question, LISTED, told.search.parameters, untold=RESERVED)
    size, mark = asked.page_size(), asked.mark(told)
    found = told.search(asked.search)
    _refuse(asked.errors + errors_of(told, found, settings.SITE_URL))
    ids, following = found.piece(size, mark)
    rows = reading.listed(told, ids, set(BRIEFLY[kind].split()), settings.SITE_URL)
    return {
        "searched": _searched(told, asked.search),
        "count": found.count,
        "complete": found.is_complete,
        "notices": found.notices,
        "next_cursor": cursors.written(following, kind, asked.search) if following else None,
        "results": [shortened(row, brief=True) for row in rows],
    }


def record(kind: str, slug: str, as_of: str) -> Answer:
    """A record whole, as it is or as the public saw it at the end of a day.

    The kind may be named as references name it, too.
    """
    told = _kind(kind)
    slug = _slug(told, slug)
    asked = Asked(_question({}, as_of=as_of), SINGLE)
    day = asked.day()
    if day and told.kept is None:
        asked.errors.append(("as_of", "No earlier versions of such a record are kept."))
    _refuse(asked.errors)
    found = reading.find(told, slug) or reading.find(told, reading.slug_today(told, slug))
    if found is None:
        note = reading.withdrawn(told, slug)
        raise Refusal(note or f"There is no public {told.noun} “{slug}”. Search for it first.")
    try:
        fields = (
            reading.as_of(told, found, day, None, settings.SITE_URL)
            if day
            else reading.single(found, None, settings.SITE_URL)
        )
    except (NotFound, Withdrawn) as refusal:
        raise Refusal(str(refusal.detail)) from refusal
    return {"record": shortened(fields), "as_of": str(day) if day else None}


def counts(kind: str, query: str, filters: Filters, names: list[str]) -> Answer:
    """How many of the records found have each value of each filter, the most frequent first."""
    told = _kind(kind)
    if kind not in FACETED:
        raise Refusal(f"Nothing is counted of {kind}. Counted: {', '.join(FACETED)}.")
    question = _question(filters, q=query, facet=names)
    asked = Asked(question, COUNTED, told.search.parameters, untold=RESERVED)
    wanted = asked.facets(told.search.facets)
    found = told.search(asked.search)
    _refuse(asked.errors + errors_of(told, found, settings.SITE_URL))
    page, api = (settings.SITE_URL + reverse(name) for name in (told.list_name, f"api_{told.name}"))
    made = facets.counted(found, asked.search, wanted, page=page, api=api)
    for facet in made:
        facet["values"] = [
            {name: value[name] for name in ("value", "label", "label_zh", "count", "address")}
            for value in facet["values"][:MOST_VALUES]
        ]
    return {
        "searched": _searched(told, asked.search),
        "count": found.count,
        "complete": found.is_complete,
        "notices": found.notices,
        "facets": made,
    }


def _kind(name: str) -> Kind:
    if found := KINDS.get(name) or REFERRED.get(name):
        return found
    raise Refusal(f"There are no records of the kind “{name}”. Kinds: {', '.join(KINDS)}.")


def _slug(kind: Kind, given: str) -> str:
    """The slug of a record, which may be given by its address here or in the API.

    Raises Refusal where that is the address of another kind.
    """
    folder, _, slug = urlsplit(given).path.rstrip("/").rpartition("/")
    place = FOLDERS.get(folder.rpartition("/")[2], kind.name)
    if place != kind.name:
        raise Refusal(f"“{given}” is an address of the kind “{place}”, not “{kind.name}”.")
    return slug


def _question(filters: Filters, **own: str | list[str]) -> QueryDict:
    """What was asked as a query string; what is empty or false was not asked.

    Raises Refusal for a filter that is a word of the tool itself.
    """
    if wrong := [name for name in filters if name in RESERVED]:
        raise Refusal(f"{', '.join(wrong)}: no filter. Give it as an argument of the tool.")
    question = QueryDict(mutable=True)
    for name, value in {**filters, **own}.items():
        values = value if isinstance(value, list) else [value]
        given = [each for each in values if each not in ("", None) and each is not False]
        told = ["1" if each is True else str(each) for each in given]
        if told:
            question.setlist(name, told)
    return QueryDict(todays(question.urlencode()))


def _refuse(errors: list[tuple[str, str]]) -> None:
    if errors:
        raise Refusal(" ".join(f"{name}: {wrong}" for name, wrong in errors))


def _searched(kind: Kind, query: QueryDict) -> Answer:
    """What was searched, and where a reader sees the same records."""
    asked = query.urlencode()
    address = settings.SITE_URL + reverse(kind.list_name) + (f"?{asked}" if asked else "")
    return {"kind": kind.name, "query": asked, "address": address}
