"""A short field day by keyboard alone: one site, two photos, one work, the list for the meeting."""

import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.windows.conftest import ROOT, Desktop

pytestmark = pytest.mark.slow
END_S = 120


def test_a_site_is_visited_and_its_work_printed_without_a_mouse(
    desktop: Desktop, catalogue: Path
) -> None:
    tool = [sys.executable, "tests/tools/field_day.py", "--once", str(catalogue)]
    done = subprocess.run(
        [*tool, "--sites", "1", "--photos", "2", "--works", "1"],
        cwd=ROOT,
        env={**desktop.environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=END_S,
        check=False,
    )
    assert done.stdout, done.stderr
    protocol = json.loads(done.stdout.splitlines()[-1])
    assert protocol["hesitations"] == []
    assert done.returncode == 0
    listed = desktop.command("--catalogue", catalogue, "works", "list", "--json")
    (commune,) = json.loads(listed.stdout)["communes"]
    (work,) = commune["works"]
    assert (bool(work["unit"]), work["due_on"]) == (True, "2027-06-30")
    photos = desktop.command("--catalogue", catalogue, "photos", "list", "--json")
    assert json.loads(photos.stdout)["count"] == 2
    with pikepdf.open(catalogue / "exports" / "works.pdf") as document:
        assert len(document.pages) == 1
