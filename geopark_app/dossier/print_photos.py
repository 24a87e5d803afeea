"""Photos at the size they are printed: made once for each picture and size, kept in the cache."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from geopark_app.domain.finding import Severity
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress
from geopark_app.dossier.annex import Annex, GeositeSheet, SheetPhoto
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.photos.finished import finished_picture
from geopark_app.photos.instructions import Instructions
from geopark_app.photos.reasons import PhotoRefusedError
from geopark_app.store.writing_files import translated_os_errors, write_atomically

PRINT_DPI = 200
_WIDEST_MM, _TALLEST_MM = 176.0, 78.0
_QUALITY = 85
_THREADS = 2
_BROKEN = (OSError, ValueError, SyntaxError, Image.DecompressionBombError, PhotoRefusedError)


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


def pictures_of(annex: Annex) -> list[tuple[Path, Instructions]]:
    """Give the pictures of an annex with what is to be done with them, each once."""
    found = {(photo.path, photo.instructions) for sheet in annex.sheets for photo in sheet.photos}
    return sorted(found, key=lambda one: (one[0], one[1].key))


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
    wanted = pictures_of(annex)
    sizes: _Sizes = {}
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        futures = {one: pool.submit(_printed, *one, cache, cancel) for one in wanted}
        try:
            for done, (one, future) in enumerate(futures.items(), start=1):
                cancel.check()
                sizes[one] = future.result()
                progress(Progress(done=done, total=len(wanted), current=one[0].name[:8]))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    problems: list[Problem] = []
    sheets = tuple(_with_sizes(sheet, sizes, problems) for sheet in annex.sheets)
    return PrintedPhotos(annex=replace(annex, sheets=sheets), problems=tuple(problems))


_Sizes = dict[tuple[Path, Instructions], _Printed | None]


def _with_sizes(sheet: GeositeSheet, sizes: _Sizes, problems: list[Problem]) -> GeositeSheet:
    kept = []
    for photo in sheet.photos:
        size = sizes[photo.path, photo.instructions]
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


def photo_at_size(
    photo: SheetPhoto, cache: Path, box_mm: tuple[float, float], cancel: CancelToken
) -> SheetPhoto | None:
    """Give a photo made to fit a box of millimetres, or None where it cannot be read.

    Raises
    ------
    Cancelled
        Before a photo is made.
    GeoparkError
        An environment code when the cache cannot be written.
    """
    size = _printed(photo.path, photo.instructions, cache, cancel, box_mm)
    if size is None:
        return None
    return replace(photo, path=size.path, width=size.width, height=size.height)


def _printed(
    source: Path,
    instructions: Instructions,
    cache: Path,
    cancel: CancelToken,
    box_mm: tuple[float, float] = (_WIDEST_MM, _TALLEST_MM),
) -> _Printed | None:
    cancel.check()
    box = (_pixels(box_mm[0]), _pixels(box_mm[1]))
    done = f"-{instructions.key}" if instructions.key else ""
    target = cache / source.name[:2] / f"{source.name}-{box[0]}x{box[1]}-q{_QUALITY}{done}.jpg"
    known = _read_size(target)
    if known is not None:
        return known
    try:
        content = _resized(source, instructions, box)
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


def _resized(source: Path, instructions: Instructions, box: tuple[int, int]) -> bytes:
    if instructions.is_empty:
        with Image.open(source, formats=["JPEG"]) as picture:
            size = _fitted(picture, box)
            picture.draft("RGB", size)
            small = picture.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    else:
        finished = finished_picture(source, instructions)
        size = _fitted(finished, box)
        small = finished.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    # A fresh image carries no metadata of the source into the document.
    bare = Image.new("RGB", size)
    bare.paste(small)
    buffer = io.BytesIO()
    bare.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
    return buffer.getvalue()


def _fitted(picture: Image.Image, box: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, box[0] / picture.width, box[1] / picture.height)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
