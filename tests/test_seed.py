"""Seeding and importing, from the file to the public records."""

import json
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from policies.models import CorporateEvent, IssuingBody, NewsletterIssue, Policy, Sector, Target
from policies.seeding import Tally, seed_registry

REAL = Path(__file__).parents[2] / "shared" / "newsletters" / "2024-05-08.txt"
FIXTURE = Path(__file__).parents[1] / "fixtures" / "issues" / "2024-05-08.md"

pytestmark = pytest.mark.django_db


def test_the_seeded_issue_is_public_as_a_whole(seeded):
    assert Policy.objects.published().filter(section="top").count() == 5
    assert Policy.objects.published().filter(section="news").count() == 8
    assert CorporateEvent.objects.published().count() == 7
    assert NewsletterIssue.objects.published().count() == 1


def test_seeding_twice_changes_nothing(seeded, capsys):
    before = list(Policy.objects.values_list("changed_at", flat=True))
    call_command("seed")
    assert " 0 added, 0 changed" in capsys.readouterr().out
    assert list(Policy.objects.values_list("changed_at", flat=True)) == before


def test_seeding_again_leaves_an_editors_policy_alone(seeded):
    policy = Policy.objects.published().first()
    policy.headline = "Set by an editor"
    policy.save()
    call_command("seed", verbosity=0)
    policy.refresh_from_db()
    assert policy.headline == "Set by an editor"


def test_seeding_again_leaves_an_editors_registry_alone(seeded):
    miit = IssuingBody.objects.get(slug="miit")
    miit.note = "Set by an editor"
    miit.save()
    miit.aliases.first().delete()
    IssuingBody.objects.get(slug="mnd").delete()
    call_command("seed", verbosity=0)
    miit.refresh_from_db()
    assert miit.note == "Set by an editor"
    assert miit.aliases.count() == aliases_of("miit") - 1
    assert not IssuingBody.objects.filter(slug="mnd").exists()


def test_what_no_editor_touched_follows_its_fixture(seeded, tmp_path):
    folder = tmp_path / "fixtures"
    shutil.copytree(FIXTURE.parents[1], folder)
    text = (folder / "sectors.json").read_text(encoding="utf-8")
    (folder / "sectors.json").write_text(text.replace('"半导体"', '"半导体产业"'), "utf-8")
    tally = Tally()
    seed_registry(folder, tally)
    assert tally["sectors", "changed"] == 1
    assert Sector.objects.get(slug="semiconductors").name_zh == "半导体产业"


def test_a_corrected_issue_under_another_name_does_not_stop_seeding(seeded, tmp_path):
    corrected = tmp_path / "issue-of-may.md"
    text = FIXTURE.read_text(encoding="utf-8").replace("〔2024〕13号", "〔2024〕14号")
    corrected.write_text(text, encoding="utf-8")
    call_command("import_newsletter", str(corrected))
    call_command("seed", verbosity=0)
    assert Policy.objects.get(section="top", position=1).document_number.endswith("〔2024〕14号")


def aliases_of(slug: str) -> int:
    rows = json.loads((FIXTURE.parents[1] / "bodies.json").read_text(encoding="utf-8"))
    return next(len(row["aliases"]) for row in rows if row["slug"] == slug)


def test_the_registry_is_complete(seeded):
    assert IssuingBody.objects.exclude(kind="former").count() == 106
    assert Sector.objects.count() >= 30


def test_every_printed_issuer_is_resolved_in_order(seeded):
    plan = Policy.objects.get(issue__isnull=False, section="top", position=3)
    slugs = [row.body.slug for row in plan.issuers.all()]
    assert slugs == ["miit", "ndrc", "mof", "pboc", "sta", "samr", "nfra"]
    assert [row.is_lead for row in plan.issuers.all()] == [True] + [False] * 6


def test_a_bullet_with_two_figures_gives_two_targets_of_one_text(seeded):
    targets = Target.objects.filter(policy__position=3, policy__section="top", position=2)
    assert sorted(int(target.value) for target in targets) == [75, 90]
    assert len({target.text for target in targets}) == 1
    assert {str(target.due) for target in targets} == {"2027"}


def test_a_sum_that_the_comment_alone_names_is_no_fact_of_the_policy(seeded):
    commented = Policy.objects.get(section="top", position=3)
    assert "500-billion" in commented.comment
    assert not commented.amounts.exists()
    assert Policy.objects.filter(amounts__value=300_000_000).exists()


def test_the_official_title_stands_beside_the_printed_one(seeded):
    plan = Policy.objects.get(section="top", position=2)
    assert "培育" in plan.title_zh
    assert "培养" in plan.printed_title_zh


def test_the_same_file_twice_changes_nothing(seeded):
    call_command("import_newsletter", str(FIXTURE))
    assert Policy.objects.count() == 13


def test_a_corrected_file_updates_what_nobody_touched_and_reports_the_rest(
    seeded, tmp_path, capsys
):
    touched = Policy.objects.get(section="top", position=5)
    touched.document_number = "Set by an editor"
    touched.save()
    text = FIXTURE.read_text(encoding="utf-8")
    text = text.replace("〔2024〕107号", "〔2024〕108号").replace("〔2024〕13号", "〔2024〕14号")
    corrected = tmp_path / "corrected.md"
    corrected.write_text(text, encoding="utf-8")
    call_command("import_newsletter", str(corrected))
    touched.refresh_from_db()
    assert touched.document_number == "Set by an editor"
    assert "Set by an editor" in capsys.readouterr().out
    assert Policy.objects.get(section="top", position=1).document_number.endswith("〔2024〕14号")


def test_a_dry_run_writes_nothing(seeded, tmp_path, capsys):
    before = Policy.history.count()
    call_command("import_newsletter", str(FIXTURE), "--dry-run", "--format", "json")
    assert len(json.loads(capsys.readouterr().out)["items"]) == 20
    assert Policy.history.count() == before


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"Nothing of note here.\n", b"%PDF-1.4"])
def test_what_is_no_newsletter_is_refused_in_one_line(content, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        call_command("import_newsletter", str(file))
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_named():
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_newsletter", "nowhere.txt")


@pytest.mark.skipif(not REAL.exists(), reason="the real newsletter is not beside this checkout")
def test_the_real_newsletter_gives_the_same_bodies_and_figures_as_the_fixture(seeded, capsys):
    printed = []
    for file in (REAL, FIXTURE):
        call_command("import_newsletter", str(file), "--dry-run", "--format", "json")
        data = json.loads(capsys.readouterr().out)
        printed.append(
            [
                (item["section"], item["issuing_bodies"], item["date"], item["amounts"])
                for item in data["items"]
            ]
        )
    assert printed[0] == printed[1]
