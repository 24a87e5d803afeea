"""One decision: the values side by side, with names and times, and a button under each."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Json
from geopark_app.domain.declaration import FieldSpec
from geopark_app.domain.kinds import KINDS, Photo
from geopark_app.geo.measure import distance_m
from geopark_app.gui import theme
from geopark_app.gui.editing.value_words import value_words, when_words
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.conflicts import DELETE_RECORD, KEEP_RECORD, Conflict
from geopark_app.store.authorship import fingerprint_of
from geopark_app.store.conflict_rows import Rival

_PICTURE_PX = 150
_TEXT_PX = 90


class ConflictCard(QFrame):
    """Shows one conflict and tells which value was chosen.

    Attributes
    ----------
    conflict : Conflict
        The decision to be made.
    buttons : list of QPushButton
        One under each value.
    both : QPlainTextEdit or None
        The suggestion for long texts, which can be corrected.
    both_button : QPushButton or None
        Keeps that text.
    """

    def __init__(
        self,
        session: Session,
        options: FormOptions,
        pictures: Pictures,
        conflict: Conflict,
        *,
        keep: Callable[[Conflict, int], None],
        keep_text: Callable[[Conflict, str], None],
        show_history: Callable[[Conflict], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "panel")
        self.conflict = conflict
        self.buttons: list[QPushButton] = []
        self.both: QPlainTextEdit | None = None
        self.both_button: QPushButton | None = None
        self._session, self._options, self._pictures = session, options, pictures
        self._keep, self._keep_text = keep, keep_text
        self._waiting: dict[str, list[QLabel]] = {}
        self._mine = fingerprint_of(session.context.author.public_key)
        kind = KINDS[conflict.open.table]
        self._spec: FieldSpec | None = kind.field(conflict.field) if conflict.field else None
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        top = QHBoxLayout()
        top.addWidget(self._heading(), 1)
        if conflict.field:
            self.history = QPushButton(_("History…"))
            self.history.setProperty("look", "link")
            self.history.clicked.connect(lambda: show_history(conflict))
            top.addWidget(self.history)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(12)
        if conflict.open.is_delete:
            self._lay_out_delete(row)
        else:
            for number, rival in enumerate(conflict.values, start=1):
                row.addWidget(self._value_column(number, rival), 1)
        column.addLayout(row)
        if conflict.suggestion is not None:
            column.addWidget(self._both_column(conflict.suggestion))
        pictures.loaded.connect(self._show_picture)

    def _heading(self) -> QLabel:
        label = QLabel()
        label.setProperty("look", "strong")
        label.setWordWrap(True)
        kind = KINDS[self.conflict.open.table]
        words = [pick(self._spec.label_vi, self._spec.label_en)] if self._spec else []
        if kind.name != "site":
            words.insert(0, f"{pick(kind.label_vi, kind.label_en)} {self.conflict.title}")
        if self.conflict.open.is_delete:
            words.append(_("deleted by one, written to by another: the record was kept"))
        metres = _metres_apart(self.conflict)
        if metres is not None:
            apart = QLocale().toString(metres, "f", 0 if metres >= 10 else 1)
            words.append(_("{metres} m apart").format(metres=apart))
        label.setText(" · ".join(words))
        return label

    def _value_column(self, number: int, rival: Rival) -> QWidget:
        holder, column = _column()
        who = QLabel(self._who(rival))
        who.setWordWrap(True)
        who.setProperty("look", "muted")
        column.addWidget(who)
        picture = self._picture_of(rival.value)
        if picture is not None:
            column.addWidget(picture)
        words = self._words(rival.value)
        value = QLabel(words)
        value.setWordWrap(True)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        value.setAccessibleName(f"{self._who(rival)}: {words}")
        column.addWidget(value)
        column.addStretch(1)
        label = (
            _("Keep mine")
            if self._is_mine(rival)
            else _("Keep that of {person}").format(person=rival.person)
        )
        button = self._button(label, lambda: self._keep(self.conflict, number))
        button.setAccessibleDescription(words)
        if number == 1:
            button.setToolTip(_("This value is shown until you decide."))
        column.addWidget(button)
        return holder

    def _lay_out_delete(self, row: QHBoxLayout) -> None:
        deleted = "\n".join(
            _("Deleted by {who}").format(who=_signature(rival)) for rival in self.conflict.values
        )
        for number, words, label in (
            (KEEP_RECORD, _("Written to, or given something new, meanwhile"), _("Keep the record")),
            (DELETE_RECORD, deleted, _("Put it into the trash")),
        ):
            holder, column = _column()
            text = QLabel(words)
            text.setWordWrap(True)
            column.addWidget(text)
            column.addStretch(1)

            def choose(number: int = number) -> None:
                self._keep(self.conflict, number)

            column.addWidget(self._button(label, choose))
            row.addWidget(holder, 1)

    def _both_column(self, suggestion: str) -> QWidget:
        holder, column = _column()
        label = QLabel(_("Both texts as one, to be corrected"))
        label.setProperty("look", "muted")
        self.both = QPlainTextEdit(suggestion)
        self.both.setTabChangesFocus(True)
        self.both.setAccessibleName(label.text())
        self.both.setFixedHeight(theme.scaled(_TEXT_PX))
        self.both_button = QPushButton(_("Keep this text"))
        self.both_button.clicked.connect(self._keep_both)
        for widget in (label, self.both, self.both_button):
            column.addWidget(widget)
        return holder

    def _keep_both(self) -> None:
        assert self.both is not None
        self._keep_text(self.conflict, self.both.toPlainText())

    def _button(self, label: str, deed: Callable[[], None]) -> QPushButton:
        button = QPushButton(label)
        button.setEnabled(not self._session.is_read_only)
        button.clicked.connect(lambda _checked=False: deed())
        self.buttons.append(button)
        return button

    def _who(self, rival: Rival) -> str:
        return _signature(rival, _("Mine") if self._is_mine(rival) else rival.person)

    def _is_mine(self, rival: Rival) -> bool:
        return any(op.author.rpartition(".")[0] == self._mine for op in rival.ops)

    def _words(self, value: Json) -> str:
        words = value_words(self._options, self._spec, value)
        if isinstance(value, dict):
            words = "\n".join([words, *_position_details(value)])
        return words.strip() or _("(empty)")

    def _picture_of(self, value: Json) -> QLabel | None:
        """Give the picture a value is about: the photo it names, or the photo itself."""
        uuid = None
        if self._spec is not None and self._spec.refers_to == "photo":
            uuid = str(value) if value else None
        elif self.conflict.open.table == "photo":
            uuid = self.conflict.record.uuid
        photo = self._session.context.catalogue.get(Photo, uuid) if uuid else None
        if photo is None or not photo.thumb_sha256:
            return None
        label = QLabel()
        label.setFixedHeight(theme.scaled(_PICTURE_PX))
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        label.setAccessibleName(photo.caption_vi or photo.file_name or "")
        self._waiting.setdefault(photo.thumb_sha256, []).append(label)
        self._show_picture(photo.thumb_sha256)
        return label

    def _show_picture(self, sha256: str) -> None:
        pixmap = self._pictures.thumbnail(sha256) if sha256 in self._waiting else None
        if pixmap is None:
            return
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = pixmap.scaledToHeight(theme.scaled(_PICTURE_PX), smooth)
        for label in self._waiting[sha256]:
            label.setPixmap(scaled)


def _signature(rival: Rival, name: str = "") -> str:
    return f"{name or rival.person} ({rival.device}) · {when_words(rival.at)}"


def _column() -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    return holder, column


def _metres_apart(conflict: Conflict) -> float | None:
    """Give the greatest distance between the points of two values."""
    points = [
        (float(lon), float(lat))
        for rival in conflict.values
        if isinstance(rival.value, dict)
        and isinstance(lon := rival.value.get("lon"), int | float)
        and isinstance(lat := rival.value.get("lat"), int | float)
    ]
    if len(points) < 2:
        return None
    return max(distance_m(*one, *other) for one in points for other in points)


def _position_details(value: dict[str, Json]) -> list[str]:
    parts = (
        (_("accuracy {value} m"), value.get("accuracy_m")),
        (_("as typed: {value}"), value.get("as_typed")),
        (_("source: {value}"), value.get("source")),
    )
    return [words.format(value=part) for words, part in parts if part is not None]
