"""The labels of a long item, in any case, language and decoration."""

from __future__ import annotations

import pytest

from policies.newsletter.labels import find_label


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("At a glance: Ports", "glance", "Ports"),
        ("AT A GLANCE: Ports", "glance", "Ports"),
        ("at a glance: Ports", "glance", "Ports"),
        ("**At a glance:** Ports", "glance", "Ports"),
        ("**At a glance**: Ports", "glance", "Ports"),
        ("### At a glance", "glance", ""),
        ("At a glance", "glance", ""),
        ("At a glance：港口", "glance", "港口"),
        ("Article: Plan", "article", "Plan"),
        ("Issuing body: MOF", "bodies", "MOF"),
        ("Issuing bodies : MOF", "bodies", "MOF"),
        ("ISSUING AGENCIES: MOF", "bodies", "MOF"),
        ("Issued by: MOF", "bodies", "MOF"),
        ("发文机关：财政部", "bodies", "财政部"),
        ("Date: April 2", "date", "April 2"),
        ("Date", "date", ""),
        ("文号：财〔2024〕1号", "number", "财〔2024〕1号"),
        ("Effective: June 1", "effective", "June 1"),
        ("Sources: [A](#)", "sources", "[A](#)"),
        ("Article | Plan", "article", "Plan"),
        ("| Date: | April 2 |", "date", "April 2"),
        ("**Our take** – Fine", "comment", "Fine"),
        ("AT A GLANCE – The aim is: ports", "glance", "The aim is: ports"),
    ],
)
def test_a_label_is_known_however_it_is_written(text, kind, value):
    label = find_label(text)
    assert (label.kind, label.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "signer"),
    [
        ("MERICS comment: Fine", "MERICS"),
        ("MERICs comment: Fine", "MERICs"),
        ("HARBOUR DESK COMMENT: Fine", "HARBOUR DESK"),
        ("**Harbour Desk commentary**", "Harbour Desk"),
        ("Harbour’s comment: Fine", "Harbour"),
        ("Comment by HARBOUR: Fine", "HARBOUR"),
        ("Comment: Fine", ""),
        ("Our take: Fine", ""),
        ("点评：好", ""),
    ],
)
def test_a_comment_says_who_signs_it(text, signer):
    label = find_label(text)
    assert (label.kind, label.signer) == ("comment", signer)


@pytest.mark.parametrize(
    "text",
    [
        "The following changes: one",
        "Open for public comment: until May",
        "Date – of sorts",
        "summary",
        "policy",
        "Source",
        "A sentence about the date",
        "",
        ":",
    ],
)
def test_other_lines_are_no_labels(text):
    assert find_label(text) is None
