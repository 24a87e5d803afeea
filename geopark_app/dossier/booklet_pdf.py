"""The booklet of a mission as one PDF, in A5 or A4."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.annex import SheetPhoto, SheetRow
from geopark_app.dossier.annex_maps import AnnexMaps, marker_of
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.booklet import (
    AgendaRow,
    Booklet,
    BookletDay,
    BorderNote,
    DayMark,
    StopSheet,
)
from geopark_app.dossier.qr_code import qr_svg
from geopark_app.dossier.register_pdf import words
from geopark_app.maps.basemap import basemap_for
from geopark_app.maps.drawing import LocatorMap, locator_background
from geopark_app.maps.wording import MapLanguage
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, compile_pdf
from geopark_app.typeset.fonts import printable

TEMPLATE = "mission-booklet.typ"
_DAY_MAP_MM = {"a5": (122.0, 88.0), "a4": (178.0, 112.0)}
_MARK_MM = 4.2
_LONGEST_TEXT = 650


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletMaps:
    """The drawings: one locator for all sheets, one ground for the maps of all days."""

    sheets: AnnexMaps
    days: LocatorMap


def draw_day_ground(
    booklet: Booklet, maps: AnnexMaps, boundary: BaseGeometry | None
) -> BookletMaps:
    """Draw the ground on which each day bears its numbers."""
    annex = booklet.annex
    tongue = MapLanguage.BOTH if len(annex.languages) > 1 else MapLanguage(annex.languages[0])
    points = [(mark.lon, mark.lat) for day in booklet.days for mark in day.marks]
    ground = basemap_for(points, annex.epsg)
    if boundary is not None:
        ground = replace(ground, boundary=boundary)
    return BookletMaps(
        sheets=maps,
        days=locator_background(
            _DAY_MAP_MM[booklet.paper],
            epsg=annex.epsg,
            points=points,
            language=tongue,
            basemap=ground,
        ),
    )


def typeset_booklet(
    booklet: Booklet, maps: BookletMaps, *, folder: Path, output: Path, cancel: CancelToken
) -> int:
    """Write the PDF and give how many pages it has; `folder` is an empty folder for its source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        (folder / "locator.svg").write_text(maps.sheets.locator.svg, encoding="utf-8")
        (folder / "day.svg").write_text(maps.days.svg, encoding="utf-8")
        names = _copy_photos(booklet, folder)
        text = json.dumps(_content(booklet, maps, names), ensure_ascii=False)
        (folder / "booklet.json").write_text(text, encoding="utf-8")
    job = TypesetJob(
        root=folder,
        source=TEMPLATE,
        output=output,
        made_at=booklet.made_at,
        queries={"last_page": "<last-page>"},
    )
    return int(compile_pdf(job, cancel).found["last_page"][0])


def _copy_photos(booklet: Booklet, folder: Path) -> dict[Path, str]:
    names: dict[Path, str] = {}
    for day in booklet.days:
        for sheet in day.sheets:
            for photo in sheet.site.photos[:1]:
                if photo.path not in names:
                    names[photo.path] = f"photo-{len(names) + 1:04d}.jpg"
                    shutil.copyfile(photo.path, folder / names[photo.path])
    return names


def _content(booklet: Booklet, maps: BookletMaps, names: dict[Path, str]) -> dict[str, Any]:
    annex = booklet.annex
    return {
        "languages": list(annex.languages),
        "region": "VN" if annex.languages[0] == "vi" else "GB",
        "paper": booklet.paper,
        "labels": {name: words(label) for name, label in _labels().items()},
        "title": words(booklet.title),
        "dates": words(booklet.dates),
        "geopark": words(annex.geopark),
        "body": words(annex.managing_body),
        "footer": words(booklet.footer),
        "sample": annex.is_sample,
        "provisional": (
            words(
                _("PROVISIONAL: {count} points of the plan are still open").format(
                    count=booklet.open_points
                )
            )
            if booklet.open_points
            else None
        ),
        "cover": _rows(booklet.cover),
        "emergency": [printable(line) for line in booklet.emergency],
        "meetings": [
            {"heading": words(heading), "text": words(text)} for heading, text in booklet.meetings
        ],
        "locator": {"width": maps.sheets.locator.width_mm, "height": maps.sheets.locator.height_mm},
        "day_map": {"width": maps.days.width_mm, "height": maps.days.height_mm},
        "days": [_day(day, maps, names) for day in booklet.days],
        "people": [
            {
                "name": printable(one.name),
                "sex": words(one.sex),
                "organisation": words(one.organisation),
                "role": words(one.role),
                "where": words(one.where),
            }
            for one in booklet.people
        ],
        "people_note": words(booklet.people_note),
        "recommendations": [
            {"number": printable(number), "text": words(text), "state": words(state)}
            for number, text, state in booklet.recommendations
        ],
        "pace_note": words(booklet.pace_note),
    }


