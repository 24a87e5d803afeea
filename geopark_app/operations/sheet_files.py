"""A sheet typeset beside its place and put there whole."""

import tempfile
from pathlib import Path

from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.fitted_pdf import FittedResult, FittedSheet, typeset_fitted
from geopark_app.store.writing_files import translated_os_errors, write_atomically


def write_sheet(sheet: FittedSheet, out: Path, cancel: CancelToken) -> FittedResult:
    """Write a sheet as PDF; nothing stays of it when it cannot be made.

    Raises
    ------
    Cancelled, GeoparkError
        UNTYPESETTABLE, WORKER_FAILED or an environment code.
    """
    with translated_os_errors(out), tempfile.TemporaryDirectory(prefix="geopark-sheet-") as folder:
        source = Path(folder) / "source"
        source.mkdir()
        made = Path(folder) / "sheet.pdf"
        result = typeset_fitted(sheet, folder=source, output=made, cancel=cancel)
        write_atomically(out, made.read_bytes())
    return result
