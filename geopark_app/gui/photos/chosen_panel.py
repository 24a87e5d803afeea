"""Beside the gallery: what is selected, and the same words for all of it as one save."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.declaration import FieldSpec, kind_of
from geopark_app.domain.kinds import Photo
from geopark_app.gui import theme
from geopark_app.gui.forms.editor import FieldEditor
from geopark_app.gui.forms.making import editor_for
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.gallery_model import described
from geopark_app.gui.photos.many_deeds import flag_many, rate_many, set_many, turn_many
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.photo_gallery import MOST_STARS, PhotoRow

_STAR_PX = 36
_FIELDS = (
    "photographer",
    "credit",
    "rights_holder",
    "licence",
    "caption_vi",
    "caption_en",
    "alt_vi",
    "alt_en",
    "site_uuid",
)


class ChosenPanel(LanguageAware, QFrame):
    """Stars, flag, turns and words for the photos selected.

    Signals
    -------
    open_wanted(), compare_wanted(), trash_wanted(), point_wanted()
        The buttons below; the room does them.
    """

    open_wanted = Signal()
    compare_wanted = Signal()
    trash_wanted = Signal()
    point_wanted = Signal()

    def __init__(
        self, session: Session, options: FormOptions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._keys: list[str] = []
        self._row: PhotoRow | None = None
        self.setProperty("look", "panel")
        self.title = QLabel()
        self.title.setProperty("look", "heading")
        self.title.setWordWrap(True)
        self.facts = QLabel()
        self.facts.setProperty("look", "muted")
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stars = [self._star(number) for number in range(MOST_STARS + 1)]
        self.flag = QPushButton(icon("file-check"), "")
        self.turn_left = QPushButton(icon("rotate-left"), "")
        self.turn_right = QPushButton(icon("rotate-right"), "")
        self.open = QPushButton(icon("image-search"), "")
        self.compare = QPushButton(icon("compare"), "")
        self.point = QPushButton(icon("camera-marker-outline"), "")
        self.trash = QPushButton(icon("trash-can-outline"), "")
        self.words = QLabel()
        self.words.setProperty("look", "strong")
        self.words.setWordWrap(True)
        self.labels: dict[str, QLabel] = {}
        self.editors: dict[str, FieldEditor] = {}
        self._options = options
        self._fields = QVBoxLayout()
        self.apply = QPushButton()
        self.apply.setProperty("look", "primary")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _star(self, number: int) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "button")
        button.setIcon(icon("star" if number else "star-off-outline"))
        if number:
            button.setText(str(number))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFixedWidth(theme.scaled(_STAR_PX))
        button.clicked.connect(lambda: rate_many(self._session, self._keys, number))
        return button

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("look", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(7)
        column.addWidget(self.title)
        column.addWidget(self.facts)
        stars = QHBoxLayout()
        stars.setSpacing(4)
        sign = QLabel()
        sign.setPixmap(icon("star").pixmap(16, 16))
        stars.addWidget(sign)
        for star in self.stars:
            stars.addWidget(star)
        stars.addStretch(1)
        column.addLayout(stars)
        deeds = QGridLayout()
        deeds.setSpacing(6)
        deeds.addWidget(self.flag, 0, 0, 1, 2)
        deeds.addWidget(self.open, 1, 0)
        deeds.addWidget(self.compare, 1, 1)
        deeds.addWidget(self.turn_left, 2, 0)
        deeds.addWidget(self.turn_right, 2, 1)
        deeds.addWidget(self.point, 3, 0, 1, 2)
        for button in (self.open, self.compare, self.turn_left, self.turn_right):
            # Long words of another language narrow their icons, not the panel.
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column.addLayout(deeds)
        column.addWidget(self.words)
        column.addLayout(self._fields)
        column.addWidget(self.apply)
        column.addWidget(self.trash)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)

    def _connect(self) -> None:
        session = self._session
        self.flag.clicked.connect(
            lambda: flag_many(session, self._keys, wanted=not (self._row and self._row.for_dossier))
        )
        self.turn_left.clicked.connect(lambda: turn_many(session, self._keys, 270))
        self.turn_right.clicked.connect(lambda: turn_many(session, self._keys, 90))
        self.open.clicked.connect(self.open_wanted)
        self.compare.clicked.connect(self.compare_wanted)
        self.point.clicked.connect(self.point_wanted)
        self.trash.clicked.connect(self.trash_wanted)
        self.apply.clicked.connect(self.apply_words)

    def make_editors(self) -> None:
        """Make the fields, one in each turn of the event loop, for some read their choices.

        Called after the first paint.
        """
        name = next((name for name in _FIELDS if name not in self.editors), "")
        if not name:
            return
        editor = self.editors[name] = editor_for(_spec(name), self._options)
        label = self.labels[name] = QLabel(pick(_spec(name).label_vi, _spec(name).label_en))
        label.setBuddy(editor.entry())
        editor.show_values({})
        editor.typed.connect(self._update)
        editor.setEnabled(bool(self._keys) and not self._session.is_read_only)
        self._fields.addWidget(label)
        self._fields.addWidget(editor)
        QTimer.singleShot(0, self, self.make_editors)

    def show_chosen(self, keys: Sequence[str], row: PhotoRow | None) -> None:
        """Show how many are selected, and the facts of the one at the cursor."""
        self._keys, self._row = list(keys), row
        self._update()

    def typed(self) -> dict[str, str]:
        """Give the fields with words in them."""
        found: dict[str, str] = {}
        for name, editor in self.editors.items():
            text = editor.typed_values().get(name, "").strip()
            if text:
                found[name] = text
        return found

    def apply_words(self) -> None:
        """Write the words into the photos selected, and empty the fields."""
        typed = self.typed()
        if not typed or not self._keys:
            return
        names = ", ".join(pick(_spec(n).label_vi, _spec(n).label_en) for n in typed)
        words = _("Set {field} of {count} photos").format(field=names, count=len(self._keys))
        set_many(self._session, self._keys, typed, words)
        for editor in self.editors.values():
            editor.show_values({})
        self._update()

    def _update(self) -> None:
        count, row = len(self._keys), self._row
        if count > 1:
            self.title.setText(_("{count} photos selected").format(count=count))
            self.facts.setText("")
        elif count == 1 and row is not None:
            title, _break, rest = described(row).partition("\n")
            self.title.setText(title)
            self.facts.setText(rest)
        else:
            self.title.setText(_("No photo selected"))
            self.facts.setText(_("Click a photo; hold Ctrl or Shift for several."))
        self.facts.setVisible(bool(self.facts.text()))
        may_write = count > 0 and not self._session.is_read_only
        for button in (*self.stars, self.flag, self.turn_left, self.turn_right, self.trash):
            button.setEnabled(may_write)
        for editor in self.editors.values():
            editor.setEnabled(may_write)
        self.open.setEnabled(count > 0)
        self.compare.setEnabled(count == 2)
        self.point.setEnabled(count == 1 and row is not None and bool(row.site_uuid))
        self.apply.setEnabled(may_write and bool(self.typed()))
        self.apply.setText(_("Write into {count} photos").format(count=count))
        is_flagged = row is not None and bool(row.for_dossier)
        self.flag.setText(_("No longer for the dossier") if is_flagged else _("For the dossier"))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        for number, star in enumerate(self.stars):
            name = _("{count} of 5 stars").format(count=number) if number else _("No stars")
            star.setToolTip(_("{deed} (key {key})").format(deed=name, key=number))
            star.setAccessibleName(name)
        self.flag.setToolTip(_("{deed} (key {key})").format(deed=_("For the dossier"), key="D"))
        for button, words in (
            (self.turn_left, _("Turn left")),
            (self.turn_right, _("Turn right")),
            (self.open, _("Open large")),
            (self.compare, _("Compare two")),
            (self.point, _("As a fixed-point photo…")),
            (self.trash, _("Move to the trash")),
        ):
            button.setText(words)
        self.words.setText(_("The same words for all selected; empty fields change nothing:"))
        for name, label in self.labels.items():
            spec = _spec(name)
            label.setText(pick(spec.label_vi, spec.label_en))
        self._update()


def _spec(name: str) -> FieldSpec:
    spec = kind_of(Photo).field(name)
    assert spec is not None
    return spec
