"""The tools, as a server of the Model Context Protocol offers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import close_old_connections
from django.utils.translation import override
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field, ValidationError

from policies.languages import ENGLISH

from . import answers
from .refusals import in_words

INSTRUCTIONS = """\
A tracker of China's industrial policy, drawn from a monthly newsletter: policies, their \
issuing bodies, targets, corporate events. It holds what the newsletter selected, not all that \
was issued. Search in English or Chinese; the words of a query are all sought, "a phrase", \
-word, OR, brackets and prefix* work. Dates are as exact as their source: 2027 means some time \
in 2027. A comment is the opinion of who signs it. Cite the address of each record, and its \
source where one is given. Start with search or counts; the values of filters are slugs that \
counts tells."""
KindName = Literal[
    "policies", "targets", "events", "bodies", "companies", "sectors", "issues", "terms"
]
# The same as the references of a record name them.
Referred = Literal[
    "policy", "target", "corporateevent", "issuingbody", "company", "sector", "newsletterissue",
    "term",
]  # fmt: skip
Query = Annotated[
    str, Field(max_length=500, description="Words in English or Chinese; empty for all.")
]
Filters = Annotated[
    dict[str, str | int | bool | list[str]],
    Field(
        description="Parameters of the list page, for example body, sector, instrument, region, "
        "company, issue, level, status, year, has, announced_after, announced_before, due_before, "
        "in_force_on; not_body and the like exclude. A list means any of its values. Dates are "
        "2024, 2024-05 or 2024-05-08. An unknown name is refused with the known ones."
    ),
]
Limit = Annotated[int, Field(ge=1, le=answers.MOST, description="Records in this answer.")]
Cursor = Annotated[
    str, Field(max_length=2_000, description="next_cursor of the answer before; empty at first.")
]
READING = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)


class Kindly(MCPServer):
    """A server that says in a sentence what is wrong with the arguments of a tool."""

    async def call_tool(self, *args: Any, **named: Any) -> Any:
        """As elsewhere; raises ToolError with our words where arguments are of a wrong type."""
        try:
            return await super().call_tool(*args, **named)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(in_words(error.__cause__)) from error.__cause__
            raise


def make_server() -> MCPServer:
    """A server with every tool, not yet running."""
    server = Kindly(
        "policy-tracker", title="Policy tracker", instructions=INSTRUCTIONS,
        website_url=settings.SITE_URL, log_level="WARNING",
    )  # fmt: skip
    for tool in (search, get_record, list_targets, list_bodies, count_by):
        server.tool(annotations=READING, structured_output=True)(tool)
    return server


async def search(
    *,
    query: Query = "",
    kind: KindName = "policies",
    filters: Filters = {},  # noqa: B006 - never written to
    sort: str = "",
    limit: Limit = 10,
    cursor: Cursor = "",
) -> dict[str, Any]:
    """Search one kind of record; gives count, page address, brief records, next_cursor."""
    return await _answer(
        answers.search, kind, query, filters, sort=sort, limit=limit, cursor=cursor
    )


async def get_record(kind: KindName | Referred, slug: str, as_of: str = "") -> dict[str, Any]:
    """One record with all its public fields and sources, by its slug or its address.

    A reference in an answer is followed by its own kind and slug.

    `as_of` (2024-06-30) gives it as the public saw it at the end of that day.
    """
    return await _answer(answers.record, kind, slug, as_of)


async def list_targets(
    *,
    query: Query = "",
    due_before: str = "",
    body: str = "",
    filters: Filters = {},  # noqa: B006 - never written to
    limit: Limit = 10,
    cursor: Cursor = "",
) -> dict[str, Any]:
    """Targets by due date: what is to be reached, by when, in which policy of which body."""
    asked = dict(filters) | {k: v for k, v in (("due_before", due_before), ("body", body)) if v}
    return await _answer(
        answers.search, "targets", query, asked, sort="due", limit=limit, cursor=cursor
    )


async def list_bodies(query: Query = "", limit: Limit = 10, cursor: Cursor = "") -> dict[str, Any]:
    """Issuing bodies by name, abbreviation or Chinese name, with the slugs that filters take."""
    return await _answer(answers.search, "bodies", query, {}, sort="", limit=limit, cursor=cursor)


async def count_by(
    facets: Annotated[list[str], Field(description="For example body, sector, year; empty: all.")],
    query: Query = "",
    kind: KindName = "policies",
    filters: Filters = {},  # noqa: B006 - never written to
) -> dict[str, Any]:
    """Count what is found by the values of filters; the values are what filters take."""
    return await _answer(answers.counts, kind, query, filters, facets)


async def _answer(make: Callable[..., dict[str, Any]], *args: Any, **named: Any) -> dict[str, Any]:
    return await sync_to_async(_made)(make, args, named)


def _made(
    make: Callable[..., dict[str, Any]], args: tuple[Any, ...], named: dict[str, Any]
) -> dict[str, Any]:
    """The answer in English, on a database connection that is still open."""
    close_old_connections()
    with override(ENGLISH):
        try:
            return make(*args, **named)
        except answers.Refusal as refusal:
            raise ToolError(str(refusal)) from refusal
