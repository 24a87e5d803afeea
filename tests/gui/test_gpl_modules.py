"""Qt modules that are only under the GPL are never loaded, not even by a library below us."""

import os
import subprocess
import sys

_FORBIDDEN = (
    "QtCharts",
    "QtGraphs",
    "QtGraphsWidgets",
    "QtDataVisualization",
    "QtVirtualKeyboard",
    "QtNetworkAuth",
    "QtHttpServer",
    "QtQuick3D",
)
_PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from geopark_app.gui import icons
assert not icons.icon("map").isNull()
import geopark_app.gui.workspace
import geopark_app.gui.dossier.room
import geopark_app.gui.map_room.room
import geopark_app.gui.readiness.room
import geopark_app.gui.settings.room
import geopark_app.gui.sites.room
print(",".join(name for name, module in sys.modules.items() if module is not None))
"""


def test_no_gpl_only_module_is_loaded() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = set(done.stdout.strip().split(","))
    assert "PySide6.QtWidgets" in loaded
    assert loaded.isdisjoint({f"PySide6.{name}" for name in _FORBIDDEN})
