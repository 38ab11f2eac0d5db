"""A file becomes an import, or a clear refusal that leaves nothing."""

import hashlib

import pytest

from policies.imports import NotRead, Stage, begin, discard, finish, read_now
from policies.imports.beginning import LONG_BYTES, shown_name
from policies.models import IssueImport
from policies.vocabulary import ImportState
from tests.readers import builders
from tests.readers.samples import NEWSLETTER

pytestmark = pytest.mark.django_db

FILES = {
    "issue.pdf": builders.as_pdf,
    "issue.docx": builders.as_docx,
    "issue.html": builders.as_html,
    "issue.eml": builders.as_eml,
    "issue.md": str.encode,
    "issue.txt": str.encode,
}
REFUSED = {
    "nothing.txt": b"",
    "broken.pdf": b"%PDF-1.7\nnothing of a PDF follows",
    "letter.txt": b"Dear all,\nthe meeting is on Monday.\nYours",
    "picture.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
}


@pytest.mark.parametrize("name", FILES)
def test_each_kind_of_file_gives_the_same_items(name):
    kept, is_new = begin(FILES[name](NEWSLETTER), name=name)

    assert is_new
    assert [item.headline or item.summary[:12] for item in Stage(kept).items] == [
        "Quiet motors: Transport ministry backs low-noise drives",
        "Cold storage: Provinces told to pool freezer capacity",
        "The MOF open",
        "The Wuhan Ci",
        "The yard Blu",
        "The maker of",
    ]


def test_the_file_is_kept_as_it_came():
    data = builders.as_pdf(NEWSLETTER)

    kept = IssueImport.objects.get(pk=begin(data, name="issue.pdf")[0].pk)

    assert bytes(kept.data) == data
    assert kept.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line_and_leaves_nothing(name):
    with pytest.raises(NotRead) as refusal:
        begin(REFUSED[name], name=name)

    assert "\n" not in str(refusal.value)
    assert str(refusal.value)[0].isupper()
    assert not IssueImport.objects.exists()


def test_a_file_over_the_limit_is_refused(settings):
    settings.NEWSLETTER_MAX_BYTES = 1000

    with pytest.raises(NotRead, match="too large"):
        begin(NEWSLETTER.encode(), name="issue.txt")
    assert not IssueImport.objects.exists()


def test_the_same_bytes_lead_to_the_import_that_is_there():
    first, _ = begin(NEWSLETTER.encode(), name="issue.txt")

    second, is_new = begin(NEWSLETTER.encode(), name="another name.txt")

    assert (second.pk, is_new) == (first.pk, False)


def test_a_discarded_file_can_be_brought_in_again():
    first, _ = begin(NEWSLETTER.encode(), name="issue.txt")
    discard(first.pk)

    second, is_new = begin(NEWSLETTER.encode(), name="issue.txt")

    assert is_new
    assert IssueImport.objects.get(pk=first.pk).state == ImportState.DISCARDED
    assert discard(first.pk) is None
    assert second.state == ImportState.OPEN


def test_a_file_whose_issue_was_deleted_can_be_brought_in_again():
    first, _ = begin(NEWSLETTER.encode(), name="issue.txt")
    stored = finish(first.pk, revision=first.revision, by=None)
    assert begin(NEWSLETTER.encode(), name="issue.txt") == (first, False)
    for record in stored.records.values():
        record.delete()
    stored.issue.delete()
    second, is_new = begin(NEWSLETTER.encode(), name="issue.txt")
    assert is_new
    again = finish(second.pk, revision=second.revision, by=None)
    assert len(again.added) == len(stored.added) > 0


def test_a_long_file_waits_unread_and_is_read_on_demand():
    long = NEWSLETTER + "\n" * LONG_BYTES
    kept, _ = begin(long.encode(), name="issue.txt")
    assert kept.text == ""

    read_now(kept.pk)

    assert "Quiet motors" in IssueImport.objects.get(pk=kept.pk).text


def test_a_long_file_that_cannot_be_read_is_gone_after_trying():
    kept, _ = begin(b"word \n" * LONG_BYTES, name="words.txt")

    with pytest.raises(NotRead):
        read_now(kept.pk)
    assert not IssueImport.objects.exists()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\issues\\May.pdf", "May.pdf"),
        ("../../etc/May.pdf", "May.pdf"),
        ("May\r\n.pdf", "May.pdf"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("", ""),
    ],
)
def test_a_name_is_only_the_last_part_of_a_path(given, shown):
    assert shown_name(given) == shown
