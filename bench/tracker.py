"""The tracker on a scratch database: filled, indexed, weighed, edited. Needs Django set up."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from time import perf_counter, process_time
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from bench import load
from bench.http import Timing, summed_up

TABLES = ("policies_searchposting", "policies_searchdocument")


def seconds(call: Callable[[], Any]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def build(size: int) -> dict[str, Any]:
    """Migrate, seed, write the corpus and index it; gives what each took."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed", stdout=io.StringIO())
    rows: dict[str, int] = {}
    written = seconds(lambda: rows.update(load.write(size)))
    said = io.StringIO()
    busy = process_time()
    took = seconds(lambda: call_command("rebuild_search", anew=True, stdout=said))
    busy = process_time() - busy
    records = int(said.getvalue().split()[0])
    return {
        "rows": rows,
        "written_seconds": written,
        "records": records,
        "index_seconds": took,
        "index_cpu_seconds": busy,
        "records_per_second": records / took,
        "index_bytes": index_bytes(),
    }


def fetched(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def index_bytes() -> dict[str, int]:
    """What the index takes on disk by table, and the share of policies by the bytes of their rows.

    The share is what compares with a full text of policies alone.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE policies_searchposting, policies_searchdocument")
        on_disk = [fetched(f"SELECT pg_total_relation_size('{table}')")[0][0] for table in TABLES]
    else:
        on_disk = [pages_of(table) for table in TABLES]
    term = "octet_length(term)" if connection.vendor == "postgresql" else "length(term)"
    data = term.replace("term", "data")
    by_kind = dict(
        fetched(f"SELECT kind, sum({term} + {data} + 12) FROM policies_searchposting GROUP BY kind")
    )
    share = by_kind[1] / sum(by_kind.values())
    return {
        "postings": int(on_disk[0]),
        "postings_of_policies": int(on_disk[0] * share),
        "documents": int(on_disk[1]),
    }


def pages_of(table: str) -> int:
    """The pages of an SQLite table with its indexes; by its rows where they cannot be asked for."""
    try:
        statement = (
            "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN "
            f"(SELECT name FROM sqlite_schema WHERE tbl_name = '{table}')"
        )
        return fetched(statement)[0][0]
    except sqlite3.OperationalError:
        return 0


def edits(number: int = 20) -> Timing:
    """Saving one policy with a new word, index included: policies from all over the corpus."""
    from policies.models import Policy  # noqa: PLC0415

    keys = list(Policy.objects.published().order_by("pk").values_list("pk", flat=True))
    step = max(1, len(keys) // (number + 3))
    times = []
    for place in range(number + 3):
        policy = Policy.objects.get(pk=keys[place * step])
        policy.comment = f"{policy.comment} Revised number {place}.".strip()
        times.append(seconds(policy.save) * 1000)
    return summed_up(times[3:])


def plain_edits(number: int = 20) -> Timing:
    """Writing the same row and nothing besides: what the database itself asks for an edit."""
    from policies.models import Policy  # noqa: PLC0415

    keys = list(Policy.objects.published().order_by("-pk").values_list("pk", flat=True)[:number])

    def write(key: int) -> None:
        with transaction.atomic():
            Policy.objects.filter(pk=key).update(comment=f"Revised {key}.")

    return summed_up([seconds(lambda key=key: write(key)) * 1000 for key in keys])


def touch() -> None:
    """Advance the version, as an edit of a policy and a body does, so that words are dropped."""
    from policies.models import IssuingBody, Policy  # noqa: PLC0415
    from policies.search import indexing  # noqa: PLC0415

    with indexing.batch():
        indexing.touch("policy", [Policy.objects.published().values_list("pk", flat=True)[0]])
        indexing.touch("body", [IssuingBody.objects.values_list("pk", flat=True)[0]])


def touch_policy() -> None:
    """Advance the version as an edit of one policy does."""
    from policies.models import Policy  # noqa: PLC0415
    from policies.search import indexing  # noqa: PLC0415

    indexing.touch("policy", [Policy.objects.published().values_list("pk", flat=True)[0]])
