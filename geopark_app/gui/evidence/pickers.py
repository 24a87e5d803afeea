"""Choosing a place for evidence, or evidence for a place, by typing a part of its words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import ChecklistItem, Evidence, FormItem, Recommendation
from geopark_app.domain.text import fold
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier_chapters import chapters
from geopark_app.operations.evidence_targets import (
    CHAPTER,
    CHECKLIST_ITEM,
    FORM_ITEM,
    RECOMMENDATION,
    Target,
    kind_words,
)
from geopark_app.rules.evidence import order_of


class FilterList(QWidget):
    """A list with a line that narrows it; several lines can be chosen.

    Attributes
    ----------
    line : QLineEdit
        Words that must occur, accents or not.
    list : QListWidget
        What is left.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Type a part of the words"))
        self.line.setAccessibleName(_("Type a part of the words"))
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(lambda _text: self._narrow())
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)

    def fill(self, lines: Sequence[tuple[object, str]]) -> None:
        """Show lines, each a key and its words."""
        self.list.clear()
        for key, words in lines:
            item = QListWidgetItem(words)
            item.setData(KeyRole, key)
            self.list.addItem(item)
        self._narrow()

    def chosen(self) -> list[object]:
        """Give the keys of the lines chosen that are in sight."""
        return [one.data(KeyRole) for one in self.list.selectedItems() if not one.isHidden()]

    def _narrow(self) -> None:
        wanted = fold(self.line.text())
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(bool(wanted) and wanted not in fold(item.text()))


class TargetDialog(QDialog):
    """Chooses places that are to point to a piece of evidence."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Where is it used?"))
        self._context = context
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind of place"))
        for kind in (FORM_ITEM, CHECKLIST_ITEM, CHAPTER, RECOMMENDATION):
            self.kind.addItem(kind_words(kind).of(active()), kind)
        self.kind.currentIndexChanged.connect(lambda _at: self._fill())
        self.places = FilterList(_("Places of use"))
        self.places.list.itemActivated.connect(lambda _item: self.accept())
        column = QVBoxLayout(self)
        column.addWidget(self.kind)
        column.addWidget(self.places, 1)
        column.addWidget(_buttons(self))
        self.resize(theme.scaled(640), theme.scaled(520))
        self._fill()

    def _fill(self) -> None:
        kind = str(self.kind.currentData())
        catalogue = self._context.catalogue
        lines: list[tuple[object, str]]
        if kind == FORM_ITEM:
            items = sorted(catalogue.records(FormItem), key=lambda one: one.sort_order or 0)
            lines = [(one.code, _words(one.code, one.label_vi, one.label_en)) for one in items]
        elif kind == CHECKLIST_ITEM:
            asked = sorted(catalogue.records(ChecklistItem), key=lambda one: one.sort_order or 0)
            lines = [(one.code, _words(one.code, one.label_vi, one.label_en)) for one in asked]
        elif kind == CHAPTER:
            lines = [(one.code, _words(one.code, one.title_vi, one.title_en)) for one in chapters()]
        else:
            given = sorted(catalogue.records(Recommendation), key=lambda one: one.number or "")
            lines = [(one.uuid, _words(one.number, one.text_vi, one.text_en)) for one in given]
        self.places.fill(lines)

    def targets(self) -> list[Target]:
        """Give the places chosen."""
        kind = str(self.kind.currentData())
        return [Target(kind=kind, code=str(code)) for code in self.places.chosen()]


class EvidencePicker(QDialog):
    """Chooses registered evidence that is to stand behind a place."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Registered evidence"))
        self.evidence = FilterList(_("Registered evidence"))
        self.evidence.list.itemActivated.connect(lambda _item: self.accept())
        column = QVBoxLayout(self)
        column.addWidget(self.evidence, 1)
        column.addWidget(_buttons(self))
        self.resize(theme.scaled(560), theme.scaled(460))
        register = sorted(
            context.catalogue.records(Evidence), key=lambda one: order_of(one.number or "")
        )
        self.evidence.fill(
            [(one.uuid, _words(one.number, one.title_vi, one.title_en)) for one in register]
        )

    def keys(self) -> list[str]:
        """Give the uuids chosen."""
        return [str(key) for key in self.evidence.chosen()]


def _words(code: str | None, vi: str | None, en: str | None) -> str:
    return f"{code or ''}  {pick(vi, en)}".strip()


def _buttons(dialog: QDialog) -> QDialogButtonBox:
    standard = QDialogButtonBox.StandardButton
    buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
