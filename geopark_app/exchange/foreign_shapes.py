"""The shapes of a foreign layer, looked at and taken by the worker; nothing is parsed here."""

import json
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.file_trouble import refused
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker

_LIMITS = WorkerLimits(seconds=60, memory_mb=1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeSource:
    """Which layer of which file is meant.

    Attributes
    ----------
    path : Path
        A file, or the folder of a Shapefile or MapInfo table.
    staging_in : Path
        Folder of ours in which archives are unpacked; nothing stays there.
    layer, encoding : str or None
        As chosen by the person; None tells them from the content.
    is_track : bool
        Whether the points of a GPX track are wanted, not its waypoints.
    """

    path: Path
    staging_in: Path
    layer: str | None = None
    encoding: str | None = None
    is_track: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeColumn:
    """A column: its name, how many different values it has, and the most common with counts."""

    name: str
    distinct: int
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignLayer:
    """What a layer holds.

    Attributes
    ----------
    format, encoding, crs, layer : str
        As told from the content; `crs` is empty when the file does not say it.
    layers : tuple of str
        Layers to choose from.
    features : int
        How many there are.
    shapes : mapping of str to int
        Kinds of geometry with their counts.
    columns : tuple of ShapeColumn
        The columns.
    warnings : tuple of tuple of str
        Codes with details; `wording.importing` has the sentences.
    """

    format: str
    encoding: str
    crs: str
    layer: str
    layers: tuple[str, ...]
    features: int
    shapes: Mapping[str, int]
    columns: tuple[ShapeColumn, ...]
    warnings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenShape:
    """What became of one feature; `reason` is empty when it was taken."""

    number: int
    code: str
    name_vi: str
    name_en: str
    reason: str
    note: str
    area_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenShapes:
    """The GeoJSON of the chosen features, with what became of each."""

    content: bytes
    rows: tuple[TakenShape, ...]
    left_out: int


def inspect_foreign_shapes(source: ShapeSource, *, cancel: CancelToken) -> ForeignLayer:
    """Say what a layer holds.

    Raises
    ------
    Cancelled, GeoparkError
        REFUSED_FILE with a reason; NOT_FOUND; an environment code.
    """
    answer = _run(source, {"task": "inspect-shapes"}, cancel)
    return ForeignLayer(
        format=answer["format"],
        encoding=answer["encoding"],
        crs=answer["crs"],
        layer=answer["layer"],
        layers=tuple(answer["layers"]),
        features=answer["features"],
        shapes=answer["shapes"],
        columns=tuple(
            ShapeColumn(
                name=column["name"],
                distinct=column["distinct"],
                values=tuple((value, count) for value, count in column["values"]),
            )
            for column in answer["columns"]
        ),
        warnings=tuple(tuple(warning) for warning in answer["warnings"]),
    )


def take_foreign_shapes(
    source: ShapeSource, *, chosen: Mapping[str, Any], cancel: CancelToken
) -> TakenShapes:
    """Give the chosen features as GeoJSON of ours; see `shape_reading.take_shapes` for the keys.

    Raises
    ------
    Cancelled, GeoparkError
        As `inspect_foreign_shapes`.
    """
    source.staging_in.mkdir(parents=True, exist_ok=True)
    out = source.staging_in / f"shapes-{secrets.token_hex(8)}.geojson"
    try:
        answer = _run(source, {"task": "take-shapes", "out": str(out.resolve()), **chosen}, cancel)
        content = out.read_bytes()
    finally:
        out.unlink(missing_ok=True)
    rows = tuple(
        TakenShape(**{name: row[name] for name in TakenShape.__slots__}) for row in answer["rows"]
    )
    return TakenShapes(content=content, rows=rows, left_out=answer["left_out"])


def feature_collection(features: list[dict[str, Any]]) -> bytes:
    """Write features the one way layers are kept, so that equal layers have equal hashes."""
    document = {"type": "FeatureCollection", "features": features}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _run(source: ShapeSource, job: dict[str, Any], cancel: CancelToken) -> dict[str, Any]:
    if not source.path.exists():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=source.path)
    source.staging_in.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix="layer-", dir=source.staging_in))
    job |= {
        "path": str(source.path.resolve()),
        "staging": str(staging.resolve()),
        "layer": source.layer,
        "encoding": source.encoding,
        "is_track": source.is_track,
    }
    try:
        return run_in_worker(job, cancel=cancel, limits=_LIMITS).content
    except GeoparkError as error:
        if error.code is ErrorCode.WORKER_FAILED:
            # The file was more than the worker's time or memory, or broke a library.
            raise refused("too-much", told=error.details.get("reason", "")) from error
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
