"""Files dropped on a line of a list, or on a whole part of the window, become evidence there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.editing.plain_table import KeyRole
from geopark_app.gui.photos.dropping import local_paths
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.evidence import AddedEvidence, evidence_of_files
from geopark_app.operations.evidence_targets import Target

_DROPS = {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop}


class FileDrop(QObject):
    """Takes files dropped on a widget; on a list it names the line below the pointer.

    Signals
    -------
    dropped(object, list)
        Key of the line (None beside all lines, or on a plain widget) and the paths.
    """

    dropped = Signal(object, list)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._view = widget if isinstance(widget, QAbstractItemView) else None
        place = self._view.viewport() if self._view is not None else widget
        widget.setAcceptDrops(True)
        place.setAcceptDrops(True)
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is dragged when it holds files."""
        if event.type() not in _DROPS or not isinstance(event, QDropEvent):
            return False
        paths = local_paths(event.mimeData()) if event.mimeData().hasUrls() else []
        if not paths:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(self._key(event.position().toPoint()), paths)
        return True

    def _key(self, at: QPoint) -> object:
        if self._view is None:
            return None
        index = self._view.indexAt(at)
        return index.siblingAtColumn(0).data(KeyRole) if index.isValid() else None


def take_files(
    session: Session,
    paths: list[Path],
    at: list[Target],
    done: Callable[[list[AddedEvidence]], object] | None = None,
) -> None:
    """Take files in as evidence beside the window, and say how many."""
    reason = _("Register evidence")
    context = session.context

    def work(progress: ReportProgress, cancel: CancelToken) -> list[AddedEvidence]:
        return evidence_of_files(
            context, paths, at, reason=reason, progress=progress, cancel=cancel
        )

    def stored(added: list[AddedEvidence]) -> None:
        for one in added:
            session.take_in(one.changes)
        numbers = ", ".join(one.evidence.number or "" for one in added)
        session.messages.done(_("Registered as evidence: {numbers}").format(numbers=numbers))
        if done is not None:
            done(added)

    session.run_beside(work, stored, label=_("Registering evidence"))
