"""Starts one window in a fresh process and prints the seconds until it can be used.

Usage: startup_driver.py bare|page|FOLDER STARTED_AT, the last as `time.time()` of the caller.
"""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


def start_bare() -> tuple[QApplication, QMainWindow]:
    application = QApplication(sys.argv[:1])
    return application, QMainWindow()


def start_ours(folder: str) -> tuple[QApplication, QMainWindow]:
    from pathlib import Path

    # What `python main.py` loads before the window.
    from geopark_app.cli import click_words, gui_command, root
    from geopark_app.gui.application import make_application, make_window

    assert click_words
    assert gui_command
    assert root
    application = make_application()
    window = make_window(application)
    if folder:
        QTimer.singleShot(0, lambda: window.open_path(Path(folder)))
    return application, window


def main() -> int:
    what, started_at = sys.argv[1], float(sys.argv[2])
    folder = "" if what in {"bare", "page"} else what
    application, window = start_bare() if what == "bare" else start_ours(folder)
    window.show()
    timer = QTimer()

    def look() -> None:
        handle = window.windowHandle()
        is_painted = handle is not None and handle.isExposed()
        workspace = getattr(window, "workspace", None)
        if is_painted and (not folder or (workspace is not None and workspace.isVisible())):
            timer.stop()
            # One more turn of the loop, so that the paint asked for is done.
            QTimer.singleShot(0, finish)

    def finish() -> None:
        print(f"{time.time() - started_at:.3f}", flush=True)
        window.close()
        application.quit()

    timer.timeout.connect(look)
    timer.start(1)
    return application.exec()


if __name__ == "__main__":
    raise SystemExit(main())
