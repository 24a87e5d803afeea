"""Projection on the lanes of the window: a thread of a pool is used for many tasks."""

import subprocess
import sys
from pathlib import Path

import pytest
from pyproj import CRS
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from geopark_app.geo.crs import from_projected, to_projected
from geopark_app.gui.tasks import TaskRunner


def test_a_task_that_forgets_to_hold_the_context_harms_no_later_one(
    qtbot: QtBot, qapp: QApplication
) -> None:
    """Without `geo.thread_contexts` a later task on the same thread ends the process."""
    runner = TaskRunner()
    names: list[str] = []
    for number in range(9):
        # Another code each time: what is remembered would not ask PROJ again.
        task = runner.on_catalogue(
            lambda _progress, _cancel, epsg=32640 + number: CRS.from_epsg(epsg).name,
            done=names.append,
        )
        with qtbot.waitSignal(task.ended, timeout=10_000):
            pass
    assert len(set(names)) == 9


def test_every_task_on_a_lane_can_project(qtbot: QtBot, qapp: QApplication) -> None:
    """Without `geo.crs.hold_context` the second or third of these ends the process."""
    runner = TaskRunner()
    results: list[float] = []

    def project(epsg: int) -> float:
        return from_projected(*to_projected(106.761, 21.853, epsg), epsg)[0]

    for number in range(12):
        epsg = (9215, 3405, 5898, 32648)[number % 4]
        start = runner.on_catalogue if number % 2 else runner.on_files
        task = start(lambda _progress, _cancel, epsg=epsg: project(epsg), done=results.append)
        with qtbot.waitSignal(task.ended, timeout=10_000):
            pass
    assert len(results) == 12
    assert all(abs(lon - 106.761) < 1e-7 for lon in results)


_FIRST_ON_A_LANE = """
import sys
from PySide6.QtCore import QCoreApplication
from geopark_app.gui.tasks import TaskRunner

application, runner, ended = QCoreApplication([]), TaskRunner(), []
assert "pyproj" not in sys.modules

def import_first(_progress, _cancel):
    import {module}

def project(_progress, _cancel):
    from geopark_app.geo.crs import to_projected
    return to_projected(106.761, 21.853, 9215)[0] > 0

for work in (import_first, project, project):
    before = len(ended)
    runner.on_catalogue(work, done=ended.append, failed=ended.append)
    while len(ended) == before:
        application.processEvents()
print(ended)
"""


@pytest.mark.parametrize("module", ["geopark_app.geo.crs", "geopark_app.geo.measure"])
def test_the_library_may_be_imported_first_on_a_lane(module: str) -> None:
    """A lane that imports pyproj and does not project used to end the process at the next task."""
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_ON_A_LANE.format(module=module)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "[None, True, True]\n"), done.stderr
