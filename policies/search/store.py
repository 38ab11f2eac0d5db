"""Reads and writes the tables of the index, in plain SQL that both databases know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from django.db import connection
from django.db.models import Max
from pyroaring import BitMap

from policies.models import SearchDocument, SearchPosting

from .blocks import BLOCK, block_of, pack, placed, unpack
from .documents import Document

POSTINGS = SearchPosting._meta.db_table
DOCUMENTS = SearchDocument._meta.db_table
AT_ONCE = 400
# Ids that a change puts into, and takes out of, the field of a term.
Change = tuple[set[int], set[int]]


def chunks(items: Iterable, size: int = AT_ONCE) -> Iterator[list]:
    """The items in lists of at most `size`."""
    rest = list(items)
    for start in range(0, len(rest), size):
        yield rest[start : start + size]


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)


def read_terms(kind: int, terms: Iterable[str]) -> dict[str, dict[int, BitMap]]:
    """The records of each term by field; a term that nothing holds has none."""
    found: dict[str, dict[int, list[BitMap]]] = {term: defaultdict(list) for term in terms}
    with connection.cursor() as cursor:
        for group in chunks(found):
            cursor.execute(
                f"SELECT term, block, data FROM {POSTINGS}"  # noqa: S608
                f" WHERE kind = %s AND term IN ({_marks(len(group))})",
                [kind, *(term.encode() for term in group)],
            )
            for term, block, data in cursor.fetchall():
                fields = found[bytes(term).decode()]
                for field, ids in unpack(bytes(data)).items():
                    fields[field].append(placed(ids, block))
    return {term: united(fields) for term, fields in found.items()}


def united(fields: Mapping[int, list[BitMap]]) -> dict[int, BitMap]:
    """The bitmaps of the blocks of each field as one."""
    return {
        field: maps[0] if len(maps) == 1 else BitMap.union(*maps) for field, maps in fields.items()
    }


def read_range(
    kind: int, low: str, high: str, block: int | None = None
) -> Iterator[tuple[str, int, dict[int, BitMap]]]:
    """Each term from `low` up to but without `high`, with its block and ids within it."""
    condition = "" if block is None else " AND block = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT term, block, data FROM {POSTINGS}"  # noqa: S608
            f" WHERE kind = %s AND term >= %s AND term < %s{condition}",
            [kind, low.encode(), high.encode(), *([] if block is None else [block])],
        )
        while rows := cursor.fetchmany(500):
            for term, at, data in rows:
                yield bytes(term).decode(), at, unpack(bytes(data))


def read_documents(kind: int, ids: Iterable[int]) -> dict[int, Document]:
    """The documents of the records that the index holds."""
    found = {}
    with connection.cursor() as cursor:
        for group in chunks(ids, 1000):
            cursor.execute(
                f"SELECT record_id, text, {_values()} FROM {DOCUMENTS}"  # noqa: S608
                f" WHERE kind = %s AND record_id IN ({_marks(len(group))})",
                [kind, *group],
            )
            found.update({key: Document.stored(text, v) for key, text, v in cursor.fetchall()})
    return found


def document_ids(kind: int, low: int, high: int) -> list[int]:
    """The records from `low` up to but without `high` that the index holds."""
    rows = SearchDocument.objects.filter(kind=kind, record_id__gte=low, record_id__lt=high)
    return list(rows.values_list("record_id", flat=True))


def read_texts(kind: int, ids: list[int]) -> list[tuple[int, str]]:
    """The texts of the records that the index holds, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record_id, text FROM {DOCUMENTS}"  # noqa: S608
            f" WHERE kind = %s AND record_id IN ({_marks(len(ids))})",
            [kind, *ids],
        )
        return cursor.fetchall()


def _values() -> str:
    return connection.ops.quote_name("values")


