"""Text in Markdown: its first words stand in titles, addresses and lines without its marks."""

import pytest

from policies.models import CorporateEvent, Policy
from policies.models.prose import first_words, shown_text, with_plain_ends

NOTE = "The MIIT opened the [Little\nGiant](https://a.example/b) list for its **sixth** batch."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (NOTE, "The MIIT opened the Little Giant list for its sixth batch."),
        ("A [name](#) and `code`", "A name and code"),
        ("[1] and (2)", "[1] and (2)"),
        ("", ""),
        ("Build 3*4 gigawatts, 5 * 6 in all", "Build 3*4 gigawatts, 5 * 6 in all"),
        ("**Build** 3*4 *gigawatts*", "Build 3*4 gigawatts"),
        ("It rose\n- 3 percent\n- by `2*2`", "It rose 3 percent by 2*2"),
        ("1. First\n2. Second", "1. First 2. Second"),
    ],
)
def test_a_line_has_the_words_alone(text, shown):
    assert first_words(text, 30) == shown


def test_a_text_that_goes_on_says_so():
    assert first_words(NOTE, 5) == "The MIIT opened the Little …"
    assert first_words(NOTE, 5, end="") == "The MIIT opened the Little"


def test_a_record_without_a_headline_is_called_by_plain_words(db):
    policy, event = Policy(summary=NOTE), CorporateEvent(text=NOTE)
    assert policy.display_title == event.display_title == first_words(NOTE, 14)
    policy.save()
    assert policy.slug == "the-miit-opened-the-little-giant-list-for"


def test_the_address_of_a_link_is_not_shown():
    assert shown_text("See [here](https://a.example/x_y) and **there**") == "See here and **there**"


@pytest.mark.parametrize("typed", ["One.\r\n\r\nTwo.", "One.\r\rTwo.", "One.\n\nTwo."])
def test_lines_end_alike_whoever_sent_them(db, typed):
    assert with_plain_ends(typed) == "One.\n\nTwo."
    policy = Policy.objects.create(headline="A plan", comment=typed)
    assert policy.comment == "One.\n\nTwo."
    assert Policy.objects.get().comment == "One.\n\nTwo."
