"""Sentences about imported lists: why a file or a row is refused, and what was noticed."""

from collections.abc import Mapping, Sequence

from geopark_app.domain.kinds import KINDS
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.wording.answers import answer_reasons
from geopark_app.wording.basemaps import basemap_reasons
from geopark_app.wording.field_names import field_label


def file_reason(details: Mapping[str, str]) -> tuple[str, str]:
    """Give why a file is not taken and what to do, for REFUSED_FILE."""
    known = _file_reasons() | answer_reasons() | basemap_reasons()
    message, step = known.get(details.get("reason", ""), known["damaged"])
    filled = {"name": "", "known": "", "encoding": "", "crs": "", "rows": "", "columns": ""}
    filled |= {"most": "", "zoom": ""}
    filled.update(details)
    return message.format(**filled), step.format(**filled)


def row_reason(code: str, details: Mapping[str, str]) -> str:
    """Give why a row is not taken."""
    filled = {"value": "", "field": "", "count": "", "most": "", "code": "", "row": ""}
    filled.update(details)
    filled["question"] = pick(filled.get("vi", ""), filled.get("en", ""))
    if filled["field"]:
        filled["field"] = field_label(filled["field"])
    sentence = _row_reasons().get(code)
    return code if sentence is None else sentence.format(**filled)


def warning_words(warning: Sequence[str]) -> str:
    """Give what was noticed about a file."""
    code, *rest = warning
    more = [*rest, "", ""]
    sentence = _warnings().get(code)
    if sentence is None:
        return " ".join(warning)
    first = field_label(more[0]) if code == "unchecked" else more[0]
    if code == "further":
        first = ", ".join(map(_table_words, first.split(", ")))
    return sentence.format(first=first, second=more[1])


def _table_words(counted: str) -> str:
    """Give "site_threat (3)" with the name people know."""
    name, _space, count = counted.partition(" ")
    kind = KINDS.get(name)
    return counted if kind is None else f"{pick(kind.label_vi, kind.label_en)} {count}"


def status_words(status: str) -> str:
    """Give what becomes of a row."""
    words = {
        "added": _("new"),
        "updated": _("changed"),
        "unchanged": _("unchanged"),
        "refused": _("refused"),
    }
    return words.get(status, status)


def _file_reasons() -> dict[str, tuple[str, str]]:
    again = _("Ask for the file again, or open and save it anew in the program it comes from.")
    return {
        "empty": (_("There is nothing in this file."), again),
        "damaged": (_("This file is damaged or cut off and cannot be read."), again),
        "no-picture": (
            _("This file is no base map that can be printed."),
            _("Choose a GeoTIFF with colours of 8 bits or an MBTiles of pictures."),
        ),
        "picture-elsewhere": (
            _("The base map does not cover the ground of this map."),
            _("Choose a base map of the area that is printed."),
        ),
        "too-many-pixels": (
            _("The base map would have more pixels than can be printed."),
            _("Choose fewer dpi or a smaller sheet."),
        ),
        "no-times": (
            _("This file has no track points with a time."),
            _("Export the track from the receiver or phone as GPX, with its times."),
        ),
        "old-xls": (
            _("This is an old Excel file (.xls)."),
            _("Open it in Excel or LibreOffice and save as .xlsx, then import that file."),
        ),
        "old-office": (
            _("This is an old Excel or Word file (.xls, .doc)."),
            _("Open it in Excel, Word or LibreOffice and save as .xlsx or .docx."),
        ),
        "office-password": (
            _("This file is locked with a password."),
            _("Open it, take the password away, save it and choose it again."),
        ),
        "no-office": (
            _("This is no Excel workbook or Word document."),
            _("Choose the form as .xlsx or .docx; save it so in the program it comes from."),
        ),
        "unknown-format": (
            _("This is not a list the program can read."),
            _(
                "It reads CSV, XLSX, GeoJSON, GeoPackage, Shapefile (folder or zip), KML, KMZ, "
                "GPX and MapInfo (TAB, MIF)."
            ),
        ),
        "too-large": (
            _("This file is too large for a list of sites."),
            _("Split it, or leave out what does not belong to the list."),
        ),
        "too-many": (
            _("This table has more rows or columns than can be taken ({rows} rows)."),
            _("Split it, or leave out what does not belong to the list."),
        ),
        "too-much": (
            _("Reading this file took more time or memory than a list needs; it was stopped."),
            again,
        ),
        "bomb": (
            _("This archive unpacks to far more than it should; it was not unpacked."),
            _("Do not open it elsewhere either; ask the sender what it is."),
        ),
        "archive-path": (
            _("This archive wants to write outside its own folder ({name}); it was not unpacked."),
            _("Do not open it elsewhere either; ask the sender what it is."),
        ),
        "password": (
            _("This archive is locked with a password."),
            _("Unpack it, then import the file inside."),
        ),
        "xml-entities": (
            _("This file defines entities of its own, which a list has no need of."),
            _("Save it anew in the program it comes from."),
        ),
        "unknown-encoding": (
            _("There is no encoding “{encoding}”."),
            _("Known names: UTF-8, UTF-16, cp1258, cp1252, TCVN3, VNI."),
        ),
        "wrong-encoding": (
            _("The text of this file does not fit the encoding {encoding}."),
            _("Leave the encoding to the program, or name another one."),
        ),
        "no-layer": (_("There is no sheet or layer “{name}”."), _("There are: {known}.")),
        "no-dbf": (
            _("The .dbf file of this Shapefile is missing, so there are no names."),
            _("Put .shp, .shx, .dbf and .prj side by side, or import the whole zip."),
        ),
        "no-crs": (
            _("The file does not say in which coordinate system its points are (no .prj)."),
            _(
                "Choose it on the first page, or say it with --crs: EPSG:4326 (WGS 84), EPSG:9215 "
                "(VN-2000 107°15′), EPSG:32648 (UTM 48N)."
            ),
        ),
        "unknown-crs": (
            _("There is no coordinate system {crs}."),
            _("Examples: EPSG:4326 (WGS 84), EPSG:9215 (VN-2000 107°15′), EPSG:32648."),
        ),
        "no-columns": (
            _("No column of this table is recognised: {columns}."),
            _("Say which column is which field, for example “Tên=name_vi”."),
        ),
        "no-shapes": (
            _("This file has no shapes, so it is no map layer."),
            _("Choose a GIS file: GeoPackage, Shapefile, GeoJSON, KML or MapInfo."),
        ),
        "no-track": (
            _("This file has no track."),
            _("Choose the GPX file the phone or receiver has recorded."),
        ),
        "no-column": (_("There is no column “{name}”."), _("There are: {known}.")),
        "filter-empty": (
            _("No feature passes the filter on “{name}”."),
            _("Choose other values, or take all features."),
        ),
        "no-code-field": (
            _("Records of this kind have no code to update by."),
            _("Update by the key: --update-by uuid, with a column “uuid”."),
        ),
        "no-key-column": (
            _("No column holds the keys (uuid) to update by."),
            _("Update by the code, or say which column is “uuid”."),
        ),
    }


