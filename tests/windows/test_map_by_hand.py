"""The map worked on with a real mouse and keyboard: click, drag, draw, edit, undo, measure."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.windows.conftest import ROOT, Desktop

pytestmark = pytest.mark.slow
END_S = 150


def test_every_gesture_does_what_it_should(desktop: Desktop, catalogue: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tests/tools/map_by_hand.py", "--once", str(catalogue)],
        cwd=ROOT,
        env={**desktop.environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=END_S,
        check=False,
    )
    assert done.stdout, done.stderr
    outcome = json.loads(done.stdout.splitlines()[-1])
    assert [gesture for gesture, is_done in outcome.items() if not is_done] == []
    assert len(outcome) >= 10
    assert done.returncode == 0
