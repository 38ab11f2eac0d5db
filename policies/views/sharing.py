"""The addresses by which the tracker is found and shared."""

from __future__ import annotations

from typing import Any

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from policies.models import Company, CorporateEvent, IssuingBody, Policy, Sector, Target, Term
from policies.sharing.sitemaps import SECTIONS
from policies.views import cards, companies, embed, found, ledger, lists

LISTS: dict[str, Any] = {
    "policies": lists.PolicyList,
    "targets": ledger.TargetList,
    "events": lists.EventList,
    "bodies": lists.BodyList,
    "companies": companies.CompanyList,
}
RECORDS: dict[str, Any] = {
    "policies": Policy,
    "targets": Target,
    "events": CorporateEvent,
    "bodies": IssuingBody,
    "companies": Company,
    "sectors": Sector,
    "glossary": Term,
}
# By folder: the list that a frame shows, and its address.
FRAMED = {"policies": "policy_list", "targets": "target_list", "events": "event_list"}


def framed(view: Any, folder: str) -> Any:
    """A frame of the list in `folder`."""
    return view.as_view(of=LISTS[folder], list_name=FRAMED[folder])


urlpatterns = [
    path("opensearch.xml", found.opensearch, name="opensearch"),
    path("suggest.json", found.suggest, name="suggest_json"),
    path("favicon.ico", found.favicon, name="favicon"),
    path("robots.txt", found.robots, name="robots"),
    path("llms.txt", found.llms, name="llms"),
    path(
        "sitemap.xml",
        index,
        {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SECTIONS}, name="sitemap_section"),
    path("card.png", cards.card, name="card"),
    *(
        path(f"{folder}/card.png", cards.card_of_search, {"of": view}, f"card_{folder}")
        for folder, view in LISTS.items()
    ),
    *(
        path(f"{folder}/<slug:slug>/card.png", cards.RecordCard.as_view(model=model))
        for folder, model in RECORDS.items()
    ),
    path("issues/<slug:slug>/card.png", cards.IssueCard.as_view()),
    *(
        path(f"embed/{folder}/", framed(embed.ListFrame, folder), name=f"embed_{folder}")
        for folder in FRAMED
    ),
    *(
        path(
            f"embed/{folder}/timeline/",
            framed(embed.TimeFrame, folder),
            name=f"embed_{folder}_timeline",
        )
        for folder in ("policies", "events")
    ),
    path(
        "embed/targets/horizon/",
        framed(embed.HorizonFrame, "targets"),
        name="embed_targets_horizon",
    ),
]
