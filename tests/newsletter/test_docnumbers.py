"""Document numbers (文号)."""

from __future__ import annotations

import pytest

from policies.newsletter.docnumbers import find_number, without_bracketed_number


@pytest.mark.parametrize(
    "printed",
    [
        "工信部联规〔2024〕53号",
        "工信部联规[2024]53号",
        "工信部联规（2024）53号",
        "工信部联规 〔2024〕 第 53 号",
        "见工信部联规【2024】53号文"[1:],
    ],
)
def test_a_number_is_written_in_one_form(printed):
    assert find_number(printed) == "工信部联规〔2024〕53号"


@pytest.mark.parametrize("text", ["", "第53号", "工信部联规〔24〕53号", "(2024) No. 53"])
def test_other_numbers_are_no_document_numbers(text):
    assert find_number(text) == ""


def test_only_a_number_in_brackets_of_its_own_is_taken_out():
    assert without_bracketed_number("Plan (国能发〔2025〕18号)") == "Plan "
    assert "18号" in without_bracketed_number("Plan 国能发〔2025〕18号")
