"""What docs/api.md shows is what happens."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policies.api.kinds import KINDS
from policies.api.problems import MEANINGS

from .asking import ask, walked, wrong
from .serving import Site

pytestmark = pytest.mark.django_db
TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
SHOWN = "https://tracker.example"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_the_examples_run_and_give_what_the_lists_hold(seeded, client, tmp_path):
    first, again, _ = blocks("sh")
    (program,) = blocks("python")
    with Site() as site:
        read = json.loads(
            site.run(["bash", "-c", f"curl -s {first[5:]}".replace(SHOWN, site.address)], tmp_path)
        )
        assert [list(row) for row in read["results"]] == [["slug", "title_en", "announced"]] * (
            read["count"]
        )
        told = site.run(["bash", "-c", again.replace(SHOWN, site.address)], tmp_path)
        assert told == "304\n"
        (tmp_path / "program.py").write_text(program.replace(SHOWN, site.address))
        printed = site.run([sys.executable, "program.py"], tmp_path).splitlines()
    due = walked(client, "targets/?due_before=2027&sort=due")
    assert len(printed) == len(due) > 3
    assert printed[0].startswith(due[0]["due"]["text"])


def test_the_python_shown_is_tidy(tmp_path):
    (program,) = blocks("python")
    (tmp_path / "shown.py").write_text(program)
    ruff = Path(sys.executable).with_name("ruff")
    rules = ["--isolated", "--line-length", "100"]
    for command in (["check", "--select", "E,F,I,B,UP,SIM", *rules], ["format", "--check", *rules]):
        done = subprocess.run(
            [ruff, *command, tmp_path / "shown.py"], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_the_document_names_what_there_is(client):
    for name in KINDS:
        assert f"`{name}/`" in TEXT or f"/api/v1/{name}/`" in TEXT
    assert {int(one) for one in re.findall(r"^\| (\d{3}) \|", TEXT, re.MULTILINE)} == set(MEANINGS)
    (problem,) = blocks("json")
    shown = json.loads(problem)
    assert wrong(client, "policies/?body=mitt") == [shown["errors"][0]["parameter"]]
    real = ask(client, "policies/?body=mitt", 400)
    assert real["instance"] == shown["instance"]
    assert list(real) == list(shown)
