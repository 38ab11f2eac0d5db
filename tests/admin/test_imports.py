"""Bringing an issue in on the desk, without a script: the pages, the form, who may."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from policies.models import BodyAlias, IssueImport, NewsletterIssue, Policy
from policies.vocabulary import ImportState
from tests.readers import builders
from tests.readers.samples import NEWSLETTER

pytestmark = pytest.mark.django_db

GROUP = 'Research Group for the "Study of Noise, Water and Ports"'


def page(name: str, *args: Any) -> str:
    return reverse(f"admin:policies_issueimport_{name}", args=args)


def upload(client: Client, data: bytes, name: str = "issue.txt"):
    return client.post(page("add"), {"file": SimpleUploadedFile(name, data), "text": ""})


def brought_in(client: Client, text: str = NEWSLETTER) -> IssueImport:
    upload(client, text.encode())
    return IssueImport.objects.latest("pk")


def press(client: Client, kept: IssueImport, *button: str, **extra: Any):
    """Press a button of the screen, with what stands in its form."""
    answer = client.get(page("change", kept.pk))
    data: dict[str, Any] = {
        "revision": answer.context["kept"].revision,
        "part": 1,
        "do": json.dumps(["item-top-1", *button]),
        "card": [card.key for card in answer.context["cards"]],
    }
    for card in answer.context["cards"]:
        data[f"{card.key}:offer"] = [offer.id for offer in card.offers if offer.ticked]
    headers = extra.pop("headers", None)
    return client.post(page("press", kept.pk), data | extra, headers=headers)


def told(client: Client, answer) -> str:
    """The messages on the page that the answer leads to."""
    shown = client.get(answer["Location"].partition("#")[0])
    return " ".join(str(message) for message in shown.context["messages"])


def test_the_list_of_issues_leads_to_the_upload(editor):
    html = editor.get(reverse("admin:policies_newsletterissue_changelist")).content.decode()

    assert f'href="{page("add")}">Import an issue</a>' in html


def test_pasted_text_comes_to_the_review(editor):
    answer = editor.post(page("add"), {"text": NEWSLETTER})

    kept = IssueImport.objects.get()
    assert answer["Location"] == page("change", kept.pk)
    assert str(kept) == "pasted text"
    shown = editor.get(answer["Location"])
    assert "Quiet motors: Transport ministry backs low-noise drives" in shown.content.decode()
    assert kept.started_by.username == "editor"


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({}, "file", "Choose a file"),
        ({"text": "Hello there.\nNothing to read."}, "text", "newsletter"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 broken")}, "file", "damaged"),
        ({"file": SimpleUploadedFile("a.txt", b"")}, "file", "empty"),
        ({"file": SimpleUploadedFile("a.txt", b"x"), "text": "y"}, "text", "not both"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_leaves_nothing(editor, sent, field, words):
    answer = editor.post(page("add"), sent)

    assert words in " ".join(answer.context["form"].errors[field])
    assert not IssueImport.objects.exists()


def test_a_file_over_the_limit_is_refused_in_words(editor, settings):
    settings.NEWSLETTER_MAX_BYTES = 1000

    answer = upload(editor, NEWSLETTER.encode())

    assert "too large" in str(answer.context["form"].errors["file"])
    assert not IssueImport.objects.exists()


def test_the_same_file_again_leads_to_its_import(editor):
    kept = brought_in(editor)

    answer = upload(editor, NEWSLETTER.encode(), "again.txt")

    assert answer["Location"] == page("change", kept.pk)
    assert "here already" in told(editor, answer)
    assert IssueImport.objects.count() == 1


def test_a_long_file_is_read_in_a_step_of_its_own(editor):
    kept = brought_in(editor, NEWSLETTER + (" " * 999 + "\n") * 600)
    step = editor.get(page("change", kept.pk)).content.decode()
    assert f'action="{page("read", kept.pk)}"' in step
    assert "It is read now" in step

    answer = editor.post(page("read", kept.pk))

    assert "Quiet motors" in editor.get(answer["Location"]).content.decode()


def test_a_long_file_that_cannot_be_read_is_refused_beside_its_field(editor):
    kept = brought_in(editor, ("word " * 200 + "\n") * 600)

    answer = editor.post(page("read", kept.pk))

    assert "newsletter" in str(answer.context["form"].errors["file"])
    assert not IssueImport.objects.exists()


def test_an_import_goes_on_where_another_editor_left_it(editor, publisher):
    kept = brought_in(editor)
    press(editor, kept, "leave-body", GROUP, **{"top-2:title_zh": "共享冷库的通知"})

    shown = publisher.get(page("change", kept.pk)).content.decode()

    assert 'value="共享冷库的通知"' in shown
    assert "stays unresolved" in shown
    assert page("change", kept.pk) in publisher.get(page("changelist")).content.decode()


def test_a_press_comes_back_to_its_place_and_writes_no_record(editor):
    kept = brought_in(editor)

    answer = press(editor, kept, "leave-body", GROUP)

    assert answer["Location"] == f"{page('change', kept.pk)}?part=1#item-top-1"
    assert not Policy.objects.exists()
    assert not NewsletterIssue.objects.exists()


def test_a_press_with_htmx_swaps_only_what_changed(editor):
    kept = brought_in(editor)

    answer = press(editor, kept, "leave-body", GROUP, headers={"HX-Request": "true"})

    html = answer.content.decode()
    assert re.findall(r'<article [^>]*id="([\w-]+)"', html) == ["item-top-1"]
    assert 'id="summary"' in html
    assert html.count('hx-swap-oob="true"') == 3


def test_a_wrong_value_is_shown_beside_its_field_and_the_rest_is_saved(editor):
    kept = brought_in(editor)

    answer = press(
        editor,
        kept,
        "save",
        **{"top-2:announced": "soon", "top-1:document_number": "交水〔2031〕1号"},
    )

    html = answer.content.decode()
    assert "Type a day as 2024-04-26" in html
    assert 'value="soon"' in html
    kept.refresh_from_db()
    assert kept.choices["items"] == {"top-1": {"values": {"document_number": "交水〔2031〕1号"}}}


def test_storing_without_a_script_takes_what_was_typed_and_goes_on_to_publishing(publisher):
    kept = brought_in(publisher)

    answer = press(publisher, kept, "store", **{"top-2:title_zh": "共享冷库的通知"})

    issue = NewsletterIssue.objects.get()
    assert answer["Location"] == reverse("admin:policies_newsletterissue_publish", args=[issue.pk])
    assert "6 added" in told(publisher, answer)
    assert issue.policies.get(section="top", position=2).title_zh == "共享冷库的通知"


def test_an_editor_goes_on_to_the_issue(editor):
    answer = press(editor, brought_in(editor), "store")

    issue = NewsletterIssue.objects.get()
    assert answer["Location"] == reverse("admin:policies_newsletterissue_change", args=[issue.pk])


def test_a_wrong_value_keeps_from_storing(editor):
    press(editor, brought_in(editor), "store", **{"top-2:announced": "soon"})

    assert not NewsletterIssue.objects.exists()


def test_a_second_press_on_store_is_told_that_it_is_stored(editor):
    kept = brought_in(editor)
    first = editor.get(page("change", kept.pk)).context["kept"].revision
    press(editor, kept, "store")

    answer = editor.post(
        page("press", kept.pk), {"revision": first, "part": 1, "do": '["", "store"]'}
    )

    assert "stored already: that press changed nothing" in told(editor, answer)
    assert Policy.objects.count() == 4


def test_two_windows_do_not_overwrite_each_other(editor, publisher):
    kept = brought_in(editor)
    shown = editor.get(page("change", kept.pk)).context["kept"].revision
    press(publisher, kept, "save", **{"top-2:title_zh": "甲"})

    answer = editor.post(
        page("press", kept.pk),
        {
            "revision": shown,
            "part": 1,
            "card": ["top-2"],
            "do": '["", "save"]',
            "top-2:title_zh": "乙乙",
        },
    )

    words = told(editor, answer)
    assert "another window" in words
    assert "“乙乙”" in words
    kept.refresh_from_db()
    assert kept.choices["items"]["top-2"]["values"] == {"title_zh": "甲"}


def test_a_press_that_was_lost_is_told_in_the_summary_which_stays_in_sight(editor):
    kept = brought_in(editor)
    press(editor, kept, "settle-kind", "link")

    data = {"revision": 0, "part": 1, "do": '["item-top-2", "save"]'}
    html = editor.post(page("press", kept.pk), data, follow=True).content.decode()

    summary = html[html.index('id="summary"') :].partition("</section>")[0]
    assert "Your last press was not saved" in summary


def test_what_keeps_from_storing_is_one_line_with_a_number_for_each_item(editor):
    for title in ("内河航运静音电机推广方案（2031—2034年）", "二"):
        Policy.objects.create(title_zh=title, official_url="https://example.org/mof")
    kept = brought_in(editor)

    html = editor.get(page("change", kept.pk)).content.decode()

    blocks = html[html.index('id="blocks"') :].partition("</div>")[0]
    assert blocks.count("<li>") == 1
    assert "3 likely duplicates" in blocks
    assert blocks.count('href="#doubt-') == 3


def test_a_window_that_is_behind_cannot_store(editor):
    kept = brought_in(editor)
    press(editor, kept, "settle-kind", "link")

    editor.post(page("press", kept.pk), {"revision": 0, "part": 1, "do": '["", "store"]'})

    assert not NewsletterIssue.objects.exists()


def test_a_stored_import_says_what_came_of_it(editor):
    kept = brought_in(editor)
    press(editor, kept, "store")

    html = editor.get(page("change", kept.pk)).content.decode()

    assert "Stored for review" in html
    assert "HARBOUR China Industries, 5 June 2031" in html
    assert page("original", kept.pk) in html


def test_the_original_is_given_back_unchanged_and_never_shown_in_the_browser(editor):
    data = builders.as_html(NEWSLETTER)
    upload(editor, data, "issue.html")
    kept = IssueImport.objects.get()

    answer = editor.get(page("original", kept.pk))

    assert answer.content == data
    assert answer["Content-Disposition"] == 'attachment; filename="issue.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_discarding_asks_first(editor):
    kept = brought_in(editor)
    assert "is put aside" in editor.get(page("discard", kept.pk)).content.decode()
    kept.refresh_from_db()
    assert kept.state == ImportState.OPEN

    editor.post(page("discard", kept.pk))

    kept.refresh_from_db()
    assert kept.state == ImportState.DISCARDED
    assert "Discarded" in editor.get(page("change", kept.pk)).content.decode()


@pytest.mark.parametrize("name", ["change", "press", "read", "discard", "original"])
def test_nobody_without_the_right_sees_an_import(editor, name):
    kept = brought_in(editor)
    other = Client()
    other.force_login(User.objects.create_user("visitor", is_staff=True))

    answers = [other.get(page(name, kept.pk)), other.post(page(name, kept.pk))]

    assert {answer.status_code for answer in answers} <= {403, 405}
    assert Client().get(page(name, kept.pk)).status_code == 302
    assert other.get(page("add")).status_code == 403


@pytest.mark.parametrize("name", ["press", "read"])
def test_nothing_is_decided_by_following_a_link(editor, name):
    assert editor.get(page(name, brought_in(editor).pk)).status_code == 405


def test_a_press_needs_the_token_of_the_page(editor):
    kept = brought_in(editor)
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(editor.user)

    assert careful.post(page("press", kept.pk), {"do": '["", "store"]'}).status_code == 403


def test_an_import_that_is_not_there_is_not_found(editor):
    for name in ("press", "read", "discard"):
        assert editor.post(page(name, 999)).status_code == 404
    assert editor.get(page("change", 999)).status_code == 404


def test_the_review_takes_as_many_queries_for_many_items_as_for_few(
    seeded, editor, django_assert_max_num_queries
):
    notes = "\n".join(
        f"- *May 3:* The MOF opened fund {number} for cranes ([Notice](https://example.org/{number}))"
        for number in range(30)
    )
    heading = "Corporate news\n\n- "
    kept = brought_in(editor, NEWSLETTER.replace(heading, f"{notes}\n\n{heading}"))
    press(editor, kept, "store")
    again = brought_in(editor, NEWSLETTER.replace(heading, f"{notes} \n\n{heading}") + "\n")
    assert again.pk != kept.pk

    with django_assert_max_num_queries(42):
        answer = editor.get(page("change", again.pk))
    assert len(answer.context["cards"]) == 36


def test_an_alias_is_kept_for_the_next_issue(seeded, editor):
    kept = brought_in(editor)
    body = editor.get(page("change", kept.pk)).context["stage"].naming.registry.resolve("MOST")
    press(editor, kept, "link", GROUP, str(body.pk), "alias")
    press(editor, kept, "store")
    assert BodyAlias.objects.get(name=GROUP).body == body

    later = brought_in(editor, NEWSLETTER.replace("JUNE 5, 2031", "JUNE 6, 2031"))

    doubts = editor.get(page("change", later.pk)).context["stage"].doubts["top-1"]
    assert "body" not in {doubt.kind for doubt in doubts}


def test_a_refused_figure_comes_back_with_all_that_was_typed(editor):
    kept = brought_in(editor, NEWSLETTER.replace("- Publish noise maps", "- Halve the noise"))
    card = editor.get(page("change", kept.pk)).context["cards"][0]
    number = next(row.number for row in card.points if row.doubt)
    typed = {"comparator": "decrease by at least", "value": "fifty", "unit": "percent"}

    answer = press(
        editor,
        kept,
        "figure",
        "top-1",
        str(number),
        **{f"top-1:figure-{number}-{name}": text for name, text in typed.items()},
    )

    html = answer.content.decode()
    assert "The figure is a plain number" in html
    assert '<option value="decrease by at least" selected>' in html
    assert 'value="fifty"' in html
    assert 'value="percent"' in html


def test_proposals_for_a_record_that_is_here_say_that_it_is_empty_there(editor):
    kept = brought_in(editor)
    Policy.objects.create(title_zh="内河航运静音电机推广方案（2031—2034年）")
    before = Policy.objects.latest("pk")
    press(editor, kept, "twin", "top-1", str(before.pk), "merge")

    html = editor.get(page("change", kept.pk)).content.decode()

    assert "Empty on the record, and stays so unless you tick it." in html
    assert f'name="top-1:offered" value="{before.pk}"' in html
