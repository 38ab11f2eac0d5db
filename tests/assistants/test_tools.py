"""What an assistant is told: the records of the pages, with addresses, in bounded pieces."""

import json
import os
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.http import QueryDict
from mcp import StdioServerParameters
from mcp.client import Client

from policies.assistants.answers import BRIEFLY
from policies.assistants.server import make_server
from policies.filters import PolicyFilter, TargetFilter
from policies.models import Policy
from policies.records import FIELDS

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:mcp.*")


def apart(call, *args, **named):
    """What a coroutine gives, in a thread without a loop of another test's, on this database."""
    shared = connections["default"]

    def run():
        connections["default"] = shared
        return async_to_sync(call)(*args, **named)

    shared.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(run).result()
    finally:
        shared.dec_thread_sharing()


async def asked(server, tool, arguments):
    async with Client(server) as client:
        result = await client.call_tool(tool, arguments)
    return result.content[0].text if result.is_error else result.structured_content


@pytest.fixture
def ask(seeded):
    """Calls a tool by the protocol's own client."""
    return lambda tool, **arguments: apart(asked, make_server(), tool, arguments)


async def offered():
    async with Client(make_server()) as client:
        return (await client.list_tools()).tools


def test_every_tool_only_reads_and_says_what_it_gives():
    tools = {tool.name: tool for tool in apart(offered)}
    assert set(tools) == {"search", "get_record", "list_targets", "list_bodies", "count_by"}
    for tool in tools.values():
        assert tool.annotations.read_only_hint, tool.name
        assert len(tool.description) > 60, tool.name


def test_brief_records_name_public_fields():
    kinds = {model._meta.model_name: {f.name for f in fields} for model, fields in FIELDS.items()}
    named = {"policies": "policy", "targets": "target", "events": "corporateevent",
             "bodies": "issuingbody", "companies": "company", "sectors": "sector",
             "issues": "newsletterissue", "terms": "term"}  # fmt: skip
    for kind, fields in BRIEFLY.items():
        assert set(fields.split()) <= kinds[named[kind]], kind


def test_a_search_finds_what_the_page_finds_and_can_be_followed(ask):
    wanted = PolicyFilter(QueryDict("q=industr*+OR+computing+OR+new&section=news")).page(0, 100)
    slugs, cursor, query = [], "", "industr* OR computing OR new"
    while True:
        told = ask("search", query=query, filters={"section": "news"}, limit=2, cursor=cursor)
        slugs += [row["slug"] for row in told["results"]]
        if not (cursor := told["next_cursor"] or ""):
            break
    found = Policy.objects.in_bulk(wanted)
    assert slugs == [found[key].slug for key in wanted]
    assert told["count"] == len(wanted) > 2
    assert told["searched"]["address"].startswith(f"{settings.SITE_URL}/policies/?")
    assert all(row["address"].startswith(settings.SITE_URL) for row in told["results"])


def test_chinese_lists_counts_and_past_days_are_answered(ask):
    assert ask("search", query="算力")["count"] > 0
    body = ask("list_bodies", query="工信部")["results"][0]
    assert body["slug"] == "miit"
    due = ask("list_targets", due_before="2027", body="miit")
    assert due["count"] == len(TargetFilter(QueryDict("due_before=2027&body=miit")).ids()) > 0
    (facet,) = ask("count_by", facets=["body"], filters={"section": "top"})["facets"]
    for value in facet["values"][:3]:
        asked = {"section": "top", "body": value["value"]}
        assert ask("search", filters=asked)["count"] == value["count"]
    record = ask("get_record", kind="policies", slug=ask("search")["results"][0]["address"])
    assert record["record"]["issue"]["address"].endswith("/issues/2024-05-08/")
    slug = record["record"]["slug"]
    assert ask("get_record", kind="policies", slug=f"/policies/{slug}/?lang=en")["record"]["slug"]
    assert "not public" in ask("get_record", kind="policies", slug=slug, as_of="2020-01-01")


