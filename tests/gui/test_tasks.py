"""Work beside the window: results, failures and cancels arrive once, on the window's thread."""

import threading

from pytestqt.qtbot import QtBot

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.gui.tasks import TaskRunner


def test_result_arrives_on_the_window_thread(qtbot: QtBot) -> None:
    runner, seen = TaskRunner(), []

    def work(_progress: ReportProgress, _cancel: CancelToken) -> bool:
        return threading.current_thread() is threading.main_thread()

    runner.on_catalogue(
        work, done=lambda on_main: seen.append((on_main, threading.current_thread()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, threading.main_thread())]
    assert not runner.is_busy


def test_catalogue_lane_keeps_the_order(qtbot: QtBot) -> None:
    runner, seen = TaskRunner(), []
    for number in range(20):
        runner.on_catalogue(lambda _progress, _cancel, n=number: n, done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 20)
    assert seen == list(range(20))


def test_failure_is_handed_over(qtbot: QtBot) -> None:
    runner, seen = TaskRunner(), []

    def work(_progress: ReportProgress, _cancel: CancelToken) -> None:
        raise GeoparkError(ErrorCode.DISK_FULL)

    runner.on_files(work, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], GeoparkError)


def test_cancel_stops_at_the_next_item_and_is_no_failure(qtbot: QtBot) -> None:
    runner, reported, failures = TaskRunner(), [], []
    go_on = threading.Event()

    def work(progress: ReportProgress, cancel: CancelToken) -> None:
        progress(Progress(done=1, total=2))
        go_on.wait(10)
        cancel.check()

    task = runner.on_files(work, label="copying", failed=failures.append)
    task.progressed.connect(reported.append)
    qtbot.waitUntil(lambda: bool(reported))
    assert runner.has_labelled_work
    task.cancel()
    with qtbot.waitSignal(task.cancelled):
        go_on.set()
    assert failures == []
