"""Photos at the size they are printed: made once for each picture and size, kept in the cache."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from geopark_app.domain.finding import Severity
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.dossier.annex import Annex, GeositeSheet
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.store.writing_files import translated_os_errors, write_atomically

PRINT_DPI = 200
_WIDEST_MM, _TALLEST_MM = 176.0, 78.0
_QUALITY = 85
_THREADS = 2
_BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPhotos:
    """An annex whose photos have their printed size.

    Attributes
    ----------
    annex : Annex
        With the paths of the small pictures; unreadable ones are left out.
    problems : tuple of Problem
        The unreadable ones.
    """

    annex: Annex
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Printed:
    path: Path
    width: int
    height: int


def photo_paths(annex: Annex) -> list[Path]:
    """Give the pictures of an annex, each once."""
    return sorted({photo.path for sheet in annex.sheets for photo in sheet.photos})


def photos_for_print(
    annex: Annex, cache: Path, *, progress: ReportProgress, cancel: CancelToken
) -> PrintedPhotos:
    """Make every photo of the annex at its printed size, or find it in the cache.

    Raises
    ------
    Cancelled
        Between two photos; those made stay in the cache.
    GeoparkError
        An environment code when the cache cannot be written.
    """
    wanted = photo_paths(annex)
    sizes: dict[Path, _Printed | None] = {}
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        futures = {path: pool.submit(_printed, path, cache, cancel) for path in wanted}
        try:
            for done, (path, future) in enumerate(futures.items(), start=1):
                cancel.check()
                sizes[path] = future.result()
                progress(Progress(done=done, total=len(wanted), current=path.name[:8]))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    problems: list[Problem] = []
    sheets = tuple(_with_sizes(sheet, sizes, problems) for sheet in annex.sheets)
    return PrintedPhotos(annex=replace(annex, sheets=sheets), problems=tuple(problems))


def _with_sizes(
    sheet: GeositeSheet, sizes: dict[Path, _Printed | None], problems: list[Problem]
) -> GeositeSheet:
    kept = []
    for photo in sheet.photos:
        size = sizes[photo.path]
        if size is None:
            message = _("A photo cannot be read and is left out: {caption}")
            problems.append(
                Problem(
                    code="unreadable-photo",
                    severity=Severity.ERROR,
                    site=sheet.code,
                    field="photo.rendition_sha256",
                    message=message.format(caption=photo.caption),
                )
            )
        else:
            kept.append(replace(photo, path=size.path, width=size.width, height=size.height))
    return replace(sheet, photos=tuple(kept))


def _printed(source: Path, cache: Path, cancel: CancelToken) -> _Printed | None:
    cancel.check()
    box = (_pixels(_WIDEST_MM), _pixels(_TALLEST_MM))
    target = cache / source.name[:2] / f"{source.name}-{box[0]}x{box[1]}-q{_QUALITY}.jpg"
    known = _read_size(target)
    if known is not None:
        return known
    try:
        content = _resized(source, box)
    except _BROKEN:
        return None
    with translated_os_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    # The cache may be lost at any time, so it is not worth waiting for the disk.
    write_atomically(target, content, flush_to_disk=False)
    return _read_size(target)


def _pixels(millimetres: float) -> int:
    return round(millimetres / 25.4 * PRINT_DPI)


def _read_size(path: Path) -> _Printed | None:
    try:
        with Image.open(path, formats=["JPEG"]) as picture:
            return _Printed(path, *picture.size)
    except _BROKEN:
        return None


def _resized(source: Path, box: tuple[int, int]) -> bytes:
    with Image.open(source, formats=["JPEG"]) as picture:
        scale = min(1.0, box[0] / picture.width, box[1] / picture.height)
        size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
        picture.draft("RGB", size)
        small = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    # A fresh image carries no metadata of the source into the document.
    bare = Image.new("RGB", size)
    bare.paste(small)
    buffer = io.BytesIO()
    bare.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()
