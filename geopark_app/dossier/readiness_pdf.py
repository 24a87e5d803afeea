"""Readiness at a glance as one PDF: bars, trend, map and heat table, each with colour and sign."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from geopark_app import paths
from geopark_app.domain.progress import CancelToken
from geopark_app.maps.drawing import LocatorMap
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.documents import TypesetJob, compile_pdf
from geopark_app.typeset.fonts import printable

TEMPLATE = "readiness.typ"
_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP = 184.0, 46.0, 9.0, 7.0, 2.0
_SCORE, _COVERAGE, _HAIR, _QUIET = "#1f5a4c", "#7a8a94", "#d4dbd7", "#55606a"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """One bar: its band and sign, name, share 0 to 1, and figures in words."""

    band: str
    sign: str
    name: str
    share: float
    score: str
    coverage: str
    visited: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarSection:
    """Bars under one title."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[BarRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One cell of the heat table."""

    band: str
    text: str
    is_stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessSheet:
    """The whole document, in words of one language.

    Attributes
    ----------
    words : mapping of str to str
        `title`, `subtitle`, `author`, `footer`, `page`, `trend`, `map`, `heat`, `stale`, `code`,
        `name`, `total`, `language`, `trend_about`, `trend_alt`, `map_alt`, `stale_about`.
    legend : tuple of (str, str, str)
        Band, sign, words.
    figures : tuple of (str, str, bool)
        Figure, words, whether it is bad.
    sections : tuple of BarSection
        In order.
    points : tuple of (date, float or None, float or None)
        Score and coverage over time.
    ground : LocatorMap or None
        The map under the marks.
    marks : tuple of (float, float, str, str)
        Longitude, latitude, band, sign.
    heat_columns : tuple of str
        Codes of the groups.
    heat_rows : tuple of (str, str, tuple of HeatCell)
        Code, name and cells of each site.
    heat_groups : str
        What the codes of the groups stand for.
    stale_headings, stale_rows
        The list of what became too old.
    made_at : datetime
        Instant that stands in the document.
    """

    words: Mapping[str, str]
    legend: tuple[tuple[str, str, str], ...]
    figures: tuple[tuple[str, str, bool], ...]
    sections: tuple[BarSection, ...]
    points: tuple[tuple[date, float | None, float | None], ...]
    ground: LocatorMap | None
    marks: tuple[tuple[float, float, str, str], ...]
    heat_columns: tuple[str, ...]
    heat_rows: tuple[tuple[str, str, tuple[HeatCell, ...]], ...]
    heat_groups: str
    stale_headings: tuple[str, ...]
    stale_rows: tuple[tuple[str, ...], ...]
    made_at: datetime


