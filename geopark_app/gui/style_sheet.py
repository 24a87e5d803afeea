"""The style sheet, written from the colours and the text size.

Widgets ask for a look by the property `look`. Labels: `title`, `heading`, `figure`, `strong`,
`muted`, `error`, `chip`, `warning-chip`. Frames: `panel`, `banner`, `rail`, `header`, `notice`,
`popup`.
Buttons: `primary`, `link`, `danger-chip`. The content of a scroll area: `page`.
"""

from collections.abc import Callable
from string import Template

from geopark_app.gui.theme_colours import Colours

_SHEET = Template(
    """
QToolTip { color: $text; background: $panel; border: ${line}px solid $border; padding: ${p4}px; }
QScrollArea, QScrollArea > QWidget > QWidget[look="page"] { background: transparent; border: 0; }
QFrame[look="panel"] {
  background: $panel; border: ${line}px solid $border; border-radius: ${p6}px;
}
QFrame[deed="open"]:hover { border-color: $primary; }
QFrame[deed="open"]:focus { border: 2px solid $focus; }
QFrame[look="banner"] {
  background: $warning_ground; border: ${line}px solid $warning; border-radius: ${p6}px;
}
QFrame[look="banner"] QLabel { color: $warning; }
QLabel[look="title"] { font-size: ${title_pt}pt; font-weight: 600; }
QLabel[look="heading"] { font-size: ${heading_pt}pt; font-weight: 600; }
QLabel[look="figure"] { font-size: ${figure_pt}pt; font-weight: 600; color: $primary; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="muted"] { color: $muted; }
QLabel[look="error"] { color: $error; }
QLabel[look="chip"] {
  color: $primary; background: $selection; border-radius: ${p8}px; padding: ${p2}px ${p8}px;
}
QLabel[look="warning-chip"] {
  color: $warning; background: $warning_ground; border: ${line}px solid $warning;
  border-radius: ${p8}px; padding: ${p2}px ${p8}px;
}

QPushButton, QToolButton[look="button"] {
  background: $button; color: $text; border: ${line}px solid $border; border-radius: ${p5}px;
  padding: ${p5}px ${p12}px;
}
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:hover, QToolButton[look="button"]:hover { background: $selection; }
QPushButton:pressed { background: $border; }
QPushButton:disabled, QToolButton[look="button"]:disabled { color: $faint; }
QPushButton:focus, QToolButton[look="button"]:focus { border: 2px solid $focus; }
QPushButton[look="primary"] {
  background: $primary; color: $on_primary; border: ${line}px solid $primary_dark;
}
QPushButton[look="primary"]:hover { background: $primary_dark; }
QPushButton[look="primary"]:disabled { background: $border; color: $muted; border-color: $border; }
QPushButton[look="primary"]:focus { border: 2px solid $focus; }
QPushButton[look="chip"] {
  background: $selection; color: $primary; border: ${line}px solid $selection;
  border-radius: ${p8}px; padding: ${p2}px ${p8}px;
}
QPushButton[look="chip"]:hover { border-color: $primary; }
QPushButton[look="chip"]:focus { border: 2px solid $focus; }
QPushButton[look="link"] {
  background: transparent; border: 2px solid transparent; color: $primary; text-align: left;
  padding: ${p2}px ${p4}px;
}
QPushButton[look="danger-chip"] {
  color: $error; background: $error_ground; border: ${line}px solid $error;
  border-radius: ${p8}px; padding: ${p2}px ${p8}px; font-weight: 600;
}
QPushButton[look="danger-chip"]:hover { text-decoration: underline; }
QPushButton[look="danger-chip"]:focus { border: 2px solid $focus; }
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border: 2px solid $focus; }
QPushButton[look="link"]:disabled { color: $muted; }

QLineEdit, QPlainTextEdit, QTextEdit {
  background: $panel; color: $text; border: ${line}px solid $border; border-radius: ${p4}px;
  padding: ${p4}px; selection-background-color: $primary; selection-color: $on_primary;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $stripe; }
QLineEdit[state="error"], QPlainTextEdit[state="error"] { border: 2px solid $error; }
QTextBrowser { padding: ${p12}px; }

QTableView, QTreeView, QListView {
  background: $panel; alternate-background-color: $stripe; border: 2px solid $border;
  gridline-color: $border; outline: 0;
}
QTableView:focus, QTreeView:focus, QListView:focus { border-color: $focus; }
QTableView::item, QTreeView::item { padding: ${p3}px ${p4}px; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {
  background: $selection; color: $text;
}
QHeaderView::section {
  background: $window; color: $muted; border: 0; border-bottom: ${line}px solid $border;
  border-right: ${line}px solid $border; padding: ${p5}px ${p6}px; font-weight: 600;
}

QFrame[look="rail"] { background: $rail; border: 0; }
QFrame[look="rail"] QToolButton {
  background: transparent; color: $rail_text; border: 2px solid transparent;
  border-left: ${p4}px solid transparent; border-radius: 0; padding: ${p8}px ${p10}px;
  text-align: left;
}
QFrame[look="rail"] QToolButton:hover { background: $rail_selected; }
QFrame[look="rail"] QToolButton:checked {
  background: $rail_selected; border-left: ${p4}px solid $rail_accent; font-weight: 600;
}
QFrame[look="rail"] QToolButton:focus { border: 2px solid $rail_accent; }

QFrame[look="header"] { background: $panel; border: 0; border-bottom: ${line}px solid $border; }
QFrame[look="header"] QToolButton {
  background: transparent; color: $text; border: 2px solid transparent;
  border-radius: ${p4}px; padding: ${p4}px ${p7}px;
}
QFrame[look="header"] QToolButton[look="fixed"] { padding: ${p4}px 0; }
QFrame[look="header"] QToolButton:hover { background: $selection; }
QFrame[look="header"] QToolButton:checked {
  background: $primary; color: $on_primary;
}
QFrame[look="header"] QToolButton:focus { border: 2px solid $focus; }
QFrame[look="header"] QToolButton:disabled { color: $faint; }
QFrame[look="header"] QToolButton::menu-indicator { image: none; }

QFrame[look="popup"] { background: $panel; border: ${line}px solid $border; }
QFrame[look="notice"] { border-radius: ${p5}px; }
QFrame[look="notice"][level="done"] { background: $done_ground; border: ${line}px solid $done; }
QFrame[look="notice"][level="done"] QLabel { color: $done; }
QFrame[look="notice"][level="info"] { background: $info_ground; border: ${line}px solid $info; }
QFrame[look="notice"][level="info"] QLabel { color: $info; }
QFrame[look="notice"][level="warning"] {
  background: $warning_ground; border: ${line}px solid $warning;
}
QFrame[look="notice"][level="warning"] QLabel { color: $warning; }
QFrame[look="notice"][level="error"] { background: $error_ground; border: ${line}px solid $error; }
QFrame[look="notice"][level="error"] QLabel { color: $error; }

QMenuBar { background: $panel; color: $text; border-bottom: ${line}px solid $border; }
QMenuBar::item { padding: ${p4}px ${p10}px; background: transparent; }
QMenuBar::item:selected { background: $selection; }
QMenu { background: $panel; color: $text; border: ${line}px solid $border; }
QMenu::item { padding: ${p5}px ${p24}px; }
QMenu::icon { margin-left: ${p8}px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $border; margin: ${p4}px ${p8}px; }

QStatusBar { background: $panel; border-top: ${line}px solid $border; }
QStatusBar::item { border: 0; }
QProgressBar {
  border: ${line}px solid $border; border-radius: ${p3}px; background: $stripe;
  text-align: center; color: $text;
}
QProgressBar::chunk { background: $primary; border-radius: ${p2}px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${p14}px; height: ${p14}px; }
QTabWidget::pane { border: ${line}px solid $border; background: $panel; }
QTabBar::tab {
  background: $window; color: $text; border: ${line}px solid $border; border-bottom: 0;
  padding: ${p6}px ${p14}px;
}
QTabBar::tab:selected { background: $panel; border-top: 3px solid $primary; font-weight: 600; }
QTabBar::tab:focus { color: $focus; }
QSplitter::handle { background: $window; }
QSplitter::handle:hover { background: $border; }
"""
)
# The style's own frames of these are pale and thin; black on white wants them strong. What is
# chosen is a filled mark, for a sheet has no tick without a picture file.
_STRONG_FRAMES = Template(
    """
QComboBox {
  background: $panel; color: $text; border: ${line}px solid $border; border-radius: ${p4}px;
  padding: ${p2}px ${p4}px; selection-background-color: $primary; selection-color: $on_primary;
}
QComboBox:focus { border: ${line}px solid $focus; background: $selection; }
QComboBox:disabled { color: $faint; border-color: $faint; }
QComboBox QAbstractItemView { border: ${line}px solid $border; }
QCheckBox, QRadioButton { border: 2px solid transparent; padding: ${p2}px; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; }
QCheckBox::indicator, QRadioButton::indicator {
  border: ${line}px solid $border; background: $panel; padding: 2px; background-clip: content;
}
QRadioButton::indicator { border-radius: ${round}px; padding: 0; background-clip: border; }
QCheckBox::indicator:checked { background: $text; }
QRadioButton::indicator:checked {
  background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 $text, stop: 0.55 $text, stop: 0.6 $panel, stop: 1 $panel);
}
QCheckBox::indicator:indeterminate { background: $faint; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $faint; }
"""
)
_FONT_SIZES = {"title": 1.7, "heading": 1.2, "figure": 1.9}
_LENGTHS = (2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 24)


def style_sheet(colours: Colours, scaled: Callable[[int], int], *, base_pt: float) -> str:
    """Give the sheet in these colours; `scaled` gives lengths that grow with the text."""
    values = {name: getattr(colours, name) for name in colours.__dataclass_fields__}
    lengths = {f"p{length}": scaled(length) for length in _LENGTHS}
    sizes = {f"{name}_pt": f"{base_pt * factor:.1f}" for name, factor in _FONT_SIZES.items()}
    # Half the mark of a radio button with its frame: more would leave its corners square.
    lengths["round"] = scaled(14) // 2 + colours.line_px
    sheets = (_SHEET, _STRONG_FRAMES) if colours.line_px > 1 else (_SHEET,)
    return "".join(
        sheet.substitute(values, **lengths, **sizes, line=colours.line_px) for sheet in sheets
    )
