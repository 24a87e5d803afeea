"""The three lists of the evidence register: all evidence, claims, chapters of the dossier."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import Evidence
from geopark_app.domain.text import fold
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import KeyRole, PlainTable
from geopark_app.gui.evidence.dropping import FileDrop
from geopark_app.gui.formats import shown_day
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.dossier_chapters import chapters
from geopark_app.operations.evidence import EvidenceLine, Register
from geopark_app.operations.evidence_claims import Claim
from geopark_app.operations.evidence_targets import CHAPTER, Target, TargetWords


def push(words: str, deed: Callable[[], object]) -> QPushButton:
    """Give a button that does `deed`."""
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: deed())
    return button


class RegisterPart(QWidget):
    """All evidence with the places that use the one chosen.

    Signals
    -------
    opened(str)
        Evidence is to be shown in its form.
    place_wanted(str), place_removed(str, object)
        A place is to point to this evidence, or no longer.
    """

    opened = Signal(str)
    place_wanted = Signal(str)
    place_removed = Signal(str, object)

    def __init__(self, labels: dict[tuple[str, str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = labels
        self._lines: dict[str, EvidenceLine] = {}
        self._register: Register | None = None
        self._words: TargetWords | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Type a part of the words"))
        self.line.setAccessibleName(_("Type a part of the words"))
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(lambda _text: self._fill())
        self.which = QComboBox()
        self.which.setAccessibleName(_("Which evidence"))
        for key, words in (
            ("all", _("All evidence")),
            ("unused", _("Used nowhere")),
            ("loose", _("Number not fixed")),
        ):
            self.which.addItem(words, key)
        self.which.currentIndexChanged.connect(lambda _at: self._fill())
        self.table = PlainTable("evidence")
        self.table.setAccessibleName(_("Proof"))
        self.table.itemSelectionChanged.connect(self._show_uses)
        self.table.activated.connect(lambda _index: self._open())
        self.drop = FileDrop(self.table)
        self.uses = QListWidget()
        self.uses.setAccessibleName(_("Used at"))
        self.uses.setWordWrap(True)
        self.open_button = push(_("Open"), self._open)
        self.add_button = push(_("Use at a place…"), self._want_place)
        self.remove_button = push(_("Take away"), self._remove_place)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.line, 1)
        top.addWidget(self.which)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        right = QWidget()
        side = QVBoxLayout(right)
        side.setContentsMargins(8, 0, 0, 0)
        self.heading = QLabel()
        self.heading.setProperty("look", "strong")
        self.heading.setWordWrap(True)
        side.addWidget(self.heading)
        side.addWidget(QLabel(_("Used at")))
        side.addWidget(self.uses, 1)
        deeds = QHBoxLayout()
        for button in (self.open_button, self.add_button, self.remove_button):
            deeds.addWidget(button)
        side.addLayout(deeds)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([theme.scaled(800), theme.scaled(360)])
        whole = QVBoxLayout(self)
        whole.addWidget(split, 1)

    def show_register(self, register: Register, words: TargetWords) -> None:
        """Show the register as it is now; the line chosen stays chosen."""
        self._register, self._words = register, words
        self._lines = {line.evidence.uuid: line for line in register.lines}
        self._fill()

    def _fill(self) -> None:
        if self._register is None or self._words is None:
            return
        chosen = self.chosen()
        words = self._words
        shown = [line for line in self._register.lines if self._is_wanted(line)]
        headings = (
            _("Number"), _("Title"), _("Kind"), _("Date"), _("Fixed"), _("Used at"),
        )  # fmt: skip
        self.table.show_rows(
            headings, [(line.evidence.uuid, self._texts(line, words)) for line in shown]
        )
        for column, width in enumerate((70, 330, 150, 90, 60)):
            self.table.setColumnWidth(column, theme.scaled(width))
        keys = [line.evidence.uuid for line in shown]
        if keys:
            self.table.selectRow(keys.index(chosen) if chosen in keys else 0)
        self._show_uses()

    def _texts(self, line: EvidenceLine, words: TargetWords) -> tuple[str, ...]:
        one = line.evidence
        return (
            one.number or "",
            pick(one.title_vi, one.title_en),
            self._labels.get(("evidence_kind", one.evidence_kind or ""), ""),
            shown_day(one.dated_on),
            "✓" if line.is_fixed else "",
            ", ".join(words.short(use) for use in line.uses),
        )

    def _is_wanted(self, line: EvidenceLine) -> bool:
        which = self.which.currentData()
        if (which == "unused" and line.uses) or (which == "loose" and line.is_fixed):
            return False
        one = line.evidence
        text = " ".join(filter(None, (one.number, one.title_vi, one.title_en)))
        return fold(self.line.text()) in fold(text)

    def chosen(self) -> str:
        """Give the uuid of the evidence chosen, or an empty text."""
        keys = self.table.chosen_keys()
        return str(keys[0]) if keys else ""

    def choose(self, uuid: str) -> None:
        """Choose a line."""
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None and item.data(KeyRole) == uuid:
                self.table.selectRow(row)

    def _show_uses(self) -> None:
        line = self._lines.get(self.chosen())
        self.uses.clear()
        for button in (self.open_button, self.add_button, self.remove_button):
            button.setEnabled(line is not None)
        if line is None or self._words is None:
            self.heading.clear()
            return
        one = line.evidence
        self.heading.setText(f"{one.number or ''}  {pick(one.title_vi, one.title_en)}")
        for use in line.uses:
            words = f"{self._words.short(use)} · {self._words.kind(use.kind)}"
            item = QListWidgetItem(f"{words}\n{self._words.title(use)}")
            item.setData(KeyRole, use)
            self.uses.addItem(item)
        self.uses.setCurrentRow(0)
        self.remove_button.setEnabled(bool(line.uses))

    def _open(self) -> None:
        if uuid := self.chosen():
            self.opened.emit(uuid)

    def _want_place(self) -> None:
        if uuid := self.chosen():
            self.place_wanted.emit(uuid)

    def _remove_place(self) -> None:
        if self.uses.count() and self.chosen():
            self.place_removed.emit(self.chosen(), self.uses.currentItem().data(KeyRole))


class ClaimsPart(QWidget):
    """Positive answers without evidence; files are dropped on a line.

    Signals
    -------
    files_wanted(object), register_wanted(object)
        Evidence for this `Target` is to be chosen among files, or in the register.
    """

    files_wanted = Signal(object)
    register_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claims: dict[str, Claim] = {}
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table = PlainTable("claims")
        self.table.setAccessibleName(_("Claimed without evidence"))
        self.drop = FileDrop(self.table)
        self.files_button = push(_("Prove with files…"), lambda: self._want(self.files_wanted.emit))
        self.link_button = push(
            _("Prove with registered evidence…"), lambda: self._want(self.register_wanted.emit)
        )
        deeds = QHBoxLayout()
        deeds.addWidget(self.files_button)
        deeds.addWidget(self.link_button)
        deeds.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addLayout(deeds)

    def show_claims(self, claims: Sequence[Claim]) -> None:
        """Show what is only claimed."""
        self._claims = {f"{one.target.kind}:{one.target.code}": one for one in claims}
        self.table.show_rows(
            (_("Place"), _("Item"), _("Critical"), _("Title")),
            [
                (key, (one.place or _("Form"), one.code, "⚑" if one.is_critical else "", one.title))
                for key, one in self._claims.items()
            ],
        )
        for column, width in enumerate((130, 100, 80)):
            self.table.setColumnWidth(column, theme.scaled(width))
        self.words.setText(
            _(
                "{count} positive answers have no evidence: they are only claimed. Drop a photo or "
                "a document on a line to prove it."
            ).format(count=len(claims))
            if claims
            else _("Every positive answer of the form and the checklists has evidence.")
        )
        for button in (self.files_button, self.link_button):
            button.setEnabled(bool(claims))
        if claims:
            self.table.selectRow(0)

    def target(self, key: object) -> Target | None:
        """Give the place of a line."""
        claim = self._claims.get(str(key))
        return claim.target if claim else None

    def _want(self, say: Callable[[object], object]) -> None:
        for key in self.table.chosen_keys():
            say(self.target(key))


class ChaptersPart(QWidget):
    """Chapters and annexes of the dossier with the evidence behind each; files can be dropped.

    Signals
    -------
    files_wanted(object), register_wanted(object)
        Evidence for this `Target` is to be chosen among files, or in the register.
    opened(str)
        Evidence is to be shown in its form.
    """

    files_wanted = Signal(object)
    register_wanted = Signal(object)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("Chapters of the dossier"))
        self.tree.setHeaderLabels([_("Chapter"), _("Proof")])
        self.tree.itemActivated.connect(lambda item, _column: self._open(item))
        self.drop = FileDrop(self.tree)
        deeds = QHBoxLayout()
        deeds.addWidget(push(_("Prove with files…"), lambda: self._want(self.files_wanted.emit)))
        deeds.addWidget(
            push(
                _("Prove with registered evidence…"), lambda: self._want(self.register_wanted.emit)
            )
        )
        deeds.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.tree, 1)
        column.addLayout(deeds)

    def show_register(self, register: Register) -> None:
        """Show the chapters as they are proved now."""
        behind: dict[str, list[Evidence]] = {}
        for line in register.lines:
            for use in line.uses:
                if use.kind == CHAPTER:
                    behind.setdefault(use.code, []).append(line.evidence)
        chosen = self.target(self._key())
        self.tree.clear()
        nodes: dict[str, QTreeWidgetItem] = {}
        for chapter in chapters():
            found = behind.get(chapter.code, [])
            words = f"{chapter.code}  {pick(chapter.title_vi, chapter.title_en)}"
            node = QTreeWidgetItem([words, str(len(found)) if found else ""])
            node.setData(0, KeyRole, f"{CHAPTER}:{chapter.code}")
            parent = nodes.get(chapter.parent)
            if parent is None:
                self.tree.addTopLevelItem(node)
            else:
                parent.addChild(node)
            nodes[chapter.code] = node
            for one in found:
                below = QTreeWidgetItem([f"{one.number or ''}  {pick(one.title_vi, one.title_en)}"])
                below.setData(0, KeyRole, one.uuid)
                node.addChild(below)
        self.tree.expandAll()
        self.tree.setColumnWidth(0, theme.scaled(760))
        wanted = chosen.code if chosen else "A"
        if wanted in nodes:
            self.tree.setCurrentItem(nodes[wanted])

    def _key(self) -> object:
        item = self.tree.currentItem()
        return item.data(0, KeyRole) if item is not None else None

    def target(self, key: object) -> Target | None:
        """Give the chapter of a line."""
        kind, _sign, code = str(key or "").partition(":")
        return Target(kind=kind, code=code) if code else None

    def _want(self, say: Callable[[object], object]) -> None:
        target = self.target(self._key())
        if target is not None:
            say(target)

    def _open(self, item: QTreeWidgetItem) -> None:
        key = str(item.data(0, KeyRole) or "")
        if key and self.target(key) is None:
            self.opened.emit(key)
