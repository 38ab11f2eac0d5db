"""A tantivy index of the same records, with facet counts by its own aggregations.

English is stemmed. Chinese titles stand in a field of single characters and pairs. What is
sorted or counted is a fast field. Everything is committed and merged before it is timed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from bench.asked import Asked, zh_terms

TEXT = ["title_en", "headline", "summary", "comment"]
FACETS = ["bodies", "sectors", "instrument"]
BOOSTS = {"title_en": 4.0, "headline": 4.0, "summary": 2.0}


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", stored=True, fast=True)
    builder.add_unsigned_field("announced", fast=True)
    builder.add_unsigned_field("year", fast=True)
    for name in TEXT:
        builder.add_text_field(name, tokenizer_name="en_stem")
    builder.add_text_field("zh", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("document_number", tokenizer_name="raw")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", fast=True, index_option="basic")
    return builder.build()


def document(policy: dict[str, Any]) -> tantivy.Document:
    announced = policy["announced_on"]
    made = tantivy.Document()
    made.add_unsigned("id", policy["id"])
    made.add_unsigned("announced", announced.toordinal())
    made.add_unsigned("year", announced.year)
    for name in (*TEXT, "document_number", "instrument"):
        made.add_text(name, policy[name])
    made.add_text("zh", zh_terms(policy["title_zh"]))
    for name in ("bodies", "sectors"):
        for slug in policy[name]:
            made.add_text(name, slug)
    return made


def build(path: Path, policies: Iterable[dict[str, Any]]) -> tantivy.Index:
    """Write the index into the folder `path` and open it."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    index = tantivy.Index(schema(), path=str(path))
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for policy in policies:
        writer.add_document(document(policy))
    writer.commit()
    writer.wait_merging_threads()
    return opened(path)


def opened(path: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(path))
    index.register_tokenizer(
        "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    )
    index.reload()
    return index


def beginning(index: tantivy.Index, prefix: str) -> tantivy.Query:
    """Records with a word that begins so, in any field of text."""
    fields = [tantivy.Query.regex_query(index.schema, name, f"{prefix}.*") for name in TEXT]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in fields])


class Search:
    """One of the benchmark's queries on an index."""

    def __init__(self, index: tantivy.Index, query_string: str) -> None:
        self.asked = Asked.of(query_string)
        self.searcher = index.searcher()
        parsed = index.parse_query(self.asked.tantivy(), TEXT, field_boosts=BOOSTS)
        parts = [parsed, *(beginning(index, prefix) for prefix in self.asked.prefixes)]
        self.query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])

    def count(self) -> int:
        """How many records match."""
        return self.searcher.search(self.query, limit=1, count=True).count

    def page(self) -> list[int]:
        """The ids of the page, by relevance or by date."""
        offset = (self.asked.page - 1) * 25
        order = {"order_by_field": "announced"} if self.asked.by_date else {}
        found = self.searcher.search(self.query, limit=25, offset=offset, count=False, **order)
        return [self.searcher.doc(address)["id"][0] for _, address in found.hits]

    def facets(self) -> dict[str, Any]:
        """Counts by body, sector, instrument and year."""
        wanted = {name: {"terms": {"field": name, "size": 200}} for name in (*FACETS, "year")}
        return self.searcher.aggregate(self.query, wanted)
