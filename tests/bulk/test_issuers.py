"""Agencies in one cell, as lists write them, each resolved or reported."""

import pytest

from policies.models import BodyAlias, IssuingBody, Policy

from .sheets import exported, imported, notices, seen, table, wrong

pytestmark = pytest.mark.django_db
MIIT = {"abbreviation": "MIIT", "name_en": "Ministry of Industry", "name_zh": "工业和信息化部"}
MOF = {"abbreviation": "MOF", "name_en": "Ministry of Finance", "name_zh": "财政部"}
CAC = {"abbreviation": "CAC", "name_en": "Cyberspace Office, Central", "name_zh": "国家网信办"}


@pytest.fixture(autouse=True)
def _registered(db):
    for names in (MIIT, MOF, CAC):
        IssuingBody.objects.create(kind="former", **names)
    body = IssuingBody.objects.get(abbreviation="MIIT")
    BodyAlias.objects.create(body=body, name="工信部", language="zh")


def issuers(cell: str) -> list[tuple[str, str, bool]]:
    """What a new policy gets from `cell`: the body or nothing, the printed name, who leads."""
    imported([["title_en", "issuing_bodies"], ["On Lathes", cell]])
    rows = Policy.objects.latest("pk").issuers.all()
    return [(row.body.abbreviation if row.body else "", row.printed, row.is_lead) for row in rows]


@pytest.mark.parametrize(
    "cell",
    [
        "MIIT; MOF; CAC", "工业和信息化部 财政部 国家网信办", "工信部、财政部、国家网信办",
        "miit,mof,cac", "工业和信息化部　财政部　国家网信办", "工信部，财政部，国家网信办",
        "MIIT MOF CAC", "工业和信息化部办公厅 财政部办公厅 国家网信办",
        "中华人民共和国工业和信息化部 财政部\n国家网信办",
        "工信部；财政部; Cyberspace Office, Central", "miit;mof；cac",
        "工业和 信息化部、财政部、国家网信办",
    ],
)  # fmt: skip
def test_agencies_are_parted_and_resolved(cell):
    found = issuers(cell)
    assert [(body, leads) for body, _, leads in found] == [
        ("MIIT", True), ("MOF", False), ("CAC", False),
    ]  # fmt: skip


def test_an_unknown_agency_is_kept_as_printed_and_reported_with_the_likeliest():
    rows = [["title_en", "issuing_bodies"], ["On Lathes", "工业与信息化部 财政部 车床局"]]
    look = seen(rows)
    assert look.token
    assert wrong(look) == {}
    told = [words for _, column, words in notices(look) if column == "issuing_bodies"]
    assert told[0].startswith("“工业与信息化部” is not in the registry and is kept as printed.")
    assert "Perhaps “工业和信息化部”" in told[0]
    assert told[1].startswith("“车床局” is not in the registry")
    found = issuers("工业与信息化部 财政部 车床局")
    assert found == [
        ("", "工业与信息化部", True), ("MOF", "财政部", False), ("", "车床局", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "lead"),
    [("MIIT; MOF", "MIIT"), ("MIIT; MOF*", "MOF"), ("MIIT; MOF; *", None), ("MIIT *;MOF", "MIIT")],
)
def test_the_first_leads_unless_another_is_marked_or_nobody_does(cell, lead):
    leads = [body for body, _, is_lead in issuers(cell) if is_lead]
    assert leads == ([lead] if lead else [])
    written = table(exported())[1][4]
    assert written == {"MIIT": "MIIT; MOF", "MOF": "MIIT; MOF*", None: "MIIT; MOF; *"}[lead]


def test_two_leads_are_refused():
    assert (
        "only one can lead"
        in wrong(seen([["title_en", "issuing_bodies"], ["A", "MIIT*; MOF*"]]))[2, "issuing_bodies"]
    )


def test_a_second_name_of_a_body_is_kept_as_printed_and_reported():
    look = seen([["title_en", "issuing_bodies"], ["A", "工信部 工业和信息化部"]])
    assert [words for *_, words in notices(look)] == [
        "“工业和信息化部” is a second name of a body in this cell; kept as printed."
    ]


def test_an_issuer_that_stays_keeps_its_row_and_its_printed_name():
    policy = Policy.objects.create(title_en="On Lathes")
    miit = IssuingBody.objects.get(abbreviation="MIIT")
    row = policy.issuers.create(body=miit, printed="M. of Ind.", position=1, is_lead=True)
    policy.issuers.create(printed="Lathe Bureau", position=2)
    imported([["slug", "issuing_bodies"], [policy.slug, "MOF; MIIT"]])
    first, second = policy.issuers.all()
    assert (first.body.abbreviation, first.is_lead) == ("MOF", True)
    assert (second.pk, second.printed, second.is_lead) == (row.pk, "M. of Ind.", False)
    kept = type(row).history.values_list("printed", "history_type", "history_change_reason")
    assert ("Lathe Bureau", "-", "Imported from list.csv") in kept
    imported([["slug", "issuing_bodies"], [policy.slug, ""]])
    assert not policy.issuers.exists()
