"""Projection on the lanes of the window: a thread of a pool is used for many tasks."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from geopark_app.geo.crs import from_projected, to_projected
from geopark_app.gui.tasks import TaskRunner


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
