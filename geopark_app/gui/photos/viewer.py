"""One photo large, with its captions and rights beside it and the others below."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.kinds import Photo
from geopark_app.gui import theme
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.forms.record_form import RecordForm
from geopark_app.gui.icons import icon
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.photos.canvas import PhotoCanvas, Tool
from geopark_app.gui.photos.deeds import make_cover, remove_photo
from geopark_app.gui.photos.film_strip import FilmStrip
from geopark_app.gui.photos.large import LargePicture
from geopark_app.gui.photos.many_deeds import flag_many, rate_many, turn_many
from geopark_app.gui.photos.photo_model import photo_title
from geopark_app.gui.photos.plan_model import taken_words
from geopark_app.gui.photos.viewer_tools import ViewerTools
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.photo_gallery import draw_on_photo, set_photos
from geopark_app.operations.photos import list_photos
from geopark_app.photos.instructions import (
    LONGEST_TEXT,
    MOST_MARKS,
    Crop,
    Mark,
    MarkShape,
    Point,
    instructions_of,
)

_STARS = {getattr(Qt.Key, f"Key_{number}"): number for number in range(6)}
_ASKED_FOR = ("alt_vi", "alt_en", "caption_vi", "caption_en", "credit", "licence", "photographer")


class PhotoViewer(LanguageAware, QDialog):
    """Goes through photos; captions, credit and licence are edited here.

    Attributes
    ----------
    picture : PhotoCanvas
        The photo large.
    photo : Photo or None
        The one shown.
    """

    def __init__(
        self, session: Session, options: FormOptions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._all_keys: list[str] = []
        self._gone: set[str] = set()
        self._keys: list[str] = []
        self.photo: Photo | None = None
        self.picture = PhotoCanvas()
        self.large = LargePicture(session, self.picture)
        self.tools = ViewerTools(self.picture)
        self.strip = FilmStrip(session)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setProperty("look", "muted")
        self.wanted = QPushButton(icon("alert-circle-outline"), "")
        self.wanted.setProperty("look", "link")
        self.form = RecordForm(session, kind_of(Photo), options, title="file_name")
        self.form.open_all()
        self.form.record_changed.connect(self._photo_read)
        self.before = QPushButton(icon("chevron-left"), "")
        self.after = QPushButton(icon("chevron-right"), "")
        self.place = QLabel()
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cover = QPushButton(icon("star-outline"), "")
        self.trash = QPushButton(icon("trash-can-outline"), "")
        for button in (self.before, self.after, self.cover, self.trash, self.wanted):
            button.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.addWidget(self.before)
        steps.addWidget(self.place, 1)
        steps.addWidget(self.after)
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(0, 0, 0, 0)
        left_column.addWidget(self.tools)
        left_column.addWidget(self.picture, 1)
        left_column.addWidget(self.facts)
        left_column.addLayout(steps)
        left_column.addWidget(self.strip)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        deeds = QHBoxLayout()
        deeds.addWidget(self.cover)
        deeds.addWidget(self.trash)
        deeds.addStretch(1)
        right = QWidget()
        right_column = QVBoxLayout(right)
        right_column.setContentsMargins(0, 0, 0, 0)
        right_column.addWidget(self.wanted)
        right_column.addWidget(scroll, 1)
        right_column.addLayout(deeds)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        QVBoxLayout(self).addWidget(splitter)
        room = self.screen().availableGeometry().size() * 0.94
        self.resize(QSize(theme.scaled(1280), theme.scaled(740)).boundedTo(room))

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.cover.clicked.connect(self._make_cover)
        self.trash.clicked.connect(self._remove)
        self.wanted.clicked.connect(self._go_to_gap)
        self.strip.photo_chosen.connect(self._show_key)
        self.picture.view_changed.connect(self.tools.show_scale)
        self.picture.crop_made.connect(self._crop)
        self.picture.mark_made.connect(self._add_mark)
        self.picture.text_wanted.connect(self._ask_for_words)
        self.tools.turn_wanted.connect(self._turn)
        self.tools.whole_wanted.connect(lambda: self._crop(None))
        self.tools.undrawn_wanted.connect(self._undraw)
        add_key(self, "PgUp", self.before.click)
        add_key(self, "PgDown", self.after.click)
        self._session.changes.changes_stored.connect(self._take_changes)

    # Showing --------------------------------------------------------------------------------

    def show_photo(self, uuid: str) -> None:
        """Show one photo; the others of its site can be gone through."""
        photo = self._session.context.catalogue.get(Photo, uuid)
        if photo is None:
            return
        photos = list_photos(self._session.context, site_uuid=photo.site_uuid)
        self.show_among([one.uuid for one in photos], uuid)
        caption = self.form.row_of("caption_vi")
        if caption is not None:
            caption.editor.setFocus()

    def show_among(self, uuids: Sequence[str], uuid: str) -> None:
        """Show one photo; these can be gone through."""
        self._all_keys, self._gone = list(uuids), set()
        self._keys = list(uuids)
        self._show_key(uuid)
        self.picture.setFocus()

    def _show_key(self, uuid: str) -> None:
        photo = self._session.context.catalogue.get(Photo, uuid) if uuid else None
        if photo is not None and (self.photo is None or photo.uuid != self.photo.uuid):
            self._show(photo)

    def _show(self, photo: Photo) -> None:
        self.photo = photo
        self.form.show_record(photo)
        self.large.show_photo(photo, on_shown=self.tools.show_scale)
        self.strip.show_keys(self._keys, photo.uuid)
        self._write_facts()

    def _photo_read(self, record: Record) -> None:
        if isinstance(record, Photo):
            self.photo = record
            self.large.show_photo(record, on_shown=self.tools.show_scale)
            self._write_facts()

    def _step(self, by: int) -> None:
        at = self._place() + by
        if self.photo is not None and 0 <= at < len(self._keys):
            self._show_key(self._keys[at])

    def _place(self) -> int:
        return max(0, self.strip.gallery.place_of(self.photo.uuid)) if self.photo else 0

    def _take_changes(self, changes: Changes) -> None:
        touched = {uuid for kind, uuid in changes.touched if kind == "photo"}
        if self.photo is None or not touched:
            return
        at, catalogue = self._place(), self._session.context.catalogue
        for uuid in touched.intersection(self._all_keys):
            found = catalogue.get(Photo, uuid)
            if found is None or found.deleted:
                self._gone.add(uuid)
            else:
                self._gone.discard(uuid)
        self._keys = [key for key in self._all_keys if key not in self._gone]
        self.strip.gallery.forget_rows(touched)
        if not self._keys:
            self.close()
        elif self.photo.uuid in self._gone:
            self._show_key(self._keys[min(at, len(self._keys) - 1)])
        else:
            self.strip.show_keys(self._keys, self.photo.uuid)
            self._write_facts()

    # Deeds ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        photo, key = self.photo, Qt.Key(event.key())
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        # Letters typed into a field never come here; those over the picture are deeds.
        if photo is None or not plain or not self.picture.hasFocus():
            super().keyPressEvent(event)
        elif key in _STARS and not shifted:
            rate_many(self._session, [photo.uuid], _STARS[key])
        elif key == Qt.Key.Key_D:
            flag_many(self._session, [photo.uuid], wanted=not photo.for_dossier)
        elif key == Qt.Key.Key_R:
            self._turn(270 if shifted else 90)
        elif key == Qt.Key.Key_Backspace:
            self._undraw()
        elif key == Qt.Key.Key_Right:
            self._step(1)
        elif key == Qt.Key.Key_Left:
            self._step(-1)
        else:
            super().keyPressEvent(event)

    def _turn(self, by: int) -> None:
        if self.photo is not None:
            turn_many(self._session, [self.photo.uuid], by)

    def _crop(self, crop: Crop | None) -> None:
        if self.photo is None or self._session.is_read_only:
            return
        uuid, text = self.photo.uuid, crop.as_text() if crop else ""
        reason = _("Crop photo “{photo}”").format(photo=photo_title(self.photo))
        self._session.run(
            lambda context: set_photos(context, [uuid], {"crop": text}, reason=reason)
        )
        self.tools.choose(Tool.HAND)

    def _ask_for_words(self, point: Point) -> None:
        text, is_given = QInputDialog.getText(
            self, _("Words on the picture"), _("Words at this place:")
        )
        if is_given and text.strip():
            text = text.strip()[:LONGEST_TEXT]
            colour = self.picture.colour
            self._add_mark(Mark(shape=MarkShape.TEXT, points=(point,), text=text, colour=colour))

    def _add_mark(self, mark: Mark) -> None:
        marks = self._marks()
        if len(marks) < MOST_MARKS:
            self._draw([*marks, mark])
        else:
            most = _("A drawing has at most {count} marks.").format(count=MOST_MARKS)
            self._session.messages.warning(most)

    def _undraw(self) -> None:
        marks = self._marks()
        if marks:
            self._draw(marks[:-1])

    def _marks(self) -> list[Mark]:
        return list(instructions_of(self.photo).marks) if self.photo else []

    def _draw(self, marks: Sequence[Mark]) -> None:
        if self.photo is None or self._session.is_read_only:
            return
        uuid = self.photo.uuid
        reason = _("Draw on photo “{photo}”").format(photo=photo_title(self.photo))
        self._session.run(lambda context: draw_on_photo(context, uuid, marks, reason=reason))

    def _make_cover(self) -> None:
        if self.photo is not None and self.photo.site_uuid:
            make_cover(self._session, self.photo.site_uuid, self.photo.uuid)

    def _remove(self) -> None:
        if self.photo is not None:
            self.form.flush()
            remove_photo(self._session, self.photo)

    def _gaps(self) -> list[str]:
        return [name for name in _ASKED_FOR if self.photo and not getattr(self.photo, name)]

    def _go_to_gap(self) -> None:
        row = self.form.row_of(next(iter(self._gaps()), ""))
        if row is not None:
            row.editor.entry().setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int) -> None:
        self.form.flush()
        super().done(result)

    # Words ----------------------------------------------------------------------------------

    def _write_facts(self) -> None:
        photo = self.photo
        if photo is None:
            return
        self.setWindowTitle(photo_title(photo))
        camera = " ".join(part for part in (photo.camera_make, photo.camera_model) if part)
        size = f"{photo.width} × {photo.height}" if photo.width and photo.height else ""
        facts = (
            photo.file_name,
            taken_words(photo.taken_at),
            size,
            camera,
            "★" * (photo.rating or 0),
        )
        self.facts.setText(" · ".join(fact for fact in facts if fact))
        at = self._place()
        self.place.setText(_("{number} of {total}").format(number=at + 1, total=len(self._keys)))
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at + 1 < len(self._keys))
        may_write = not self._session.is_read_only
        self.cover.setEnabled(may_write and photo.site_uuid is not None)
        self.trash.setEnabled(may_write)
        asked = instructions_of(photo)
        self.tools.set_may_write(
            may_write, has_crop=asked.crop is not None, has_marks=bool(asked.marks)
        )
        specs = [kind_of(Photo).field(name) for name in self._gaps()]
        names = [pick(spec.label_vi, spec.label_en) for spec in specs if spec is not None]
        self.wanted.setVisible(bool(names))
        if names:
            more = _("{first} and {count} more").format(first=names[0], count=len(names) - 1)
            first = names[0] if len(names) == 1 else more
            self.wanted.setText(_("The dossier asks for: {fields}").format(fields=first))
            self.wanted.setToolTip("\n".join(names))

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.before.setText(_("Before"))
        self.after.setText(_("Next"))
        self.cover.setText(_("Make this the cover photo"))
        self.trash.setText(_("Move to the trash"))
        self.picture.setAccessibleName(_("The photo large"))
        self.strip.setAccessibleName(_("The other photos"))
        self.strip.gallery.forget_all()
        self._write_facts()
