"""python -m bench.pages: every page of the tracker on a large corpus, beside hello world.

Each page is asked for after an edit, so that none is kept; the median of some rounds
is told with its ratio to hello world of the same run. All pages take turns in each round,
so that whatever else the machine does meets all of them, and hello world too.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable

from bench import scratch, served
from bench.about import RESULTS, about_run

LIMIT = 60
FIRST = "q=development"
LISTS = {
    "list of policies": "/policies/?sector=steel",
    "policies over months, split by body": "/policies/?year=2024&split=body&by=month",
    "timeline": "/policies/timeline/?q=development",
    "promised": "/policies/promised/",
    "targets": "/targets/",
    "targets, far page": "/targets/?page=400",
    "who does what": "/targets/who/?q=development",
    "events": "/events/?q=development",
    "bodies": "/bodies/",
    "matrix": "/bodies/matrix/",
    "matrix of a search": "/bodies/matrix/?q=development",
    "companies": "/companies/",
    "companies by amount": "/companies/?sort=-cny",
    "sectors": "/sectors/",
    "issues": "/issues/",
    "glossary": "/glossary/",
    "home": "/",
    "search everything": "/search/?q=development",
    "calendar": "/calendar/?when=2024-05",
    "calendar, a year": "/calendar/?when=2024",
    "coverage": "/about/coverage/",
    "coverage of a search": "/about/coverage/?q=development",
    "phrase": "/phrases/?q=%22new+energy%22",
    "what changed": "/changes/",
    "data": "/data/",
    "feed of a search": "/policies.atom?q=development",
    "API": "/api/v1/policies/?q=development",
    "facets of the API": "/api/v1/facets/policies/?q=development",
}
# The first record of each list has a page of its own.
RECORDS = ("policies", "targets", "events", "bodies", "companies", "sectors", "issues")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def main() -> int:
    """Time each page on the database that `bench.run` left; write and print the result."""
    given = arguments()
    place = scratch.folder(given.engine, given.size)
    with scratch.database(given.engine, place, reuse=True) as address:
        scratch.use(address)
        from bench import tracker  # noqa: PLC0415

        with served.serving(scratch.environment(address), FIRST) as (site, _):
            paths = LISTS | records(site)
            rounds = [
                {name: timed(site, path, tracker.touch) for name, path in paths.items()}
                for _ in range(given.rounds)
            ]
        times = {name: statistics.median(one[name] for one in rounds) for name in paths}
        hello = statistics.median(site.hello_times)
        result = {
            "engine": given.engine, "size": given.size, "run": about_run(), "hello": hello,
            "pages": times,
        }  # fmt: skip
    file = RESULTS / f"pages-{given.engine}-{given.size}.json"
    file.write_text(json.dumps(result, indent=1) + "\n")
    for name, took in sorted(times.items(), key=lambda item: -item[1]):
        print(f"{took:8.1f} ms {took / hello:6.1f}x  {name}")
    return 0


def records(site: served.Tracker) -> dict[str, str]:
    """A record of each kind, read off the API."""
    found = {}
    for kind in RECORDS:
        listed = json.loads(site.client.get(f"/api/v1/{kind}/?page_size=1"))
        address = listed["results"][0]["address"]
        found[f"one of {kind}"] = "/" + address.split("/", 3)[3]
    return found


def timed(site: served.Tracker, path: str, touch: Callable[[], None]) -> float:
    """The milliseconds of a page after an edit that is taken in already; hello world beside it."""
    touch()
    site.client.get(served.BETWEEN)
    site.hello_times.append(served.milliseconds(lambda: site.hello.get("/")))
    return served.milliseconds(lambda: site.client.get(path))


if __name__ == "__main__":
    sys.exit(main())
