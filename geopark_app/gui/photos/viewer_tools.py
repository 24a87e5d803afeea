"""The row of tools above a large photo: zoom, turn, crop, arrows, lines, words."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.canvas import PhotoCanvas, Tool
from geopark_app.i18n import gettext as _
from geopark_app.photos.instructions import COLOURS


class ViewerTools(LanguageAware, QWidget):
    """Buttons for one canvas.

    Signals
    -------
    turn_wanted(int)
        By so many degrees clockwise.
    whole_wanted(), undrawn_wanted()
        Take the crop away; take the last mark away.
    """

    turn_wanted = Signal(int)
    whole_wanted = Signal()
    undrawn_wanted = Signal()

    def __init__(self, canvas: PhotoCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.fit = self._button("fit-to-page-outline", canvas.fit)
        self.whole_size = self._button("numeric-1-box-outline", lambda: canvas.zoom_to(1.0))
        self.closer = self._button("magnify-plus-outline", lambda: canvas.zoom_by(1))
        self.farther = self._button("magnify-minus-outline", lambda: canvas.zoom_by(-1))
        self.scale = QLabel()
        self.scale.setProperty("look", "muted")
        self.scale.setMinimumWidth(self.scale.fontMetrics().horizontalAdvance("0000 %"))
        self.turn_left = self._button("rotate-left", lambda: self.turn_wanted.emit(270))
        self.turn_right = self._button("rotate-right", lambda: self.turn_wanted.emit(90))
        self.whole = self._button("crop-free", self.whole_wanted.emit)
        self.undraw = self._button("eraser", self.undrawn_wanted.emit)
        self.tools = {
            Tool.HAND: self._button("hand-back-right-outline", None),
            Tool.CROP: self._button("crop", None),
            Tool.ARROW: self._button("arrow-top-right", None),
            Tool.LINE: self._button("draw", None),
            Tool.TEXT: self._button("format-text", None),
        }
        self._group = QButtonGroup(self)
        for tool, button in self.tools.items():
            button.setCheckable(True)
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, chosen=tool: self.choose(chosen))
        self.colour = QComboBox()
        for name, rgb in COLOURS.items():
            self.colour.addItem(_patch(QColor(*rgb)), "", name)
        self.colour.currentIndexChanged.connect(self._colour_chosen)
        self._lay_out()
        self.choose(Tool.HAND)
        self.retranslate()

    def _button(self, name: str, deed: Callable[[], object] | None) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "button")
        button.setIcon(icon(name))
        if deed is not None:
            button.clicked.connect(lambda _=False: deed())
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for group in (
            (self.fit, self.whole_size, self.farther, self.closer, self.scale),
            (self.turn_left, self.turn_right, self.tools[Tool.CROP], self.whole),
            (
                self.tools[Tool.HAND],
                self.tools[Tool.ARROW],
                self.tools[Tool.LINE],
                self.tools[Tool.TEXT],
                self.colour,
                self.undraw,
            ),
        ):
            for widget in group:
                row.addWidget(widget)
            row.addSpacing(12)
        row.addStretch(1)

    def choose(self, tool: Tool) -> None:
        """Take a tool in hand."""
        self.tools[tool].setChecked(True)
        self._canvas.tool = tool
        shapes = {Tool.HAND: Qt.CursorShape.OpenHandCursor, Tool.TEXT: Qt.CursorShape.IBeamCursor}
        self._canvas.setCursor(shapes.get(tool, Qt.CursorShape.CrossCursor))

    def _colour_chosen(self) -> None:
        self._canvas.colour = str(self.colour.currentData())

    def set_may_write(self, may: bool, *, has_crop: bool, has_marks: bool) -> None:
        """Switch on what changes the photo."""
        for tool, button in self.tools.items():
            button.setEnabled(may or tool is Tool.HAND)
        for widget in (self.turn_left, self.turn_right, self.colour):
            widget.setEnabled(may)
        self.whole.setEnabled(may and has_crop)
        self.undraw.setEnabled(may and has_marks)

    def show_scale(self) -> None:
        """Say how large the picture is shown."""
        has_picture = not self._canvas.pixmap.isNull()
        self.scale.setText(f"{round(self._canvas.scale * 100)} %" if has_picture else "")

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        for button, words, key in (
            (self.fit, _("Whole picture"), "F"),
            (self.whole_size, _("Actual size, 100 %"), "Z"),
            (self.closer, _("Zoom in"), "+"),
            (self.farther, _("Zoom out"), "−"),
            (self.turn_left, _("Turn left"), "Shift+R"),
            (self.turn_right, _("Turn right"), "R"),
            (self.whole, _("Take the crop away"), ""),
            (self.undraw, _("Take the last mark away"), "Backspace"),
            (self.tools[Tool.HAND], _("Move the picture"), ""),
            (self.tools[Tool.CROP], _("Crop: drag a box"), ""),
            (self.tools[Tool.ARROW], _("Arrow: drag to the tip"), ""),
            (self.tools[Tool.LINE], _("Line: drag along it"), ""),
            (self.tools[Tool.TEXT], _("Words: click a place"), ""),
        ):
            tip = _("{deed} (key {key})").format(deed=words, key=key) if key else words
            button.setToolTip(tip)
            button.setAccessibleName(words)
        names = {
            "red": _("Red"),
            "yellow": _("Yellow"),
            "white": _("White"),
            "black": _("Black"),
            "blue": _("Blue"),
        }
        for at in range(self.colour.count()):
            self.colour.setItemText(at, names[self.colour.itemData(at)])
        self.colour.setAccessibleName(_("Colour of marks"))
        self.colour.setToolTip(_("Colour of marks"))


def _patch(colour: QColor) -> QIcon:
    pixmap = QPixmap(14, 14)
    pixmap.fill(colour)
    return QIcon(pixmap)
