"""The conditions set, as chips; each is taken away by a click, a button adds another."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from geopark_app.domain.declaration import RecordKind
from geopark_app.gui.conditions.dialog import ConditionDialog
from geopark_app.gui.conditions.flow_layout import FlowLayout
from geopark_app.gui.conditions.words import condition_words
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _

_LONGEST = 56


class ConditionChips(LanguageAware, QWidget):
    """Holds the conditions a person has set; nothing is shown while there are none.

    Attributes
    ----------
    button : QPushButton
        Adds a condition; the room puts it where it likes.

    Signals
    -------
    changed()
        Other conditions are set; see `conditions`.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        options: FormOptions,
        kind: RecordKind,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._options = options
        self._kind = kind
        self._conditions: dict[str, str] = {}
        self.button = QPushButton()
        self.button.setObjectName("add-condition")
        self.button.setIcon(icon("filter-plus-outline"))
        self.button.clicked.connect(lambda: self.ask())
        self._row = FlowLayout(self)
        options.changed.connect(lambda _name: self._show_chips())
        self.retranslate()

    def conditions(self) -> dict[str, str]:
        """Give the conditions as filters; see `operations.conditions`."""
        return dict(self._conditions)

    def show_conditions(self, conditions: Mapping[str, str]) -> None:
        """Set the conditions from outside; nothing is told."""
        self._conditions = dict(conditions)
        self._show_chips()

    def show_kind(self, kind: RecordKind) -> None:
        """Hold conditions on another kind of record; those set are gone."""
        self._kind = kind
        self.show_conditions({})

    def ask(self) -> None:
        """Ask for another condition."""
        dialog = ConditionDialog(self._session, self._options, self._kind, self)
        dialog.condition_made.connect(self.add)
        dialog.open()

    def add(self, key: str, typed: str) -> None:
        """Set one condition more; the same one twice is one."""
        place, number = key, 1
        while place in self._conditions and self._conditions[place] != typed:
            number += 1
            place = f"{key}#{number}"
        self._conditions[place] = typed
        self._show_chips()
        self.changed.emit()

    def drop(self, key: str) -> None:
        """Take a condition away."""
        self._conditions.pop(key, None)
        self._show_chips()
        self.button.setFocus()
        self.changed.emit()

    def chips(self) -> list[QPushButton]:
        """Give the chips as they are shown."""
        items = (self._row.itemAt(at) for at in range(self._row.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def _show_chips(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key, typed in self._conditions.items():
            self._row.addWidget(self._chip(key, typed))
        self.setVisible(bool(self._conditions))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        # New chips have no size before they are shown; other letters give them another.
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.FontChange}:
            self._fit()
        return taken

    def _fit(self) -> None:
        """Be as high as the lines of chips: no outer layout asks again after a narrower window."""
        self.setFixedHeight(self._row.heightForWidth(self.width()))

    def _chip(self, key: str, typed: str) -> QPushButton:
        words = condition_words(self._session.context, self._options, self._kind, key, typed)
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
        chip = QPushButton(icon("close"), short.replace("&", "&&"))
        chip.setProperty("look", "chip")
        hint = _("Take this condition away")
        chip.setToolTip(hint if short == words else f"{words}\n{hint}")
        chip.setAccessibleName(_("Take away: {condition}").format(condition=words))
        chip.clicked.connect(lambda _=False: self.drop(key))
        return chip

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.button.setText(_("Condition…"))
        self.button.setToolTip(_("Show only the records whose field has some value"))
        self._show_chips()
