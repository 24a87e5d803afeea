"""Photos in the lists of a dossier: which may leave, and at what size they are printed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Photo
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.annex import SheetPhoto
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.print_photos import photo_at_size
from geopark_app.dossier.problems import Problem
from geopark_app.dossier.register import PrintedRegister, RegisterCell
from geopark_app.operations.annex_sheets import sheet_photo
from geopark_app.operations.part_words import PartInput, part_problem
from geopark_app.rules.photo_release import barriers

_BOX_MM = (60.0, 60.0)


def may_leave(given: PartInput, photo: Photo) -> bool:
    """Say whether a photo may be given to the audience."""
    allows = given.labels.may_leave(photo.licence)
    return not barriers(photo, given.audience, licence_allows=allows)


def released_photo(
    given: PartInput, photo: Photo, name: Bilingual, level: str | None
) -> SheetPhoto | None:
    """Give a photo as the audience may have it; None where it may not leave or has no picture."""
    files = given.context.catalogue.files
    sha256 = photo.rendition_sha256
    if not may_leave(given, photo) or not sha256 or not files.is_whole(sha256):
        return None
    seen = given.release.record(photo, disclosure=level)
    return sheet_photo(seen, files.path_of(sha256), name, given.labels)


def with_printed_photos(
    register: PrintedRegister, part: str, cache: Path, cancel: CancelToken
) -> tuple[PrintedRegister, list[Problem]]:
    """Give a list with its photos at their printed size; unreadable ones are left out and named.

    Raises
    ------
    Cancelled, GeoparkError
        See `photo_at_size`.
    """
    sizes: dict[SheetPhoto, SheetPhoto | None] = {
        photo: photo_at_size(photo, cache, _BOX_MM, cancel)
        for photo in dict.fromkeys(register.pictures)
    }
    message = _("A photo cannot be read and is left out: {caption}")
    problems = [
        part_problem(
            part, "unreadable-photo", Severity.ERROR, message.format(caption=photo.caption)
        )
        for photo, size in sizes.items()
        if size is None
    ]

    def printed(cell: RegisterCell) -> RegisterCell:
        found = (sizes[photo] for photo in cell.pictures)
        return replace(cell, pictures=tuple(photo for photo in found if photo is not None))

    return _with_cells(register, printed), problems


def _with_cells(
    register: PrintedRegister, change: Callable[[RegisterCell], RegisterCell]
) -> PrintedRegister:
    groups = tuple(
        replace(group, rows=tuple(tuple(change(cell) for cell in row) for row in group.rows))
        for group in register.groups
    )
    return replace(register, groups=groups)
