"""Images for links on other sites: both scripts, only what is public, drawn once."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from policies.languages import HAN
from policies.models import (
    Company,
    CorporateEvent,
    FormerSlug,
    IssuingBody,
    NewsletterIssue,
    Policy,
    Sector,
    Target,
    Term,
)
from policies.sharing import drawing, fonts
from policies.sharing.cards import card_of
from policies.sharing.drawing import Card, drawn
from policies.sharing.typesetting import Setter, pieces, runs
from policies.vocabulary import State

FACE = fonts.Face(None, None)


def image_of(content):
    image = Image.open(BytesIO(content))
    assert image.size == (1200, 630)
    assert len(content) < 120_000
    return image.convert("RGB")


def ink(image, box):
    """How many pixels of a part are written on."""
    part = image.crop(box)
    paper = Image.new("RGB", part.size, image.getpixel((2, 300)))
    return sum(ImageChops.difference(part, paper).convert("L").point(bool).histogram()[1:])


def test_every_kind_of_record_and_list_has_a_card(seeded, client):
    kinds = (Policy, Target, CorporateEvent, IssuingBody, Company, Sector, Term, NewsletterIssue)
    addresses = [kind.objects.first().get_absolute_url() for kind in kinds]
    addresses += ["/", "/policies/", "/targets/", "/events/", "/bodies/", "/companies/"]
    for address in addresses:
        answer = client.get(f"{address}card.png")
        assert answer.status_code == 200, address
        assert answer["Content-Type"] == "image/png"
        assert "max-age" in answer["Cache-Control"]
        image_of(answer.content)


@pytest.mark.django_db
def test_a_card_says_what_the_record_is(seeded):
    policy = Policy.objects.published().filter(section="top").exclude(title_zh="").first()
    card = card_of(policy, "tracker.example")
    assert (card.title, card.title_zh) == (policy.title_en, policy.title_zh)
    assert policy.issuers.first().body.short_name in card.facts[0]
    assert "2024" in card.facts[1]
    target = Target.objects.published().exclude(value=None).exclude(due_on=None).first()
    said = card_of(target, "tracker.example")
    assert f"due {target.due_on.year}" in said.facts[0]
    assert "31 December" not in said.facts[0]
    assert "](" not in str([card_of(event, "") for event in CorporateEvent.objects.published()])


def test_only_what_is_public_has_a_card_and_old_addresses_lead_to_it(seeded, client):
    policy = Policy.objects.published().first()
    address = f"{policy.get_absolute_url()}card.png"
    FormerSlug.objects.create(kind="policy", slug="older", record_id=policy.pk)
    assert client.get("/policies/older/card.png")["Location"] == address
    for state, status in ((State.IN_REVIEW, 404), (State.WITHDRAWN, 410)):
        Policy.objects.filter(pk=policy.pk).update(state=state)
        answer = client.get(address)
        assert answer.status_code == status
        assert policy.title_en not in answer.content.decode()
        for target in policy.targets.all():
            assert client.get(f"{target.get_absolute_url()}card.png").status_code == 404
    assert client.get("/issues/nowhere/card.png").status_code == 404


def test_a_card_is_drawn_once_and_not_sent_twice(seeded, client, monkeypatch):
    policy = Policy.objects.published().first()
    address = f"{policy.get_absolute_url()}card.png"
    first = client.get(address)
    monkeypatch.setattr("policies.views.cards.drawn", None)
    assert client.get(address).content == first.content
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    monkeypatch.undo()
    Policy.objects.filter(pk=policy.pk).update(title_en="Renamed just now")
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed.content == first.content) == (200, False)


def test_the_card_of_a_search_is_of_that_search_and_refuses_others(seeded, client):
    plain, narrow = (client.get(f"/policies/card.png{q}") for q in ("", "?body=miit"))
    assert plain["ETag"] != narrow["ETag"]
    wrong = client.get("/policies/card.png?bdoy=miit")
    assert wrong.status_code == 400
    assert "bdoy" in wrong.content.decode()


def test_titles_of_any_length_stay_on_the_card_in_either_script():
    if not fonts.face("bold").chinese:
        pytest.skip("no font with Chinese here: Debian has one in fonts-noto-cjk")
    for times in (1, 9, 60):
        title, title_zh = (
            "Measures on computing " * times,
            "关于推动算力高质量发展的行动计划" * times,
        )
        facts = ("MIIT · NDRC " * times, "2024")
        long = Card("Policy tracker", "tracker.example", "Plan", title, title_zh, facts)
        image = image_of(drawn(long))
        assert ink(image, (drawing.EDGE, 150, 1128, 540)) > 2_000
        # The margins stay empty, and so does the room between head and title.
        assert ink(image, (0, 140, drawing.EDGE - 4, 630)) == 0
        assert ink(image, (1134, 140, 1200, 630)) == 0
        assert ink(image, (0, 137, 1200, 146)) == 0
    without = drawn(Card("", "", "", "A plan", ""))
    assert drawn(Card("", "", "", "A plan", "计划")) != without


def test_without_a_font_for_chinese_cards_are_in_english(settings, seeded, client):
    settings.CARD_FONTS = ["/nowhere/font.ttf"]
    assert fonts.face("bold") == FACE
    english = drawn(Card("Policy tracker  政策追踪", "host", "Plan", "A plan", "计划", ("MIIT",)))
    assert english == drawn(Card("Policy tracker  ", "host", "Plan", "A plan", "", ("MIIT",)))
    policy = Policy.objects.published().exclude(title_zh="").first()
    assert client.get(f"{policy.get_absolute_url()}card.png").status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "关于“人工智能+”行动的意见（2024—2026年）",
        "Notice on “AI+” — a plan",
        "MIIT 工信部 and 国资委",
        "",
        "…",
    ],
)
def test_lines_hold_all_that_fits_and_break_where_the_scripts_allow(text):
    setter = Setter(FACE, 20)
    assert "".join(pieces(text)) == text
    assert "".join(part for _, part in runs(text)) == text
    lines = setter.lines(text, 400, 9)
    assert setter.is_whole(text, lines)
    assert not [line for line in lines if line[:1] in set("，。）》”") or line[-1:] in set("（《“")]
    assert all(HAN.search(part) is None for is_zh, part in runs(text) if not is_zh)