def write_documents(kind: int, documents: Mapping[int, Document], gone: Iterable[int]) -> None:
    """Put documents into the table, and take out those of the records that are gone."""
    rows = [(kind, key, d.text, d.packed_values) for key, d in documents.items()]
    with connection.cursor() as cursor:
        for group in chunks(gone):
            cursor.execute(
                f"DELETE FROM {DOCUMENTS}"  # noqa: S608
                f" WHERE kind = %s AND record_id IN ({_marks(len(group))})",
                [kind, *group],
            )
        if rows:
            cursor.executemany(
                f"INSERT INTO {DOCUMENTS} (kind, record_id, text, {_values()})"  # noqa: S608
                " VALUES (%s, %s, %s, %s) ON CONFLICT (kind, record_id)"
                f" DO UPDATE SET text = excluded.text, {_values()} = excluded.{_values()}",
                rows,
            )


def change_block(kind: int, block: int, changes: Mapping[str, Mapping[int, Change]]) -> None:
    """Put ids into the terms of one block and take others out; ids are those of records."""
    base = block * BLOCK
    for group in chunks(changes):
        rows = _rows(kind, block, group)
        for term in group:
            fields = rows.setdefault(term, {})
            for field, (put, taken) in changes[term].items():
                ids = fields.setdefault(field, BitMap())
                ids.difference_update(BitMap(key - base for key in taken))
                ids.update(key - base for key in put)
        write_block(kind, block, {term: rows[term] for term in group})


def _rows(kind: int, block: int, terms: list[str]) -> dict[str, dict[int, BitMap]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT term, data FROM {POSTINGS} WHERE kind = %s AND block = %s"  # noqa: S608
            f" AND term IN ({_marks(len(terms))})",
            [kind, block, *(term.encode() for term in terms)],
        )
        return {bytes(term).decode(): unpack(bytes(data)) for term, data in cursor.fetchall()}


def write_block(kind: int, block: int, terms: Mapping[str, dict[int, BitMap]]) -> None:
    """Store the ids of terms within a block; a term without ids loses its row."""
    packed = {term.encode(): pack(fields) for term, fields in terms.items()}
    empty = [(kind, block, term) for term, data in packed.items() if not data]
    rows = [(kind, term, block, data) for term, data in packed.items() if data]
    with connection.cursor() as cursor:
        if empty:
            cursor.executemany(
                f"DELETE FROM {POSTINGS}"  # noqa: S608
                " WHERE kind = %s AND block = %s AND term = %s",
                empty,
            )
        if rows:
            cursor.executemany(
                f"INSERT INTO {POSTINGS} (kind, term, block, data)"  # noqa: S608
                " VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (kind, term, block) DO UPDATE SET data = excluded.data",
                rows,
            )


def fill_block(
    kind: int,
    block: int,
    terms: Mapping[str, dict[int, list[int]]],
    documents: Mapping[int, Document],
) -> None:
    """Write all of a block that is empty; the ids of terms are within it, in order."""
    # In the order of the table, so that each page of it is written once.
    postings = ((kind, term.encode(), block, pack(terms[term])) for term in sorted(terms))
    texts = ((kind, key, d.text, d.packed_values) for key, d in documents.items())
    _write_all(POSTINGS, "kind, term, block, data", postings)
    _write_all(DOCUMENTS, f"kind, record_id, text, {_values()}", texts)


def _write_all(table: str, columns: str, rows: Iterable[tuple]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s)",  # noqa: S608
                cast(Any, rows),
            )


def clear_block(kind: int, block: int) -> None:
    """Take everything of a block out of both tables."""
    low = block * BLOCK
    SearchPosting.objects.filter(kind=kind, block=block).delete()
    SearchDocument.objects.filter(kind=kind, record_id__gte=low, record_id__lt=low + BLOCK).delete()


def blocks(kind: int) -> set[int]:
    """The blocks of which the index may hold something."""
    documents = SearchDocument.objects.filter(kind=kind).aggregate(last=Max("record_id"))["last"]
    postings = SearchPosting.objects.filter(kind=kind).aggregate(last=Max("block"))["last"]
    last = [block_of(documents)] if documents is not None else []
    last += [postings] if postings is not None else []
    return set(range(max(last) + 1)) if last else set()
