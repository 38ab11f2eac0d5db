"""E-mails: forwarded, quoted, wrapped, or with the issue attached."""

from __future__ import annotations

import textwrap
from email.message import EmailMessage

import pytest

from policies.newsletter import parse_issue
from policies.readers.reading import read

from .builders import as_docx, as_html, as_pdf
from .samples import NEWSLETTER
from .test_newsletter import records

FORWARDED = """\
FYI

---------- Forwarded message ---------
From: Ada Example <ada@example.org>
Date: Wed, Jun 4, 2031 at 10:00 AM
Subject: The issue
To: Bo Sample <bo@example.org>

"""


def mail(body: str = "", **options) -> EmailMessage:
    """An e-mail with a plain body."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "FW"
    if body:
        message.set_content(body, **options)
    return message


def reads_as_the_newsletter(message: EmailMessage) -> bool:
    return records(read(message.as_bytes())) == records(NEWSLETTER)


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "quoted-printable"),
        ("utf-8", "base64"),
        ("utf-8", "8bit"),
        ("gb18030", "quoted-printable"),
        ("gb18030", "base64"),
    ],
)
def test_a_body_reads_the_same_in_any_transfer_encoding(charset, encoding):
    assert reads_as_the_newsletter(mail(NEWSLETTER, cte=encoding, charset=charset))


def test_the_headers_of_a_forwarded_issue_are_no_part_of_its_title():
    message = mail(FORWARDED + NEWSLETTER, cte="quoted-printable")
    assert reads_as_the_newsletter(message)
    left = parse_issue(read(message.as_bytes())).leftovers
    assert [one.text for one in left if not one.furniture] == ["FYI"]


def test_a_forwarded_page_reads_as_the_newsletter():
    heads = "<div>FYI</div><div>---------- Forwarded message ---------<br>From: <b>Ada</b> "
    heads += "&lt;<a href='mailto:a@example.org'>a@example.org</a>&gt;<br>Subject: The issue</div>"
    message = mail("no text")
    page = as_html(NEWSLETTER).decode().replace("<body>", "<body>" + heads)
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    assert reads_as_the_newsletter(message)


def test_marks_of_quotation_are_taken_off_a_quoted_issue():
    quoted = "\n".join(f"> {line}" for line in (FORWARDED + NEWSLETTER).split("\n"))
    assert reads_as_the_newsletter(mail(quoted, cte="quoted-printable"))


def test_a_single_quoted_line_keeps_its_mark():
    assert "> so it is" in read(mail("One.\nTwo.\nThree.\n> so it is\n").as_bytes())


def test_lines_that_a_mail_program_wrapped_are_joined():
    wrapped = "\n".join(
        textwrap.fill(line, 72, break_long_words=False, break_on_hyphens=False)
        for line in NEWSLETTER.split("\n")
    )
    assert reads_as_the_newsletter(mail(wrapped, cte="quoted-printable"))


def test_a_message_attached_to_a_covering_note_is_read_in_its_place():
    message = mail("fyi")
    message.add_attachment(mail(NEWSLETTER, charset="gb18030", cte="base64"))
    assert reads_as_the_newsletter(message)


@pytest.mark.parametrize(("build", "name"), [(as_docx, "a.docx"), (as_pdf, "a.pdf")])
def test_a_file_attached_to_a_covering_note_is_read_in_its_place(build, name):
    message = mail("See attached.")
    message.add_attachment(
        build(NEWSLETTER), maintype="application", subtype="octet-stream", filename=name
    )
    assert reads_as_the_newsletter(message)


def test_a_body_in_no_charset_at_all_is_read_as_it_looks():
    for odd in (b"no\0thing", b"x" * 3000, b"\xff", b"idna"):
        alternative = b"--x\nContent-Type: text/plain; charset=%s\n\nPl\xc3\xa4ne\n--x--\n" % odd
        head = b"From: a@b.c\nTo: d@e.f\nMIME-Version: 1.0\n"
        kind = b"Content-Type: multipart/alternative; boundary=x\n\n"
        assert "Pläne" in read(head + kind + alternative)