def test_words_that_hold_nothing_to_search_for_are_told(ask):
    said = ["What was typed holds nothing to search for."]
    assert ask("search", query="*")["notices"] == said
    assert ask("count_by", query="*", facets=["year"])["notices"] == said
    assert ask("search", query="plan")["notices"] == []


def test_what_makes_no_sense_is_refused_by_name(ask):
    assert "nobody" in ask("search", filters={"body": "nobody"})
    assert "no parameter “colour”" in ask("search", filters={"colour": "red"})
    assert "q: no filter" in ask("search", filters={"q": "computing"})
    assert ask("search", filters={"as_one": False})["count"] == ask("search")["count"]
    assert "cursor" in ask("search", cursor="damaged")
    assert "no public policy “nothing”" in ask("get_record", kind="policies", slug="nothing")
    assert "as_of" in ask("get_record", kind="sectors", slug="steel", as_of="2024-01-01")
    assert "kind" in ask("search", kind="people")
    assert "facet" in ask("count_by", facets=["colour"])


def test_arguments_of_a_wrong_type_are_told_in_a_sentence(ask):
    assert ask("search", limit=99) == "limit: It should be less than or equal to 20."
    assert ask("search", filters={"body": {"a": 1}}) == (
        "filters.body: Give a text, a number, true or false, or a list of texts."
    )
    assert ask("get_record", kind="policies") == "slug: It has to be given."
    for wrong in (ask("search", kind="people"), ask("search", query=["a"])):
        assert "pydantic" not in wrong
        assert "Error executing" not in wrong


def test_an_unknown_filter_is_told_with_filters_alone(ask):
    known = ask("search", filters={"colour": "red"}).partition("Known: ")[2].rstrip(".").split(", ")
    assert {"body", "year"} <= set(known)
    assert not {"cursor", "fields", "page_size", "q", "sort"} & set(known)
    assert "no parameter “lang”" in ask("search", filters={"lang": "en"})
    where = ask("search", filters={"body": "zzzz"})
    assert where.endswith("/api/v1/bodies/")


def test_references_are_followed_by_the_kind_that_they_name(ask):
    record = ask("get_record", kind="policies", slug=ask("search")["results"][0]["slug"])["record"]
    for reference in (record["issue"], record["issuers"][0]["body"]):
        found = ask("get_record", kind=reference["kind"], slug=reference["slug"])
        assert found["record"]["address"] == reference["address"]
        wrong = ask("get_record", kind="policies", slug=reference["address"])
        assert "is an address of the kind" in wrong
    assert ask("get_record", kind="term", slug="/glossary/computing-power/")["record"]


def test_nothing_unpublished_is_told_and_long_texts_are_cut(ask):
    policy = Policy.objects.published().first()
    Policy.objects.filter(pk=policy.pk).update(summary="word " * 2_000)
    told = ask("get_record", kind="policies", slug=policy.slug)
    assert told["record"]["summary"].endswith("[…]")
    assert len(json.dumps(ask("search", limit=20))) < 60_000
    policy.state = "review"
    policy.save()
    assert "no public policy" in ask("get_record", kind="policies", slug=policy.slug)
    assert policy.slug not in json.dumps(ask("search", query=f'"{policy.title_en}"'))


def test_a_program_starts_the_server_and_asks_it(seeded, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite copies a database within a test")
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        copy.executescript("\n".join(connection.connection.iterdump()))
    copy.close()
    command = StdioServerParameters(
        command=sys.executable,
        args=[str(settings.BASE_DIR / "manage.py"), "mcp"],
        env=os.environ
        | {"DATABASE_URL": f"sqlite:///{tmp_path / 'copy.sqlite3'}", "SECRET_KEY": "x" * 50},
    )
    assert apart(asked, command, "search", {"query": "小巨人"})["count"] > 0


def test_the_network_is_served_only_where_it_is_allowed():
    with pytest.raises(CommandError, match="MCP_HTTP=on"):
        call_command("mcp", http=True)
