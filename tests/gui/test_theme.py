"""Colours that weak eyes can read, text of any size, and the Qt whose references are counted."""

import sys

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from geopark_app.gui import theme
from geopark_app.gui.theme_colours import HIGH_CONTRAST, LIMESTONE, Colours

_PAIRS = [
    ("text", "window"),
    ("text", "panel"),
    ("text", "stripe"),
    ("text", "selection"),
    ("muted", "window"),
    ("muted", "panel"),
    ("primary", "panel"),
    ("primary", "window"),
    ("on_primary", "primary"),
    ("on_primary", "primary_dark"),
    ("rail_text", "rail"),
    ("rail_text", "rail_selected"),
    ("done", "done_ground"),
    ("info", "info_ground"),
    ("warning", "warning_ground"),
    ("error", "error_ground"),
    ("error", "window"),
]


def _luminance(name: str) -> float:
    parts = QColor(name).getRgbF()[:3]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("pair", _PAIRS, ids="-on-".join)
@pytest.mark.parametrize(
    ("colours", "least"), [(LIMESTONE, 4.5), (HIGH_CONTRAST, 7.0)], ids=["usual", "high-contrast"]
)
def test_words_reach_the_contrast_of_wcag(
    colours: Colours, least: float, pair: tuple[str, str]
) -> None:
    one, other = sorted(_luminance(getattr(colours, name)) for name in pair)
    assert (other + 0.05) / (one + 0.05) >= least


def test_text_size_grows_and_stays_in_its_bounds(qapp: QApplication) -> None:
    theme.apply_theme(qapp, percent=100, high_contrast=False)
    normal = qapp.font().pointSizeF()
    theme.apply_theme(qapp, percent=500, high_contrast=False)
    assert qapp.font().pointSizeF() == pytest.approx(2 * normal)
    theme.apply_theme(qapp, percent=10, high_contrast=False)
    assert qapp.font().pointSizeF() == pytest.approx(0.8 * normal)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None and True are immortal there")
def test_qt_keeps_the_references_of_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 lost one reference of None for each of these calls."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 100
