"""Writes the invented corpus into the tracker's tables, as fast as the database takes it.

Rows go in by `executemany` on SQLite and by COPY on PostgreSQL, past models, signals and
history: published, with ids that follow those already there. Columns that the corpus
does not know get their defaults, so that new ones need no change here. The search index
is not written; `manage.py rebuild_search` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.models import Max, Model

from bench.corpus import Corpus

BATCH = 5_000
WRITTEN_AT = datetime(2025, 1, 1, tzinfo=UTC)
COLUMNS: dict[str, Any] = {
    "state": "published",
    "published_at": WRITTEN_AT,
    "created_at": WRITTEN_AT,
    "changed_at": WRITTEN_AT,
}


def model(name: str) -> type[Model]:
    """A model of the tracker, or the table between two of them ("Policy_sectors")."""
    owner, _, field = name.partition("_")
    found = apps.get_model("policies", owner)
    return getattr(found, field).through if field else found


class Table:
    """Collects rows of one table and writes them in batches."""

    def __init__(self, name: str, using: str) -> None:
        self.model, self.using = model(name), using
        self.connection = connections[using]
        self.rows: list[tuple] = []
        self.number = self.model._base_manager.using(using).aggregate(top=Max("pk"))["top"] or 0
        self.columns: list[str] = []
        self.makers: list[tuple[str, Any]] = []
        for field in self.model._meta.concrete_fields:
            default = COLUMNS.get(field.name, field.get_default())
            self.columns.append(field.column)
            self.makers.append((field.attname, field.get_db_prep_save(default, self.connection)))
        self.adapt: Callable[[Any], Any] = str if self.connection.vendor == "sqlite" else plain

    def add(self, **values: Any) -> int:
        """Take one row; gives its id."""
        self.number += 1
        values["id"] = self.number
        self.rows.append(
            tuple(
                self.adapt(values[name])
                if name.endswith("_on") and values.get(name) is not None
                else values.get(name, default)
                for name, default in self.makers
            )
        )
        return self.number

    def flush(self) -> None:
        if not self.rows:
            return
        quote = self.connection.ops.quote_name
        table = quote(self.model._meta.db_table)
        columns = ", ".join(map(quote, self.columns))
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", self.rows)
        self.rows = []


def plain(value: Any) -> Any:
    return value


def ids(name: str, using: str) -> dict[str, int]:
    """The ids of a model's records by slug."""
    return dict(model(name)._base_manager.using(using).values_list("slug", "pk"))


def batches(rows: Iterable[dict], size: int = BATCH) -> Iterator[list[dict]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def write(size: int, *, seed: int = 1, using: str = "default") -> dict[str, int]:
    """Fill the tables with `size` policies and what belongs to them; gives rows per table.

    Bodies and sectors must be there already (`manage.py seed`).
    """
    corpus = Corpus(size, seed)
    names = (
        "Company Policy PolicyIssuer Policy_sectors Target "
        "CorporateEvent CorporateEvent_sectors CorporateEvent_companies"
    )
    tables = {name: Table(name, using) for name in names.split()}
    start = {name: table.number for name, table in tables.items()}
    companies = {
        row["slug"]: tables["Company"].add(**without(row, "id")) for row in corpus.companies()
    }
    write_policies(corpus, tables, using)
    write_events(corpus, tables, companies, using)
    reset_sequences(tables, using)
    return {name: table.number - start[name] for name, table in tables.items()}


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def flush(tables: dict[str, Table], using: str) -> None:
    """Write what was collected. PostgreSQL's checks of each reference are left out if allowed."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone()[0]:
                cursor.execute("SET LOCAL session_replication_role = replica")
    for table in tables.values():
        table.flush()


def write_policies(corpus: Corpus, tables: dict[str, Table], using: str) -> None:
    bodies, sectors = ids("IssuingBody", using), ids("Sector", using)
    for batch in batches(corpus.policies()):
        with transaction.atomic(using=using):
            for row in batch:
                write_policy(row, tables, bodies, sectors)
            flush(tables, using)


def write_policy(row: dict, tables: dict[str, Table], bodies: dict, sectors: dict) -> None:
    policy = tables["Policy"].add(
        **without(row, "id", "bodies", "sectors", "targets"),
        announced_precision="day",
        effective_precision="day" if row["effective_on"] else "",
    )
    for position, slug in enumerate(row["bodies"]):
        tables["PolicyIssuer"].add(
            policy_id=policy, body_id=bodies[slug], position=position, is_lead=position == 0
        )
    for slug in row["sectors"]:
        tables["Policy_sectors"].add(policy_id=policy, sector_id=sectors[slug])
    for position, target in enumerate(row["targets"], 1):
        tables["Target"].add(
            **target,
            policy_id=policy,
            slug=f"{row['slug']}-target-{position}",
            position=position,
            due_precision="year" if target["due_on"] else "",
        )


def write_events(corpus: Corpus, tables: dict[str, Table], companies: dict, using: str) -> None:
    sectors = ids("Sector", using)
    for batch in batches(corpus.events()):
        with transaction.atomic(using=using):
            for row in batch:
                event = tables["CorporateEvent"].add(
                    **without(row, "id", "companies", "sectors"), happened_precision="day"
                )
                for slug in row["companies"]:
                    tables["CorporateEvent_companies"].add(
                        corporateevent_id=event, company_id=companies[slug]
                    )
                for slug in row["sectors"]:
                    tables["CorporateEvent_sectors"].add(
                        corporateevent_id=event, sector_id=sectors[slug]
                    )
            flush(tables, using)


def reset_sequences(tables: dict[str, Table], using: str) -> None:
    """Let the database go on counting after the ids that were written."""
    connection = connections[using]
    models = [table.model for table in tables.values()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
