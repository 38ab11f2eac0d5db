"""Files from elsewhere are read in a process that cannot take long, take much, or do harm."""

from __future__ import annotations

import threading
import time
import zipfile
from io import BytesIO

import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas

from policies.readers import Limits, Unreadable, read
from policies.readers.reading import read as read_here

from .builders import as_docx, as_eml, as_html, as_pdf
from .test_refusals import pdf_of, zip_of

TEXT = "Ports: A plan\n\nA line with a [link](https://example.org/) and 港口方案.\n\n- One\n- Two\n"


def refusal(data: bytes, **limits: int) -> tuple[str, float]:
    """The line that refuses `data`, and after how many seconds."""
    started = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        read(data, limits=Limits(**limits))
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message, time.monotonic() - started


def page_of(content: bytes, *, more: bytes = b"") -> bytes:
    """A PDF of one page with this content, not compressed."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def crowded() -> bytes:
    """A PDF of one page with two million letters over each other."""
    out = BytesIO()
    canvas = Canvas(out, pageCompression=1)
    for _ in range(20_000):
        canvas.drawString(50, 50, "a" * 100)
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("build", [as_pdf, as_docx, as_html, as_eml])
def test_a_file_reads_the_same_apart(build):
    data = build(TEXT)
    assert read(data) == read_here(data)


def test_a_long_text_reads_the_same_apart():
    data = (TEXT * 9000).encode()
    assert read(data, name="a.md") == read_here(data, name="a.md")


def test_a_refusal_comes_through_word_for_word():
    message, _ = refusal(pdf_of(["page"] * 3), max_pages=2)
    assert "3 pages" in message


def test_a_pdf_that_would_take_minutes_is_stopped():
    message, seconds = refusal(crowded(), max_seconds=2)
    # Beside other tests two seconds of work may take longer than is waited for.
    assert "longer than 2 seconds" in message or "after 2.5 seconds" in message
    assert seconds < 6


def test_a_file_is_given_up_by_the_clock_where_the_machine_does_nothing_for_it():
    data = crowded()
    halt = threading.Timer(0.5, lambda: [reader.suspend() for reader in readers()])
    halt.start()
    message, seconds = refusal(data, max_seconds=2)
    assert "after 2.5 seconds" in message
    assert "try again" in message
    assert 2 < seconds < 5


def readers() -> list[psutil.Process]:
    """The processes that read a file for this one; it may have others, a browser among them."""
    return [child for child in psutil.Process().children() if "readers.child" in commanded(child)]


def commanded(process: psutil.Process) -> str:
    """What a process was started with; nothing of one that has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def test_a_file_that_would_take_gigabytes_is_stopped():
    message, _ = refusal(crowded(), max_memory=120 * 2**20)
    assert "too much memory" in message


def test_a_stream_of_another_filter_cannot_unpack_without_end():
    letters = bytes([129, 97]) * 2_000_000
    message, seconds = refusal(page_of(letters, more=b"/Filter/RunLengthDecode"), max_seconds=4)
    assert message
    assert seconds < 15


@pytest.mark.parametrize(
    "tree",
    [
        b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\n",
        b"2 0 obj<</Type/Pages/Count 99999999999/Kids[3 0 R]>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids " + b"[" * 100_000 + b">>endobj\n",
        b"2 0 obj" + b"<</Kids" * 50_000 + b"endobj\n",
        b"2 0 obj 2 0 R endobj\n",
    ],
    ids=["itself", "count", "brackets", "dictionaries", "reference"],
)
def test_a_pdf_whose_pages_turn_in_a_circle_or_go_down_for_ever_is_refused(tree):
    data = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + tree
    message, seconds = refusal(data + b"trailer<</Root 1 0 R>>\n%%EOF", max_seconds=2)
    assert message
    assert seconds < 10


def test_an_archive_of_a_hundred_thousand_parts_is_refused_before_they_are_listed():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(6_000):
            archive.writestr(str(number), "")
    entries = out.getvalue()
    directory = entries[entries.index(b"PK\x01\x02") :] * 40
    message, seconds = refusal(entries + directory)
    assert "unpacks" in message
    assert seconds < 10


def test_an_archive_within_an_archive_is_not_opened():
    bomb = zip_of(word__document=b" " * 50_000_000)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("word/embeddings/bomb.docx", bomb)
    refusal(out.getvalue())


def test_a_text_too_long_for_an_issue_is_refused_with_both_numbers():
    message, _ = refusal(b"words and words\n" * 70_000)
    assert "1,120,000 characters" in message
    assert "1,000,000" in message


def test_a_page_of_html_that_grows_too_long_is_refused_too():
    page = b"<html><body>" + b"<p>words and words</p>" * 30_000 + b"</body></html>"
    message, _ = refusal(page, max_characters=100_000)
    assert "too long" in message


def test_scripts_of_a_page_leave_nothing_in_its_text():
    page = b"""<html><body onload="alert(1)"><script>alert(2)</script><p>Ports
    <a href="javascript:alert(3)">open</a> <a href="data:text/html,alert(4)">data</a>
    <img src=x onerror=alert(5)> <svg><script>alert(6)</script></svg></p></body></html>"""
    text = read(page)
    assert "Ports open data" in text
    assert "alert" not in text


def test_a_name_of_any_kind_is_no_matter():
    for name in ("\0", "a" * 5000, "\ud800.pdf", "../../etc/passwd", "a\nb.eml"):
        assert read(as_html(TEXT), name=name) == read_here(as_html(TEXT))
