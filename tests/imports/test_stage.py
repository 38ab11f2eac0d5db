"""What the screen knows of an import before anything is written."""

import pytest

from policies.imports import Stage
from policies.imports.summary import summarise
from policies.models import IssueImport, Policy

from .conftest import bring_in, open_doubts, pressed

pytestmark = pytest.mark.django_db

GROUP = 'Research Group for the "Study of Noise, Water and Ports"'


def test_every_line_is_shown_with_where_it_went(kept):
    stage = Stage(kept)
    lines = [line for block in stage.blocks(stage.part(1)) for line in block.lines]

    assert [line.number for line in lines] == list(range(1, len(kept.text.split("\n")) + 1))
    assert all(
        line.where or line.is_left or line.is_furniture for line in lines if line.text.strip()
    )


def test_a_line_of_an_item_leads_to_the_field_that_it_went_into(kept):
    stage = Stage(kept)
    lines = {line.text: line for block in stage.blocks(stage.part(1)) for line in block.lines}

    assert (lines["Date: May 20, 2031"].key, lines["Date: May 20, 2031"].field) == (
        "top-2",
        "announced",
    )
    assert lines["- Publish noise maps"].where == "point 3"


def test_a_left_over_line_is_counted_until_it_is_not_needed(seeded):
    stray = "* * * scrap without a place * * *"
    kept = bring_in(
        bring_in().text.replace("NOTEWORTHY\n\nPolicy", f"{stray}\n\nNOTEWORTHY\n\nPolicy")
    )
    assert [line.text for line in summarise(Stage(kept)).leftovers] == [stray]

    pressed(kept, "settle-lines")

    assert summarise(Stage(kept)).leftovers == ()


def test_each_doubt_stands_beside_its_field(kept):
    stage = Stage(kept)
    found = {
        (doubt.key, doubt.field, doubt.kind) for rows in stage.doubts.values() for doubt in rows
    }

    assert found == {
        ("top-1", "bodies", "body"),
        ("top-1", "bodies", "count"),
        ("top-1", "comment", "link"),
        ("top-2", "official_url", "link"),
        ("policy_news-2", "bodies", "body"),
        ("policy_news-2", "sources", "link"),
        ("corporate_news-1", "sources", "link"),
        ("corporate_news-2", "sources", "link"),
    }


def test_a_missing_title_and_date_are_asked_for(seeded):
    text = (
        bring_in()
        .text.replace("(关于共享冷库 (试行) 的通知)", "")
        .replace("Date: May 20, 2031", "")
    )
    kept = bring_in(text)

    assert {"No Chinese title was read", "No date was read"} <= set(open_doubts(kept))


def test_a_doubt_that_may_stay_is_settled_and_can_be_asked_again(kept):
    pressed(kept, "settle", "top-2", "link")
    assert "The document’s link has no address" not in open_doubts(kept)

    pressed(kept, "unsettle", "top-2", "link")
    assert "The document’s link has no address" in open_doubts(kept)


def test_all_doubts_of_a_kind_are_settled_at_once(kept):
    pressed(kept, "settle-kind", "link")

    assert open_doubts(kept, "link") == []
    assert open_doubts(kept, "body")


def test_an_unknown_name_is_asked_for_once(seeded):
    text = bring_in().text.replace("Issuing body: MOFCOM", f"Issuing body: {GROUP}")
    stage = Stage(bring_in(text))

    rows = {card.key: card.bodies[-1] for card in stage.cards(stage.part(1)) if card.bodies}

    assert rows["top-1"].doubt is not None
    assert (rows["top-2"].doubt, rows["top-2"].asked_at) == (None, "top-1")


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("Ministry of Transports", "MOT"),
        ("CASS's Research Group for the National Condition", "CASS"),
        ("The SAFE's Department of Capital Account Management", "SAFE"),
        ("工信部政策法规司", "MIIT"),
    ],
)
def test_the_likeliest_bodies_are_offered(seeded, printed, body):
    text = bring_in().text.replace(GROUP, printed)
    stage = Stage(bring_in(text))

    card = stage.cards(stage.part(1))[0]

    assert card.bodies[-1].likely[0].short_name == body
    assert len(card.bodies[-1].likely) <= 3


def test_an_earlier_policy_of_the_same_number_link_or_title_is_a_likely_duplicate(kept):
    Policy.objects.create(
        title_zh="内河航运静音电机推广方案（2031—2034年）", headline="Motors before"
    )
    Policy.objects.create(official_url="https://example.org/mof", headline="Cranes before")

    twins = {card.key: card.twins for card in Stage(kept).cards(Stage(kept).part(1)) if card.twins}

    assert [(key, rows[0].policy.headline, rows[0].same) for key, rows in twins.items()] == [
        ("top-1", "Motors before", "Chinese title"),
        ("policy_news-1", "Cranes before", "official link"),
    ]


TITLE = "内河航运静音电机推广方案（2031—2034 年）"


@pytest.mark.parametrize(
    ("printed", "earlier"),
    [
        ("内河航运静音电机推广方案（2031—2034 年）", "内河航运静音电机推广方案（2030—2033 年）"),
        ("第七批先进装备和第四批设备名单", "第六批先进装备和第三批设备名单"),
        ("关于开展第11批静音电机试点的通知", "关于开展第12批静音电机试点的通知"),
        ("关于静音电机试点的通知（Ⅱ）", "关于静音电机试点的通知（Ⅰ）"),
    ],
)
def test_another_year_or_batch_is_another_document(seeded, printed, earlier):
    Policy.objects.create(title_zh=earlier, headline="Before")

    assert not Stage(bring_in(bring_in().text.replace(TITLE, printed))).twins