def _labels() -> dict[str, Any]:
    return {
        "emergency": _("Emergency numbers"),
        "contents": _("Contents"),
        "item": _("Item"),
        "content": _("Content"),
        "agenda": _("Agenda"),
        "wet": _("In wet weather"),
        "dry": _("In dry weather"),
        "same_when_wet": _("The same in wet weather."),
        "no": _("No."),
        "time": _("Time"),
        "place": _("Place"),
        "drive": _("Drive"),
        "who": _("Speaker, people met"),
        "readiness": _("Readiness today"),
        "day_map": _("Map of the day: numbers as in the agenda"),
        "people": _("People met"),
        "name": _("Name"),
        "sex": _("Sex"),
        "organisation": _("Organisation"),
        "role": _("Role"),
        "recommendations": _("Earlier recommendations"),
        "number": _("Number"),
        "recommendation": _("Recommendation"),
        "state": _("State"),
        "border": _("Border area"),
        "photo": _("Photo"),
        "sample": _("SAMPLE"),
        "provisional": _("PROVISIONAL"),
        "page": _("Page"),
        "nothing": _("Nothing is planned yet."),
        "map": _("Map"),
    }


def _day(day: BookletDay, maps: BookletMaps, names: dict[Path, str]) -> dict[str, Any]:
    return {
        "heading": words(day.heading),
        "facts": _rows(day.facts),
        "marks": _marks(day.marks, maps.days),
        "dry": [_agenda_row(row) for row in day.dry],
        "wet": [_agenda_row(row) for row in day.wet],
        "sheets": [_sheet(sheet, maps.sheets, names) for sheet in day.sheets],
    }


def _marks(marks: Sequence[DayMark], ground: LocatorMap) -> list[dict[str, Any]]:
    """Give the numbers in millimetres; those that would cover each other share one mark."""
    placed: list[dict[str, Any]] = []
    for mark in marks:
        at = ground.marker_position_mm(mark.lon, mark.lat)
        if at is None:
            continue
        near = next(
            (
                one
                for one in placed
                if abs(one["x"] - at[0]) < _MARK_MM and abs(one["y"] - at[1]) < _MARK_MM
            ),
            None,
        )
        if near is None:
            placed.append({"x": at[0], "y": at[1], "text": mark.number})
        else:
            near["text"] += f", {mark.number}"
    return placed


def _agenda_row(row: AgendaRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "time": row.time,
        "place": words(row.place),
        "purpose": words(row.purpose),
        "drive": words(row.drive),
        "who": words(row.who),
        "readiness": words(row.readiness),
        "red": row.is_red,
    }


def _sheet(sheet: StopSheet, maps: AnnexMaps, names: dict[Path, str]) -> dict[str, Any]:
    site = sheet.site
    texts = site.texts[:1]
    return {
        "number": sheet.number,
        "code": printable(site.code),
        "name": words(site.name),
        "heading": words(site.name),
        "kind": words(site.kind),
        "provisional": site.is_provisional,
        "when": words(sheet.when),
        "rows": _rows((*sheet.rows, *site.rows)),
        "people": [words(one) for one in sheet.people],
        "photo": next((_photo(one, names) for one in site.photos[:1]), None),
        "marker": marker_of(site.place, maps),
        "place_note": words(site.place.note),
        "text": {
            language: _cut(" ".join(getattr(text.body, language) for text in texts))
            for language in ("vi", "en")
        },
        "border": _border(sheet.border),
        "qr": qr_svg(site.uuid),
    }


def _photo(photo: SheetPhoto, names: dict[Path, str]) -> dict[str, Any]:
    return {
        "path": names[photo.path],
        "aspect": min(3.0, max(0.5, photo.width / photo.height)),
        "caption": words(photo.caption),
        "credit": words(photo.credit),
        "alt": words(photo.alt),
        "sample": photo.is_sample,
    }


def _border(note: BorderNote | None) -> dict[str, Any] | None:
    if note is None:
        return None
    return {
        "state": words(note.state),
        "rules": [words(rule) for rule in note.rules],
        "ready": note.is_ready,
    }


def _rows(rows: Sequence[SheetRow]) -> list[dict[str, Any]]:
    return [{"label": words(row.label), "value": words(row.value)} for row in rows]


def _cut(text: str) -> str:
    clean = printable(" ".join(text.split()))
    if len(clean) <= _LONGEST_TEXT:
        return clean
    return clean[:_LONGEST_TEXT].rsplit(" ", 1)[0] + " […]"
