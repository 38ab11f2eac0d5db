"""The OpenAPI document says what the API does; programs made from it work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS
from schemathesis.generation import GenerationMode

from policies.api.kinds import KINDS
from policies.api.parameters import LISTED

from .asking import ROOT, ask, walked
from .serving import Site, one_connection

pytestmark = pytest.mark.django_db
# Which words a parameter takes often depends on the records: no schema can tell them all.
UNTOLD = ["positive_data_acceptance"]
# Forms of pages send what was left empty, so that an empty value asks for nothing.
EMPTY_IS_NOTHING = [*UNTOLD, "negative_data_rejection"]


def test_the_document_names_every_parameter_and_field_with_meaning_and_example(client):
    document = ask(client, "schema/")
    assert document["openapi"] == "3.1.0"
    schemas = document["components"]["schemas"]
    for kind in KINDS.values():
        told = document["paths"][f"{ROOT}/{kind.name}/"]["get"]["parameters"]
        assert {one["name"] for one in told} == {*kind.search.parameters, *LISTED}
        assert [one["name"] for one in told if not one["description"]] == []
        assert {one["name"] for one in told if "example" not in one} <= {"cursor"}
        properties = schemas[kind.schema]["properties"]
        assert list(properties) == [field.name for field in kind.fields]
        for field in kind.fields:
            assert properties[field.name]["description"] == field.meaning
    for name, schema in schemas.items():
        for part in schema.get("properties", {}).values():
            assert part["description"], name
    yaml = client.get(f"{ROOT}/schema.yaml").content.decode()
    assert yaml.startswith("openapi: 3.1.0")
    page = client.get(f"{ROOT}/docs/").content.decode()
    assert all(f"GET {path}</code>" in page for path in document["paths"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_of_a_list_is_answered_on_the_seeded_tracker(seeded, client, kind):
    told = ask(client, "schema/")["paths"][f"{ROOT}/{kind}/"]["get"]["parameters"]
    refused = {}
    for one in told:
        if "example" in one:
            asked = urlencode({one["name"]: one["example"]}, doseq=True)
            answer = client.get(f"{ROOT}/{kind}/?{asked}")
            if answer.status_code != 200:
                refused[asked] = answer.json()["errors"]
    assert refused == {}


def faults(operation: Any, mode: GenerationMode, number: int) -> int:
    """Ask at random what an operation allows, or what it forbids; each answer is checked."""
    asked = 0

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=number, deadline=None, derandomize=True, database=None,
              phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
    def ask_one(case: Any) -> None:
        nonlocal asked
        values = [case.query] if case.query else []
        is_empty = any(value in ("", [""], []) for query in values for value in query.values())
        left_out = EMPTY_IS_NOTHING if is_empty else UNTOLD
        case.call_and_validate(excluded_checks=CHECKS.get_by_names(left_out))
        asked += 1

    ask_one()
    return asked


def test_no_random_request_finds_a_fault(seeded, client):
    schema = schemathesis.openapi.from_dict(ask(client, "schema/"))
    schema.app = WSGIHandler()
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        number = 1 if "/facets/" in operation.path else 4
        with one_connection():
            asked += faults(operation, GenerationMode.POSITIVE, number)
            if operation.path != f"{ROOT}/":
                asked += faults(operation, GenerationMode.NEGATIVE, number)
    assert asked > 60


USE = """
import json, sys
from urllib.parse import parse_qs, urlsplit
from tracker_client import Client
from tracker_client.api.policies import policies_list, policies_retrieve
from tracker_client.models import PolicyField, PolicySectionWord

client = Client(base_url=sys.argv[1])
asked = {"q": "plan", "section": [PolicySectionWord.TOP, PolicySectionWord.NEWS]}
page = policies_list.sync(client=client, page_size=3, **asked)
walk = list(page.results)
while page.next_:
    cursor = parse_qs(urlsplit(page.next_).query)["cursor"][0]
    page = policies_list.sync(client=client, page_size=3, cursor=cursor, **asked)
    walk += page.results
first = policies_retrieve.sync(client=client, slug=walk[0].slug)
fields = [PolicyField.SLUG, PolicyField.ANNOUNCED]
chosen = policies_list.sync(client=client, fields=fields, page_size=2).results
print(json.dumps({
    "walk": [row.slug for row in walk],
    "count": page.count,
    "title": first.title_en,
    "date": first.announced.text,
    "chosen": [sorted(row.to_dict()) for row in chosen],
}))
"""


def test_a_client_made_from_the_document_lists_filters_and_pages(seeded, client, tmp_path):
    document = tmp_path / "openapi.json"
    document.write_bytes(client.get(f"{ROOT}/schema/").content)
    (tmp_path / "config.yml").write_text("post_hooks: []\n")
    maker = Path(sys.executable).with_name("openapi-python-client")
    made = subprocess.run(
        [maker, "generate", "--path", document, "--config", tmp_path / "config.yml",
         "--output-path", tmp_path / "tracker_client", "--meta", "none", "--fail-on-warning"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    (tmp_path / "use.py").write_text(USE)
    with Site() as site:
        told = json.loads(site.run([sys.executable, "use.py", site.address], tmp_path))
    rows = walked(client, "policies/?q=plan&section=top&section=news")
    assert told["walk"] == [row["slug"] for row in rows]
    assert told["count"] == len(rows) > 3
    assert told["title"] == rows[0]["title_en"]
    assert told["date"] == rows[0]["announced"]["text"]
    assert told["chosen"] == [["announced", "slug"]] * 2
