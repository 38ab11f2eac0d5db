"""Uploaded files never lie on the disk, and too large a one is cut where its form refuses it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from policies.models import IssueImport

ADD = "/admin/policies/issueimport/add/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_place_on_the_disk(settings, tmp_path):
    """A folder for uploads that nothing can be written into."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "missing")


def upload(client, data: bytes):
    return client.post(ADD, {"file": SimpleUploadedFile("a.txt", data)})


def test_a_large_file_that_is_allowed_is_taken_whole(admin_client):
    upload(admin_client, b"words " * 1_000_000)
    assert len(IssueImport.objects.get().data) == 6_000_000


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(admin_client, settings):
    settings.NEWSLETTER_MAX_BYTES = settings.SHEET_MAX_BYTES = 1_000_000
    answer = upload(admin_client, b"words " * 5_000_000)
    assert "too large" in answer.text
    assert not IssueImport.objects.exists()


def test_what_is_cut_is_cut_a_byte_past_the_limit(rf, settings):
    settings.NEWSLETTER_MAX_BYTES = settings.SHEET_MAX_BYTES = 100
    request = rf.post("/", {"one": SimpleUploadedFile("a", b"a" * 70_000), "two": "words"})
    assert len(request.FILES["one"].read()) == 101
    assert request.POST["two"] == "words"
