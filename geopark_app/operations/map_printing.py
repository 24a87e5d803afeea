"""Prints a map: gathers it, warps its base map, draws it, writes PDF/A, SVG or PNG."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.dossier.map_sheets import MapBook, MapSheet, picture_sheets, typeset_sheets
from geopark_app.exchange.base_pictures import PictureOrder, warp_base_map
from geopark_app.exchange.file_trouble import refused
from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.maps.paper.composing import MapArea, draw_paper_map, map_area
from geopark_app.maps.paper.content import BasePicture, DrawnMap, PaperMap
from geopark_app.maps.paper.sizes import tiles_of
from geopark_app.maps.paper.tiles import draw_tile
from geopark_app.maps.svg import SvgCanvas
from geopark_app.maps.wording import speaker
from geopark_app.operations.context import AppContext
from geopark_app.operations.paper_maps import paper_map
from geopark_app.operations.print_options import (
    FORMATS,
    MOST_PIXELS,
    BaseMapChoice,
    BaseMapFacts,
    PrintOptions,
    PrintReport,
)
from geopark_app.store.writing_files import translated_os_errors, write_atomically
from geopark_app.typeset.fonts import printable

_MM_PER_INCH = 25.4
_PREVIEW_PX = 1400
_STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A map that was drawn, before it is written."""

    paper: PaperMap
    drawn: DrawnMap
    sheets: tuple[MapSheet, ...]
    base: BaseMapFacts | None
    seconds: float


def print_map(
    context: AppContext,
    out: Path,
    options: PrintOptions,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> PrintReport:
    """Write the map; the ending of `out` decides between PDF/A, SVG and PNG.

    SVG and PNG of several pages are several files: `map.svg`, `map-2.svg`. Each file is whole or
    not there.

    Raises
    ------
    Cancelled
        When asked to stop; nothing was written then.
    GeoparkError
        UNSUPPORTED_FORMAT; NOT_FOUND; REFUSED_FILE for the base map; LAYER_MISSING; TOO_LARGE for
        a picture of too many pixels; an environment code.
    """
    begun, cancel = time.monotonic(), cancel or CancelToken()
    form = out.suffix.lower().lstrip(".")
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, path=out.name, format=form, known=known)
    if form == "png":
        _check_pixels(options)
    with tempfile.TemporaryDirectory(prefix="geopark-map-") as working:
        folder = Path(working)
        made = _make(context, options, folder, progress, cancel)
        progress(Progress(done=3, total=_STEPS, current=out.name))
        contents, memory = _contents(context, made, form, options, folder, cancel)
        cancel.check()
        files = _write(out, contents)
    progress(Progress(done=_STEPS, total=_STEPS))
    return PrintReport(
        files=tuple(files),
        byte_count=sum(len(content) for content in contents),
        pages=len(made.sheets),
        denominator=made.drawn.denominator,
        overlaps=made.drawn.overlaps,
        dropped=made.drawn.dropped,
        counts=made.drawn.counts,
        base=made.base,
        is_sketch=made.paper.basemap.is_sketch,
        draw_seconds=made.seconds,
        seconds=time.monotonic() - begun,
        peak_memory_mb=memory,
    )


def preview_map(
    context: AppContext,
    options: PrintOptions,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[list[bytes], PrintReport]:
    """Give small pictures of the pages, exactly as they are printed, and the report.

    Raises
    ------
    Cancelled, GeoparkError
        See `print_map`.
    """
    begun, cancel = time.monotonic(), cancel or CancelToken()
    with tempfile.TemporaryDirectory(prefix="geopark-map-") as working:
        folder = Path(working)
        # A rough base map is enough for a look.
        if options.base is not None:
            options = replace(options, base=replace(options.base, dpi=100))
        made = _make(context, options, folder, progress, cancel)
        progress(Progress(done=3, total=_STEPS))
        widest = max(max(sheet.width_mm, sheet.height_mm) for sheet in made.sheets)
        pages = folder / "pages"
        pages.mkdir()
        ppi = round(_PREVIEW_PX / widest * _MM_PER_INCH)
        files = picture_sheets(_book(context, made), folder=pages, ppi=ppi, cancel=cancel)
        pictures = [file.read_bytes() for file in files]
    progress(Progress(done=_STEPS, total=_STEPS))
    report = PrintReport(
        files=(),
        byte_count=0,
        pages=len(made.sheets),
        denominator=made.drawn.denominator,
        overlaps=made.drawn.overlaps,
        dropped=made.drawn.dropped,
        counts=made.drawn.counts,
        base=made.base,
        is_sketch=made.paper.basemap.is_sketch,
        draw_seconds=made.seconds,
        seconds=time.monotonic() - begun,
        peak_memory_mb=0.0,
    )
    return pictures, report


def _make(
    context: AppContext,
    options: PrintOptions,
    folder: Path,
    progress: ReportProgress,
    cancel: CancelToken,
) -> _Made:
    progress(Progress(done=0, total=_STEPS))
    paper = paper_map(context, options)
    cancel.check()
    begun = time.monotonic()
    try:
        area = map_area(paper)
        progress(Progress(done=1, total=_STEPS))
        base = None
        if options.base is not None:
            paper, base = _with_base(paper, area, options.base, folder, cancel)
            area = map_area(paper)
            begun = time.monotonic()
        cancel.check()
        progress(Progress(done=2, total=_STEPS))
        canvas, drawn = draw_paper_map(paper, area)
    except CoordinateError as error:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="crs", value=paper.epsg,
                           expected="EPSG") from error  # fmt: skip
    sheets = _sheets(canvas, drawn, paper, options)
    return _Made(paper=paper, drawn=drawn, sheets=sheets, base=base,
                 seconds=time.monotonic() - begun)  # fmt: skip


