"""The whole data as files: the page that lists the builds, and the files themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import condition, require_safe
from django.views.generic import TemplateView

from policies.datasets import Build, all_builds, found_build
from policies.datasets.builds import File, licence
from policies.datasets.changes import WORDS
from policies.datasets.shape import LABELS

# By what a file is: its name for readers, and what it is good for.
USES = {
    "sqlite": (
        "SQLite",
        _("all tables in one file, with full-text search: Datasette, R, pandas"),
    ),
    "package": (
        _("Data Package"),
        _("the same tables as CSV, described for programs: R, pandas"),
    ),
    "changes": (_("Changes"), _("addresses of the records that were added, changed and withdrawn")),
    "datasette": (_("For Datasette"), _("titles and meanings, shown beside the SQLite file")),
    "sums": (
        "SHA256SUMS",
        _("to check what you loaded: sha256sum --ignore-missing --check SHA256SUMS"),
    ),
}
TITLES = {
    "policies": _("Policies"),
    "targets": _("Targets"),
    "events": _("Corporate events"),
    "bodies": _("Issuing bodies"),
    "companies": _("Companies"),
    "issues": _("Issues"),
    "sectors": _("Sectors"),
    "regions": _("Places"),
    "terms": _("Terms"),
}


class DataSets(TemplateView):
    """The newest build, or the one that the address names, and what there is besides."""

    template_name = "policies/data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        builds = all_builds()
        name = kwargs.get("build", "")
        shown = next((one for one in builds if name in ("", one.name)), None)
        if name and shown is None:
            raise Http404("There is no such build.")
        return super().get_context_data(**kwargs) | {
            "builds": builds,
            "shown": shown,
            "is_newest": shown in builds[:1],
            "files": [(file, *USES[file.what]) for file in shown.files] if shown else [],
            "kinds": list(_kinds(shown)) if shown else [],
            "tables": list(_tables(shown)) if shown else [],
            "others": [(one, sum(row[1] for row in _kinds(one)), _changes(one)) for one in builds],
            "licence": licence(),
        }


def _kinds(build: Build) -> Iterator[tuple[str, int, int, list[int]]]:
    """Of each kind: its title, its records, rows that hang on them, what changed by `WORDS`."""
    rows, hanging = dict.fromkeys(TITLES, 0), dict.fromkeys(TITLES, 0)
    for table in build.told["tables"]:
        counted = rows if table["name"] == table["of"] else hanging
        counted[table["of"]] += table["rows"]
    for name, title in TITLES.items():
        changed = build.told["changes"].get(name, {})
        yield title, rows[name], hanging[name], [changed.get(word, 0) for word in WORDS]


def _tables(build: Build) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Of each table: what the build says of it, the title of its kind, and the label of its field.

    The title is empty where the table is not made any more.
    """
    for table in build.told["tables"]:
        label = LABELS.get(table["name"], "")
        is_known = label or table["name"] == table["of"]
        yield table, TITLES[table["of"]] if is_known else "", label


def _changes(build: Build) -> list[int]:
    changed = build.told["changes"].values()
    return [sum(numbers.get(word, 0) for numbers in changed) for word in WORDS]


def _of(build: str, name: str) -> tuple[Build, File] | None:
    """A file of a build; only what the build itself names is one."""
    found = found_build(build)
    file = found.file(name) if found else None
    return (found, file) if found and file else None


def _tag(request: HttpRequest, build: str, name: str) -> str | None:
    found = _of(build, name)
    return f'"{found[1].sha256}"' if found else None


def _built(request: HttpRequest, build: str, name: str) -> datetime | None:
    found = _of(build, name)
    return found[0].built if found else None


@require_safe
@condition(etag_func=_tag, last_modified_func=_built)
def dataset_file(request: HttpRequest, build: str, name: str) -> HttpResponse | FileResponse:
    """A file of a build, whole."""
    found = _of(build, name)
    if found is None:
        raise Http404("There is no such file.")
    of, file = found
    try:
        opened = (of.folder / file.name).open("rb")
    except FileNotFoundError:
        raise Http404("This file was taken away.") from None
    return FileResponse(
        opened, as_attachment=True, filename=file.name, content_type=file.media_type
    )
