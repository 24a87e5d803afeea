"""The office's own copy of the official form: cells mapped by clicking them, the copy filled."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.exchange.office_forms import FilledForm, FormLook, look_at_form
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.evaluation.form_preview import FormPreview
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.evaluation import OpenForm, open_form
from geopark_app.operations.form_files import (
    FittingMap,
    SavedMap,
    fill_file,
    fitting_map,
    places_by_code,
    save_map,
    targets_of,
    value_of,
)
from geopark_app.rules.form_targets import ANSWER, COUNTED, EVIDENCE, NOTE, SELF, Target
from geopark_app.wording.form_files import note_words, state_words

_FILES = "Excel, Word (*.xlsx *.xlsm *.docx *.docm);;*"


class FillDialog(QDialog):
    """Maps the values of a form to the cells of a file, and writes them into a copy.

    Attributes
    ----------
    targets : PlainTable
        The values of the form with the place each goes to.
    preview : FormPreview
        The file; a click gives the value chosen its place.
    places : dict of str to str
        Place by value.
    """

    def __init__(self, session: Session, form: OpenForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._form = form
        self._path: Path | None = None
        self._look: FormLook | None = None
        self._known = targets_of(form)
        self._labels = _labels(form)
        self.places: dict[str, str] = {}
        self.setWindowTitle(_("Fill in the office's copy of the form"))
        self.words = QLabel(
            _(
                "Choose the official form as Excel workbook or Word document. Choose a value at "
                "the left, then click the cell it goes to. This is done once for a file."
            )
        )
        self.words.setWordWrap(True)
        self.targets = PlainTable("form-targets")
        self.targets.setAccessibleName(_("Values of the form"))
        self.targets.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.targets.itemSelectionChanged.connect(self._show_place)
        self.preview = FormPreview()
        self.preview.place_chosen.connect(self.give_place)
        self._lay_out()
        self._fill_targets()
        self._show_state()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        self.open_button = QPushButton(_("Choose the file…"))
        self.open_button.clicked.connect(self._ask_and_open)
        self.name = QLabel()
        top.addWidget(self.open_button)
        top.addWidget(self.name, 1)
        deeds = QHBoxLayout()
        self.codes_button = QPushButton(_("Map the others by their codes"))
        self.codes_button.setToolTip(
            _("Where the codes of the form stand in the rows, the same columns are taken there")
        )
        self.codes_button.clicked.connect(self.map_by_codes)
        self.clear_button = QPushButton(_("No place for this value"))
        self.clear_button.clicked.connect(self.clear_place)
        deeds.addWidget(self.codes_button)
        deeds.addWidget(self.clear_button)
        deeds.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.targets, 1)
        column.addLayout(deeds)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.preview)
        split.setSizes([theme.scaled(520), theme.scaled(720)])
        self.recalculate = QCheckBox(_("Excel works its formulas out anew on opening"))
        self.recalculate.setToolTip(
            _("Sets one mark in the workbook; without it only the cells mapped change")
        )
        self.language = QComboBox()
        for words, code in ((_("Answers in English"), "en"), (_("Answers in Vietnamese"), "vi")):
            self.language.addItem(words, code)
        self.language.setAccessibleName(_("Language of answers in words"))
        self.fill_button = QPushButton(_("Write the filled copy…"))
        self.fill_button.setProperty("look", "primary")
        self.fill_button.clicked.connect(self._ask_and_fill)
        self.notes = QLabel()
        self.notes.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.fill_button)
        foot.addWidget(self.language)
        foot.addWidget(self.recalculate)
        foot.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        foot.addWidget(buttons)
        whole = QVBoxLayout(self)
        whole.addWidget(self.words)
        whole.addLayout(top)
        whole.addWidget(split, 1)
        whole.addWidget(self.notes)
        whole.addLayout(foot)
        self.resize(theme.scaled(1280), theme.scaled(680))

    def _fill_targets(self) -> None:
        rows = []
        for one in self._known:
            value = value_of(self._form, one, "en")
            rows.append(
                (
                    one.name,
                    (
                        self._words(one),
                        "" if value is None else str(value),
                        self.places.get(one.name, ""),
                    ),
                )
            )
        chosen = self.targets.currentRow()
        self.targets.blockSignals(True)
        self.targets.show_rows((_("Value"), _("Now"), _("Cell")), rows)
        self.targets.setColumnWidth(0, theme.scaled(300))
        self.targets.setColumnWidth(1, theme.scaled(80))
        self.targets.selectRow(max(0, chosen))
        self.targets.blockSignals(False)

    def _words(self, target: Target) -> str:
        parts = {
            SELF: _("own points"),
            ANSWER: _("answer"),
            COUNTED: _("number"),
            EVIDENCE: _("evidence numbers"),
            NOTE: _("note"),
        }
        label = self._labels.get(target.code, _("Whole form"))
        if target.option:
            label = self._labels.get(target.name, label)
            return f"{target.code} ☒ {label}"
        return f"{target.code} {parts[target.part]} · {label}"

    # The file ---------------------------------------------------------------------------------

    def _ask_and_open(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the official form"), "", _FILES)
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Look into a file beside the window; the mapping kept for it is shown."""
        context, form = self._session.context, self._form

        def work(
            _progress: ReportProgress, cancel: CancelToken
        ) -> tuple[FormLook, FittingMap | None]:
            look = look_at_form(path, cancel)
            try:
                return look, fitting_map(context, form, look)
            except GeoparkError as error:
                if error.code is not ErrorCode.NOT_FOUND:
                    raise
                return look, None

        def seen(found: tuple[FormLook, FittingMap | None]) -> None:
            self._path = path
            self._take_look(*found)

        self._session.run_beside(work, while_alive(self, seen), label=_("Evaluation form"))

    def _take_look(self, look: FormLook, fitting: FittingMap | None) -> None:
        self._look = look
        moved = {place for place, _was, _now in fitting.moved} if fitting else set()
        known = fitting.map.places if fitting else {}
        self.places = {name: place for name, place in known.items() if place not in moved}
        self.preview.show_look(look)
        notes = [note_words(one) for one in look.notes]
        if moved:
            words = _("{count} places of the mapping are elsewhere in this file: map them anew.")
            notes.insert(0, words.format(count=len(moved)))
        self.notes.setText("\n".join(notes))
        self._fill_targets()
        self._show_state()

    def _show_state(self) -> None:
        has_file = self._look is not None
        self.name.setText(self._path.name if self._path else "")
        self.codes_button.setEnabled(has_file and bool(self.places))
        self.clear_button.setEnabled(bool(self.places.get(self.chosen())))
        self.fill_button.setEnabled(has_file and bool(self.places))
        self.recalculate.setVisible(bool(self._look and self._look.kind == "xlsx"))
        self.preview.mark(self.places)

    # The mapping ------------------------------------------------------------------------------

    def chosen(self) -> str:
        """Give the name of the value chosen."""
        keys = self.targets.chosen_keys()
        return str(keys[0]) if keys else ""

    def choose(self, name: str) -> None:
        """Choose a value."""
        names = [one.name for one in self._known]
        if name in names:
            self.targets.selectRow(names.index(name))

    def _show_place(self) -> None:
        self.preview.show_place(self.places.get(self.chosen(), ""))
        self.clear_button.setEnabled(bool(self.places.get(self.chosen())))

    def give_place(self, place: str) -> None:
        """Give the value chosen this place; who had it loses it."""
        name = self.chosen()
        if not name:
            return
        self.places = {one: at for one, at in self.places.items() if at != place and one != name}
        self.places[name] = place
        self._fill_targets()
        self._show_state()

    def clear_place(self) -> None:
        """Write the value chosen nowhere."""
        self.places.pop(self.chosen(), None)
        self._fill_targets()
        self._show_state()

    def map_by_codes(self) -> None:
        """Take the same columns in every row in which a code of the form stands."""
        look = self._look
        if look is None:
            return
        found: dict[str, str] = {}
        for page in look.pages:
            columns: dict[str, int] = {}
            codes: int | None = None
            for name, place in self.places.items():
                at = look.cell_at(place)
                code, _sign, part = name.rpartition(":")
                if at is None or at[0] is not page:
                    continue
                columns[part] = at[2]
                codes = next(
                    (
                        one.column
                        for one in page.cells
                        if one.row == at[1] and one.text.split(" ")[0].rstrip(".:)") == code
                    ),
                    codes,
                )
            if codes is not None:
                found |= places_by_code(self._form, look, page, codes, columns)
        taken = set(self.places.values())
        new = {one: at for one, at in found.items() if one not in self.places and at not in taken}
        self.places |= new
        self._fill_targets()
        self._show_state()
        self._session.messages.done(_("{count} further values mapped.").format(count=len(new)))

    # Filling ----------------------------------------------------------------------------------

    def _ask_and_fill(self) -> None:
        if self._path is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Write the filled copy"),
            self._session.export_path(f"{self._path.stem}-filled{self._path.suffix}"),
            f"*{self._path.suffix}",
        )
        if name:
            self.fill_to(Path(name))

    def fill_to(self, out: Path) -> None:
        """Keep the mapping, then write the copy."""
        look, path, places = self._look, self._path, dict(self.places)
        if look is None or path is None:
            return
        form = self._form
        reason = _("Map the cells of {file}").format(file=path.name)
        if self._session.is_read_only:
            return
        self._session.run(
            lambda context: save_map(context, form, look, path.name, places, reason=reason),
            while_alive(self, lambda saved: self._fill(saved, path, out)),
        )

    def _fill(self, saved: SavedMap, path: Path, out: Path) -> None:
        context, look = self._session.context, self._look
        assert look is not None
        edition = self._form.form.edition
        language, recalculate = str(self.language.currentData()), self.recalculate.isChecked()

        def work(_progress: ReportProgress, cancel: CancelToken) -> FilledForm:
            form = open_form(context, edition)
            fitting = fitting_map(context, form, look)
            return fill_file(
                form, fitting, path, out, cancel, language=language, recalculate=recalculate
            )

        self.places = dict(saved.places)
        self._session.run_beside(work, while_alive(self, lambda made: self._tell(made, out)))

    def _tell(self, made: FilledForm, out: Path) -> None:
        left = [one for one in made.outcomes if one.state not in {"written", "same"}]
        lines = [_("Written: {path}").format(path=out)]
        lines += [f"{one.target} → {one.place}: {state_words(one.state)}" for one in left[:6]]
        self.notes.setText("\n".join([*lines, *(note_words(one) for one in made.notes)]))
        self._session.messages.done(lines[0])


def _labels(form: OpenForm) -> Mapping[str, str]:
    """Give what codes and options stand for."""
    labels = {row.code or "": pick(row.label_vi, row.label_en) for row in form.categories}
    labels |= {row.code or "": pick(row.label_vi, row.label_en) for row in form.groups}
    for view in form.items:
        labels[view.item.code or ""] = pick(view.item.label_vi, view.item.label_en)
        for one in view.options:
            name = f"{view.item.code}:option={one.code}"
            labels[name] = pick(one.label_vi, one.label_en)
    return labels
