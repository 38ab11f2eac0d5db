"""The same text in every encoding and with every kind of line end."""

from __future__ import annotations

import pytest

from policies.readers import Unreadable
from policies.readers.reading import read

from .samples import NEWSLETTER

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_a_text_reads_the_same_in_any_encoding_and_with_any_line_end(encoding, end):
    assert read(NEWSLETTER.replace("\n", end).encode(encoding), name="a.txt") == NEWSLETTER


def test_western_quotation_marks_are_not_taken_for_chinese():
    text = "“Calm” waters – said the yard’s owner in Zürich.\n" * 4
    assert read(text.encode("cp1252"), name="a.txt") == text


def test_a_page_that_declares_gbk_is_read_as_chinese():
    page = "<html><head><meta charset='gbk'></head><body><p>内河航运方案</p></body></html>"
    assert read(page.encode("gbk")).strip() == "内河航运方案"


def test_a_text_whose_bytes_fit_no_encoding_is_refused():
    with pytest.raises(Unreadable, match="encoding"):
        read(b"\xff\x81\x8d\x8f\x90\x9d " * 40, name="a.txt")
