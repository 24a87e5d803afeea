"""Colours of terms, such as those of the geological ages, as small icons beside the name."""

import re
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from geopark_app.gui import theme

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_SIZE, _SHARP = 16, 2


def swatch(colour: str | None) -> QIcon | None:
    """Give the icon of a colour `#RRGGBB`; None for anything else.

    The name stands beside it and never on it, and a line around it keeps pale colours visible on
    light and dark ground.
    """
    if not colour or not _COLOUR.fullmatch(colour):
        return None
    return _drawn(colour, theme.colours().text)


@lru_cache(maxsize=1024)
def _drawn(colour: str, line: str) -> QIcon:
    picture = QPixmap(_SIZE * _SHARP, _SIZE * _SHARP)
    picture.setDevicePixelRatio(_SHARP)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(line), 1))
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(1.5, 2.5, _SIZE - 3, _SIZE - 5), 2, 2)
    painter.end()
    return QIcon(picture)
