"""The documents say what is there: settings, models, modules, commands, files, colours."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

from policies.api.kinds import KINDS

ROOT = Path(__file__).parents[1]
APP = ROOT / "policies"
OWN = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md",
       *(f"docs/{name}.md" for name in ("architecture", "data-model", "operating", "decisions",
                                        "design"))]  # fmt: skip
PAGES = sorted({*OWN, "bench/README.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))})

# Put together here, so that this file does not hold what it looks for.
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "index" + "-url"]
FOLDERS = ["ho" + "me", "ro" + "ot", "wo" + "rk", "Us" + "ers"]
UNWANTED = re.compile(
    rf"{'|'.join(map(re.escape, REGISTRIES))}|(?<![\w.)\]}}-])/(?:{'|'.join(FOLDERS)})/[\w.]"
)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def first_cells(text: str) -> list[str]:
    """All that stands in code in the first column of the tables of `text`."""
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    return [name for cell in rows for name in re.findall(r"`([^`]+)`", cell)]


def under(text: str, heading: str) -> str:
    """What stands below `heading`, up to the next one of its level or above."""
    level = heading.split(maxsplit=1)[0]
    _, found, rest = f"\n{text}".partition(f"\n{heading}\n")
    assert found, f"no heading “{heading}”"
    return re.split(rf"\n#{{1,{len(level)}}} ", rest)[0]


def variables_read() -> set[str]:
    """The names that settings.py reads from the environment."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(text_of("tracker/settings.py")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
    }


def packages() -> dict[str, set[str]]:
    """The modules of the app by the folder that they are in."""
    found: dict[str, set[str]] = {}
    for path in APP.rglob("*.py"):
        folder = path.parent.relative_to(ROOT).as_posix()
        if path.stem != "__init__" and "migrations" not in path.parts:
            found.setdefault(folder, set()).add(path.stem)
    return found


def links(page: str) -> list[str]:
    """The relative links of a page, without those in code."""
    text = re.sub(r"^( *)```.*?^\1```", "", text_of(page), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", "", text)
    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return [link for link in found if not re.match(r"[a-z]+:|#", link)]


def test_the_readme_is_read_in_two_minutes():
    assert len(text_of("README.md").split()) < 500


def test_every_setting_is_documented_and_every_documented_one_exists():
    documented = first_cells(under(text_of("docs/operating.md"), "## Settings"))

    assert sorted(documented) == sorted(variables_read())


def test_every_parameter_of_a_list_is_in_the_search_and_no_other():
    told = {}
    for row in under(text_of("docs/search.md"), "## Parameters of the lists").splitlines():
        if row.startswith("| `/"):
            page, values, times, others = (
                re.findall(r"`([^`]+)`", cell) for cell in row.split("|")[1:5]
            )
            told[page[0]] = {
                *values, *(f"not_{name}" for name in values), *others,
                *(f"{name}_{end}" for name in times for end in ("after", "before")),
            }  # fmt: skip
    lists = {
        f"/{'glossary' if name == 'terms' else name}/": kind.search.filterset_class.base_filters
        for name, kind in KINDS.items()
        if name != "issues"
    }

    assert told == {page: set(taken) - {"q", "exact"} for page, taken in lists.items()}


def test_every_command_of_ours_is_in_the_table_of_commands():
    told = first_cells(under(text_of("docs/operating.md"), "## Commands"))
    named = {re.sub(r"^manage\.py | .*$", "", command) for command in told}
    ours = {path.stem for path in (APP / "management" / "commands").glob("[!_]*.py")}

    assert ours - named == set()


def test_each_decision_has_a_number_of_its_own():
    numbers = re.findall(r"^\*\*(\d+)\. ", text_of("docs/decisions.md"), flags=re.MULTILINE)

    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))


def test_every_model_is_in_the_data_model():
    text = text_of("docs/data-model.md")
    headings = {
        name.strip()
        for line in re.findall(r"^### (.+)$", text, flags=re.MULTILINE)
        for name in line.split(",")
    }
    models = {model.__name__ for model in apps.get_app_config("policies").get_models()}

    assert headings == {name for name in models if not name.startswith("Historical")}


@pytest.mark.parametrize("folder", sorted(packages()))
def test_every_module_is_in_the_architecture_and_no_other(folder):
    named = first_cells(under(text_of("docs/architecture.md"), f"### {folder}/"))

    assert sorted(named) == sorted(packages()[folder])


def test_the_architecture_names_no_package_that_is_gone():
    named = re.findall(r"^### (policies/\S*)/$", text_of("docs/architecture.md"), re.MULTILINE)

    assert set(named) | {"policies"} == set(packages())


def test_the_layers_are_those_that_are_checked():
    layers = text_of("pyproject.toml").partition("layers = [")[2].partition("]")[0]
    checked = [re.sub(r"[()]", "", line) for line in re.findall(r'"(.+)"', layers)]
    drawn = under(text_of("docs/architecture.md"), "## Layers").split("```")[1].split("\n")

    assert [line for line in drawn if line] == checked


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page):
    folder = (ROOT / page).parent
    lost = [link for link in links(page) if not (folder / link.partition("#")[0]).exists()]

    assert lost == []


@pytest.mark.parametrize("page", OWN)
def test_every_command_exists(page):
    text = text_of(page)
    managed = set(re.findall(r"manage\.py ([a-z_]+)", text))
    made = set(re.findall(r"(?:`|^    )make ([a-z][\w-]*)", text, flags=re.MULTILINE))
    targets = set(re.findall(r"^([a-z][\w-]*):", text_of("Makefile"), flags=re.MULTILINE))

    assert managed - set(get_commands()) == set()
    assert made - targets == set()


@pytest.mark.parametrize("page", OWN)
def test_every_path_in_code_exists(page):
    """Paths with a folder of ours; those below var/ are made later."""
    folders = "bench|docs|fixtures|policies|requirements|static|templates|tests|tracker"
    text = " ".join(re.findall(r"`([^`\n]+)`", text_of(page)))
    named = re.findall(rf"(?:^| )((?:{folders})/[\w./-]*)", text)
    lost = [path for path in named if "NAME" not in path and not (ROOT / path).exists()]

    assert lost == []


def test_every_colour_and_measure_is_documented():
    css = text_of("static/css/tracker.css")
    tokens = dict(re.findall(r"(--[a-z]+): ([^;]+);", css.partition("@media")[0]))
    text = under(text_of("docs/design.md"), "## Tokens")
    named = {name for name in first_cells(text) if name.startswith("--")}
    colours = {name: value for name, value in tokens.items() if value.startswith("#")}
    told = dict(re.findall(r"^\| `(--\w+)` \| (#\w+)", text, flags=re.MULTILINE))

    assert named == set(tokens)
    assert told == colours


def test_every_component_that_is_named_is_there():
    text = under(text_of("docs/design.md"), "## Components")
    partials = set(re.findall(r"`(\w+\.html)`", text))
    there = {path.name for path in (ROOT / "templates" / "partials").iterdir()}

    assert partials - there == set()


def test_no_file_names_a_registry_or_a_folder_of_one_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not in a git checkout")
    wrong = {}
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        data = path.read_bytes() if name and path.is_file() else b""
        if b"\0" not in data and (found := UNWANTED.search(data.decode("utf-8", "replace"))):
            wrong[name] = found.group()

    assert wrong == {}
