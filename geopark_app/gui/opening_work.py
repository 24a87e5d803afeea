"""Opening and making a catalogue as work for a lane, and what is said when it fails.

What opens a catalogue is fetched with the first one, after the window is painted.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from geopark_app.domain.progress import CancelToken, ReportProgress
from geopark_app.gui.messages import Messages
from geopark_app.gui.start_page.new_catalogue import NewCatalogue
from geopark_app.gui.tasks import Work
from geopark_app.i18n import gettext as _
from geopark_app.settings import MachineSettings

if TYPE_CHECKING:
    from geopark_app.gui.opening import OpenedCatalogue


def opening(path: Path, settings: MachineSettings) -> Work:
    """Give the work that opens a catalogue folder or `.geopark` file."""
    person = settings.person or _("unnamed person")

    def work(_progress: ReportProgress, _cancel: CancelToken) -> "OpenedCatalogue":
        from geopark_app.gui.opening import open_for_window

        return open_for_window(path, person=person, device=settings.device)

    return work


def making(answers: NewCatalogue) -> Work:
    """Give the work that makes a new catalogue and opens it."""

    def work(progress: ReportProgress, cancel: CancelToken) -> "OpenedCatalogue":
        from geopark_app.gui.opening import create_for_window, start_for_window

        if answers.snapshot is not None:
            return start_for_window(
                answers.snapshot,
                answers.folder,
                person=answers.person,
                device=answers.device,
                progress=progress,
                cancel=cancel,
            )
        return create_for_window(
            answers.folder, starter=answers.starter, person=answers.person, device=answers.device
        )

    return work


def asking(person: str, device: str, path: Path) -> Work:
    """Give the work that writes a request to the office; its result says what to do with it."""

    def work(_progress: ReportProgress, _cancel: CancelToken) -> str:
        from geopark_app.operations.snapshots import ask_from_new_laptop

        asked = ask_from_new_laptop(person=person, device=device, out=path)
        return _(
            "Send the file {path} to the office, and read out this fingerprint by telephone: "
            "{digits}"
        ).format(path=path, digits=asked.fingerprint)

    return work


def say_not_opened(messages: Messages, error: BaseException) -> None:
    """Say why a catalogue was not opened."""
    from geopark_app.gui.window_lock import SecondWindowError

    if isinstance(error, SecondWindowError):
        messages.warning(
            _(
                "This catalogue is already open in another window. Please go on there, or "
                "close it first; nothing was changed."
            )
        )
    else:
        messages.error(error)
