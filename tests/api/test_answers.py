"""How the API answers whatever is asked: versions, limits, problems, other sites."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policies.api import reading
from policies.models import IssuingBody, NewsletterIssue, Region, SearchState
from policies.records.kinds import FIELDS, PARTS

from .asking import ROOT, answered, ask, wrong

pytestmark = pytest.mark.django_db


def test_what_did_not_change_is_not_sent_again(seeded, client, django_capture_on_commit_callbacks):
    record = IssuingBody.objects.first()
    for address in ("policies/?q=plan", f"bodies/{record.slug}/", "facets/targets/", "schema/"):
        first = answered(client, address)
        etag, since = first["ETag"], first["Last-Modified"]
        assert answered(client, address)["ETag"] == etag
        same = answered(client, address, **{"If-None-Match": etag})
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
        assert answered(client, address, **{"If-Modified-Since": since}).status_code == 304
        assert answered(client, address, **{"If-None-Match": '"other"'}).status_code == 200
        assert answered(client, address, **{"If-Match": '"other"'}).status_code == 412
    with CaptureQueriesContext(connection) as questions:
        answered(client, "policies/", **{"If-None-Match": answered(client, "policies/")["ETag"]})
    etag = answered(client, "policies/?q=plan")["ETag"]
    record.note = "Said besides."
    record.save()
    changed = answered(client, "policies/?q=plan", **{"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag
    for named in (Region.objects.first(), NewsletterIssue.objects.first()):
        etag = changed["ETag"]
        with django_capture_on_commit_callbacks(execute=True):
            named.save()
        changed = answered(client, "policies/?q=plan")
        assert changed["ETag"] != etag
    assert len(questions) < 40


def test_every_model_that_public_fields_are_read_from_moves_the_version(
    seeded, django_capture_on_commit_callbacks
):
    named = {Region, *FIELDS, *PARTS}
    still = []
    for model in named:
        row = model._base_manager.last()
        if row is None:
            continue
        before = SearchState.objects.get().version
        with django_capture_on_commit_callbacks(execute=True):
            row.save()
        if SearchState.objects.get().version == before:
            still.append(model.__name__)
    assert still == []
    assert len(named) > 10


def test_limits_are_told_and_kept_for_each_address(client, settings):
    cache.clear()
    settings.API_LIMIT = 3
    left = [answered(client, "terms/")["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    refused = answered(client, "terms/")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["status"] == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Limit"] == "3"
    assert client.options(f"{ROOT}/terms/").status_code == 204
    assert client.get(f"{ROOT}/terms/", REMOTE_ADDR="192.0.2.7").status_code == 200
    cache.clear()


def test_each_wrong_parameter_is_named(seeded, client):
    for query, named in {
        "body=nobody": ["body"], "bodie=miit": ["bodie"], "sort=colour": ["sort"],
        "page=2": ["page"], "format=xml": ["format"], "page_size=0": ["page_size"],
        "page_size=101": ["page_size"], "page_size=%C2%B2": ["page_size"],
        "page_size=1&page_size=2": ["page_size"], "q=%00": ["q"], "fields=,": ["fields"],
        "announced_after=soon": ["announced_after"], "sort=title&sort=title": ["sort"],
        "cursor=x&fields=x&year=x": ["fields", "cursor", "year"],
        f"page_size={'9' * 5000}": ["page_size"],
    }.items():  # fmt: skip
        assert wrong(client, f"policies/?{query}") == named, query
    assert wrong(client, "?x=1") == ["x"]
    assert wrong(client, "schema/?lang=de") == ["lang"]


def test_problems_are_told_as_problem_details(client, monkeypatch):
    nowhere = answered(client, "nowhere/")
    assert nowhere["Content-Type"] == "application/problem+json"
    told = nowhere.json()
    assert (told["title"], told["status"], told["instance"]) == (
        "Not Found", 404, "/api/v1/nowhere/",
    )  # fmt: skip
    assert told["type"] == "http://testserver/api/v1/docs/#status-404"
    assert 'id="status-404"' in client.get(f"{ROOT}/docs/").content.decode()
    assert client.get(f"{ROOT}/policies").status_code == 301
    for path in ("bodies/a%0Ab/", "bodies/%0A/", "bodies/%E4%BA%BA/", "bodies/a%2Fb/"):
        assert ask(client, path, 404)["status"] == 404
    posted = client.post(f"{ROOT}/policies/")
    assert (posted.status_code, posted["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert posted.json()["status"] == 405
    html = answered(client, "policies/", Accept="text/html")
    assert (html.status_code, html.json()["status"]) == (406, 406)
    assert ask(client, "policies/", Accept="text/html, */*;q=0.8")["count"] == 0

    def broken(*given):
        raise RuntimeError("secret")

    monkeypatch.setattr(reading, "listed", broken)
    client.raise_request_exception = False
    fault = answered(client, "policies/")
    assert (fault.status_code, fault["Content-Type"]) == (500, "application/problem+json")
    assert "secret" not in fault.content.decode()


def test_other_sites_may_read_and_programs_are_answered_in_english(client):
    preflight = client.options(f"{ROOT}/policies/", headers={"Origin": "https://elsewhere.example"})
    assert preflight.status_code == 204
    assert "GET" in preflight["Access-Control-Allow-Methods"]
    for address in ("/policies.json", "/policies.atom"):
        asking = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
        preflight = client.options(address, headers=asking)
        assert preflight.status_code == 204
        assert preflight["Access-Control-Allow-Headers"] == "*"
    for address in (f"{ROOT}/", f"{ROOT}/nowhere/", f"{ROOT}/policies", "/policies.json"):
        assert client.get(address)["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/policies/")
    chinese = {"Accept-Language": "zh-hans"}
    assert answered(client, "policies/?page_size=x", **chinese).content == (
        answered(client, "policies/?page_size=x").content
    )
    answer = answered(client, "policies/", **chinese)
    assert (answer["Content-Language"], answer["Vary"]) == ("en", "Accept")
    assert not answer.cookies
    head = client.head(f"{ROOT}/policies/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == answer["ETag"]


def test_the_contents_name_every_list(client):
    contents = ask(client, "")
    for address in (*contents.pop("facets").values(), *contents.values()):
        assert client.get(address).status_code == 200


def test_a_value_like_no_other_is_told_with_the_address_of_the_values(seeded, client):
    for query, where in (
        ("body=zzzz", "/api/v1/bodies/"),
        ("lead=zzzz", "/api/v1/bodies/"),
        ("not_sector=zzzz", "/api/v1/sectors/"),
        ("region=zzzz", "/api/v1/facets/policies/?facet=region"),
    ):
        detail = ask(client, f"policies/?{query}", 400)["errors"][0]["detail"]
        address = re.search(r"like it\. Values: http://testserver(\S+)$", detail)[1]
        assert address == where, query
        assert ask(client, address)


def test_a_parameter_that_is_not_known_is_told_with_what_is_known_there(seeded, client):
    for address, said in (
        ("policies/?lang=xx", "Allowed: en, zh-hans."),
        ("?x=1", "There is no parameter “x” here. None is known."),
        ("policies/?page=2", "follow `next`"),
    ):
        assert said in ask(client, address, 400)["errors"][0]["detail"], address
    counted = ask(client, "facets/policies/?page=2", 400)["errors"][0]["detail"]
    assert "cursor" not in counted
    assert "Known: added_after" in counted