def _with_base(
    paper: PaperMap, area: MapArea, choice: BaseMapChoice, folder: Path, cancel: CancelToken
) -> tuple[PaperMap, BaseMapFacts]:
    """Warp the base map to the frame; its attribution is printed and may need a line more."""
    frame, projection = area.projection.frame, area.projection
    # The attribution may make the footer higher by a line: the frame is warped a little larger.
    width = round(frame.width / _MM_PER_INCH * choice.dpi)
    height = round(frame.height / _MM_PER_INCH * choice.dpi)
    if width * height > MOST_PIXELS:
        raise refused("too-many-pixels")
    told = _attribution(choice, "")
    first = replace(paper, picture=BasePicture(jpeg=b"", attribution=told, dpi=choice.dpi))
    projection = map_area(first).projection
    found = warp_base_map(
        PictureOrder(
            path=choice.path,
            epsg=paper.epsg,
            bounds=projection.metres,
            width=width,
            height=height,
            opacity=choice.opacity,
        ),
        output=folder / "base.jpg",
        cancel=cancel,
    )
    words = _attribution(choice, found.attribution or found.name)
    picture = BasePicture(jpeg=found.jpeg, attribution=words, dpi=choice.dpi)
    source_mm = found.ground_m * projection.mm_per_m
    facts = BaseMapFacts(
        name=choice.name or found.name or choice.path.name,
        attribution=words,
        dpi=choice.dpi,
        source_dpi=round(_MM_PER_INCH / source_mm) if source_mm else 0,
        cover=found.cover,
        byte_count=len(found.jpeg),
    )
    return replace(paper, picture=picture), facts


def _attribution(choice: BaseMapChoice, told: str) -> str:
    return printable(choice.attribution or told or choice.name or choice.path.stem)


def _sheets(
    canvas: SvgCanvas, drawn: DrawnMap, paper: PaperMap, options: PrintOptions
) -> tuple[MapSheet, ...]:
    width, height = drawn.size_mm
    alt = _alt(paper, drawn)
    further = [
        MapSheet(svg=svg, width_mm=width, height_mm=height, alt=drawn.index or paper.words.title)
        for svg in drawn.pages[1:]
    ]
    if options.tiled_on is None:
        whole = MapSheet(svg=drawn.pages[0], width_mm=width, height_mm=height, alt=alt)
        return (whole, *further)
    tiles = tiles_of(drawn.size_mm, options.tiled_on)
    cut = [
        MapSheet(
            svg=draw_tile(
                canvas, tile, tiles, title=paper.words.title, language=paper.language
            ).text_of(),
            width_mm=tile.width_mm,
            height_mm=tile.height_mm,
            alt=f"{alt} {tile.name}",
        )
        for tile in tiles
    ]
    return (*cut, *further)


def _alt(paper: PaperMap, drawn: DrawnMap) -> str:
    _ = speaker(paper.language)
    counted = _("Sites") + f": {drawn.counts['sites']}"
    scale = _("Scale") + f" 1:{drawn.denominator}"
    return f"{paper.words.title}. {scale}. {counted}. {drawn.index}"


def _contents(
    context: AppContext,
    made: _Made,
    form: str,
    options: PrintOptions,
    folder: Path,
    cancel: CancelToken,
) -> tuple[list[bytes], float]:
    """Give what each file holds, and the most memory the worker took."""
    if form == "svg":
        return [sheet.svg.encode("utf-8") for sheet in made.sheets], 0.0
    source = folder / "source"
    source.mkdir()
    book = _book(context, made)
    if form == "png":
        files = picture_sheets(book, folder=source, ppi=options.png_dpi, cancel=cancel)
        return [file.read_bytes() for file in files], 0.0
    output = folder / "map.pdf"
    result = typeset_sheets(book, folder=source, output=output, cancel=cancel)
    return [output.read_bytes()], result.peak_memory_mb


def _book(context: AppContext, made: _Made) -> MapBook:
    words = made.paper.words
    # The day alone: printed twice on one day, the same data gives the same bytes.
    day = context.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return MapBook(
        title=f"{words.title} – {words.park}",
        author=words.park,
        language=made.paper.names,
        made_at=day,
        sheets=made.sheets,
    )


def _write(out: Path, contents: Sequence[bytes]) -> list[Path]:
    files = [out] + [
        out.with_name(f"{out.stem}-{number}{out.suffix}") for number in range(2, len(contents) + 1)
    ]
    with translated_os_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    for file, content in zip(files, contents, strict=True):
        write_atomically(file, content)
    return files


def _check_pixels(options: PrintOptions) -> None:
    width, height = options.size_mm
    pixels = (width / _MM_PER_INCH * options.png_dpi) * (height / _MM_PER_INCH * options.png_dpi)
    if pixels > MOST_PIXELS:
        raise GeoparkError(ErrorCode.TOO_LARGE, path=f"{options.png_dpi} dpi",
                           limit=f"{MOST_PIXELS // 1_000_000} MP")  # fmt: skip
