"""The seed files agree with themselves, with each other and with the reference facts.

Standard library only, so that the data can be checked without Django or a database.
"""

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"
SHARED = ROOT.parent / "shared"
NEWSLETTER = SHARED / "newsletters" / "2024-05-08.txt"
BODIES_TSV = SHARED / "reference" / "issuing_bodies.tsv"
RECORDS_TSV = SHARED / "reference" / "official_records.tsv"

HAN = re.compile(r"[\u4e00-\u9fff]")
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
WORD = re.compile(r"[a-z0-9]+(?:[.,'’&-][a-z0-9]+)*")
LABEL = re.compile(r"^(At a glance:|MERICS comment:|- \*[^*]+:\*)", re.IGNORECASE | re.MULTILINE)
RUN = 8

KEYS = {
    "bodies": "slug abbreviation name_en name_zh short_name_zh kind parent aliases active_from "
    "active_until succeeded_by note",
    "sectors": "slug name_en name_zh parent aliases definition",
    "regions": "slug name_en name_zh kind parent",
    "terms": "slug term_en term_zh pinyin aliases_en aliases_zh definition sector",
}
CLOSED_LISTS = {
    "body kind": "state-organ general-office constituent-department special-institution "
    "directly-affiliated state-council-office coordinating-body public-institution "
    "national-bureau nameplate party-organ legislature judiciary supervisory military "
    "united-front mass-organisation policy-bank local-government former",
    "instrument": "law regulation measures opinions plan action-plan implementation-plan notice "
    "guideline standard catalogue pilot application-call work-plan draft announcement other",
    "legal_status": "draft expert-proposal issued in-force expired repealed unknown",
    "level": "national provincial municipal non-governmental",
    "event kind": "investment order permit launch survey delivery statistic milestone other",
    "relation kind": "implements amends replaces new-version-of follows-up",
    "precision": "day month quarter year",
}
PRINTED_COUNTS = {"top": 5, "policy_news": 8}


def closed(name):
    return set(CLOSED_LISTS[name].split())


def load(name):
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def slugs(name):
    return {row["slug"] for row in load(name)}


def issue_text():
    return (FIXTURES / "issues" / "2024-05-08.md").read_text(encoding="utf-8")


def editor():
    return load("issues/2024-05-08.editor")


def tsv(path):
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def normalised(name):
    return " ".join(name.casefold().split()).removeprefix("the ")


def body_names(body):
    names = [body["abbreviation"], body["name_en"], body["name_zh"], body["short_name_zh"]]
    return [name for name in names + [a["name"] for a in body["aliases"]] if name]


def resolve():
    return {normalised(name): b["slug"] for b in load("bodies") for name in body_names(b)}


def words(text):
    return WORD.findall(text.casefold().replace("’", "'"))


@pytest.mark.parametrize("name", KEYS)
def test_every_row_has_exactly_the_agreed_keys(name):
    for row in load(name):
        assert list(row) == KEYS[name].split(), row["slug"]


@pytest.mark.parametrize("name", KEYS)
def test_slugs_are_unique_and_well_formed(name):
    found = [row["slug"] for row in load(name)]
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in found)


@pytest.mark.parametrize("name", ["sectors", "regions"])
def test_parents_come_before_their_children(name):
    seen = set()
    for row in load(name):
        assert row["parent"] is None or row["parent"] in seen, row["slug"]
        seen.add(row["slug"])


def test_parents_of_bodies_exist_and_form_no_cycle():
    parents = {body["slug"]: body["parent"] for body in load("bodies")}
    for slug in parents:
        path = [slug]
        while above := parents[path[-1]]:
            assert above in parents, f"{path[-1]} has the unknown parent {above}"
            assert above not in path, f"cycle at {above}"
            path.append(above)


@pytest.mark.parametrize("name", KEYS)
def test_every_chinese_name_holds_chinese(name):
    for row in load(name):
        for key in ("name_zh", "short_name_zh", "term_zh"):
            assert HAN.search(row.get(key, "国")), (row["slug"], key)
        for alias in row.get("aliases_zh", []):
            assert HAN.search(alias), (row["slug"], alias)


def test_there_are_106_bodies_and_their_predecessors():
    bodies = load("bodies")
    assert sum(body["kind"] != "former" for body in bodies) == 106
    assert sum(body["kind"] == "former" for body in bodies) == 10


def test_bodies_use_the_closed_list_of_kinds():
    assert {body["kind"] for body in load("bodies")} <= closed("body kind")


def test_no_resolvable_name_belongs_to_two_bodies():
    owners = {}
    for body in load("bodies"):
        for name in body_names(body):
            owners.setdefault(normalised(name), set()).add(body["slug"])
    assert {name: owner for name, owner in owners.items() if len(owner) > 1} == {}