def _row_reasons() -> dict[str, str]:
    return {
        "bad-value": _("“{value}” cannot be used for {field}."),
        "unknown-term": _("“{value}” is no choice of {field}."),
        "unknown-place": _("“{value}” is not known for {field}."),
        "two-places": _("“{value}” means several places; give the code for {field}."),
        "too-long": _("{field} has {count} characters; at most {most} can be taken."),
        "position-question": _("“{value}” is not taken, for nothing is guessed. {question}"),
        "self-crossing": _("The area crosses itself at {value}. It can be mended if you say so."),
        "too-many-corners": _("The shape has more corners than can be kept."),
        "refers-to-refused": _("It belongs to a record of this file that is not taken ({value})."),
        "bad-position": _("The coordinates are not possible. {value}"),
        "bad-number": _("A coordinate is no number."),
        "half-point": _("One of the two coordinates is missing."),
        "bad-shape": _("The shape is damaged."),
        "cut-off": _("The file breaks off in this row; ask for the whole file."),
        "antimeridian": _("The shape runs around the world or across the 180° meridian."),
        "no-shape": _("The feature has no shape."),
        "no-polygon": _("The feature is no area."),
        "no-line": _("The feature is no line."),
        "unknown-commune": _("There is no commune “{value}” in the catalogue."),
        "double-commune": _("The commune {code} stands in an earlier feature already."),
        "nameless": _("The row has neither a code nor a name."),
        "no-code": _("The row has no code to update by."),
        "titleless": _("The publication has no title."),
        "no-key": _("The row has no key (uuid) to update by."),
        "bad-key": _("“{value}” is no key (uuid)."),
        "known-key": _("A record with this key is there already; choose to update by uuid."),
        "known-reference": _("This publication is there already: {value} (same DOI or title)."),
        "known-code": _("The code {code} is there already; choose to update by code."),
        "in-trash": _("The record with this key lies in the trash."),
        "double-in-catalogue": _("Several records of the catalogue carry the code {code}."),
        "double-in-file": _("The same code or key stands in row {row} already."),
        "not-taken": _("Good, but not taken because other rows are bad."),
    }


def _warnings() -> dict[str, str]:
    return {
        "old-font": _("The text was written in the old font {first}; it was converted."),
        "cpg-lies": _("The .cpg file says {first}, but the text is {second}."),
        "invisible": _("Invisible characters were taken out in {second} rows: {first}."),
        "unreadable-letters": _("Some letters could not be read; they show as �."),
        "lost-letters": _("Question marks stand where letters were lost before this file."),
        "ends-early": _("After 100,000 empty rows the table was taken to be at its end."),
        "empty-rows": _("Empty rows left out: {first}."),
        "shapes": _("Of lines and areas ({first}) a point on them is kept."),
        "columns-left": _("Columns not taken: {first}."),
        "taken-as-wgs84": _("Longitude and latitude were taken as WGS 84 degrees."),
        "outside": _("{first} points lie outside the geopark's surroundings, rows {second}."),
        "unchecked": _("{first}: kept as it is; the catalogue has no list to check it by."),
        "broken-entries": _("{first} entries are damaged and were left out."),
        "mended-shapes": _("Self-crossing areas put right: {first} (features {second})."),
        "communes-missing": _("No polygon for {first} communes of the catalogue: {second}."),
        "communes-made": _("Communes made from the file: {first}."),
        "boundary-unofficial": _(
            "The boundary is not marked as official: maps go on saying that it is a sketch."
        ),
        "layer-undated": _("No date: say from which day the lines hold."),
        "layer-sourceless": _("No source is named for this layer."),
        "communes-by-place": _("Communes found by the position, for rows without one: {first}."),
        "communes-differ": _("The position lies in another commune than the one named: {first}."),
        "mended": _("A self-crossing area was put right."),
        "extents": _("Lines and areas ({first}) are kept as shapes of the record."),
        "further": _("Further tables of the file that belong to it: {first}."),
    }
