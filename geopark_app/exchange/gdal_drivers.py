"""Which GDAL drivers the worker may use; everything else is off before GDAL is loaded."""

import os

from geopark_app.domain.errors import ErrorCode, GeoparkError

ALLOWED = frozenset({"GPKG", "GeoJSON", "ESRI Shapefile", "LIBKML", "GPX", "MapInfo File"})
"""Drivers that read or write at all; a job loads only the one it needs."""

# Formats that fetch, include or run other sources, and all others we neither write nor read:
# the names GDAL 3.12 prints, raster drivers among them.
_SKIPPED = (
    "VRT", "GTI", "WMS", "WMTS", "WCS", "HTTP", "EEDA", "EEDAI", "OGCAPI", "STACTA", "STACIT",
    "STAC", "PLMOSAIC", "PLSCENES", "DAAS", "RASTERLITE", "GDALG", "MBTiles", "MEM", "PCIDSK",
    "PDS4", "VICAR", "PDF", "GPKG", "GeoJSON",
    "ESRI Shapefile", "MapInfo File", "LVBAG", "S57", "DGN", "OGR_VRT",
    "CSV", "GML", "GPX", "LIBKML", "KML", "GeoJSONSeq", "ESRIJSON", "TopoJSON", "OGR_GMT",
    "SQLite", "WAsP", "OpenFileGDB", "DXF", "FlatGeobuf", "GeoRSS", "VFK", "PGDUMP", "OSM",
    "GPSBabel", "OGR_PDS", "WFS", "OAPIF", "EDIGEO", "Idrisi", "ODS", "XLSX", "Elasticsearch",
    "Carto", "AmigoCloud", "SXF", "Selafin", "JML", "CSW", "VDV", "MVT", "NGW", "MapML", "GTFS",
    "PMTiles", "JSONFG", "MiraMonVector", "ADBC", "AVCBin", "AVCE00", "AIVector",
)  # fmt: skip


def close_gdal(*, made_at: str, only: str) -> None:
    """Set what GDAL reads from the environment; call before pyogrio is imported.

    `made_at` (ISO 8601, UTC) is the only time that stands in the files; `only` is the one driver
    left, a member of `ALLOWED`.
    """
    skipped = ",".join(name for name in _SKIPPED if name != only)
    os.environ["OGR_CURRENT_DATE"] = made_at
    os.environ["GDAL_SKIP"] = skipped
    os.environ["OGR_SKIP"] = skipped
    os.environ["GDAL_DRIVER_PATH"] = "disable"
    os.environ["CPL_VSIL_CURL_ALLOWED_EXTENSIONS"] = "none"
    os.environ["GDAL_HTTP_TIMEOUT"] = "1"
    # Neighbours are looked for by name only; each job has a folder of its own.
    os.environ["GDAL_DISABLE_READDIR_ON_OPEN"] = "TRUE"


def check_drivers(loaded: dict[str, str], wanted: set[str]) -> None:
    """Refuse to go on with a driver that should be off.

    Raises
    ------
    GeoparkError
        WORKER_FAILED naming the drivers: a newer GDAL brought one we do not know.
    """
    surplus = sorted(set(loaded) - wanted)
    if surplus:
        raise GeoparkError(ErrorCode.WORKER_FAILED, reason=f"GDAL drivers: {', '.join(surplus)}")
