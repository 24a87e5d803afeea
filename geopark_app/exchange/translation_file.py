"""The translator's Word document; the worker reads it, nothing foreign is parsed here."""

from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker

_LIMITS = WorkerLimits(seconds=60, memory_mb=1024)


def read_translation_document(path: Path, *, cancel: CancelToken) -> list[tuple[str, str]]:
    """Give key and English text of every row of the document.

    Raises
    ------
    Cancelled, GeoparkError
        NOT_FOUND; TOO_LARGE; UNSUPPORTED_FORMAT for another or a damaged file.
    """
    if not path.is_file():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    job = {"task": "read-translation", "path": str(path.resolve())}
    try:
        content = run_in_worker(job, cancel=cancel, limits=_LIMITS).content
    except GeoparkError as error:
        if error.code not in {ErrorCode.WORKER_FAILED, ErrorCode.REFUSED_FILE}:
            raise
        is_large = error.details.get("reason") in {"bomb", "too-large", "time", "memory"}
        code = ErrorCode.TOO_LARGE if is_large else ErrorCode.UNSUPPORTED_FORMAT
        raise GeoparkError(code, path=path) from error
    return [(key, text) for key, text in content["rows"]]
