"""`kill -9` at every kind of call of backup, finding again and handing over: nothing half there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.killing import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the killed child is forked"),
]


def run(*words: str | Path) -> list[str]:
    outcome = subprocess.run(
        [sys.executable, "-m", "tests.store.step_killer", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout.splitlines()


@pytest.fixture
def prepared(empty_folder: Path, tmp_path: Path) -> Path:
    """Give a catalogue with photos, one lost and one damaged, and their copies beside it."""
    folder = Path(shutil.copytree(empty_folder, tmp_path / "made" / "catalogue"))
    run("prepare", folder)
    return folder


# How many calls there are, about; the last runs end by themselves.
@pytest.mark.parametrize(("what", "calls"), [("backup", 140), ("heal", 70), ("export", 70)])
def test_nothing_is_half_there_after_a_kill(prepared: Path, what: str, calls: int) -> None:
    lines = run(what, prepared, "0", str(calls), str(calls // 7))
    assert sum(line.endswith("killed") for line in lines) >= 3
