"""Sentences about base maps: why a file is refused, what was noticed, what is missing where."""

from collections.abc import Sequence

from geopark_app.i18n import gettext as _
from geopark_app.wording.layers import number


def basemap_reasons() -> dict[str, tuple[str, str]]:
    """Give what is wrong with a file of tiles and what to do, by reason."""
    again = _("Ask for the file again, or make it anew; “base map help” says how.")
    return {
        "tiles-no-database": (_("This is no MBTiles, PMTiles or GeoTIFF file."), again),
        "tiles-no-table": (_("This database holds no tiles: it is no MBTiles."), again),
        "tiles-damaged": (_("This file of tiles is damaged or cut off."), again),
        "tiles-columns": (
            _("The tiles in this file are not numbered by zoom, column and row."),
            again,
        ),
        "tiles-empty": (_("There is not one tile in this file."), again),
        "tiles-no-pictures": (
            _("Not one tile of this file is a picture or a vector tile that can be read."),
            again,
        ),
        "tiles-content": (_("The tiles of this file are of a kind we cannot draw."), again),
        "tiles-old-pmtiles": (
            _("This PMTiles file is of an old version."),
            _("Convert it to version 3 with the program “pmtiles convert”."),
        ),
        "tiles-packing": (
            _("The tiles are packed with Brotli or Zstandard, which we cannot unpack."),
            _("Make the file with gzip, as “pmtiles extract” does."),
        ),
        "tiles-projection": (
            _("The tiles of this file lie in another grid ({crs}), not in the web grid EPSG:3857."),
            _("Make the tiles anew in EPSG:3857; QGIS does so by itself."),
        ),
        "tiles-no-index": (
            _("This MBTiles has no index: every tile would be searched among all of them."),
            _("Make the file anew, for example with “Generate XYZ tiles (MBTiles)” of QGIS."),
        ),
        "tiles-open-elsewhere": (
            _("Another program still has this file open: its last tiles are not in it yet."),
            _("Close that program and try again."),
        ),
        "tiles-too-many": (
            _("There are more than {most} tiles in this file."),
            _("Make it of a smaller area, or of fewer zooms."),
        ),
        "tiles-not-there": (
            _("This map has no tiles in that area at those zooms."),
            _("Choose another area or other zooms."),
        ),
        "cut-too-many": (
            _("At zoom {zoom} it would be more than {most} tiles."),
            _("Choose a smaller area or a lower last zoom."),
        ),
        "geotiff-too-large": (
            _("This picture is too large ({rows} × {columns} pixels)."),
            _("Cut it in QGIS first: Raster › Extraction › Clip raster by extent."),
        ),
        "geotiff-too-many": (
            _("At zoom {zoom} this picture would become more than {most} tiles."),
            _("Name a lower last zoom, or cut the picture first."),
        ),
        "geotiff-one-block": (
            _("This GeoTIFF has to be unpacked as a whole to read one pixel."),
            _("Save it in QGIS with tiles: Export › Save as, creation option TILED=YES."),
        ),
        "geotiff-no-place": (
            _("This TIFF does not say where it lies."),
            _("Put it in its place with the georeferencer of QGIS and save it as GeoTIFF."),
        ),
        "geotiff-no-colours": (
            _("The pixels of this file are numbers, not colours ({encoding})."),
            _("Export it from QGIS as a rendered image: Export › Save as › Rendered image."),
        ),
        "outing-empty": (
            _("No site of this route or day has a position."),
            _("Give the sites positions, or choose another area."),
        ),
        "basemap-not-found": (
            _("None of these files is the base map “{name}”: none has its hash."),
            _("Copy the file again from the laptop that has it, without changing it."),
        ),
    }


