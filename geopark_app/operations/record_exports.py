"""Records of any kind but sites as one file, through the rule of who may see what."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geopark_app.domain.declaration import Audience, Record, RecordKind
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Site, kind_named
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.exchange.layers import PointLayer
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Table
from geopark_app.geo.crs import WGS84
from geopark_app.i18n import LANGUAGES
from geopark_app.operations.annexes import audience_words
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_report import ExportReport
from geopark_app.operations.gis_exports import GisExport, write_layer_files
from geopark_app.operations.import_targets import geometry_field, position_field
from geopark_app.operations.record_tables import places_of, record_table
from geopark_app.operations.release import Release
from geopark_app.operations.table_files import replacing, write_csv, write_json
from geopark_app.store.writing_files import translated_os_errors

RECORD_FORMATS = ("xlsx", "csv", "json", "gpkg", "geojson", "shp", "kml", "kmz")
_PLAIN = frozenset({"xlsx", "csv", "json"})


def export_records(
    context: AppContext,
    kind_name: str,
    form: str,
    out: Path,
    *,
    audience: Audience = Audience.EVALUATORS,
    cancel: CancelToken | None = None,
) -> ExportReport:
    """Write all records of a kind into one file, whole or not at all.

    Raises
    ------
    GeoparkError
        UNKNOWN_KIND; UNSUPPORTED_FORMAT for a map format of records that have no place; an
        environment code.
    """
    kind = kind_named(kind_name)
    has_place = position_field(kind) is not None or geometry_field(kind) is not None
    known = RECORD_FORMATS if has_place else tuple(sorted({*_PLAIN, "gpkg"}))
    if form not in known:
        raise GeoparkError(ErrorCode.UNSUPPORTED_FORMAT, format=form, known=", ".join(known))
    records = _as_seen(context, kind, audience)
    table = record_table(context, kind, records, with_own=audience is Audience.INTERNAL)
    with translated_os_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True)
    losses: tuple[tuple[str, ...], ...] = ()
    match form:
        case "csv":
            write_csv(out, table, lists=False)
        case "json":
            write_json(out, [table], made_at=context.now())
        case "xlsx":
            _write_xlsx(context, kind, table, out, audience)
        case _map:
            job = GisExport(out=out, form=form, audience=audience, epsg=WGS84)
            layer = _layer(kind, table, records)
            losses = write_layer_files(job, layer, made_at=context.now(), cancel=cancel)
            left = sum(place is None for place in layer.shapes or layer.points)
            if has_place and left and form not in {"gpkg", "geojson"}:
                losses = (*losses, ("no-places", str(left)))
    return ExportReport(path=out, sites=0, records=len(records), left_out=(), losses=losses)


def _as_seen(context: AppContext, kind: RecordKind, audience: Audience) -> list[Record]:
    """Give the records as the audience may have them, by the level of the site they belong to."""
    levels = {site.uuid: site.disclosure_level for site in context.catalogue.records(Site)}
    release = Release(context, audience)
    return [
        release.record(record, disclosure=levels.get(getattr(record, "site_uuid", None) or ""))
        for record in context.catalogue.records(kind.record_type)
    ]


def _layer(kind: RecordKind, table: Table, records: Sequence[Record]) -> PointLayer:
    drawn = geometry_field(kind)
    if drawn is not None:
        shapes = tuple(getattr(record, drawn.name) for record in records)
        return PointLayer(name=kind.name, epsg=WGS84, points=(), table=table, shapes=shapes)
    points = places_of(kind, records)
    is_plain = position_field(kind) is None
    return PointLayer(name=kind.name, epsg=WGS84, points=points, table=table, is_plain=is_plain)


def _write_xlsx(
    context: AppContext, kind: RecordKind, table: Table, out: Path, audience: Audience
) -> None:
    title, words = Bilingual(kind.label_vi, kind.label_en), audience_words(audience)
    with replacing(out) as temporary:
        write_workbook(
            Workbook(
                title=title.joined(LANGUAGES),
                author="",
                made_at=context.now(),
                tables=(replace(table, name=kind.name),),
                about=((words.vi, words.en),),
                languages=LANGUAGES,
            ),
            temporary,
        )
