"""Import and export by the sheet, as editors do it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from policies.models import Policy


def address(model, page, *args):
    return reverse(f"admin:policies_{model._meta.model_name}_{page}", args=args)


def look(client, model, text, name="sheet.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(address(model, "import"), {"sheet": SimpleUploadedFile(name, data)})


def confirm(client, model, seen, **more):
    token = seen.context["look"].token
    return client.post(address(model, "process_import"), {"token": token, **more}, follow=True)


def test_a_sheet_is_looked_at_and_then_imported(editor):
    seen = look(editor, Policy, "title_en,issuing_bodies\nNotice on Lathes,\n")
    assert not Policy.objects.exists()
    done = confirm(editor, Policy, seen)
    assert "1 new, 0 changed" in done.content.decode()
    assert Policy.objects.get().state == "in-review"


def test_pages(editor, seeded):
    assert editor.get(address(Policy, "import")).status_code == 200
    assert editor.get(address(Policy, "export")).status_code == 200
    r = editor.post(address(Policy, "export"), {"format": "xlsx"})
    assert r["Content-Disposition"]
    assert "changes nothing" in look(editor, Policy, r.content).content.decode()
    r = editor.get(address(Policy, "changelist")).content.decode()
    assert "Import" in r
