"""Import and export by the sheet, as editors do it."""

import io

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from policies import bulk
from policies.models import CorporateEvent, IssuingBody, Policy, Target
from tests.bulk.sheets import csv_of, exported, table

MODELS = [Policy, Target, CorporateEvent, IssuingBody]


def page(model, name: str, *args) -> str:
    return reverse(f"admin:policies_{model._meta.model_name}_{name}", args=args)


def look(client: Client, rows, model=Policy, name="sheet.csv"):
    data = rows if isinstance(rows, bytes) else csv_of(rows)
    return client.post(page(model, "import"), {"sheet": SimpleUploadedFile(name, data)})


def confirm(client: Client, seen, model=Policy, **more):
    token = seen.context["look"].token
    return client.post(page(model, "process_import"), {"token": token, **more}, follow=True)


def permitted(*names: str) -> Client:
    user = User.objects.get_or_create(username="_".join(names), is_staff=True)[0]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


def test_a_sheet_is_looked_at_and_then_imported(editor):
    seen = look(editor, [["title_en"], ["On Lathes"]])
    assert "Nothing is written yet" in seen.content.decode()
    assert not Policy.objects.exists()
    done = confirm(editor, seen)
    assert "“sheet.csv” is imported: 1 new, 0 changed." in done.content.decode()
    policy = Policy.objects.get()
    assert policy.state == "in-review"
    assert policy.history.get().history_user == editor.user
    assert LogEntry.objects.get().change_message == "Imported from sheet.csv."


def test_wrong_cells_are_told_by_their_place_and_the_same_words_once(editor):
    rows = [["title_en", "instrument"], *[[f"Plan {n}", "edict"] for n in range(12)]]
    text = look(editor, rows).content.decode()
    assert "12 rows of “sheet.csv” are wrong" in text
    assert "B2, B3, B4, B5, B6, B7, B8, B9 and 4 more" in text
    assert text.count("“edict” is not in the list") == 1
    assert 'name="token"' not in text


def test_unresolved_agencies_are_told_before_the_import(editor):
    text = look(editor, [["title_en", "issuing_bodies"], ["On Lathes", "Lathe Bureau"]])
    assert "“Lathe Bureau” is not in the registry" in text.content.decode()


def test_what_may_be_here_already_comes_only_when_ticked(editor):
    Policy.objects.create(title_zh="关于车床")
    rows = [["title_zh"], ["关于车床"], ["关于铣床"]]
    done = confirm(editor, look(editor, rows))
    assert "1 that may be here already were left out" in done.content.decode()
    assert Policy.objects.count() == 2
    confirm(editor, look(editor, rows), twins="on")
    assert Policy.objects.count() == 4


def test_an_import_is_shown_again_when_its_records_changed_since(editor):
    policy = Policy.objects.create(title_en="On Lathes")
    seen = look(editor, [["slug", "title_en"], [policy.slug, "On all Lathes"]])
    Policy.objects.update(title_en="On my Lathes")
    again = confirm(editor, seen)
    assert "Records changed since you looked" in again.content.decode()
    assert Policy.objects.get().title_en == "On my Lathes"
    confirm(editor, again)
    assert Policy.objects.get().title_en == "On all Lathes"


def test_a_second_confirmation_writes_nothing_more(editor):
    seen = look(editor, [["title_en"], ["On Lathes"]])
    confirm(editor, seen)
    again = confirm(editor, seen)
    assert "imported already" in again.content.decode()
    assert Policy.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "The file is empty"),
        ("a.xlsx", b"PK\x03\x04cut", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        ("a.yaml", b"- name: [\n- x\n", "no column of this sheet"),
        ("a.csv", b"title_en,Titel\nA,B\n", "Column B is headed “Titel”"),
    ],
)
def test_what_is_no_sheet_gets_one_line_and_leaves_nothing_behind(editor, name, data, words):
    before = Session.objects.count()
    text = look(editor, data, name=name).content.decode()
    assert words in text
    assert Session.objects.count() == before


def test_only_csv_and_xlsx_are_offered(editor):
    for kind in ("json", "yaml", "html", "ods", "xls"):
        response = editor.post(page(Policy, "export"), {"format": kind})
        assert "attachment" not in response.headers.get("Content-Disposition", "")
    assert set(bulk.FORMATS) == {"csv", "xlsx"}


@pytest.mark.parametrize("model", MODELS)
def test_importing_takes_the_rights_to_add_and_to_change_and_exporting_to_view(db, model):
    name = model._meta.model_name
    seeing = permitted(f"view_{name}")
    assert seeing.get(page(model, "export")).status_code == 200
    assert seeing.post(page(model, "export"), {"format": "csv"}).status_code == 200
    listed = seeing.get(page(model, "changelist")).content.decode()
    assert page(model, "export") in listed
    assert page(model, "import") not in listed
    for client in (seeing, permitted(f"add_{name}"), permitted(f"change_{name}", f"view_{name}")):
        for url in (page(model, "import"), page(model, "template", "csv")):
            assert client.get(url).status_code == 403
        assert client.post(page(model, "process_import"), {"token": "x"}).status_code == 403
    assert permitted(f"add_{name}").get(page(model, "export")).status_code == 403
    both = permitted(f"add_{name}", f"change_{name}", f"view_{name}")
    assert both.get(page(model, "import")).status_code == 200
    assert page(model, "import") in both.get(page(model, "changelist")).content.decode()


def test_an_export_holds_what_the_list_shows_with_its_filters(editor):
    for title, instrument in (("A", "plan"), ("B", "notice"), ("C", "plan")):
        Policy.objects.create(title_en=title, instrument=instrument)
    listed = editor.get(page(Policy, "changelist"), {"instrument__exact": "plan"})
    assert f"{page(Policy, 'export')}?instrument__exact=plan" in listed.content.decode()
    url = f"{page(Policy, 'export')}?instrument__exact=plan"
    assert "2 policies, as the list shows" in editor.get(url).content.decode()
    rows = table(editor.post(url, {"format": "csv"}).content)
    assert sorted(row[1] for row in rows[1:]) == ["A", "C"]
    assert editor.get(f"{page(Policy, 'export')}?nonsense__exact=1").status_code == 302


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_holds_the_chosen_records(editor, kind):
    chosen = [Policy.objects.create(title_en=title).pk for title in "ABC"][:2]
    data = {"action": f"export_{kind}", "_selected_action": chosen}
    response = editor.post(page(Policy, "changelist"), data)
    assert f".{kind}" in response["Content-Disposition"]
    if kind == "csv":
        titles = [row[1] for row in table(response.content)[1:]]
    else:
        sheet = load_workbook(io.BytesIO(response.content))["Records"]
        titles = [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert sorted(titles) == ["A", "B"]


def test_a_text_too_long_for_excel_is_told_and_not_cut(editor):
    Policy.objects.create(title_en="On Lathes", summary="A" * 40_000)
    response = editor.post(page(Policy, "export"), {"format": "xlsx"}, follow=True)
    assert "download the records as CSV" in response.content.decode()
    assert len(exported()) > 40_000


@pytest.mark.parametrize("model", MODELS)
def test_the_import_page_tells_each_column_and_gives_a_template(editor, model):
    text = editor.get(page(model, "import")).content.decode()
    for column in bulk.SHEETS[model]().columns:
        assert f"<code>{column.column_name}</code>" in text
    for kind in bulk.FORMATS:
        assert page(model, "template", kind) in text
        assert editor.get(page(model, "template", kind))["Content-Disposition"].endswith(
            f'template.{kind}"'
        )
