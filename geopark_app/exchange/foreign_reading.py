"""Runs inside the worker: reads one foreign file into a plain table, whatever its format."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.raw_table import MOST_FILE_BYTES, RawTable, WantedTables, tidy_table
from geopark_app.exchange.reading_bibliographies import bibliography_form, read_bibliography
from geopark_app.exchange.reading_layers import DRIVERS, read_layer
from geopark_app.exchange.reading_records import read_records, records_beside
from geopark_app.exchange.reading_text_tables import read_text_table
from geopark_app.exchange.reading_workbooks import read_workbook
from geopark_app.exchange.safe_archives import unpack_flat
from geopark_app.exchange.safe_xml import refuse_entities
from geopark_app.exchange.sniffing import format_of, format_of_member
from geopark_app.exchange.text_encodings import has_lost_letters, mend_cells

_PREFERRED = ("kml", "gpkg", "shp", "tab", "mif", "geojson", "gpx", "csv")
_SUFFIX = {"geojson": ".geojson", "shp": ".shp", "tab": ".tab", "mif": ".mif"}
_COMPANIONS = {".shp", ".shx", ".dbf", ".prj", ".cpg", ".tab", ".dat", ".map", ".id", ".ind",
               ".mif", ".mid"}  # fmt: skip


def read_foreign(job: Mapping[str, Any]) -> dict[str, Any]:
    """Give the table of a file; see `raw_table.RawTable`.

    Keys of the job: path, staging (an empty folder of ours), layer, encoding (or None), prefer
    and also (names of the table to read first, and of further ones).

    Raises
    ------
    GeoparkError
        REFUSED_FILE with a reason.
    """
    return read_table(job).as_json()


def read_table(job: Mapping[str, Any]) -> RawTable:
    """Give the table with the shapes of its rows; the same job and errors as `read_foreign`."""
    path, staging = Path(job["path"]), Path(job["staging"])
    _check_size(path)
    wanted = WantedTables(
        layer=job.get("layer"),
        encoding=job.get("encoding"),
        prefer=tuple(job.get("prefer", ())),
        also=tuple(job.get("also", ())),
    )
    table = _read(path, staging, wanted)
    for one in (table, *table.further):
        _tidy(one)
    return table


def _tidy(table: RawTable) -> None:
    tidy_table(table)
    cells, font = mend_cells([row.cells for row in table.rows])
    if font is not None:
        for row, mended in zip(table.rows, cells, strict=True):
            row.cells = mended
        table.header = mend_cells([table.header])[0][0]
        table.encoding = font
    if has_lost_letters(
        "\n".join(cell for row in table.rows[:2000] for cell in row.cells)[:262_144]
    ):
        table.warnings.append(["lost-letters"])
    if table.encoding in {"TCVN3", "VNI"}:
        table.warnings.append(["old-font", table.encoding])


def _check_size(path: Path) -> None:
    if path.is_file() and path.stat().st_size > MOST_FILE_BYTES:
        raise refused("too-large")


def _read(path: Path, staging: Path, wanted: WantedTables) -> RawTable:
    cited = bibliography_form(path)
    if cited:
        return read_bibliography(path.read_bytes(), cited, wanted.encoding)
    form = format_of(path)
    if form == "csv":
        table = read_text_table(path.read_bytes(), wanted.encoding)
        siblings = [path.with_name(f"{path.stem}.{name}.csv") for name in wanted.also]
        table.further = _text_tables(siblings, wanted)
        return table
    if form == "xlsx":
        return read_workbook(path, wanted)
    if form == "json":
        return read_records(path.read_bytes(), wanted)
    if form == "zip":
        return _read_one_of(unpack_flat(path, staging), staging, wanted)
    if form == "folder":
        return _read_one_of(_copied(path, staging), staging, wanted)
    return _read_gis(path, form, staging, wanted)


def _text_tables(files: list[Path], wanted: WantedTables) -> list[RawTable]:
    """Read the text tables beside the main one; `sites.site_threat.csv` is named by its kind."""
    found = []
    for file in files:
        name = file.stem.rpartition(".")[2]
        if name in wanted.also and file.is_file() and not file.is_symlink():
            _check_size(file)
            if file.stat().st_size:
                table = read_text_table(file.read_bytes(), wanted.encoding)
                table.layer = name
                found.append(table)
    return found


def _read_one_of(files: list[Path], staging: Path, wanted: WantedTables) -> RawTable:
    """Read the one readable file of an archive or folder, or the one named as the layer."""
    by_format: dict[str, list[Path]] = {}
    for file in sorted(files):
        form = format_of_member(file.name)
        if form:
            by_format.setdefault(form, []).append(file)
    for form in _PREFERRED:
        found = by_format.get(form, [])
        if not found:
            continue
        beside = [file for file in found if file.stem.rpartition(".")[2] in wanted.also]
        found = [file for file in found if file not in beside] or found
        names = [file.stem for file in found]
        # A KMZ of several files has its list of links first and the places in the largest.
        largest = max(found, key=lambda one: one.stat().st_size) if form == "kml" else found[0]
        chosen = wanted.chosen_of(names)
        file = found[names.index(chosen)] if chosen in names else largest
        told = format_of(file)
        if told in {"zip", "xlsx", "folder"}:
            raise refused("unknown-format")
        inner = wanted if wanted.layer not in names else replace(wanted, layer=None)
        if told == "csv":
            table = read_text_table(file.read_bytes(), wanted.encoding)
            table.further = _text_tables(beside, wanted)
        else:
            table = _read_gis(file, told, staging, inner, is_ours=True)
        if len(names) > 1:
            table.layer, table.layers = file.stem, names
        return table
    raise refused("unknown-format")


def _copied(folder: Path, staging: Path) -> list[Path]:
    copies = []
    total = 0
    for file in sorted(folder.iterdir()):
        if file.suffix.lower() in _COMPANIONS and file.is_file() and not file.is_symlink():
            total += file.stat().st_size
            if total > MOST_FILE_BYTES:
                raise refused("too-large")
            copies.append(Path(shutil.copyfile(file, staging / file.name.lower())))
    return copies


def _read_gis(
    path: Path, form: str, staging: Path, wanted: WantedTables, *, is_ours: bool = False
) -> RawTable:
    if form not in DRIVERS:
        raise refused("unknown-format")
    if form in {"kml", "gpx"}:
        with path.open("rb") as stream:
            refuse_entities(stream)
    # GDAL never works beside the person's file: it may write, and it looks for neighbours.
    work = staging / "work"
    work.mkdir()
    copy = Path(shutil.copyfile(path, work / f"data{_SUFFIX.get(form, '.' + form)}"))
    neighbours = staging if is_ours else path.parent
    if form in {"shp", "tab", "mif"}:
        _bring_companions(path, neighbours, work)
        if form == "shp" and not (work / "data.dbf").is_file():
            raise refused("no-dbf")
    # These hold one layer, which people know by the name of the file.
    is_single = form in {"shp", "tab", "mif", "geojson"}
    table = read_layer(copy, form, replace(wanted, layer=None) if is_single else wanted)
    if form == "geojson":
        table.further = records_beside(path, wanted)
    if is_single:
        table.layer, table.layers = path.stem, [path.stem]
    return table


def _bring_companions(path: Path, folder: Path, work: Path) -> None:
    for file in folder.iterdir():
        is_companion = file.stem.lower() == path.stem.lower() and file != path
        if is_companion and file.suffix.lower() in _COMPANIONS and not file.is_symlink():
            _check_size(file)
            shutil.copyfile(file, work / f"data{file.suffix.lower()}")
