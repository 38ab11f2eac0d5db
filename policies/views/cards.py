"""The images that other sites show beside a link: of a record, of a list, of the site.

Their version is told from what they say, before they are drawn, so that nothing is drawn
for who has it, and nothing twice for the others.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from policies.answers import refused
from policies.facets import chips
from policies.models import IssuingBody, Sector, Term
from policies.sharing.cards import card_of, card_of_list, card_of_site
from policies.sharing.drawing import Card, drawn
from policies.sharing.fonts import face
from policies.sharing.heads import in_words
from policies.views.details import IssueDetail, Record

# To be raised when the drawing changes.
DRAWING = 1
FRESH_SECONDS, KEPT_SECONDS = 3_600, 86_400
REGISTRY = (IssuingBody, Sector, Term)


def shown(request: HttpRequest, card: Card) -> HttpResponseBase:
    """The card as an image, or that it is as it was."""
    said = repr((DRAWING, card, face("bold"), face("plain")))
    digest = hashlib.sha256(said.encode()).hexdigest()[:32]
    etag = f'"{digest}"'
    answer = get_conditional_response(request, etag)
    if answer is None:
        image = caches["cards"].get_or_set(digest, lambda: drawn(card), KEPT_SECONDS)
        answer = HttpResponse(image, content_type="image/png")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    return answer


class RecordCard(Record):
    """The card of a public record; a former slug redirects, a withdrawn record is gone."""

    def get_queryset(self):
        return self.model.objects.all() if self.model in REGISTRY else super().get_queryset()

    def get(self, request, *args: Any, **kwargs: Any):
        return shown(request, card_of(self.get_object(), request.get_host()))

    def address_of(self, record: Any) -> str:
        return f"{record.get_absolute_url()}card.png"


class IssueCard(IssueDetail):
    """The card of an issue."""

    def get(self, request, *args: Any, **kwargs: Any):
        return shown(request, card_of(self.get_object(), request.get_host()))


@require_safe
def card_of_search(request: HttpRequest, of: Any) -> HttpResponseBase:
    """The card of the list `of`, a view, for the query string of that list."""
    filterset = of.filterset_class(request.GET)
    errors = filterset.errors_by_parameter
    if errors:
        return refused(errors)
    count = len(filterset.ids())
    found = f"{count:,} {of.noun if count == 1 else of.nouns}"
    asked = in_words(chips(filterset, request.GET))
    return shown(request, card_of_list(of.title, found, asked, request.get_host()))


@require_safe
def card(request: HttpRequest) -> HttpResponseBase:
    """The card of the site."""
    return shown(request, card_of_site(request.get_host()))
