"""Single bundle files on the exchange page: one written for mail or chat, one taken in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QPushButton, QWidget

from geopark_app.domain.change import Changes
from geopark_app.gui.forms.alive import while_alive
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.bundles import export_bundle, import_bundle
from geopark_app.operations.context import AppContext


class MailPanel(LanguageAware, QWidget):
    """Two buttons; `changed` is called when something was written or came.

    Attributes
    ----------
    export, take : QPushButton
        Write a bundle; take one in.
    """

    def __init__(
        self, session: Session, changed: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._changed = changed
        self._title = QLabel()
        self._title.setWordWrap(True)
        self.export, self.take = QPushButton(), QPushButton()
        self.export.clicked.connect(self._export)
        self.take.clicked.connect(self._take)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self._title, 0, 0, 1, 2)
        grid.addWidget(self.export, 1, 0)
        grid.addWidget(self.take, 1, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(_("By mail or chat (without photos)"))
        self.export.setText(_("Write a bundle…"))
        self.take.setText(_("Take in a bundle…"))

    def _export(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self,
            _("Bundle for colleagues"),
            self._session.export_path(f"{self._session.settings.device}.gsb"),
        )
        if path:
            self._work(
                lambda context: export_bundle(context, Path(path)),
                lambda packed: self._session.messages.done(
                    _("Written: {path}").format(path=path)
                    if packed
                    else _("There is nothing to hand on.")
                ),
            )

    def _take(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("Bundle of a colleague"), "", "*.gsb;;*")
        if path:
            self._work(lambda context: import_bundle(context, Path(path)), self._taken)

    def _taken(self, result: object) -> None:
        assert isinstance(result, tuple)
        outcome, followed = result
        some = [*followed, *([outcome.taken] if outcome.taken else [])]
        touched = frozenset().union(*(one.touched for one in some))
        self._session.changes.publish(Changes(touched=touched))
        if outcome.needs:
            self._session.messages.info(
                _("The bundle is kept; it waits for saves it builds on, from other laptops.")
            )
        else:
            count = sum(one.saves for one in some)
            self._session.messages.done(_("{count} saves came.").format(count=count))

    def _work(self, work: Callable[[AppContext], object], done: Callable[[object], None]) -> None:
        def finished(result: object) -> None:
            done(result)
            self._changed()

        def begin() -> None:
            self._session.run(work, while_alive(self, finished), label=_("Exchanging"))

        self._session.after_saving(begin)
