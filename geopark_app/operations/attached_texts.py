"""The text inside attached files: taken out once for each file, and what cannot be read said."""

from collections.abc import Iterable
from dataclasses import dataclass

from geopark_app.domain.kinds import Document
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.exchange.attached_text import read_attached_text
from geopark_app.operations.context import AppContext
from geopark_app.store.attached_texts import FileState

UNREAD = ("scan", "locked", "damaged", "too-much", "old-office")
"""States of files that people take for text and that search cannot look into."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFile:
    """A document whose file search cannot look into, and why (one of `UNREAD`)."""

    document: Document
    state: str


def waiting_files(context: AppContext) -> list[Document]:
    """Give the documents whose file is here and was not read yet, each file once."""
    known = context.catalogue.attached.states()
    files = context.catalogue.files
    waiting = {
        document.sha256: document
        for document in context.catalogue.records(Document)
        if document.sha256 and document.sha256 not in known and files.has(document.sha256)
    }
    return list(waiting.values())


def read_waiting_files(
    context: AppContext,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> int:
    """Take the text out of every file that waits, and give how many there were.

    What was read before a stop stays. On media that cannot be written nothing is read.

    Raises
    ------
    Cancelled, GeoparkError
        An environment code.
    """
    if context.catalogue.is_read_only:
        return 0
    return _read(context, waiting_files(context), progress, cancel or CancelToken())


def read_all_files_again(
    context: AppContext,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> int:
    """Throw the index of attached files away and make it anew; raises like the other."""
    if context.catalogue.is_read_only:
        return 0
    context.catalogue.attached.forget_all()
    return _read(context, waiting_files(context), progress, cancel or CancelToken())


def _read(
    context: AppContext, waiting: list[Document], progress: ReportProgress, cancel: CancelToken
) -> int:
    catalogue = context.catalogue
    for done, document in enumerate(waiting):
        cancel.check()
        progress(Progress(done=done, total=len(waiting)))
        assert document.sha256 is not None
        path = catalogue.files.path_of(document.sha256)
        text = read_attached_text(path, document.file_name or "", cancel=cancel)
        state = FileState(
            form=text.form, state=text.state, parts=len(text.parts), silent=text.silent
        )
        catalogue.attached.put(document.sha256, state, text.parts)
    progress(Progress(done=len(waiting), total=len(waiting)))
    return len(waiting)


def file_state(context: AppContext, document: Document) -> FileState | None:
    """Give what is known of the text of a document's file; None before it was read."""
    return context.catalogue.attached.states().get(document.sha256 or "")


def unread_files(
    context: AppContext, documents: Iterable[Document] | None = None
) -> list[UnreadFile]:
    """Give the documents whose file search cannot look into; without `documents`, of all."""
    known = context.catalogue.attached.states()
    if not known:
        return []
    found = []
    for document in context.catalogue.records(Document) if documents is None else documents:
        state = known.get(document.sha256 or "")
        if state is not None and state.state in UNREAD:
            found.append(UnreadFile(document=document, state=state.state))
    return found
