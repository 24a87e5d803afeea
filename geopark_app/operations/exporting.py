"""The site list as a workbook, a GIS file or a text table, for the dossier and by itself."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geopark_app.domain.declaration import Audience, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.annex import Annex
from geopark_app.dossier.annex_words import sample_note
from geopark_app.dossier.bilingual import both as _
from geopark_app.exchange.layers import write_point_layers
from geopark_app.exchange.spreadsheet import LONGEST_CELL, Workbook, write_workbook
from geopark_app.exchange.tables import Table
from geopark_app.i18n import LANGUAGES
from geopark_app.operations.annexes import audience_words, gather_annex
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import (
    ExportSite,
    Labels,
    read_labels,
    read_sites,
    read_stops,
)
from geopark_app.operations.export_report import ExportReport
from geopark_app.operations.extent_layers import read_extents
from geopark_app.operations.gis_exports import GisExport, export_gis
from geopark_app.operations.record_tables import tables_beside
from geopark_app.operations.records import display_epsg
from geopark_app.operations.site_tables import point_layers, site_table, stops_table, unplaced_table
from geopark_app.operations.table_files import replacing, write_csv, write_json
from geopark_app.store.writing_files import translated_os_errors

FORMATS = ("xlsx", "gpkg", "geojson", "csv", "json", "shp", "kml", "kmz", "gpx")
_TABLE_FORMATS = frozenset({"xlsx", "csv", "json"})


def export_sites(
    context: AppContext,
    form: str,
    out: Path,
    *,
    audience: Audience = Audience.EVALUATORS,
    filters: dict[str, str] | None = None,
    epsg: int | None = None,
    cancel: CancelToken | None = None,
) -> ExportReport:
    """Write the sites into one file, whole or not at all; an older file of that name is replaced.

    A Shapefile is several files of one name, or one zip when `out` ends so; so are the lists of
    the sites beside a CSV. XLSX, CSV, GeoPackage, GeoJSON and JSON for internal use hold
    everything: read back they give the same sites, lists and own fields.

    Raises
    ------
    GeoparkError
        UNSUPPORTED_FORMAT for an unknown format; UNKNOWN_FIELD; an environment code.
    """
    if form not in FORMATS:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, format=form, known=", ".join(FORMATS))
    items, labels = read_sites(context, audience, filters or {}), read_labels(context)
    cancel = cancel or CancelToken()
    is_internal = audience is Audience.INTERNAL
    beside = tables_beside(context, [item.site.uuid for item in items]) if is_internal else []
    with translated_os_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    system = epsg or display_epsg(context)
    if form in _TABLE_FORMATS:
        table = site_table(items, labels, epsg=system, languages=LANGUAGES, complete_for=audience)
        if form == "csv":
            write_csv(out, table, beside)
        elif form == "json":
            full = unplaced_table(items, labels, audience)
            write_json(out, [replace(full, name="sites"), *beside], made_at=context.now())
        else:
            _write_xlsx(context, items, labels, out, audience=audience, epsg=epsg, beside=beside)
        losses = _cut_cells(items) if form == "xlsx" else ()
        return ExportReport(path=out, sites=len(items), left_out=(), losses=losses)
    job = GisExport(out=out, form=form, audience=audience, epsg=system)
    shapes = read_extents(context, items, audience)
    losses = export_gis(job, items, labels, shapes, beside, made_at=context.now(), cancel=cancel)
    holds_all = form in {"gpkg", "geojson"} and is_internal
    left_out = () if holds_all else tuple(item.code for item in items if item.point is None)
    return ExportReport(
        path=out, sites=len(items) - len(left_out), left_out=left_out, losses=losses
    )


def _write_xlsx(
    context: AppContext,
    items: Sequence[ExportSite],
    labels: Labels,
    out: Path,
    *,
    audience: Audience,
    epsg: int | None,
    beside: Sequence[Table],
) -> None:
    annex = gather_annex(
        context, items, labels, kind="revalidation", audience=audience, languages=LANGUAGES
    )
    annex = replace(annex, epsg=epsg or annex.epsg)
    with replacing(out) as temporary:
        write_tables(
            context,
            items,
            labels,
            annex,
            temporary,
            audience=audience,
            is_complete=True,
            beside=beside,
        )


def write_tables(
    context: AppContext,
    items: Sequence[ExportSite],
    labels: Labels,
    annex: Annex,
    path: Path,
    *,
    audience: Audience,
    is_complete: bool = False,
    beside: Sequence[Table] = (),
) -> None:
    """Write the workbook with the sites, the stops to fill in, and what the data are.

    `beside` are the tables that make it complete.
    """
    languages, sample = annex.languages, sample_note(annex)
    about = [
        annex.geopark,
        _("Made on {date} for: {audience}").format(
            date=f"{annex.made_at:%Y-%m-%d %H:%M %z}", audience=audience_words(audience)
        ),
        *(() if sample is None else (sample,)),
        *annex.notes,
        _("Stops: fill in the empty rows and give the file to the office."),
        *annex.credits,
    ]
    tables = [
        site_table(
            items,
            labels,
            epsg=annex.epsg,
            languages=languages,
            complete_for=audience if is_complete else None,
        )
    ]
    stops = read_stops(context, audience)
    if stops:
        tables.append(stops_table(stops, languages))
    tables += beside
    write_workbook(
        Workbook(
            title=_("Site list").joined(languages),
            author=annex.managing_body.joined(languages),
            made_at=annex.made_at,
            tables=tuple(tables),
            about=tuple((line.vi, line.en) for line in about),
            languages=languages,
        ),
        path,
    )


def write_gis(
    context: AppContext,
    items: Sequence[ExportSite],
    labels: Labels,
    path: Path,
    *,
    driver: str,
    cancel: CancelToken,
    epsg: int | None = None,
) -> None:
    """Write the sites as points: a GeoPackage with both systems, or GeoJSON in WGS 84."""
    layers = point_layers(items, labels, epsg=epsg or display_epsg(context))
    write_point_layers(
        path,
        driver,
        layers if driver == "GPKG" else layers[:1],
        made_at=context.now().replace(microsecond=0),
        cancel=cancel,
    )


def _cut_cells(items: Sequence[ExportSite]) -> tuple[tuple[str, ...], ...]:
    cut = [
        item.code
        for item in items
        if any(
            isinstance(value, str) and len(value) > LONGEST_CELL
            for value in (getattr(item.site, spec.name) for spec in kind_of(Site).fields)
        )
    ]
    return (("long-cells", ", ".join(cut)),) if cut else ()
