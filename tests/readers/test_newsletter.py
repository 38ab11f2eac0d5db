"""One newsletter, whatever the file: the same lines, and the same records."""

from __future__ import annotations

import dataclasses

import pytest

from policies.newsletter import parse_issue
from policies.readers import kind_of
from policies.readers.reading import read

from .builders import as_docx, as_eml, as_html, as_pdf
from .lines import plain_lines, words
from .samples import NEWSLETTER

BUILDERS = {"html": as_html, "docx": as_docx, "eml": as_eml, "pdf": as_pdf}
PLACES = {"lines", "placements", "leftovers", "warnings"}


def records(text: str, *, paragraphs: bool = True) -> object:
    """What the parser makes of `text`, but for where it stood; `paragraphs` keeps their ends."""

    def bare(value):
        if isinstance(value, dict):
            return {key: bare(part) for key, part in value.items() if key not in PLACES}
        if isinstance(value, str) and not paragraphs:
            return value.replace("\n\n", " ")
        return [bare(part) for part in value] if isinstance(value, tuple | list) else value

    return bare(dataclasses.asdict(parse_issue(text)))


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_built_file_is_taken_for_what_it_is(kind):
    assert kind_of(BUILDERS[kind](NEWSLETTER)) == kind


@pytest.mark.parametrize("kind", ["html", "docx", "eml"])
def test_a_file_that_keeps_its_lines_gives_the_lines_of_the_text(kind, newsletter):
    assert plain_lines(read(BUILDERS[kind](newsletter))) == plain_lines(newsletter)


@pytest.mark.parametrize("size", [(595, 842), (300, 500), (420, 595), (900, 600)])
def test_a_pdf_gives_the_words_of_the_text_on_any_size_of_page(size, newsletter):
    assert words(read(as_pdf(newsletter, size=size))) == words(newsletter)


@pytest.mark.parametrize("kind", BUILDERS)
def test_any_file_gives_the_records_of_the_text(kind, newsletter):
    assert records(read(BUILDERS[kind](newsletter))) == records(newsletter)


@pytest.mark.parametrize(
    "options",
    [{"size": (420, 595)}, {"gap": 4}, {"gap": 14}, {"font": "Times-Roman"}, {"header": ""}],
    ids=str,
)
def test_a_pdf_gives_the_records_of_the_text_however_it_is_set(options, newsletter):
    assert records(read(as_pdf(newsletter, **options))) == records(newsletter)


def test_a_pdf_of_narrow_pages_gives_the_records_of_the_text(newsletter):
    # Where a narrow page ends with a sentence, nothing tells whether its paragraph ends too.
    got = records(read(as_pdf(newsletter, size=(260, 420))), paragraphs=False)
    assert got == records(newsletter, paragraphs=False)


@pytest.mark.parametrize("lists", [True, False])
def test_a_page_gives_its_records_with_bullets_as_lists_and_as_text(lists, newsletter):
    page = as_html(newsletter, lists=lists)
    assert records(read(page)) == records(newsletter)


def test_a_page_that_shows_links_as_markdown_gives_the_same_records(newsletter):
    assert records(read(as_html(newsletter, links=False))) == records(newsletter)


def test_no_running_header_and_no_page_number_is_left_of_a_pdf():
    lines = plain_lines(read(as_pdf(NEWSLETTER, size=(300, 500))))
    assert "The running header" not in lines
    assert not [line for line in lines if line.endswith("/ 7")]


@pytest.mark.parametrize("font", ["Helvetica", "Times-Roman"])
def test_a_pdf_in_two_columns_is_read_column_by_column(font):
    page = as_pdf(NEWSLETTER, size=(520, 700), font=font, columns=2)
    assert records(read(page), paragraphs=False) == records(NEWSLETTER, paragraphs=False)
