"""A few of the kills of `python -m tests.alerts`, on the engine that the suite runs on."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.browser.site import ROOT


def test_two_runs_that_are_killed_tell_everybody_of_each_record_once():
    size = ("--subscribers", "40", "--records", "20", "--kills", "4", "--seed", "7")
    done = subprocess.run(
        [sys.executable, "-m", "tests.alerts", *size],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tracker.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert "4 kills" in done.stdout
    assert "told twice: 0" in done.stdout
