"""How the window looks: fonts that know Vietnamese, text size, colours, high contrast."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from geopark_app import paths
from geopark_app.gui.style_sheet import style_sheet
from geopark_app.gui.theme_colours import HIGH_CONTRAST, LIMESTONE, Colours

SMALLEST_PERCENT, NORMAL_PERCENT, LARGEST_PERCENT = 80, 100, 200
STEP_PERCENT = 10
_BASE_PT = 10.0
_FONT_FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-SemiBold.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Italic.ttf",
)


@dataclass(slots=True)
class _Look:
    colours: Colours = LIMESTONE
    percent: int = NORMAL_PERCENT


_look = _Look()


def colours() -> Colours:
    """Give the colours now in use."""
    return _look.colours


def scaled(pixels: int) -> int:
    """Give a length that grows with the text size."""
    return round(pixels * _look.percent / NORMAL_PERCENT)


def load_fonts() -> str:
    """Make the bundled fonts known; gives the family, or an empty text without them.

    Without `make setup` the fonts are missing: the window then uses the system's.
    """
    family = ""
    for name in _FONT_FILES:
        path = paths.bundled("resources", "web", "dist", "fonts", name)
        if path.is_file():
            number = QFontDatabase.addApplicationFont(str(path))
            family = family or next(iter(QFontDatabase.applicationFontFamilies(number)), "")
    return family


def apply_theme(application: QApplication, *, percent: int, high_contrast: bool) -> None:
    """Dress the whole program; may be called again at any time."""
    _look.percent = max(SMALLEST_PERCENT, min(LARGEST_PERCENT, percent))
    _look.colours = HIGH_CONTRAST if high_contrast else LIMESTONE
    if application.style().name().lower() != "fusion":
        application.setStyle(QStyleFactory.create("Fusion"))
    application.setFont(_font(application))
    application.setPalette(_palette(_look.colours))
    size = application.font().pointSizeF()
    application.setStyleSheet(style_sheet(_look.colours, scaled, base_pt=size))


def _font(application: QApplication) -> QFont:
    family = application.property("geopark-font")
    if family is None:
        family = load_fonts()
        application.setProperty("geopark-font", family)
    font = QFont(application.font())
    if family:
        font.setFamilies([family, *QFont().families()])
    font.setPointSizeF(_BASE_PT * _look.percent / NORMAL_PERCENT)
    return font


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for key, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.panel,
        role.AlternateBase: colours.stripe,
        role.Text: colours.text,
        role.Button: colours.button,
        role.ButtonText: colours.text,
        role.BrightText: colours.on_primary,
        role.Highlight: colours.primary,
        role.HighlightedText: colours.on_primary,
        role.Link: colours.primary,
        role.LinkVisited: colours.primary,
        role.PlaceholderText: colours.faint,
        role.ToolTipBase: colours.panel,
        role.ToolTipText: colours.text,
        role.Light: colours.panel,
        role.Mid: colours.border,
        role.Dark: colours.muted,
        role.Shadow: colours.muted,
    }.items():
        palette.setColor(key, QColor(colour))
    for key in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours.faint))
    # A list that has lost the focus keeps its selected row readable.
    palette.setColor(QPalette.ColorGroup.Inactive, role.Highlight, QColor(colours.selection))
    palette.setColor(QPalette.ColorGroup.Inactive, role.HighlightedText, QColor(colours.text))
    return palette