def basemap_warning(warning: Sequence[str]) -> str:
    """Give what was noticed about a file of tiles."""
    code, first, second = (*warning, "", "")[:3]
    words = {
        "tiles-from-north": _(
            "The rows are counted from the north, against the specification; read that way."
        ),
        "tiles-some-damaged": _(
            "{first} of {second} tiles read are damaged; they are hatched on the map."
        ),
        "tiles-low-zooms": _(
            "It begins at zoom {first}. World maps show borders drawn abroad; the map shows it "
            "from zoom 7 on only."
        ),
        "tiles-no-credit": _("The file names no source. Add it: it stands on the map."),
    }
    return words.get(code, code).format(first=first, second=second)


def problem_words(code: str) -> str:
    """Say how a base map stands on this laptop, for lists."""
    words = {
        "here": _("here"),
        "missing": _("not on this laptop"),
        "changed": _("changed since it was added"),
        "damaged": _("damaged"),
    }
    return words.get(code, code)


def form_words(tile_format: str) -> str:
    """Name the form of a base map: container and content."""
    container, _stroke, content = tile_format.partition("/")
    name = "PMTiles" if container == "pmtiles" else "MBTiles"
    drawn = _("vector") if content == "mvt" else content.upper()
    return f"{name}, {drawn}"


def size_words(byte_count: int) -> str:
    """Give a size as people say it."""
    if byte_count < 1_000_000:
        return f"{max(1, round(byte_count / 1000))}\u00a0kB"
    if byte_count < 1_000_000_000:
        return f"{number(byte_count / 1e6, 1 if byte_count < 1e7 else 0)}\u00a0MB"
    return f"{number(byte_count / 1e9, 2)}\u00a0GB"


def copy_sentence(name: str, byte_count: int, person: str, device: str) -> str:
    """Say from where a base map that is not here can be copied."""
    if person:
        return _(
            "Not on this laptop. Copy “{name}” ({size}) from the laptop of {person} ({device}), "
            "then “Find the file…”."
        ).format(name=name, size=size_words(byte_count), person=person, device=device)
    return _(
        "Not on this laptop. Copy “{name}” ({size}) from a laptop that has it, then “Find the "
        "file…”."
    ).format(name=name, size=size_words(byte_count))


def hole_lines(holes: Sequence[tuple[str, int, int, int]]) -> list[tuple[str, str]]:
    """Give place and words for holes told as place, zoom, missing and needed tiles."""
    places: dict[str, list[tuple[int, int, int]]] = {}
    for name, *rest in holes:
        places.setdefault(name, []).append((rest[0], rest[1], rest[2]))
    return [(name, _at_place(found)) for name, found in places.items()]


def _at_place(found: Sequence[tuple[int, int, int]]) -> str:
    whole = sorted(zoom for zoom, missing, needed in found if missing == needed)
    parts = [
        _("zoom {zoom}: {missing} of {needed} tiles missing").format(
            zoom=zoom, missing=missing, needed=needed
        )
        for zoom, missing, needed in found
        if missing < needed
    ]
    if whole:
        zooms = f"{whole[0]}–{whole[-1]}" if len(whole) > 1 else str(whole[0])
        parts.append(_("nothing at zoom {zooms}").format(zooms=zooms))
    return "; ".join(parts)


def cover_sentence(
    *,
    name: str,
    sites: int,
    holes: int,
    used: Sequence[str],
    not_here: Sequence[str],
    unplaced: Sequence[str],
) -> str:
    """Say in short whether an outing is covered, and what else stands in the way."""
    parts = []
    if not sites:
        parts.append(_("{name}: no site with a position.").format(name=name))
    elif holes:
        parts.append(_("{name}: not covered everywhere.").format(name=name))
    else:
        parts.append(_("{name}: covered at every zoom needed.").format(name=name))
    if not used:
        parts.append(_("No base map that is shown lies on this laptop."))
    if not_here:
        parts.append(_("Not on this laptop or damaged: {names}.").format(names=", ".join(not_here)))
    if unplaced:
        parts.append(_("Without a position: {names}.").format(names=", ".join(unplaced)))
    return " ".join(parts)
