"""Starting the site on this machine."""

import socket

import pytest
from django.core.management import CommandError, call_command

from policies.management.commands import start


def test_a_taken_port_is_told_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError) as refusal:
            call_command("start", port=taken.getsockname()[1])
    assert "is taken" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_static_files_are_collected_again_only_when_one_changed(settings, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [own], tmp_path / "collected"
    collected = settings.STATIC_ROOT / "a.css"
    start.collect_static_files()
    collected.unlink()
    start.collect_static_files()
    assert not collected.exists()
    (own / "a.css").write_text("a { color: darkgreen }")
    start.collect_static_files()
    assert "darkgreen" in collected.read_text()