@pytest.mark.parametrize(
    ("printed", "earlier"),
    [
        ("关于开展第七批静音电机试点的通知", "关于开展第七批静音电机试点通知"),
        ("关于开展第七批静音电机试点的通知", "关于开展第7批静音电机试点的通知"),
        ("内河航运静音电机推广方案（2031—2034年）", "内河航运静音电机推厂方案（2031-2034年）"),
    ],
)
def test_a_slip_in_a_title_is_the_same_document(seeded, printed, earlier):
    Policy.objects.create(title_zh=earlier, headline="Before")

    assert "top-1" in Stage(bring_in(bring_in().text.replace(TITLE, printed))).twins


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("(关于共享冷库 (试行) 的通知)", "title_zh"),
        ("Issuing body: MOFCOM", "issuer"),
        ("Date: May 20, 2031", "date"),
        ("May 20, 2031", "date"),
        ("Notice on Shared Cold Storage (关于共享冷库 (试行) 的通知) ([Link](#))", "title_zh"),
    ],
)
def test_what_an_item_lacks_is_asked_for_once(seeded, printed, kind):
    doubts = {doubt.kind for doubt in Stage(bring_in()).doubts["top-2"]}

    lacking = Stage(bring_in(bring_in().text.replace(printed, "", 1))).doubts["top-2"]

    assert [doubt.kind for doubt in lacking if doubt.kind not in doubts] == [kind]


def test_a_text_that_is_too_long_for_its_field_blocks(seeded):
    kept = bring_in()
    stage = Stage(kept)
    pressed(kept, "save", **{"top-1:headline": "long " * 80})
    assert not stage.choices.items

    kept.choices = {"items": {"top-1": {"values": {"headline": "long " * 80}}}}
    summary = summarise(Stage(kept))

    assert not summary.may_store
    assert "at most 300 fit" in summary.blocking[0].text


def test_an_issue_without_a_day_blocks_until_it_is_typed(seeded):
    text = bring_in().text.replace("JUNE 5, 2031 (REPORTING PERIOD: MAY 2 - MAY 30)\n\n", "")
    kept = bring_in(text)
    assert not summarise(Stage(kept)).may_store

    pressed(kept, "save", **{"head:published": "2031-06-05"})

    assert summarise(Stage(kept)).may_store
    assert Stage(kept).parsed.published.isoformat() == "2031-06-05"


@pytest.mark.parametrize("typed", ["soon", "2031-13-40", "2031"])
def test_a_day_that_is_none_is_refused_in_words(kept, typed):
    taken = pressed(kept, "save", **{"head:published": typed})

    assert "head:published" in taken.wrong
    assert Stage(kept).parsed.published.isoformat() == "2031-06-05"


def test_what_is_typed_is_kept_and_what_is_typed_back_is_forgotten(kept):
    pressed(kept, "save", **{"top-2:title_zh": "共享冷库的通知", "top-2:announced": "2031-Q2"})
    assert kept.choices["items"]["top-2"]["values"] == {
        "title_zh": "共享冷库的通知",
        "announced": ["2031-06-30", "quarter"],
    }

    pressed(
        kept,
        "save",
        **{"top-2:title_zh": "关于共享冷库 (试行) 的通知", "top-2:announced": "2031-05-20"},
    )
    assert kept.choices == {}


@pytest.mark.parametrize(
    ("field", "text"),
    [("announced", "spring"), ("official_url", "not an address"), ("title_zh", "长" * 501)],
)
def test_a_wrong_value_is_refused_beside_its_field_and_shown_again(kept, field, text):
    taken = pressed(kept, "save", **{f"top-2:{field}": text})
    stage = Stage(kept)

    card = {card.key: card for card in stage.cards(stage.part(1), taken.wrong)}["top-2"]
    shown = {row.name: row for row in card.fields}[field]

    assert kept.choices == {}
    assert shown.value == text
    assert shown.error


def test_buttons_of_a_forged_form_change_nothing(kept):
    for button in (
        ["link", GROUP, "999999999999", "alias"],
        ["link", "nobody asked", "1", "alias"],
        ["link", GROUP],
        ["twin", "top-1", "x", "merge"],
        ["twin", "top-1", "1", "merge"],
        ["settle", "top-9", "date"],
        ["settle", "", "a\0b"],
        ["explode"],
        [{"a": 1}],
        [],
    ):
        pressed(kept, *button)
        assert IssueImport.objects.get(pk=kept.pk).choices == {}


def test_a_long_issue_is_shown_in_parts_without_losing_a_line(seeded):
    note = (
        "- *May 3:* The MOF opened fund number {} for cranes ([MOF notice](https://example.org/{}))"
    )
    notes = "\n".join(note.format(number, number) for number in range(100))
    kept = bring_in(
        bring_in().text.replace("Corporate news\n\n- ", f"{notes}\n\nCorporate news\n\n- ")
    )
    stage = Stage(kept)

    parts = [stage.part(number) for number in (1, 2, 3)]
    lines = [line.number for part in parts for block in stage.blocks(part) for line in block.lines]

    assert stage.part(99).number == parts[0].count == 3
    assert sum(len(part.items) for part in parts) == len(stage.items) > 100
    assert lines == list(range(1, len(kept.text.split("\n")) + 1))


def test_a_printed_date_that_is_none_is_told_with_its_words_and_line(kept):
    text = kept.text.replace("Date: May 14, 2031", "Date: May 32, 2031")
    (doubt,) = [one for one in Stage(bring_in(text)).doubts["top-1"] if one.kind == "date"]

    assert doubt.text == "The date is no date: 'May 32, 2031'"
    assert doubt.line == text.split("\n").index("Date: May 32, 2031") + 1
