"""Sites beside the commune polygons: the doubtful ones as a list, taken over one by one or all."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from geopark_app.domain.change import Changes
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import Commune
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui import theme
from geopark_app.gui.editing.plain_table import PlainTable
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.layers.opening import open_layer_import
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.commune_check import (
    CommuneCheck,
    CommuneState,
    accept_communes,
    check_communes,
)
from geopark_app.wording import error_sentence
from geopark_app.wording.layers import commune_state_words, distance_words

_QUIET = {CommuneState.AGREES, CommuneState.NO_POSITION}


class CommuneDialog(QDialog):
    """Lists the sites whose commune and position do not go together.

    Attributes
    ----------
    table : PlainTable
        The doubtful sites, or all.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.checks: list[CommuneCheck] = []
        self.setWindowTitle(_("Communes by position"))
        self.words = QLabel(_("Looking…"))
        self.words.setWordWrap(True)
        self.all = QCheckBox(_("Show the sites that agree too"))
        self.all.toggled.connect(lambda _on: self._fill())
        self.table = PlainTable("communes-by-position", several=True)
        self.table.setAccessibleName(_("Sites"))
        self.table.itemSelectionChanged.connect(self._show_state)
        self.table.activated.connect(lambda _index: self.show_site())
        self.take = QPushButton(_("Take the commune found"))
        self.take.setProperty("look", "primary")
        self.take.clicked.connect(lambda: self.accept_these(self._chosen()))
        self.take_all = QPushButton()
        self.take_all.clicked.connect(lambda: self.accept_these(self._acceptable()))
        self.show_button = QPushButton(_("Show the site"))
        self.show_button.clicked.connect(self.show_site)
        self.bring = QPushButton(_("Import a map layer…"))
        self.bring.clicked.connect(self._import)
        self.bring.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.take, self.take_all, self.show_button, self.bring):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addWidget(self.all)
        column.addLayout(row)
        self.resize(theme.scaled(860), theme.scaled(480))
        session.changes.changes_stored.connect(self._take_changes)
        self.read()

    def read(self) -> None:
        """Compare beside the window."""
        context = self._session.context

        def work(_progress: ReportProgress, _cancel: CancelToken) -> list[CommuneCheck]:
            return check_communes(context)

        self._session.run_beside(
            work, while_alive(self, self._show), on_failed=while_alive(self, self._failed)
        )

    def accept_these(self, uuids: Sequence[str]) -> None:
        """Give these sites the commune found, as one step."""
        if not uuids or self._session.is_read_only:
            return
        reason = _("Communes by position ({count})").format(count=len(uuids))

        def done(_changes: Changes) -> None:
            self._session.messages.done(
                _("Commune taken over for {count} sites.").format(count=len(uuids)),
                action=_("Undo"),
                on_action=self._session.undo_step,
            )

        self._session.run(lambda context: accept_communes(context, uuids, reason=reason), done)

    def show_site(self) -> None:
        """Go to the site chosen."""
        chosen = self.table.chosen_keys()
        if chosen:
            self._session.site_requested.emit(str(chosen[0]))
            self.accept()

    def _take_changes(self, changes: Changes) -> None:
        if any(kind in {"site", "map_layer"} for kind, _uuid in changes.touched):
            self.read()

    def _show(self, checks: list[CommuneCheck]) -> None:
        self.checks = checks
        counts = Counter(one.state.value for one in checks)
        parts = [f"{commune_state_words(state)}: {count}" for state, count in counts.items()]
        self.words.setText(
            _("{count} sites beside the imported polygons.").format(count=len(checks))
            + " "
            + " · ".join(parts)
        )
        self.bring.hide()
        self._fill()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, GeoparkError):
            self._session.messages.error(error)
            return
        words = error_sentence(error)
        self.words.setText(words.message)
        self.bring.setVisible(not self._session.is_read_only)
        self.checks = []
        self._fill()

    def _fill(self) -> None:
        shown = [one for one in self.checks if self.all.isChecked() or one.state not in _QUIET]
        self.table.show_rows(
            (_("Site"), _("Commune chosen"), _("Position lies in"), _("Off by"), _("State")),
            [
                (
                    one.site.uuid,
                    (
                        " ".join(part for part in (one.site.code, one.site.name_vi) if part),
                        _name(one.chosen),
                        _name(one.found),
                        distance_words(one.metres),
                        commune_state_words(one.state.value),
                    ),
                )
                for one in shown
            ],
        )
        if shown:
            self.table.selectRow(0)
        self._show_state()

    def _chosen(self) -> list[str]:
        chosen = set(self.table.chosen_keys())
        return [uuid for uuid in self._acceptable() if uuid in chosen]

    def _acceptable(self) -> list[str]:
        return [one.site.uuid for one in self.checks if one.can_accept]

    def _show_state(self) -> None:
        may_write = not self._session.is_read_only
        count = len(self._acceptable())
        self.take.setEnabled(may_write and bool(self._chosen()))
        self.take_all.setText(_("Take all {count}").format(count=count))
        self.take_all.setEnabled(may_write and count > 0)
        self.show_button.setEnabled(bool(self.table.chosen_keys()))

    def _import(self) -> None:
        parent = self.parentWidget()
        self.reject()
        if parent is not None:
            open_layer_import(self._session, parent)


def _name(commune: Commune | None) -> str:
    return "" if commune is None else f"{commune.name_vi or ''} ({commune.code})"
