"""What cannot be read is refused in one clear line, whatever its bytes."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
import zlib
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from policies.readers import Limits, Unreadable, kind_of
from policies.readers.reading import read

from .builders import as_docx, as_eml, as_html, as_pdf

MAGICS = [
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"<html><body>",
    b"From: a@b.c\nSubject: x\n\n",
    b"\xff\xfe",
    b"",
]
SHORT = "A line of text.\n\n- A bullet with a [link](https://example.org/)\n"


def pdf_of(lines: list[str], **options) -> bytes:
    """A PDF with one line a page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, **options)
    for line in lines:
        canvas.drawString(72, 700, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def zip_of(**members: bytes) -> bytes:
    """A zip archive; "__" in a name stands for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


def refusal(data: bytes, **options) -> str:
    """The line that `read` refuses `data` with; fails if it does not."""
    with pytest.raises(Unreadable) as caught:
        read(data, **options)
    message = str(caught.value)
    assert message
    assert "\n" not in message
    assert message.endswith(".")
    return message


def picture(kind: str) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, kind)
    return out.getvalue()


def is_read_or_refused(data: bytes, name: str = "") -> bool:
    """Whether `read` gives text or Unreadable; any other exception escapes and fails the test."""
    try:
        return isinstance(read(data, name=name), str)
    except Unreadable as error:
        return bool(str(error))


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\0\0\0", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(data):
    assert "empty" in refusal(data) or "no text" in refusal(data)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (picture("PNG"), "PNG"),
        (picture("JPEG"), "JPEG"),
        (picture("GIF"), "GIF"),
        (b"MZ\x90\0" + b"\0" * 80 + b"This program cannot be run in DOS mode", "program"),
        (b"\x7fELF" + b"\1" * 50, "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "old Word"),
        (zip_of(xl__workbook=b"<x/>"), "spreadsheet"),
        (zip_of(ppt__presentation=b"<x/>"), "presentation"),
        (zip_of(anything=b"<x/>"), "zip archive"),
        (b"{\\rtf1 text}", "rich text"),
        (b"\x1f\x8b\x08" + b"\0" * 30, "gzip"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_name(data, named):
    assert named in refusal(data)


def test_an_open_document_is_refused_by_name():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    assert "OpenDocument" in refusal(out.getvalue())


@pytest.mark.parametrize("more", [1, 2_000_000])
def test_a_file_over_the_size_limit_is_refused_with_the_limit_as_its_only_size(more):
    message = refusal(b"a" * (2**20 + more), limits=Limits(max_bytes=2**20))
    assert re.findall(r"[\d.]+ MB", message) == ["1 MB"]


def test_an_encrypted_pdf_is_refused_as_protected():
    locked = pdf_of(["secret"], encrypt=StandardEncryption("user", "owner", strength=128))
    assert "password" in refusal(locked)


def test_a_pdf_of_pictures_alone_is_refused_with_the_way_out():
    out = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(out, "PDF")
    assert "text recognition" in refusal(out.getvalue())


def test_a_pdf_beyond_the_page_limit_is_refused():
    assert "12 pages" in refusal(pdf_of(["page"] * 12), limits=Limits(max_pages=10))


def test_a_pdf_of_ten_thousand_pages_is_refused_within_seconds():
    pages = b"".join(b"%d 0 obj<</Type/Page/Parent 2 0 R>>endobj\n" % n for n in range(3, 10_003))
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 10_003))
    tree = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 10000"
    tree += b"/MediaBox[0 0 100 100]/Kids[" + kids + b"]>>endobj\n"
    started = time.monotonic()
    refusal(b"%PDF-1.4\n" + tree + pages + b"trailer<</Root 1 0 R>>\n%%EOF")
    assert time.monotonic() - started < 10


def test_a_pdf_whose_stream_unpacks_without_end_is_refused():
    bomb = zlib.compress(b" " * 60_000_000, 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>"
    data = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1"
    data += (
        b"/Kids[3 0 R]>>endobj\n3 0 obj" + page + b"endobj\n4 0 obj<</Filter/FlateDecode/Length "
    )
    data += str(len(bomb)).encode() + b">>stream\n" + bomb + b"\nendstream endobj\n"
    assert "unpacks" in refusal(data + b"trailer<</Root 1 0 R>>\n%%EOF")


def test_a_word_file_that_unpacks_to_gigabytes_is_refused_by_its_directory():
    bomb = zip_of(word__document=b"<a/>" + b" " * 210_000_000)
    assert len(bomb) < 1_000_000
    assert "unpacks" in refusal(bomb)


def test_a_word_file_that_lies_about_its_size_is_refused_while_it_unpacks():
    honest = zip_of(word__document=b"<a/>" + b" " * 9_000_000)
    size = (9_000_004).to_bytes(4, "little")
    lying = honest.replace(size, (700).to_bytes(4, "little"))
    assert lying != honest
    refusal(lying, limits=Limits(max_unpacked=1_000_000))


def test_a_word_file_of_endless_parts_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        for number in range(6000):
            archive.writestr(f"word/{number}.xml", "")
    refusal(out.getvalue())


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<a",
        b"<a/>",
        b"not XML",
        b"<!DOCTYPE x [<!ENTITY a 'aa'>]><x>&a;</x>",
        b"<a>" * 50_000 + b"</a>" * 50_000,
    ],
    ids=["empty", "cut", "foreign", "text", "entities", "deep"],
)
def test_a_word_file_with_a_broken_document_is_refused(document):
    refusal(zip_of(word__document=document))


def test_pages_nested_a_hundred_thousand_deep_are_refused():
    assert "nested" in refusal(b"<html>" + b"<div>" * 100_000 + b"text" + b"</div>" * 100_000)


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<a href='", "</p", "<![CDATA[", "&#", "<b></i>", "<?"]
)
def test_half_open_marks_without_end_do_not_slow_the_page_down(piece):
    started = time.monotonic()
    is_read_or_refused(f"<html>start {piece * 120_000}".encode(), "a.html")
    assert time.monotonic() - started < 10


def test_a_page_without_any_text_is_refused():
    assert "no text" in refusal(b"<html><body><script>alert(1)</script><img src=x></body></html>")


def test_an_email_without_any_text_is_refused():
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "picture"
    message.set_content("")
    message.add_attachment(picture("PNG"), maintype="image", subtype="png", filename="a.png")
    assert "no text" in refusal(message.as_bytes())


def test_an_email_nested_without_end_is_refused():
    head = b"From: a@b.c\nTo: d@e.f\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    refusal(head * 400 + b"text")


def test_an_email_with_endless_parts_is_refused_within_seconds():
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000)
    )
    started = time.monotonic()
    refusal(b"From: a@b.c\nSubject: x\n" + parts)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("build", [as_pdf, as_docx, as_html, as_eml])
def test_a_file_cut_anywhere_is_read_or_refused(build):
    whole = build(SHORT)
    for part in range(40):
        assert is_read_or_refused(whole[: len(whole) * part // 40]) in (True, False)


@pytest.mark.parametrize("build", [as_pdf, as_docx, as_html, as_eml])
def test_a_file_with_bytes_changed_is_read_or_refused(build):
    whole, chance = build(SHORT), random.Random(4)
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 5, 60])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert is_read_or_refused(bytes(data))


@pytest.mark.parametrize("magic", MAGICS)
def test_random_bytes_behind_any_magic_are_read_or_refused(magic):
    chance = random.Random(7)
    for size in (1, 30, 1000, 20_000):
        assert is_read_or_refused(magic + chance.randbytes(size))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(MAGICS), st.binary(max_size=300), st.sampled_from(["", "a.eml", "a.html"]))
def test_arbitrary_bytes_are_read_or_refused(magic, data, name):
    assert is_read_or_refused(magic + data, name)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_arbitrary_html_is_read_or_refused(text):
    assert is_read_or_refused(b"<html><body>" + text.encode("utf-8", "ignore"))


def test_no_kind_is_named_for_an_empty_file():
    with pytest.raises(Unreadable):
        kind_of(b"", "a.pdf")
