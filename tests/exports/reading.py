"""Reads what was taken away as the programs do that it is for, and refuses what they would."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook

from policies.bulk.csvfile import awake


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """Rows by column; texts made harmless are as they were."""
    assert data.startswith(b"\xef\xbb\xbf")
    reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    head = next(reader)
    return [dict(zip(head, map(awake, row), strict=True)) for row in reader]


def sheets(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = load_workbook(io.BytesIO(data), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def ris_records(data: bytes) -> list[dict[str, list[str]]]:
    """Records by tag: TY first, ER last, a value in each other line."""
    records: list[dict[str, list[str]]] = []
    lines = data.decode().split("\r\n")
    open_ = False
    for line in filter(None, lines):
        found = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert found, line
        tag, value = found.groups()
        assert open_ != (tag == "TY"), line
        if tag == "TY":
            records.append({})
            open_ = True
        if tag == "ER":
            assert value == ""
            open_ = False
        else:
            assert value.strip()
            records[-1].setdefault(tag, []).append(value)
    assert not open_
    return records


def bibtex_entries(data: bytes) -> list[dict[str, str]]:
    """Entries by field; each value stands in balanced braces, nothing stands between entries."""
    text, at, entries = data.decode(), 0, []
    while found := re.compile(r"\s*@misc\{([\w-]+),\s*").match(text, at):
        entry, at = {"key": found[1]}, found.end()
        while field := re.compile(r"(\w+) = \{").match(text, at):
            start = at = field.end()
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            entry[field[1]] = text[start : at - 1]
            assert not re.search(r"(?<!\\)[%&#$_~^]", re.sub(r"^https?:.*", "", entry[field[1]]))
            ended = re.compile(r",\s*").match(text, at)
            assert ended
            at = ended.end()
        assert text[at] == "}"
        at += 1
        entries.append(entry)
    assert text[at:].strip() == ""
    return entries


def named_by(address: str) -> str:
    """The slug at the end of a record's address: keys of references may bear their kind too."""
    return address.rstrip("/").rpartition("/")[2]


SLUGS: dict[str, Callable[[bytes], list[str]]] = {
    "csv": lambda data: [row["slug"] for row in csv_rows(data)],
    # Of the policies that have targets.
    "targets.csv": lambda data: list(dict.fromkeys(row["policy"] for row in csv_rows(data))),
    "xlsx": lambda data: [row[0] for row in next(iter(sheets(data).values()))[1:]],
    "json": lambda data: [row["slug"] for row in json.loads(data)["records"]],
    "ndjson": lambda data: [json.loads(row)["slug"] for row in data.decode().splitlines()],
    "ris": lambda data: [named_by(row["UR"][0]) for row in ris_records(data)],
    "bib": lambda data: [named_by(row["url"]) for row in bibtex_entries(data)],
    "csl.json": lambda data: [named_by(row["URL"]) for row in json.loads(data)],
}
