"""Bring a base map in: looked at in the worker, a GeoTIFF turned into tiles, then kept."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import MapLayer
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.maps.tile_survey import kind_of_tiles
from geopark_app.operations.basemaps import BasemapHere, basemaps, file_hash, keep_file
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import BASEMAP, COLOURS, map_layers
from geopark_app.operations.regions import region_of
from geopark_app.rules.typed_values import read_value
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker

GEOTIFF = "geotiff"
_LOOK = WorkerLimits(seconds=900, memory_mb=2048)
_TURN = WorkerLimits(seconds=6 * 3600, memory_mb=4096)


@dataclass(frozen=True, slots=True, kw_only=True)
class BasemapOptions:
    """What a person says about a base map.

    Attributes
    ----------
    name_vi, name_en, source, licence, dated_on : str
        For the definition; the source stands on the map.
    stays : bool
        Whether the file is used where it lies, not copied; never for a GeoTIFF.
    crs : str
        System of a GeoTIFF that does not say it, as EPSG:n.
    min_zoom, max_zoom : int or None
        Of a GeoTIFF; None for what its pixels are worth.
    """

    name_vi: str = ""
    name_en: str = ""
    source: str = ""
    licence: str = ""
    dated_on: str = ""
    stays: bool = False
    crs: str = ""
    min_zoom: int | None = None
    max_zoom: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BasemapFile:
    """A file that was looked at.

    Attributes
    ----------
    path : Path
        Where it lies.
    form : str
        mbtiles, pmtiles or geotiff.
    facts : mapping
        As `survey_tiles` or `inspect_geotiff` gives them.
    byte_count : int
        Its size.
    """

    path: Path
    form: str
    facts: Mapping[str, Any]
    byte_count: int

    @property
    def warnings(self) -> tuple[tuple[str, ...], ...]:
        """Give what was noticed, as codes for `wording.basemaps`."""
        return tuple(tuple(one) for one in self.facts.get("warnings", ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class BasemapReport:
    """What became of a base map.

    Attributes
    ----------
    file : BasemapFile
        What was looked at; of a GeoTIFF the tiles made from it.
    layer : MapLayer
        The definition.
    is_known : bool
        Whether the catalogue had it already; its file is here now in any case.
    changes : Changes
        The one save.
    """

    file: BasemapFile
    layer: MapLayer
    is_known: bool
    changes: Changes = field(default_factory=Changes)


def look_at_basemap(
    context: AppContext, path: Path, *, crs: str = "", cancel: CancelToken | None = None
) -> BasemapFile:
    """Say what a file of tiles or a GeoTIFF holds; nothing is written.

    Raises
    ------
    GeoparkError
        REFUSED_FILE with the reason, NOT_FOUND.
    """
    form = _form_of(path)
    job: dict[str, Any] = {"path": str(path.resolve())}
    if form == GEOTIFF:
        job |= {"task": "inspect-geotiff", "crs": crs}
    else:
        bounds = region_of(context).bounds
        job |= {"task": "survey-tiles", "around": list(bounds) if bounds else None}
    facts = _in_worker(job, _LOOK, cancel or CancelToken())
    return BasemapFile(path=path, form=form, facts=facts, byte_count=path.stat().st_size)


def add_basemap(
    context: AppContext,
    file: BasemapFile,
    options: BasemapOptions,
    *,
    reason: str,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> BasemapReport:
    """Keep the file and its definition; the same file again only brings the file back.

    Raises
    ------
    Cancelled, GeoparkError
        READ_ONLY, BAD_VALUE for a date that is none, REFUSED_FILE, DISK_FULL.
    """
    cancel = cancel or CancelToken()
    if context.catalogue.is_read_only:
        raise GeoparkError(ErrorCode.READ_ONLY, path=context.catalogue.folder.root)
    dated_on = _day(options.dated_on)
    if file.form == GEOTIFF:
        with turned_into_tiles(
            context, file, options, area=None, progress=progress, cancel=cancel
        ) as made:
            tiles = look_at_basemap(context, made, cancel=cancel)
            given = replace(options, stays=False)
            return _keep(context, file, tiles, given, dated_on, reason, no_progress, cancel)
    return _keep(context, file, file, options, dated_on, reason, progress, cancel)


@contextmanager
def turned_into_tiles(
    context: AppContext,
    file: BasemapFile,
    options: BasemapOptions,
    *,
    area: Mapping[str, Any] | None,
    progress: ReportProgress,
    cancel: CancelToken,
) -> Iterator[Path]:
    """Give an MBTiles made from a GeoTIFF in the cache, gone after the block."""
    cache = context.catalogue.folder.cache_dir
    with translated_os_errors(cache):
        cache.mkdir(parents=True, exist_ok=True)
    stem = cache.resolve() / f"tiles-{secrets.token_hex(8)}"
    out, told = stem.with_suffix(".mbtiles"), stem.with_suffix(".progress")
    job = {
        "task": "tile-geotiff",
        "path": str(file.path.resolve()),
        "out": str(out),
        "progress": str(told),
        "crs": options.crs,
        "min_zoom": options.min_zoom,
        "max_zoom": options.max_zoom,
        "area": area,
        "metadata": {
            "name": options.name_vi or file.path.stem,
            "attribution": options.source,
            "description": options.licence,
        },
    }

    def look() -> None:
        done, _space, total = _short_text(told).partition(" ")
        if done.isdigit() and total.isdigit():
            progress(Progress(done=int(done), total=int(total), current=file.path.name))

    try:
        _in_worker(job, _TURN, cancel, look)
        yield out
    finally:
        # What a worker that was stopped has left half written lies beside it.
        for left in cache.glob(f"*{stem.name}*"):
            left.unlink(missing_ok=True)


def _keep(
    context: AppContext,
    given: BasemapFile,
    tiles: BasemapFile,
    options: BasemapOptions,
    dated_on: str | None,
    reason: str,
    progress: ReportProgress,
    cancel: CancelToken,
) -> BasemapReport:
    sha256 = file_hash(tiles.path, progress=progress, cancel=cancel)
    known = _known(context, sha256)
    # The file comes first: a definition without it would point at nothing.
    keep_file(context, tiles.path, sha256, stays=options.stays, cancel=cancel)
    if known is not None:
        return BasemapReport(file=tiles, layer=known.layer, is_known=True)
    layer = _definition(context, given, tiles, options, dated_on, sha256)
    with context.work(reason) as work:
        work.put(layer)
    return BasemapReport(file=tiles, layer=layer, is_known=False, changes=work.changes)


def _known(context: AppContext, sha256: str) -> BasemapHere | None:
    return next((one for one in basemaps(context) if one.layer.sha256 == sha256), None)


def _definition(
    context: AppContext,
    given: BasemapFile,
    tiles: BasemapFile,
    options: BasemapOptions,
    dated_on: str | None,
    sha256: str,
) -> MapLayer:
    facts = tiles.facts
    west, south, east, north = facts["bounds"]
    highest = max((layer.sort_order or 0 for layer in map_layers(context)), default=0)
    return MapLayer(
        uuid=new_uuid(),
        name_vi=options.name_vi or str(facts.get("name") or "") or given.path.stem,
        name_en=options.name_en or None,
        layer_kind=BASEMAP,
        source=options.source or str(facts.get("attribution") or "") or None,
        licence=options.licence or None,
        dated_on=dated_on,
        feature_count=int(facts["tiles"]),
        file_name=given.path.name,
        sha256=sha256,
        byte_count=tiles.byte_count,
        tile_format=str(facts["tile_format"]),
        min_zoom=int(facts["min_zoom"]),
        max_zoom=int(facts["max_zoom"]),
        west=west,
        south=south,
        east=east,
        north=north,
        colour=COLOURS[BASEMAP],
        sort_order=highest + 1,
        opacity=1.0,
        is_visible=True,
    )


def _form_of(path: Path) -> str:
    if not path.exists():
        raise GeoparkError(ErrorCode.NOT_FOUND, path=path)
    with translated_os_errors(path), path.open("rb") as file:
        head = file.read(16)
    if not head:
        raise GeoparkError(ErrorCode.REFUSED_FILE, reason="empty")
    form = kind_of_tiles(head)
    if not form:
        raise GeoparkError(ErrorCode.REFUSED_FILE, reason="tiles-no-database")
    return form


def _in_worker(
    job: dict[str, Any], limits: WorkerLimits, cancel: CancelToken, look: Any = None
) -> Mapping[str, Any]:
    try:
        return run_in_worker(job, cancel=cancel, limits=limits, while_waiting=look).content
    except GeoparkError as error:
        if error.code is ErrorCode.WORKER_FAILED:
            # The file was more than the worker's time or memory, or broke a library.
            told = error.details.get("reason", "")
            raise GeoparkError(ErrorCode.REFUSED_FILE, reason="too-much", told=told) from error
        raise


def _short_text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")[:40]
    except (OSError, UnicodeDecodeError):
        return ""


def _day(typed: str) -> str | None:
    spec = kind_of(MapLayer).field("dated_on")
    assert spec is not None
    value = read_value(spec, typed)
    return None if value is None else str(value)
