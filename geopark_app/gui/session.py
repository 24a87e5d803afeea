"""The open catalogue as every room sees it: context, changes, undo, tasks, language, messages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from geopark_app.domain.change import Changes
from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.change_hub import ChangeHub
from geopark_app.gui.language import LanguageSwitch
from geopark_app.gui.messages import Messages
from geopark_app.gui.tasks import Task, TaskRunner, Work
from geopark_app.gui.window_layout import keep_quietly
from geopark_app.operations.context import AppContext
from geopark_app.operations.undo import UndoStack
from geopark_app.settings import MachineSettings

Operation = Callable[[AppContext], Any]


class Session(QObject):
    """One open catalogue in one window.

    Attributes
    ----------
    context : AppContext
        What operations are given. Reading through it on the window's thread is fine.
    changes : ChangeHub
        Says what was stored.
    undo : UndoStack
        This sitting's own saves.
    tasks : TaskRunner
        The two lanes.
    settings : MachineSettings
        Of this person on this machine; change them with `change_settings`.
    language : LanguageSwitch
        Which language is spoken.
    messages : Messages
        The one door for messages.

    Signals
    -------
    undo_changed()
        The next undo or redo step is another one.
    person_changed()
        Somebody else works now.
    settings_changed(MachineSettings)
        Text size, contrast or language.
    about_to_save()
        Rooms with drafts turn them into saves now (closing, export, another person).
    whereabouts_requested()
        Some room or message wants the list of the originals.
    whereabouts_changed()
        More or less is known of where the originals are (a backup, a reading, a finding again).
    files_read()
        The text of attached files is in the search index now.
    room_requested(Room), dialog_requested(str, str)
        Some room wants another room, or a dialog of the menu narrowed to something (which works,
        which deadline).
    sites_requested(dict), site_requested(str)
        Some room wants the Sites room with a filter, or with one site. Keys of a filter, all
        optional: `text` (typed words), `uuids` (list of site keys) with `label` (words that say
        why these); an empty dict shows all.
    """

    undo_changed = Signal()
    person_changed = Signal()
    settings_changed = Signal(object)
    about_to_save = Signal()
    whereabouts_changed = Signal()
    whereabouts_requested = Signal()
    files_read = Signal()
    sites_requested = Signal(dict)
    site_requested = Signal(str)
    room_requested = Signal(object)
    dialog_requested = Signal(str, str)

    def __init__(
        self,
        context: AppContext,
        *,
        settings: MachineSettings,
        language: LanguageSwitch,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.settings = settings
        self.language = language
        self.messages = messages
        self.changes = ChangeHub(context.catalogue, self)
        self.tasks = TaskRunner(self)
        self.undo = UndoStack(context)

    @property
    def is_read_only(self) -> bool:
        """Say whether nothing can be saved."""
        return self.context.catalogue.is_read_only

    def export_path(self, name: str) -> str:
        """Give the path to offer for a file made for others: beside the other exports."""
        return str(self.context.catalogue.folder.exports_dir.resolve() / name)

    def run(
        self,
        operation: Operation,
        on_done: Callable[[Any], None] | None = None,
        *,
        label: str = "",
        on_failed: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Do `operation(context)` on the catalogue lane, in the order asked.

        A `Changes` it returns (or one in the attribute `changes` of what it returns) becomes an
        undo step and is told to every screen, then `on_done(result)` is called on the window's
        thread. A trouble becomes a message unless `on_failed` takes it.
        """

        def work(_: ReportProgress, __: CancelToken) -> Any:
            return operation(self.context)

        return self.run_long(work, on_done, label=label, on_failed=on_failed)

    def run_long(
        self,
        work: Work,
        on_done: Callable[[Any], None] | None = None,
        *,
        label: str = "",
        on_failed: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Do `work(progress, cancel)` that writes the catalogue; shown in the status bar."""

        def done(result: Any) -> None:
            self.take_in(result)
            if on_done is not None:
                on_done(result)

        return self.tasks.on_catalogue(
            work, label=label, done=done, failed=on_failed or self.messages.error
        )

    def run_beside(
        self,
        work: Work,
        on_done: Callable[[Any], None] | None = None,
        *,
        label: str = "",
        on_failed: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Do `work(progress, cancel)` that only reads the catalogue or makes files."""
        return self.tasks.on_files(
            work, label=label, done=on_done, failed=on_failed or self.messages.error
        )

    def change_settings(self, **values: object) -> None:
        """Remember settings of this person on this machine and tell every screen."""
        self.settings = self.settings.changed(**values)
        keep_quietly(self.settings)
        self.settings_changed.emit(self.settings)

    def switch_person(self, person: str) -> None:
        """Sign the saves from now on as another person at the same laptop."""
        self.about_to_save.emit()
        author = self.context.catalogue.author(person=person, device=self.settings.device)
        self.context = replace(self.context, author=author)
        self.undo = UndoStack(self.context)
        self.change_settings(person=person)
        self.person_changed.emit()
        self.undo_changed.emit()

    def undo_step(self) -> None:
        """Turn back the last named step of this sitting."""
        self._turn(self.undo.undo)

    def redo_step(self) -> None:
        """Bring back the step undone last."""
        self._turn(self.undo.redo)

    def after_saving(self, deed: Callable[[], None]) -> None:
        """Turn drafts into saves, and do `deed` when they are written; for exports."""
        self.about_to_save.emit()
        self.tasks.on_catalogue(lambda _progress, _cancel: None, done=lambda _none: deed())

    def save_everything(self) -> None:
        """Turn drafts into saves and wait until everything asked for is written."""
        self.about_to_save.emit()
        self.tasks.wait_for_all()
        # The results wait in the event queue; the screens and messages want them before the end.
        QCoreApplication.sendPostedEvents()

    def close(self) -> None:
        """Save what is in drafts and let go of the catalogue."""
        self.save_everything()
        self.changes.stop_watching()
        self.context.catalogue.close()

    def _turn(self, step: Callable[[], Changes]) -> None:
        def work(_progress: ReportProgress, _cancel: CancelToken) -> Changes:
            return step()

        def begin() -> None:
            self.tasks.on_catalogue(work, done=self._turned, failed=self._not_turned)

        # What is being typed becomes a step of its own first: the one that is turned back.
        self.after_saving(begin)

    def _turned(self, changes: Changes) -> None:
        self.undo_changed.emit()
        self.messages.forget(changes.touched)
        self.changes.publish(changes)

    def _not_turned(self, error: BaseException) -> None:
        self.undo_changed.emit()
        self.messages.error(error)

    def take_in(self, result: object) -> None:
        """Make what an operation wrote an undo step and tell every screen; on its thread only."""
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if isinstance(changes, Changes) and changes.save is not None:
            self.undo.push(changes)
            self.undo_changed.emit()
            self.changes.publish(changes)
