"""How an office makes a base map lawfully: shown in the window and by `basemap help`."""

from geopark_app.i18n import gettext as _

_EXTRACT = (
    "pmtiles extract https://build.protomaps.com/YYYYMMDD.pmtiles langson.pmtiles "
    "--bbox=106.0,21.2,107.5,22.6 --maxzoom=14"
)


def help_parts() -> list[tuple[str, tuple[str, ...]]]:
    """Give titles with their steps."""
    return [
        (_("With QGIS, as pictures"), _qgis_pictures()),
        (_("With QGIS, as vector tiles"), _qgis_vectors()),
        (_("From Protomaps (OpenStreetMap)"), _protomaps()),
        (_("From a GeoTIFF"), _geotiff()),
        (_("What is lawful"), _lawful()),
        (_("How large"), _sizes()),
    ]


def _qgis_pictures() -> tuple[str, ...]:
    return (
        _("Open the layers the office may use: survey maps, aerial pictures, own data."),
        _("Processing toolbox › Raster tools › Generate XYZ tiles (MBTiles)."),
        _(
            "Extent: the province or the route. Minimum zoom 7, maximum zoom 14 (15 or 16 only "
            "around sites). Format PNG for drawn maps, JPG for aerial pictures. DPI 96."
        ),
        _("Write the source of the data into the name or add it here: it stands on the map."),
    )


def _qgis_vectors() -> tuple[str, ...]:
    return (
        _("Processing toolbox › Vector tiles › Write vector tiles (MBTiles)."),
        _(
            "Name the layers water, roads, places, boundaries, landuse, buildings: then they are "
            "drawn in our style. The field “name:vi” or “name” becomes the label."
        ),
    )


def _protomaps() -> tuple[str, ...]:
    return (
        _("On a computer with internet, get the program “pmtiles” of the Protomaps project."),
        _EXTRACT,
        _("The source to name is: © OpenStreetMap contributors (ODbL), Protomaps."),
        _("The file can be used as it is; a stick or the office's share brings it to laptops."),
    )


def _geotiff() -> tuple[str, ...]:
    return (
        _("Add the GeoTIFF itself: it is turned into tiles once, which can take some minutes."),
        _("It must have colours and carry its place; VN-2000 systems are turned correctly."),
    )


def _lawful() -> tuple[str, ...]:
    return (
        _(
            "Tiles of openstreetmap.org, Google or Bing may not be downloaded in bulk: their "
            "terms forbid it, and this program has nothing that does it."
        ),
        _("Data of OpenStreetMap, drawn by yourself or by Protomaps, may be used with credit."),
        _("Survey maps of the state: ask the Department of Agriculture and Environment."),
        _("Classified maps do not belong on these laptops: the catalogue travels."),
        _("Begin at zoom 7: world maps below it show borders drawn abroad."),
    )


def _sizes() -> tuple[str, ...]:
    return (
        _("The province at zooms 5–13 is 1,199 tiles, about 24 MB; to zoom 14 91 MB."),
        _("To zoom 15 356 MB, to zoom 16 1.4 GB: cut those for a route instead."),
    )
