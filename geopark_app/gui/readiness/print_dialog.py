"""Which blank forms are printed, in which language."""

from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.kinds import Route, Stop
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.readiness.subjects import Subject
from geopark_app.gui.session import Session
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.paper_forms import write_forms
from geopark_app.operations.site_lists import site_rows


class PrintFormsDialog(QDialog):
    """Asks for places and language and writes one PDF."""

    def __init__(
        self, session: Session, subject: Subject | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._subject = session, subject
        self.setWindowTitle(_("Print blank forms"))
        self.which = QComboBox()
        if subject is not None:
            name = " ".join(part for part in (subject.code, subject.name()) if part)
            self.which.addItem(name, "this")
        for route in sorted(
            session.context.catalogue.records(Route), key=lambda one: one.number or 0
        ):
            words = _("Stops of route {number}: {name}")
            name = pick(route.name_vi, route.name_en)
            self.which.addItem(words.format(number=route.number, name=name), route.uuid)
        self.which.addItem(_("All sites"), "all")
        self.languages = QComboBox()
        for key, words in (
            ("vi", "Tiếng Việt"),
            ("en", "English"),
            ("vi,en", "Tiếng Việt + English"),
        ):
            self.languages.addItem(words, key)
        self.languages.setCurrentIndex(self.languages.findData(active()))
        self.last = QCheckBox(_("With the last answers"))
        self.last.setChecked(True)
        about = QLabel(
            _("One form for each place, with its QR code; only what is asked there is printed.")
        )
        about.setWordWrap(True)
        about.setProperty("look", "muted")
        form = QFormLayout()
        form.addRow(_("Places"), self.which)
        form.addRow(_("Language"), self.languages)
        form.addRow("", self.last)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save = buttons.addButton(_("Write PDF…"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._ask)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(buttons)
        self.resize(theme.scaled(520), theme.scaled(210))

    def places(self) -> list[str]:
        """Give the places chosen, as commands name them."""
        chosen, subject = self.which.currentData(), self._subject
        context = self._session.context
        if chosen == "this" and subject is not None:
            return ["park"] if subject.scope == "park" else [_reference(subject)]
        if chosen == "all":
            return [row.code or row.uuid for row in site_rows(context)]
        stops = context.catalogue.records(Stop, where={"route_uuid": chosen})
        stops.sort(key=lambda one: (one.official_number or 999, one.slot or 0))
        return [one.site_uuid for one in stops if one.site_uuid]

    def _ask(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self,
            _("Print blank forms"),
            self._session.export_path("visit-forms.pdf"),
            "PDF (*.pdf)",
        )
        if name:
            self.write_to(Path(name))

    def write_to(self, path: Path) -> None:
        """Write the forms beside the window and close."""
        places, with_last = self.places(), self.last.isChecked()
        languages = tuple(str(self.languages.currentData()).split(","))
        session, context = self._session, self._session.context

        def work(_progress: ReportProgress, cancel: CancelToken) -> int:
            return _write(context, places, path, languages, cancel, with_last=with_last)

        def done(count: int) -> None:
            session.messages.done(_("{count} forms written: {path}").format(count=count, path=path))

        session.run_beside(work, while_alive(session, done), label=_("Print blank forms"))
        self.accept()


def _write(
    context: AppContext,
    places: list[str],
    path: Path,
    languages: tuple[str, ...],
    cancel: CancelToken,
    *,
    with_last: bool,
) -> int:
    return write_forms(
        context, places, path, languages=languages, with_last=with_last, cancel=cancel
    )


def _reference(subject: Subject) -> str:
    return subject.code if subject.scope == "route" and subject.code else subject.uuid