def test_aliases_of_bodies_are_complete_and_in_the_stated_language():
    for body in load("bodies"):
        names = [normalised(name) for name in body_names(body)]
        own = {body["name_zh"], body["short_name_zh"]}
        assert len(names) - len(set(names)) == 2 - len(own), f"{body['slug']} repeats an alias"
        for alias in body["aliases"]:
            assert list(alias) == ["name", "language", "note"]
            assert alias["language"] == ("zh" if HAN.search(alias["name"]) else "en"), alias


def test_former_bodies_ended_when_their_successors_began():
    bodies = {body["slug"]: body for body in load("bodies")}
    for body in bodies.values():
        assert (body["kind"] == "former") == bool(body["succeeded_by"]), body["slug"]
        for successor in body["succeeded_by"]:
            assert successor["year"] == body["active_until"]
            assert bodies[successor["slug"]]["active_from"] == successor["year"]


def test_bodies_agree_with_the_reference_list():
    bodies = {body["name_zh"]: body for body in load("bodies")}
    for row in tsv(BODIES_TSV):
        body = bodies[row["name_zh_full"]]
        assert body["short_name_zh"] == row["name_zh_short"]
        assert row["name_en"] in body_names(body)
        if body["kind"] == "local-government":
            assert body["slug"] == f"{row['abbr'].lower()}-government"
            assert body["abbreviation"] == ""
        elif body["slug"] != "nfra-fire":
            assert body["abbreviation"] == row["abbr"]


def test_official_issuers_resolve_in_their_official_order():
    known = resolve()
    for row in tsv(RECORDS_TSV):
        if row["match"].split()[0] in {"exact", "strong"}:
            for name in row["official_puborg"].split():
                bare = re.sub(r"(?<!国务院)办公厅$", "", name)
                assert normalised(name) in known or normalised(bare) in known, name


def test_ambiguous_abbreviations_lead_to_one_body_only():
    known = resolve()
    assert known["nfra"] == known["safr"] == "nfra"
    assert known["safe"] == "safe"
    assert known["cas"] == "cas"
    assert known["cass"] == "cass"
    assert known["中央网信办"] == known["国家网信办"] == "cac"
    assert "beijing" not in known


def test_sectors_hold_the_agreed_branches():
    sectors = load("sectors")
    children = {row["slug"]: [] for row in sectors}
    for row in sectors:
        if row["parent"]:
            children[row["parent"]].append(row["slug"])
    assert 30 <= len(sectors) <= 60
    assert len(children["made-in-china-2025"]) == 10
    assert len(children["future-industries"]) == 6


def test_regions_cover_the_province_level():
    regions = load("regions")
    counts = {}
    for row in regions:
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
    assert counts["province"] + counts["municipality"] + counts["autonomous-region"] == 31
    assert counts["special-administrative-region"] == 2
    assert counts["country"] == 1
    assert {"shenzhen", "zhongshan", "shenyang", "greater-bay-area"} <= slugs("regions")


def test_there_are_ninety_terms_with_one_owner_per_name():
    terms = load("terms")
    assert len(terms) >= 90
    names = [
        name.casefold()
        for row in terms
        for name in [row["term_en"], row["term_zh"], *row["aliases_en"], *row["aliases_zh"]]
    ]
    assert sorted(names) == sorted(set(names))


def test_terms_are_defined_romanised_and_filed_under_known_sectors():
    known = slugs("sectors")
    for row in load("terms"):
        assert row["definition"].endswith(".")
        assert re.fullmatch(r"[a-zü0-9'(), ]+", row["pinyin"]), row["pinyin"]
        assert row["sector"] is None or row["sector"] in known


def test_the_issue_holds_every_item_once():
    text = issue_text()
    tops, policies, events = sections(text)
    assert [len(tops), len(policies), len(events)] == [5, 8, 7]
    contents = re.findall(r"^(\d\. .+?)\.{3,}\t\d+$", text, re.MULTILINE)
    assert contents == tops
    for label in ("At a glance:", "MERICS comment:", "Article:", "Date:"):
        assert len(re.findall(rf"^{label}", text, re.MULTILINE)) == 5


def sections(text):
    body = text.split("\nMERICS TOP 5\n", 1)[1]
    top, rest = body.split("\nNOTEWORTHY\n", 1)
    policy, corporate = rest.split("\nCorporate news\n", 1)
    return (
        re.findall(r"^\d\. .+$", top, re.MULTILINE),
        re.findall(r"^- \*.+$", policy, re.MULTILINE),
        re.findall(r"^- \*.+$", corporate, re.MULTILINE),
    )


def test_the_issue_keeps_titles_bodies_and_dates_as_printed():
    if not NEWSLETTER.exists():
        pytest.skip("the newsletter is not on this machine")
    printed = NEWSLETTER.read_text(encoding="utf-8")
    for start in ("Issuing bod", "Date:"):
        assert labelled(issue_text(), start) == labelled(printed, start)
    assert chinese(labelled(issue_text(), "Article:")) == chinese(labelled(printed, "Article:"))


def labelled(text, start):
    lines = [line.strip() for line in text.splitlines() if line.startswith(start)]
    return [line.replace("April 02", "April 2") for line in lines]


