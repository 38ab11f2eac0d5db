"""A few of the kills of `python -m tests.crash`, on the engine that the suite runs on."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.browser.site import ROOT

KILLS = 3


def test_a_killed_server_leaves_all_or_nothing_and_goes_on():
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", "--number", str(KILLS), "--seed", "7"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tracker.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"{KILLS} kills" in done.stdout
