"""The maps of the annex as PNG, a locator for each different marker, for documents without SVG."""

import io
import json
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.annex import Annex, SheetPlace
from geopark_app.dossier.annex_maps import AnnexMaps, marker_of
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, draw_pages

_TEMPLATE = "locators.typ"
_PPI = 200
_LOCATOR_COLOURS, _OVERVIEW_COLOURS = 48, 96


@dataclass(frozen=True, slots=True)
class LocatorPictures:
    """The drawn maps; `overview` is None where no site can be drawn."""

    by_marker: dict[str, bytes]
    overview: bytes | None
    maps: AnnexMaps

    def of(self, place: SheetPlace) -> tuple[str, bytes]:
        """Give the name and the PNG of the map for a place."""
        name = _name(marker_of(place, self.maps))
        return name, self.by_marker[name]


def draw_locators(
    annex: Annex, maps: AnnexMaps, *, folder: Path, cancel: CancelToken
) -> LocatorPictures:
    """Draw overview and the locator map of every sheet in one go; `folder` is an empty folder.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    markers = {
        _name(marker): marker for marker in (marker_of(sheet.place, maps) for sheet in annex.sheets)
    }
    overview = maps.overview
    data = {
        "width": maps.locator.width_mm,
        "height": maps.locator.height_mm,
        "path": "locator.svg",
        "markers": list(markers.values()),
        "overview": overview
        and {"width": overview.width_mm, "height": overview.height_mm, "path": "overview.svg"},
    }
    with translated_os_errors(folder):
        template = paths.bundled("resources", "templates", _TEMPLATE)
        (folder / _TEMPLATE).write_bytes(template.read_bytes())
        (folder / "locator.svg").write_text(maps.locator.svg, encoding="utf-8")
        if overview is not None:
            (folder / "overview.svg").write_text(overview.svg, encoding="utf-8")
        (folder / "locators.json").write_text(json.dumps(data), encoding="utf-8")
    if markers or overview is not None:
        job = TypesetJob(
            root=folder, source=_TEMPLATE, output=folder / "map-{n}.png", made_at=annex.made_at
        )
        draw_pages(job, _PPI, cancel)
    drawn = {
        name: _with_few_colours(folder / f"map-{number}.png", _LOCATOR_COLOURS)
        for number, name in enumerate(markers, start=1)
    }
    last = folder / f"map-{len(markers) + 1}.png"
    return LocatorPictures(
        by_marker=drawn,
        overview=None if overview is None else _with_few_colours(last, _OVERVIEW_COLOURS),
        maps=maps,
    )


def _name(marker: dict[str, object] | None) -> str:
    return json.dumps(marker, sort_keys=True)


def _with_few_colours(path: Path, colours: int) -> bytes:
    with Image.open(path, formats=["PNG"]) as picture:
        small = picture.convert("RGB").quantize(colours)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", optimize=True, dpi=(_PPI, _PPI))
    return buffer.getvalue()