def typeset_readiness(
    sheet: ReadinessSheet, *, folder: Path, output: Path, cancel: CancelToken
) -> None:
    """Write the PDF; `folder` is an empty folder for its source.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    with translated_os_errors(folder):
        shutil.copyfile(paths.bundled("resources", "templates", TEMPLATE), folder / TEMPLATE)
        if sheet.ground is not None:
            (folder / "map.svg").write_text(sheet.ground.svg, encoding="utf-8")
        text = json.dumps(_content(sheet), ensure_ascii=False)
        (folder / "readiness.json").write_text(text, encoding="utf-8")
    job = TypesetJob(root=folder, source=TEMPLATE, output=output, made_at=sheet.made_at)
    compile_pdf(job, cancel)


def trend_svg(points: Sequence[tuple[date, float | None, float | None]]) -> str:
    """Draw score (thick) and coverage (dashed) over the days."""
    first, last = points[0][0], points[-1][0]
    span = max(1, (last - first).days)
    right = _WIDTH - 3

    def at(day: date, share: float) -> str:
        x = _LEFT + (day - first).days / span * (right - _LEFT)
        return f"{x:.2f},{_TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM):.2f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        f' width="{_WIDTH}mm" height="{_HEIGHT}mm">'
    ]
    for percent in (0, 25, 50, 75, 100):
        level = _TOP + (1 - percent / 100) * (_HEIGHT - _TOP - _BOTTOM)
        parts.append(
            f'<path d="M{_LEFT} {level:.2f}H{right}" stroke="{_HAIR}" stroke-width="0.2"/>'
        )
        parts.append(_text(_LEFT - 1, level + 0.9, f"{percent} %", "end"))
    for number, style in ((2, f'stroke="{_COVERAGE}" stroke-dasharray="1.4 0.9"'), (1, "")):
        held = [(point[0], point[number]) for point in points]
        line = " ".join(at(day, share) for day, share in held if isinstance(share, float))
        style = style or f'stroke="{_SCORE}"'
        width = 0.8 if number == 1 else 0.5
        parts.append(f'<polyline points="{line}" fill="none" {style} stroke-width="{width}"/>')
        parts.extend(
            f'<circle cx="{spot.split(",")[0]}" cy="{spot.split(",")[1]}" r="0.8"'
            f' fill="{_SCORE if number == 1 else _COVERAGE}"/>'
            for spot in line.split()
        )
    ends = ((first, "start"),) if first == last else ((first, "start"), (last, "end"))
    for day, anchor in ends:
        x = float(at(day, 0).split(",")[0])
        parts.append(_text(x, _HEIGHT - 2, day.strftime("%d/%m/%Y"), anchor))
    return "".join([*parts, "</svg>"])


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="Noto Sans" font-size="2.5"'
        f' fill="{_QUIET}" text-anchor="{anchor}">{words}</text>'
    )


def _content(sheet: ReadinessSheet) -> dict[str, Any]:
    words = {name: printable(text) for name, text in sheet.words.items()}
    return {
        "words": words,
        "legend": [
            {"band": band, "sign": sign, "words": text} for band, sign, text in sheet.legend
        ],
        "figures": [
            {"figure": figure, "words": text, "bad": bad} for figure, text, bad in sheet.figures
        ],
        "sections": [_section(section) for section in sheet.sections],
        "trend": {
            "svg": trend_svg(sheet.points),
            "about": words["trend_about"],
            "alt": words["trend_alt"],
        }
        if sheet.points
        else None,
        "map": _map(sheet, words["map_alt"]),
        "heat": {
            "columns": list(sheet.heat_columns),
            "groups": printable(sheet.heat_groups),
            "rows": [
                {
                    "code": printable(code),
                    "name": printable(name),
                    "cells": [
                        {"band": cell.band, "text": cell.text, "stale": cell.is_stale}
                        for cell in cells
                    ],
                }
                for code, name, cells in sheet.heat_rows
            ],
        }
        if sheet.heat_rows
        else None,
        "stale": {
            "about": words["stale_about"],
            "headings": list(sheet.stale_headings),
            "rows": [[printable(cell) for cell in row] for row in sheet.stale_rows],
        },
    }


def _section(section: BarSection) -> dict[str, Any]:
    return {
        "title": section.title,
        "headings": list(section.headings),
        "rows": [
            {
                "band": row.band,
                "sign": row.sign,
                "name": printable(row.name),
                "share": row.share,
                "score": row.score,
                "coverage": row.coverage,
                "visited": row.visited,
            }
            for row in section.rows
        ],
    }


def _map(sheet: ReadinessSheet, alt: str) -> dict[str, Any] | None:
    ground = sheet.ground
    if ground is None:
        return None
    marks = []
    for lon, lat, band, sign in sheet.marks:
        place = ground.marker_position_mm(lon, lat)
        if place is not None:
            marks.append({"x": place[0], "y": place[1], "band": band, "sign": sign})
    return {
        "path": "map.svg",
        "alt": alt,
        "width": ground.width_mm,
        "height": ground.height_mm,
        "marks": marks,
    }
