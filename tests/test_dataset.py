"""The whole public data as files: what they hold, how they are read, and how they are made."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from policies import publishing
from policies.datasets import Build, all_builds
from policies.datasets import build as build_now
from policies.datasets.shape import KINDS
from policies.datasets.snapshot import snapshot
from policies.models import CorporateEvent, IssuingBody, Policy, Target
from policies.records import public_fields

DOCS = Path(__file__).parents[1] / "docs" / "data.md"
LISTS = {"policies": "policy_list", "targets": "target_list", "events": "event_list",
         "bodies": "body_list", "companies": "company_list"}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATASET_DIR = tmp_path / "datasets"
    settings.SITE_URL = "https://tracker.example"
    return settings.DATASET_DIR


def opened(build: Build):
    return closing(sqlite3.connect(build.database))


def one(build: Build, question: str):
    """The first column of all that a question to the SQLite file finds."""
    with opened(build) as database:
        return [row[0] for row in database.execute(question)]


def path_of(build: Build, what: str) -> Path:
    (name,) = (file.name for file in build.files if file.what == what)
    return build.folder / name


def unpacked(build: Build, into: Path) -> Path:
    with ZipFile(path_of(build, "package")) as package:
        package.extractall(into)
    return into


def kept_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_a_build_holds_what_the_lists_hold_in_each_form(seeded, client, tmp_path):
    build = build_now()

    numbers = {table["name"]: table["rows"] for table in build.told["tables"]}
    for table, name in LISTS.items():
        assert numbers[table] == client.get(reverse(name)).context["count"] > 0, table
    with opened(build) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for name, number in numbers.items():
            assert database.execute(f'SELECT count(*) FROM "{name}"').fetchone() == (number,)
        policy = Policy.objects.exclude(title_zh="").filter(section="top").first()
        fields = public_fields(policy)
        database.row_factory = sqlite3.Row
        row = database.execute("SELECT * FROM policies WHERE slug = ?", [policy.slug]).fetchone()
        issuers = database.execute(
            "SELECT body, printed, lead FROM policy_issuers WHERE policy = ? ORDER BY position",
            [policy.slug],
        ).fetchall()
        words = database.execute(
            "SELECT slug FROM policies_fts JOIN policies ON policies.rowid = policies_fts.rowid "
            "WHERE policies_fts MATCH ?",
            [f'"{policy.title_zh[:4]}"'],
        ).fetchall()
        told = set(database.execute("SELECT \"table\" || '.' || name FROM dataset_columns"))
        assert all(tuple(meaning) for meaning in told)
    assert row["title_zh"] == policy.title_zh
    assert row["address"] == f"https://tracker.example{policy.get_absolute_url()}"
    assert row["effective"] is None or row["effective_last_day"]
    assert [tuple(issuer) for issuer in issuers] == [
        (one["body"] and one["body"]["slug"], one["printed"] or None, int(one["lead"]))
        for one in fields["issuers"]
    ]
    assert policy.slug in [found["slug"] for found in words]

    tables = unpacked(build, tmp_path / "package")
    described = json.loads((tables / "datapackage.json").read_text())
    for resource in described["resources"]:
        with (tables / resource["path"]).open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert head == [field["name"] for field in resource["schema"]["fields"]]
        assert len(rows) == numbers.get(resource["name"], 0)
        assert all(field["description"] for field in resource["schema"]["fields"])
    read = pandas.read_csv(tables / "targets.csv", dtype=str, keep_default_na=False)
    assert sorted(read["text"]) == sorted(Target.objects.published().values_list("text", flat=True))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:frictionless")
def test_the_package_is_valid_and_opens_as_the_documents_say(seeded, tmp_path, monkeypatch):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning)
        from frictionless import Package

    build = build_now()
    tables = unpacked(build, tmp_path / "package")
    report = Package(str(tables / "datapackage.json")).validate()

    assert report.valid, report.flatten(["type", "note", "message"])[:5]
    assert len(report.tasks) == sum(len(kind.tables) for kind in KINDS) + 1

    text = DOCS.read_text(encoding="utf-8").partition("## The whole data")[2].partition("\n## ")[0]
    programs = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    for what in ("sqlite", "package"):
        ending = path_of(build, what).suffix
        (tmp_path / f"policy-tracker-2026-11-27{ending}").write_bytes(
            path_of(build, what).read_bytes()
        )
    monkeypatch.chdir(tmp_path)
    read = []
    for program in programs:
        names: dict = {}
        exec(program, names)
        read.append(names["targets"])
        if "database" in names:
            names["database"].close()
    joined, typed = read
    assert {"title_en", "body", "due"} <= set(joined.columns)
    assert len(joined) == Target.objects.published().filter(due_on__lte="2027-12-31").count()
    assert len(typed) == Target.objects.published().count()
    for table in re.findall(r"`((?:policy|event|body)_\w+)`", text):
        assert table in {
            resource.name for resource in Package("package/datapackage.json").resources
        }


def test_a_second_build_tells_what_changed_and_the_first_one_stays(seeded, client, folder):
    first = build_now()
    kept = path_of(first, "sqlite").read_bytes()
    assert one(first, "SELECT count(*) FROM dataset_changes") == [0]
    changed, gone, hidden = Policy.objects.published().order_by("slug")[:3]
    body = IssuingBody.objects.first()
    body.note = "Known for its lathes."
    body.save()
    changed.summary = "=1+1 is not a formula here"
    changed.save()
    hidden.note = "for editors"
    hidden.save()
    publishing.withdraw(gone, by=None, note="Printed twice.", reason="")
    new = CorporateEvent.objects.create(text="- Opened a plant")
    CorporateEvent.objects.create(text="unchecked rumour")
    publishing.publish(new, by=None)

    call_command("build_dataset", stdout=io.StringIO())
    second = all_builds()[0]

    assert second.name == f"{first.name}-2"
    assert [build.name for build in all_builds()] == [second.name, first.name]
    assert path_of(first, "sqlite").read_bytes() == kept
    listed = path_of(second, "changes").read_text(encoding="utf-8").splitlines()
    rows = [tuple(row) for row in csv.reader(listed[1:])]
    site = "https://tracker.example"
    assert {row for row in rows if row[0] != "targets"} == {
        ("policies", changed.slug, f"{site}/policies/{changed.slug}/", "changed"),
        ("policies", gone.slug, f"{site}/policies/{gone.slug}/", "withdrawn"),
        ("bodies", body.slug, f"{site}/bodies/{body.slug}/", "changed"),
        ("events", new.slug, f"{site}/events/{new.slug}/", "added"),
    } | {row for row in rows if row[0] in ("issues", "companies")}
    assert {row[3] for row in rows if row[0] == "targets"} <= {"withdrawn"}
    assert one(second, f"SELECT summary FROM policies WHERE slug = '{changed.slug}'") == [
        changed.summary
    ]
    assert b"unchecked rumour" not in path_of(second, "sqlite").read_bytes()
    assert b"for editors" not in path_of(second, "sqlite").read_bytes()

    page = client.get("/data/").content.decode()
    assert f"/data/{first.name}/" in page
    assert path_of(second, "sqlite").name in page
    assert all(file.sha256 in page for file in second.files if file.what != "sums")
    linked = described(page)
    assert (linked["version"], linked["url"]) == (second.name, f"{site}/data/")
    assert linked["distribution"][0]["sha256"] == second.files[0].sha256
    assert described(client.get(f"/data/{second.name}/").content.decode()) == linked


def described(page: str) -> dict[str, Any]:
    """What a page tells search engines of its data set."""
    return json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])


def test_the_page_of_an_earlier_build_describes_that_build(db, client):
    first, second = build_now(), build_now()
    linked = described(client.get(f"/data/{first.name}/").content.decode())
    assert linked["version"] == first.name != second.name
    assert linked["dateModified"] == first.told["built"]
    assert linked["@id"] == linked["url"] == f"https://tracker.example/data/{first.name}/"
    assert [one["contentUrl"] for one in linked["distribution"]] == [
        f"https://tracker.example/data/{first.name}/{file.name}" for file in first.files
    ]
    assert [one["sha256"] for one in linked["distribution"]] == [
        file.sha256 for file in first.files
    ]


def test_files_are_served_whole_and_nothing_else_is(seeded, client, folder):
    build = build_now()
    for file in build.files:
        address = f"/data/{build.name}/{file.name}"
        answer = client.get(address)
        content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert int(answer["Content-Length"]) == len(content) == file.bytes
        assert answer["ETag"] == f'"{file.sha256}"'
        assert file.name in answer["Content-Disposition"]
        told: dict[str, str] = {}
        asked = WSGIHandler()(
            RequestFactory().head(address).environ, lambda _, headers, to=told: to.update(headers)
        )
        with closing(asked):
            assert b"".join(asked) == b""
        assert int(told["Content-Length"]) == file.bytes
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        since = client.get(address, headers={"If-Modified-Since": answer["Last-Modified"]})
        assert (again.status_code, since.status_code) == (304, 304)
    (folder / "secret.txt").write_text("secret")
    for wrong in ("build.json", "..", "../secret.txt", "%2e%2e%2fsecret.txt", "nothing.zip"):
        assert client.get(f"/data/{build.name}/{wrong}").status_code == 404, wrong
    for wrong in ("/data/../secret.txt", "/data/2020-01-01/", "/data/lock/x", "/data/2026-13-1/x"):
        assert client.get(wrong).status_code == 404, wrong
    path_of(build, "sqlite").unlink()
    assert client.get(f"/data/{build.name}/{build.files[0].name}").status_code == 404


@pytest.mark.django_db
def test_what_was_broken_off_is_not_there_and_stops_nobody(client, folder):
    assert "No file was built yet" in client.get("/data/").content.decode()
    left = folder / ".building-killed"
    left.mkdir(parents=True)
    (left / "build.json").write_text("{")
    assert "No file was built yet" in client.get("/data/").content.decode()

    build = build_now()
    assert kept_files(folder) == [build.name]
    path_of(build, "sqlite").write_bytes(b"no database at all, but long enough to be read")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("build_dataset")
    assert kept_files(folder) == [build.name]


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_stays_as_it_was_and_lets_others_write(tmp_path):
    reader, writer = connection.copy(), connection.copy()
    if connection.vendor == "sqlite":
        for other in (reader, writer):
            other.settings_dict["NAME"] = str(tmp_path / "snapshot.sqlite3")

    def say(to, statement: str):
        with to.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None

    say(writer, "CREATE TABLE probe (n integer)")
    try:
        with snapshot(reader):
            assert say(reader, "SELECT count(*) FROM probe") == [(0,)]
            say(writer, "INSERT INTO probe VALUES (1)")
            assert say(reader, "SELECT count(*) FROM probe") == [(0,)]
        assert say(reader, "SELECT count(*) FROM probe") == [(1,)]
    finally:
        say(writer, "DROP TABLE probe")
        reader.close()
        writer.close()
    assert build_now().told["changes"] == {}