def chinese(lines):
    return ["".join(HAN.findall(line)) for line in lines]


def test_the_notes_keep_dates_figures_and_sources_as_printed():
    if not NEWSLETTER.exists():
        pytest.skip("the newsletter is not on this machine")
    printed = NEWSLETTER.read_text(encoding="utf-8").replace(
        "most\n\nrespondent", "most respondent"
    )
    for ours, theirs in zip(sections(issue_text())[1:], sections(printed)[1:], strict=True):
        for mine, original in zip(ours, theirs, strict=True):
            assert mine.split(":*")[0] == original.split(":*")[0]
            assert labels(mine) == labels(original)
            assert figures(mine) == figures(original), mine


def labels(line):
    return [label for label, _ in LINK.findall(line) if not label.startswith("Little Giant")]


def figures(line):
    """Figures outside links and document numbers, in any order."""
    return sorted(
        re.findall(r"\d[\d.,]*(?<![.,])", re.sub(r"\([^()]*〔[^()]*\)", "", LINK.sub("", line)))
    )


def test_links_and_document_numbers_are_those_of_sure_official_records():
    text = issue_text()
    sure = {"urls": set(), "numbers": set()}
    for row in tsv(RECORDS_TSV):
        if row["match"].split()[0] in {"exact", "strong"}:
            sure["urls"].add(row["url"])
            sure["numbers"].add(row["official_doc_no"])
    assert {url for _, url in LINK.findall(text)} - {"#"} == sure["urls"]
    assert set(re.findall(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号", text)) == sure["numbers"] - {""}


def test_the_editor_names_every_item_and_only_known_slugs():
    data = editor()
    assert list(data) == ["issue", "policies", "events", "relations", "targets"]
    places = [(row["section"], row["position"]) for row in data["policies"]]
    assert places == [(s, n) for s, count in PRINTED_COUNTS.items() for n in range(1, count + 1)]
    assert [row["position"] for row in data["events"]] == list(range(1, 8))
    for row in data["policies"] + data["events"]:
        assert set(row["sectors"]) <= slugs("sectors"), row
        assert set(row["regions"]) <= slugs("regions"), row
        for body in row.get("bodies", []):
            assert body["slug"] is None or body["slug"] in slugs("bodies")
            assert body["printed"] in issue_text()


def test_the_editor_uses_the_closed_lists():
    data = editor()
    for row in data["policies"]:
        assert row["instrument"] in closed("instrument")
        assert row["legal_status"] in closed("legal_status")
        assert row["level"] in closed("level")
        for key in ("announced_on", "document_on", "effective_on", "expires_on"):
            if row[key]:
                assert date.fromisoformat(row[key]["value"])
                assert row[key]["precision"] in closed("precision")
    assert {row["kind"] for row in data["events"]} <= closed("event kind")
    assert {row["kind"] for row in data["relations"]} <= closed("relation kind")


def test_each_company_of_an_event_stands_in_its_note():
    notes = sections(issue_text())[2]
    for row in editor()["events"]:
        for company in row["companies"]:
            assert company["name_en"] in notes[row["position"] - 1]


def test_metrics_belong_to_bullets_with_as_many_percentages():
    items = re.split(r"^\d\. ", issue_text().split("\nMERICS TOP 5\n", 1)[1], flags=re.MULTILINE)
    for row in editor()["targets"]:
        assert row["section"] == "top"
        bullets = re.findall(r"^- .+$", items[row["position"]], re.MULTILINE)
        assert len(row["metrics"]) == bullets[row["point"] - 1].count("percent")


def prose():
    """Every text of the fixtures that could have been copied, with where it stands."""
    skipped = re.compile(r"(Article:|Issuing bod|Date:|MAY 8|.*, MERICS$)")
    for number, line in enumerate(issue_text().split("\nPUBLISHER\n")[0].splitlines(), 1):
        if not skipped.match(line):
            yield f"issue, line {number}", line
    for name in [*KEYS, "issues/2024-05-08.editor"]:
        for text in strings(load(name)):
            yield name, text


def strings(value, key=""):
    """Strings of a JSON value, without names as printed, which are facts."""
    if isinstance(value, dict):
        for inner, child in value.items():
            yield from strings(child, inner)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child, key)
    elif isinstance(value, str) and key != "printed":
        yield value


def runs(text):
    """Every run of eight words, not counting labels, dates of notes and names of sources."""
    plain = LINK.sub(lambda m: " " if m[1].endswith(("notice", "article")) else m[1], text)
    found = words(LABEL.sub(" ", plain))
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def test_no_run_of_eight_words_comes_from_the_newsletter():
    if not NEWSLETTER.exists():
        pytest.skip("the newsletter is not on this machine")
    original = runs(NEWSLETTER.read_text(encoding="utf-8"))
    copied = [
        (where, " ".join(run)) for where, text in prose() for run in sorted(runs(text) & original)
    ]
    assert copied == []
