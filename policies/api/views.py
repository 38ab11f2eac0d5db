"""What the API answers: lists, single records, facets, its contents."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.views import APIView

from policies.answers import site_of
from policies.querystrings import joined, rest

from . import cursors, facets, operations, reading
from .conditional import Stamp, stamp
from .kinds import FACETED, KINDS, Kind
from .parameters import COUNTED, LISTED, SINGLE, Asked
from .problems import BadParameters, Withdrawn
from .values import errors_of


class Door(APIView):
    """What all answers share: limits, a version, a description."""

    describe: Any = None

    limits: dict[str, str] = {}
    stamp: Stamp | None = None
    kind: Kind

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.site = site_of(request)

    def described(self) -> dict[str, Any]:
        """The operation as the OpenAPI document has it."""
        about = type(self).describe
        return about(self.kind) if hasattr(self, "kind") else about()

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        self.headers |= self.limits | {"Vary": "Accept", "Content-Language": "en"}
        if self.stamp and response.status_code in (200, 304):
            self.headers |= self.stamp.headers
        return super().finalize_response(request, response, *args, **kwargs)

    def unchanged(self, stamp: Stamp) -> HttpResponse | None:
        """The answer to who has the answer already, else None; marks the answer with `stamp`."""
        self.stamp = stamp
        return stamp.unchanged(self.request)


def refuse(errors: list[tuple[str, str]]) -> None:
    """Refuse wrong parameters, each named."""
    if errors:
        raise BadParameters(errors)


class Contents(Door):
    """Where everything is."""

    describe = operations.contents

    def get(self, request: Any) -> Response:
        refuse(Asked(request.GET, ()).errors)
        lists = {name: self.site + reverse(f"api_{name}") for name in KINDS}
        counts = {name: self.site + reverse(f"api_facets_{name}") for name in FACETED}
        more = {name: self.site + reverse(f"api_{name}") for name in ("docs", "schema")}
        return Response({**lists, "facets": counts, **more})


class RecordList(Door):
    """The records that a query string finds, a page at a time."""

    kind: Kind = None  # type: ignore[assignment]
    describe = operations.record_list

    def get(self, request: Any) -> Any:
        version, kind = stamp(request), self.kind
        asked = Asked(request.GET, LISTED, kind.search.parameters)
        chosen, size, mark = asked.fields(kind), asked.page_size(), asked.mark(kind)
        search = kind.search(asked.search)
        refuse(asked.errors + errors_of(kind, search, self.site))
        if unchanged := self.unchanged(version):
            return unchanged
        ids, following = search.piece(size, mark)
        onward = None
        if following:
            query = request.GET.copy()
            query["cursor"] = cursors.written(following, kind.name, asked.search)
            onward = f"{self.site}{request.path}?{query.urlencode()}"
            self.headers["Link"] = f'<{onward}>; rel="next"'
        return Response(
            {
                "count": search.count,
                "complete": search.is_complete,
                "notices": search.notices,
                "address": joined(self.site + reverse(kind.list_name), asked.search.urlencode()),
                "next": onward,
                "results": reading.listed(kind, ids, chosen, self.site),
            }
        )


class Record(Door):
    """One record, as it is or as it was on a day; a former slug redirects."""

    kind: Kind = None  # type: ignore[assignment]
    describe = operations.record

    def get(self, request: Any, slug: str) -> Any:
        version, kind = stamp(request), self.kind
        asked = Asked(request.GET, SINGLE)
        chosen, day = asked.fields(kind), asked.day()
        if kind.kept is None and "as_of" in request.GET:
            asked.errors = [("as_of", "No earlier versions of such a record are kept.")]
        refuse(asked.errors)
        record = reading.find(kind, slug)
        if record is None:
            return self._elsewhere(request, slug)
        if unchanged := self.unchanged(version):
            return unchanged
        if day:
            return Response(reading.as_of(kind, record, day, chosen, self.site))
        return Response(reading.single(record, chosen, self.site))

    def _elsewhere(self, request: Any, slug: str) -> HttpResponse:
        if today := reading.slug_today(self.kind, slug):
            address = reverse(f"api_{self.kind.name}_record", args=[today])
            return HttpResponsePermanentRedirect(joined(address, rest(request.GET)))
        if note := reading.withdrawn(self.kind, slug):
            raise Withdrawn(note)
        raise NotFound(f"There is no such {self.kind.noun}.")


class Facets(Door):
    """How many records of a search each value of each filter would give."""

    kind: Kind = None  # type: ignore[assignment]
    describe = operations.facets

    def get(self, request: Any) -> Any:
        version, kind = stamp(request), self.kind
        asked = Asked(request.GET, COUNTED, kind.search.parameters)
        wanted = asked.facets(kind.search.facets)
        search = kind.search(asked.search)
        refuse(asked.errors + errors_of(kind, search, self.site))
        if unchanged := self.unchanged(version):
            return unchanged
        page = self.site + reverse(kind.list_name)
        own = self.site + reverse(f"api_{kind.name}")
        return Response(
            {
                "count": search.count,
                "complete": search.is_complete,
                "notices": search.notices,
                "address": joined(page, asked.search.urlencode()),
                "facets": facets.counted(search, asked.search, wanted, page=page, api=own),
            }
        )


class Nowhere(Door):
    """Any other address below the API's."""

    schema = None

    def get(self, request: Any, path: str = "") -> Response:
        raise NotFound("There is nothing at this address.")
