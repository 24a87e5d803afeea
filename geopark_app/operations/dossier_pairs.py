"""Fixed-point photos in the dossier: pictures before and after, of the photos that may leave."""

from collections.abc import Sequence
from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.progress import CancelToken
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier_problems import printable_photos
from geopark_app.operations.export_reading import ExportSite
from geopark_app.operations.photo_pairs import photo_series, write_pair_pictures, write_pairs_pdf

FOLDER = "photo-pairs"


def write_pairs(
    context: AppContext,
    items: Sequence[ExportSite],
    data: Path,
    *,
    languages: tuple[str, ...],
    audience: Audience,
    cancel: CancelToken,
) -> None:
    """Write the pairs of these sites below `data`; without languages the pictures only.

    A catalogue without pairs gets no folder.
    """
    allowed = {given.photo.uuid for item in items for given in printable_photos(item)}
    series = [one.only(allowed) for one in photo_series(context)]
    series = [one for one in series if one.is_pair]
    if not series:
        return
    write_pair_pictures(context, series, data / FOLDER)
    cancel.check()
    if languages:
        write_pairs_pdf(
            context,
            series,
            data / FOLDER / "photo-pairs.pdf",
            languages=languages,
            audience=audience,
            cancel=cancel,
        )
