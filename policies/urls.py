"""The public addresses. An address of a record never changes."""

from django.urls import include, path

from policies import calendars, feeds
from policies.alerts.searches import FOLLOWED as ALERTED
from policies.exports import EXPORTED, formats_of
from policies.versions.kinds import KEPT
from policies.views import (
    alerts,
    calendar,
    chartfiles,
    companies,
    compare,
    coverage,
    datasets,
    details,
    exports,
    history,
    ledger,
    lists,
    matrix,
    pages,
    phrases,
    promised,
    reports,
    search,
    timeline,
    who,
)


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


def charted(folder, of, view=chartfiles.chart_file):
    """A chart as a picture and as its numbers: the same query string as that of its page."""
    return [
        path(
            f"{folder}chart.{ending}", view, {"of": of, "ending": ending},
            f"{of}_chart.{ending}",
        )
        for ending in chartfiles.ENDINGS
    ]  # fmt: skip


def followed(kind):
    """The list `kind` as a feed and as a calendar, for whoever wants to hear of what is new."""
    return [
        path(f"{kind}.atom", feeds.feed, {"kind": kind}, f"{kind}.atom"),
        path(f"{kind}.ics", calendars.calendar, {"kind": kind}, f"{kind}.ics"),
    ]


def alerting(kind):
    """The page at which the list `kind` is followed by e-mail."""
    return path(f"alerts/new/{kind}/", alerts.New.as_view(), {"kind": kind}, f"alert_new_{kind}")


urlpatterns = [
    path("", pages.Home.as_view(), name="home"),
    path("search/", search.SearchEverything.as_view(), name="search"),
    path("suggest/", search.suggest, name="suggest"),
    path("policies/", lists.PolicyList.as_view(), name="policy_list"),
    path("policies/facets/<slug:name>/", values(lists.PolicyList, "policy_list")),
    path("policies/timeline/", timeline.PolicyTimeline.as_view(), name="policy_timeline"),
    path(
        "policies/timeline/facets/<slug:name>/", values(timeline.PolicyTimeline, "policy_timeline")
    ),
    path("policies/promised/", promised.PromisedList.as_view(), name="promised"),
    path("policies/<slug:slug>/", details.PolicyDetail.as_view(), name="policy"),
    *past("policies", "policy"),
    path("targets/", ledger.TargetList.as_view(), name="target_list"),
    path("targets/facets/<slug:name>/", values(ledger.TargetList, "target_list")),
    path("targets/who/", who.WhoDoesWhat.as_view(), name="target_who"),
    path("targets/<slug:slug>/", details.TargetDetail.as_view(), name="target"),
    *past("targets", "target"),
    path("compare/", compare.Comparison.as_view(), name="compare"),
    path("events/", lists.EventList.as_view(), name="event_list"),
    path("events/facets/<slug:name>/", values(lists.EventList, "event_list")),
    path("events/timeline/", timeline.EventTimeline.as_view(), name="event_timeline"),
    path("events/timeline/facets/<slug:name>/", values(timeline.EventTimeline, "event_timeline")),
    path("events/<slug:slug>/", details.EventDetail.as_view(), name="event"),
    *past("events", "event"),
    path("bodies/", lists.BodyList.as_view(), name="body_list"),
    path("bodies/facets/<slug:name>/", values(lists.BodyList, "body_list")),
    path("bodies/matrix/", matrix.BodyMatrix.as_view(), name="body_matrix"),
    path("bodies/<slug:slug>/", details.BodyDetail.as_view(), name="body"),
    *past("bodies", "body"),
    path("companies/", companies.CompanyList.as_view(), name="company_list"),
    path("companies/facets/<slug:name>/", values(companies.CompanyList, "company_list")),
    path("companies/<slug:slug>/", companies.CompanyDetail.as_view(), name="company"),
    path("sectors/", lists.SectorList.as_view(), name="sector_list"),
    path("sectors/<slug:slug>/", details.SectorDetail.as_view(), name="sector"),
    path("issues/", pages.IssueList.as_view(), name="issue_list"),
    path("issues/<slug:slug>/", details.IssueDetail.as_view(), name="issue"),
    path("glossary/", lists.Glossary.as_view(), name="glossary"),
    path("glossary/facets/<slug:name>/", values(lists.Glossary, "glossary")),
    path("glossary/<slug:slug>/", details.TermDetail.as_view(), name="term"),
    *(address for kind in EXPORTED for address in files(kind)),
    *charted("policies/", "policy"),
    *charted("targets/", "target"),
    *charted("targets/<slug:slug>/", "lineage", chartfiles.TargetChart.as_view()),
    *charted("events/", "event"),
    *charted("bodies/matrix/", "matrix"),
    *(address for kind in feeds.FOLLOWED for address in followed(kind)),
    path("calendar/", calendar.CalendarPage.as_view(), name="calendar"),
    path("calendar/facets/<slug:name>/", values(calendar.CalendarPage, "calendar")),
    path("calendar.ics", calendars.calendar, {"kind": "calendar"}, "calendar.ics"),
    *(alerting(kind) for kind in ALERTED),
    path("alerts/asked/", alerts.Asked.as_view(), name="alert_asked"),
    path("alerts/confirm/<str:token>/", alerts.confirm, name="alert_confirm"),
    path("alerts/manage/<str:token>/", alerts.Manage.as_view(), name="alert_manage"),
    path("alerts/unsubscribe/<str:token>/", alerts.unsubscribe, name="alert_unsubscribe"),
    path("changes/", history.Changes.as_view(), name="changes"),
    path("changes.atom", feeds.changes, name="changes_feed"),
    path("report/", reports.ReportError.as_view(), name="report"),
    path("report/received/", reports.received, name="report_received"),
    path("phrases/", phrases.PhraseBiography.as_view(), name="phrase"),
    path("", include("policies.views.sharing")),
    path("api/v1/", include("policies.api.urls")),
    path("data/", datasets.DataSets.as_view(), name="datasets"),
    path("data/<slug:build>/", datasets.DataSets.as_view(), name="dataset"),
    path("data/<slug:build>/<str:name>", datasets.dataset_file, name="dataset_file"),
    path("about/", pages.About.as_view(), name="about"),
    path("about/coverage/", coverage.Coverage.as_view(), name="coverage"),
]
