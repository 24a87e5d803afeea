"""A foreign file as a plain table; the worker reads it, nothing foreign is parsed here."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.file_trouble import refused
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker

_LIMITS = WorkerLimits(seconds=60, memory_mb=1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignRow:
    """One row.

    Attributes
    ----------
    number : int
        Number of the row or feature in the file, from 1.
    cells : tuple of str
        Its values as text, cleaned, one for each name of the header.
    point : (float, float) or None
        x, y in the system of the file; of a line or area a point on it.
    shape : str
        Kind of geometry, or empty.
    trouble : str
        What is wrong with the shape (`bad-shape`, `antimeridian`, `self-crossing`,
        `too-many-corners`) or the row (`cut-off`), or empty.
    geometry : str
        A line or area as GeoJSON in the system of the file, mended where it crosses itself.
    where : str
        Where it crosses itself.
    """

    number: int
    cells: tuple[str, ...]
    point: tuple[float, float] | None
    shape: str
    trouble: str
    geometry: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignTable:
    """What a foreign file holds.

    Attributes
    ----------
    format, encoding, separator, layer : str
        As told from the content; empty where it does not apply.
    crs : str
        System of the points as the file says it (EPSG:n or WKT), empty when it says none.
    layers : tuple of str
        Sheets or layers to choose from.
    header : tuple of str
        Names of the columns.
    rows : tuple of ForeignRow
        Rows that hold anything.
    empty_rows : int
        Rows left out because nothing stands in them.
    warnings : tuple of tuple of str
        Codes with details; `wording.importing` has the sentences.
    peak_memory_mb : float
        Most memory the worker held.
    further : tuple of ForeignTable
        Other tables of the file that were asked for; `layer` is their name.
    """

    format: str
    encoding: str
    separator: str
    crs: str
    layer: str
    layers: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[ForeignRow, ...]
    empty_rows: int
    warnings: tuple[tuple[str, ...], ...]
    peak_memory_mb: float = 0.0
    further: tuple["ForeignTable", ...] = ()

    @property
    def has_points(self) -> bool:
        """Say whether the rows carry geometry."""
        return any(row.point is not None or row.shape for row in self.rows)


def read_foreign_table(
    path: Path,
    *,
    staging_in: Path,
    cancel: CancelToken,
    layer: str | None = None,
    encoding: str | None = None,
    prefer: Sequence[str] = (),
    also: Sequence[str] = (),
    limits: WorkerLimits = _LIMITS,
) -> ForeignTable:
    """Read a file in the worker.

    Parameters
    ----------
    path
        A file, or the folder of a Shapefile or MapInfo table.
    staging_in
        Folder of ours in which archives are unpacked; nothing stays there.
    cancel
        The wish to stop.
    layer, encoding
        As chosen by the person; None tells them from the content.
    prefer
        Names of the sheet or layer to read when none is chosen.
    also
        Names of further sheets, layers or files beside it that belong to the table.
    limits
        Time and memory of the worker.

    Raises
    ------
    Cancelled, GeoparkError
        REFUSED_FILE with a reason; NOT_FOUND; an environment code.
    """
    if not path.exists():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    staging_in.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix="import-", dir=staging_in))
    job = {
        "task": "read-foreign",
        "path": str(path.resolve()),
        "staging": str(staging.resolve()),
        "layer": layer,
        "encoding": encoding,
        "prefer": list(prefer),
        "also": list(also),
    }
    try:
        answer = run_in_worker(job, cancel=cancel, limits=limits)
    except GeoparkError as error:
        if error.code is ErrorCode.WORKER_FAILED:
            # The file was more than the worker's time or memory, or broke a library.
            raise refused("too-much", told=error.details.get("reason", "")) from error
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return _table(answer.content, answer.peak_memory_mb)


def _table(content: dict[str, Any], peak_memory_mb: float) -> ForeignTable:
    return ForeignTable(
        format=content["format"],
        encoding=content["encoding"],
        separator=content["separator"],
        crs=content["crs"],
        layer=content["layer"],
        layers=tuple(content["layers"]),
        header=tuple(content["header"]),
        rows=tuple(
            ForeignRow(
                number=number,
                cells=tuple(cells),
                point=None if point is None else (point[0], point[1]),
                shape=shape,
                trouble=trouble,
                geometry=more[0] if more else "",
                where=more[1] if more else "",
            )
            for number, cells, point, shape, trouble, *more in content["rows"]
        ),
        empty_rows=content["empty_rows"],
        warnings=tuple(tuple(warning) for warning in content["warnings"]),
        peak_memory_mb=peak_memory_mb,
        further=tuple(_table(one, peak_memory_mb) for one in content["further"]),
    )
