"""The text of an attached file; the worker takes it out, nothing foreign is parsed here."""

from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker

_LIMITS = WorkerLimits(seconds=300, memory_mb=1536)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedText:
    """What was found in a file.

    Attributes
    ----------
    form : str
        pdf, docx, xlsx, text, or empty for a file of another kind.
    state : str
        `text`; `scan` (a PDF of pictures), `locked`, `damaged`, `too-much`, `old-office`,
        `no-text`.
    parts : tuple of (str, str)
        Place (`page:3`, `sheet:Tên`, `line:120`) and text.
    silent : int
        Pages without a letter.
    """

    form: str
    state: str
    parts: tuple[tuple[str, str], ...] = ()
    silent: int = 0


def read_attached_text(
    path: Path, name: str, *, cancel: CancelToken, limits: WorkerLimits = _LIMITS
) -> AttachedText:
    """Read a file in the worker; one that is too much for it says so instead of raising.

    Raises
    ------
    Cancelled, GeoparkError
        When asked to stop; an environment code.
    """
    job = {"task": "read-attached", "path": str(path.resolve()), "name": name}
    try:
        content = run_in_worker(job, cancel=cancel, limits=limits).content
    except GeoparkError as error:
        if error.code is not ErrorCode.WORKER_FAILED:
            raise
        return AttachedText(form="", state="too-much")
    return AttachedText(
        form=content["form"],
        state=content["state"],
        parts=tuple((place, text) for place, text in content["parts"]),
        silent=content["silent"],
    )
