"""Icons of the window, from qtawesome's Material Design font, in the colours of the theme.

Importing qtawesome takes a third of a second: the first screens show their words first and
fetch this module after they are painted.
"""

import sys

from PySide6.QtGui import QIcon

from geopark_app.gui import theme

# WORKAROUND qtpy 2.4 (below qtawesome): it imports QtDataVisualization wherever it is installed.
# That module is GPL-only and never part of this program; None makes its import fail, as if missing.
sys.modules.setdefault("PySide6.QtDataVisualization", None)  # type: ignore[arg-type]

import qtawesome  # noqa: E402


def icon(name: str, colour: str = "", *, disabled: str = "", selected: str = "") -> QIcon:
    """Give an icon such as `map-marker` in a colour, by default that of text."""
    colours = theme.colours()
    found: QIcon = qtawesome.icon(
        f"mdi6.{name}",
        color=colour or colours.text,
        color_disabled=disabled or colours.faint,
        color_on=selected or colour or colours.text,
    )
    return found
