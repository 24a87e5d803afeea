"""The rail at the left: one button per room, with words, icon and shortcut."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from geopark_app.gui import theme
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.rooms import SIGNS, Room

_ICON_PX = 20


class NavigationRail(LanguageAware, QFrame):
    """Chooses the room. Arrow keys go up and down inside it.

    Signals
    -------
    room_chosen(Room)
        By mouse or keyboard.
    """

    room_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "rail")
        self._is_compact = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 10)
        layout.setSpacing(2)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[Room, QToolButton] = {}
        for room in Room:
            self.buttons[room] = self._button(room)
            if room is Room.SETTINGS:
                layout.addStretch(1)
            layout.addWidget(self.buttons[room])
        self.retranslate()

    def show_icons(self) -> None:
        """Paint the icons; called after the first paint, and when the colours change."""
        # Fetching qtawesome takes a third of a second; the words are shown before.
        from geopark_app.gui import icons

        for room, button in self.buttons.items():
            button.setIcon(icons.icon(SIGNS[room].icon, theme.colours().rail_text))
        self._fit_icons()
        self.set_compact(self._is_compact)

    def set_compact(self, is_compact: bool) -> None:
        """Show icons only, where large text leaves the room too little place."""
        self._is_compact = is_compact
        for button in self.buttons.values():
            has_words = not is_compact or button.icon().isNull()
            button.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonTextBesideIcon
                if has_words
                else Qt.ToolButtonStyle.ToolButtonIconOnly
            )

    def select(self, room: Room) -> None:
        """Mark the room that is shown."""
        self.buttons[room].setChecked(True)

    def retranslate(self) -> None:
        for number, (room, button) in enumerate(self.buttons.items(), start=1):
            name = SIGNS[room].name()
            button.setText(name)
            button.setToolTip(f"{name} (Ctrl+{number})")
            button.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        buttons = list(self.buttons.values())
        focused = next((b for b in buttons if b.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        neighbour = buttons[(buttons.index(focused) + step) % len(buttons)]
        neighbour.setFocus(Qt.FocusReason.TabFocusReason)

    def _button(self, room: Room) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"rail-{room.value}")
        button.setCheckable(True)
        button.setIcon(QIcon())
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        # A click leaves the keyboard in the room; Tab and the arrow keys come here.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.room_chosen.emit(room))
        self._group.addButton(button)
        return button

    def _fit_icons(self) -> None:
        side = theme.scaled(_ICON_PX)
        for button in self.buttons.values():
            button.setIconSize(QSize(side, side))
