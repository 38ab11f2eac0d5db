"""The public addresses. An address of a record never changes."""

from django.urls import path

from policies import feeds
from policies.exports import EXPORTED, formats_of
from policies.versions.kinds import KEPT
from policies.views import details, exports, history, ledger, lists, matrix, pages, search


def values(view, name):
    """The page of all values of a facet beside the list `view`, which is called `name`."""
    return lists.AllValues.as_view(of=view, list_name=name)


def past(folder, name):
    """The pages of a record's past, below its own."""
    kept, address = KEPT[name], f"{folder}/<slug:slug>/history/"
    return [
        path(address, history.RecordHistory.as_view(kept=kept), name=f"{name}_history"),
        path(
            f"{address}<int:version>/",
            history.RecordVersion.as_view(kept=kept),
            name=f"{name}_version",
        ),
    ]


def files(kind):
    """The list `kind` as a file in each format: the same query string, the same records."""
    return [
        path(
            f"{kind}.{ending}", exports.export, {"kind": kind, "ending": ending}, f"{kind}.{ending}"
        )
        for ending in formats_of(kind)
    ]


urlpatterns = [
    path("", pages.Home.as_view(), name="home"),
    path("search/", search.SearchEverything.as_view(), name="search"),
    path("suggest/", search.suggest, name="suggest"),
    path("policies/", lists.PolicyList.as_view(), name="policy_list"),
    path("policies/facets/<slug:name>/", values(lists.PolicyList, "policy_list")),
    path("policies/<slug:slug>/", details.PolicyDetail.as_view(), name="policy"),
    *past("policies", "policy"),
    path("targets/", ledger.TargetList.as_view(), name="target_list"),
    path("targets/facets/<slug:name>/", values(ledger.TargetList, "target_list")),
    path("targets/<slug:slug>/", details.TargetDetail.as_view(), name="target"),
    *past("targets", "target"),
    path("events/", lists.EventList.as_view(), name="event_list"),
    path("events/facets/<slug:name>/", values(lists.EventList, "event_list")),
    path("events/<slug:slug>/", details.EventDetail.as_view(), name="event"),
    *past("events", "event"),
    path("bodies/", lists.BodyList.as_view(), name="body_list"),
    path("bodies/facets/<slug:name>/", values(lists.BodyList, "body_list")),
    path("bodies/matrix/", matrix.BodyMatrix.as_view(), name="body_matrix"),
    path("bodies/<slug:slug>/", details.BodyDetail.as_view(), name="body"),
    *past("bodies", "body"),
    path("companies/", lists.CompanyList.as_view(), name="company_list"),
    path("companies/<slug:slug>/", details.CompanyDetail.as_view(), name="company"),
    path("sectors/", lists.SectorList.as_view(), name="sector_list"),
    path("sectors/<slug:slug>/", details.SectorDetail.as_view(), name="sector"),
    path("issues/", pages.IssueList.as_view(), name="issue_list"),
    path("issues/<slug:slug>/", details.IssueDetail.as_view(), name="issue"),
    path("glossary/", lists.Glossary.as_view(), name="glossary"),
    path("glossary/facets/<slug:name>/", values(lists.Glossary, "glossary")),
    path("glossary/<slug:slug>/", details.TermDetail.as_view(), name="term"),
    *(address for kind in EXPORTED for address in files(kind)),
    path("changes/", history.Changes.as_view(), name="changes"),
    path("changes.atom", feeds.changes, name="changes_feed"),
    path("about/", pages.About.as_view(), name="about"),
]
