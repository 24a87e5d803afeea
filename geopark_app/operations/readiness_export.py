"""Readiness written for people: charts as PDF to print, the figures behind them as XLSX."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.readiness_pdf import (
    BarRow,
    BarSection,
    HeatCell,
    ReadinessSheet,
    typeset_readiness,
)
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Cell, Column, Table
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.maps.drawing import LocatorMap, locator_background
from geopark_app.maps.wording import MapLanguage
from geopark_app.operations.context import AppContext
from geopark_app.operations.readiness_board import (
    AreaReadiness,
    PlaceReadiness,
    ReadinessBoard,
    StaleAnswer,
    readiness_board,
    readiness_trend,
)
from geopark_app.operations.regions import display_epsg
from geopark_app.rules.readiness import Readiness, Tally, TrendPoint
from geopark_app.store.writing_files import translated_os_errors, write_atomically
from geopark_app.wording.readiness import (
    BANDS,
    STALE_SIGN,
    band_sign,
    band_words,
    percent,
    status_words,
)

_MAP_MM = (184.0, 158.0)
_MOST_PRINTED = 400


def write_readiness(context: AppContext, out: Path, cancel: CancelToken | None = None) -> None:
    """Write the charts as PDF or, for another suffix, the figures as XLSX.

    Raises
    ------
    Cancelled, GeoparkError
        An environment code when the file cannot be written; nothing stays of it then.
    """
    board, points = readiness_board(context), readiness_trend(context)
    if out.suffix.lower() != ".pdf":
        _write_workbook(context, board, points, out)
        return
    sheet = _sheet(context, board, points)
    folder_of = tempfile.TemporaryDirectory(prefix="geopark-readiness-")
    with translated_os_errors(out), folder_of as folder:
        (Path(folder) / "source").mkdir()
        made = Path(folder) / "readiness.pdf"
        typeset_readiness(
            sheet, folder=Path(folder) / "source", output=made, cancel=cancel or CancelToken()
        )
        write_atomically(out, made.read_bytes())


def area_name(area: AreaReadiness) -> str:
    """Give what a route, commune or group is called in the chosen language."""
    name = pick(area.name_vi, area.name_en)
    return f"{area.key}. {name}" if len(area.key) < 4 else name


def place_name(line: PlaceReadiness) -> str:
    """Give code and name of a place in the chosen language."""
    place = line.place
    return f"{place.code} {pick(place.name_vi, place.name_en)}".strip()


def cell_text(result: Readiness) -> str:
    """Give what stands in a cell of the heat table: sign, figure, sign of age."""
    if result.band == "none":
        return band_sign("none")
    figure = "" if result.score is None else str(round(result.score * 100))
    return f"{band_sign(result.band)}{figure}{STALE_SIGN if result.stale else ''}"


def groups_of_sites(board: ReadinessBoard) -> list[AreaReadiness]:
    """Give the groups that ask anything of sites."""
    asked = {code for line in board.of_scope("site") for code in line.groups}
    return [area for area in board.groups if area.key in asked]


def legend() -> list[tuple[str, str, str]]:
    """Give bands with their signs and words, and the sign of age."""
    return [
        *((band, band_sign(band), band_words(band)) for band in BANDS),
        ("none", STALE_SIGN, _("with answers that are too old")),
    ]


def stale_cells(one: StaleAnswer) -> tuple[str, ...]:
    """Give the cells of a too old answer: place, commune, item, answer, day, days."""
    return (
        one.place.code,
        pick(one.place.name_vi, one.place.name_en),
        one.place.commune_name,
        f"{one.item.code} {pick(one.item.label_vi, one.item.label_en)}",
        status_words(one.status),
        one.day.strftime("%d/%m/%Y") if one.day else "–",
        "–" if one.days is None else str(one.days),
    )


def _stale_places(stale: Sequence[StaleAnswer]) -> Iterable[tuple[str, ...]]:
    """Give one row for each place that wants a visit, the oldest answer first."""
    by_place: dict[str, list[StaleAnswer]] = {}
    for one in stale:
        by_place.setdefault(one.place.key, []).append(one)
    for held in by_place.values():
        code, name, commune, _item, _status, day, _days = stale_cells(held[0])
        items = ", ".join(sorted(one.item.code or "" for one in held))
        yield code, name, commune, items, day, str(len(held))


def stale_headings() -> tuple[str, ...]:
    """Give the headings of the list of too old answers."""
    return (
        _("Code"), _("Place"), _("Commune"), _("Item"), _("Answer"), _("Answered on"),
        _("Days ago"),
    )  # fmt: skip


def bar_headings() -> tuple[str, ...]:
    """Give the headings of the bars."""
    return ("", _("Score"), "%", _("Coverage"), _("Visited"))


def _sheet(
    context: AppContext, board: ReadinessBoard, points: Sequence[TrendPoint]
) -> ReadinessSheet:
    sites = board.of_scope("site")
    visited = [line for line in sites if line.tally.answered]
    placed = [line for line in sites if line.place.lon is not None and line.place.lat is not None]
    spots = [(line.place.lon or 0.0, line.place.lat or 0.0) for line in placed]
    groups = groups_of_sites(board)
    codes = tuple(area.key for area in groups)
    return ReadinessSheet(
        words=_words(context, board, points),
        legend=tuple(legend()),
        figures=_figures(board),
        sections=_sections(board),
        points=tuple((one.day, one.readiness.score, one.readiness.coverage) for one in points),
        ground=readiness_ground(context, board),
        marks=tuple(
            (*spot, line.readiness.band, band_sign(line.readiness.band))
            for spot, line in sorted(
                zip(spots, placed, strict=True), key=lambda pair: pair[1].tally.answered > 0
            )
        ),
        heat_columns=codes,
        heat_rows=tuple(
            (
                line.place.code,
                pick(line.place.name_vi, line.place.name_en),
                tuple(_heat_cell(part) for part in (*_parts(line, codes), line.tally)),
            )
            for line in (visited or sites[:40])[:_MOST_PRINTED]
        ),
        heat_groups=" · ".join(area_name(area) for area in groups),
        stale_headings=(_("Code"), _("Place"), _("Commune"), _("Items"), _("Oldest"), _("Answers")),
        stale_rows=tuple(_stale_places(board.stale))[:_MOST_PRINTED],
        made_at=context.now().replace(microsecond=0),
    )


def _parts(line: PlaceReadiness, codes: Sequence[str]) -> list[Tally]:
    return [line.groups.get(code, Tally()) for code in codes]


def _heat_cell(part: Tally) -> HeatCell:
    result = part.result()
    text = cell_text(result) if part.applicable else ""
    return HeatCell(band=result.band, text=text, is_stale=result.stale > 0)


def readiness_ground(
    context: AppContext, board: ReadinessBoard, *, for_screen: bool = False
) -> LocatorMap | None:
    """Draw the ground of the map the sites with a position lie on; None without any."""
    spots = [
        (one.place.lon, one.place.lat)
        for one in board.of_scope("site")
        if one.place.lon is not None and one.place.lat is not None
    ]
    if not spots:
        return None
    return locator_background(
        _MAP_MM,
        epsg=display_epsg(context),
        points=spots,
        language=MapLanguage.ENGLISH if active() == "en" else MapLanguage.VIETNAMESE,
        text_mm=2.2,
        for_screen=for_screen,
    )


def _words(
    context: AppContext, board: ReadinessBoard, points: Sequence[TrendPoint]
) -> dict[str, str]:
    day = board.today.strftime("%d/%m/%Y")
    last = points[-1].readiness if points else None
    return {
        "title": _("Readiness of the geopark"),
        "subtitle": _("State of {day}, checklist {edition}. {note}").format(
            day=day, edition=board.edition, note=_("Weights are a proposal, not UNESCO figures.")
        ),
        "author": context.author.person,
        "footer": _("Printed from the geopark inventory on {day}").format(day=day),
        "page": _("Page"),
        "trend": _("Readiness over time"),
        "trend_about": _("Score: thick line. Coverage: dashed line. All places together."),
        "trend_alt": _("Score and coverage over time; today {score} and {coverage}").format(
            score=percent(last.score if last else None),
            coverage=percent(last.coverage if last else None),
        ),
        "map": _("Map of readiness"),
        "map_alt": _("Map with a mark for each site, coloured by its readiness"),
        "heat": _("Sites and groups of items"),
        "stale": _("Answers that are too old"),
        "stale_about": _(
            "Older than {days} days: they still count and ask for a new visit."
        ).format(days=board.stale_after),
        "code": _("Code"),
        "name": _("Place"),
        "total": _("All"),
        "language": active(),
    }


def _figures(board: ReadinessBoard) -> tuple[tuple[str, str, bool], ...]:
    sites = board.of_scope("site")
    whole = board.whole.readiness
    red = sum(line.tally.red > 0 for line in board.places)
    return (
        (percent(whole.score), _("score of everything"), False),
        (percent(whole.coverage), _("coverage"), False),
        (
            f"{sum(line.tally.answered > 0 for line in sites)}/{len(sites)}",
            _("sites visited"),
            False,
        ),
        (str(red), _("red places"), red > 0),
        (str(len(board.stale)), _("answers too old"), bool(board.stale)),
    )


def _sections(board: ReadinessBoard) -> tuple[BarSection, ...]:
    others = [line for line in board.places if line.place.scope != "site"]
    sites = [line for line in board.of_scope("site") if line.tally.answered][:_MOST_PRINTED]
    return (
        _section(_("The park and the routes themselves"), _of_places(others)),
        _section(_("Routes with their stops"), _of_areas(board.routes)),
        _section(_("Groups of items"), _of_areas(board.groups)),
        _section(_("Communes"), _of_areas(board.communes)),
        _section(_("Sites visited"), _of_places(sites)),
    )


_Line = tuple[str, Readiness, str]


def _of_places(lines: Iterable[PlaceReadiness]) -> list[_Line]:
    return [
        (place_name(one), one.readiness, one.newest.strftime("%d/%m/%Y") if one.newest else "–")
        for one in lines
    ]


def _of_areas(areas: Iterable[AreaReadiness]) -> list[_Line]:
    return [(area_name(one), one.readiness, f"{one.visited}/{one.places}") for one in areas]


def _section(title: str, lines: Iterable[_Line]) -> BarSection:
    rows = tuple(
        BarRow(
            band=result.band,
            sign=band_sign(result.band) + (STALE_SIGN if result.stale else ""),
            name=name,
            share=result.score or 0.0,
            score=percent(result.score),
            coverage=f"{result.answered}/{result.applicable}",
            visited=visited,
        )
        for name, result, visited in lines
    )
    return BarSection(title=title, headings=bar_headings(), rows=rows)


def _write_workbook(
    context: AppContext, board: ReadinessBoard, points: Sequence[TrendPoint], out: Path
) -> None:
    title = _("Readiness of the geopark")
    note = _("Weights are a proposal, not UNESCO figures.")
    write_workbook(
        Workbook(
            title=title,
            author=context.author.person,
            made_at=context.now(),
            tables=(
                _table(
                    "Places",
                    (_("Place"), *_figure_words()),
                    [(place_name(line), *_cells(line.readiness)) for line in board.places],
                ),
                _table(
                    "Areas",
                    (_("Which area"), *_figure_words()),
                    [
                        (area_name(area), *_cells(area.readiness))
                        for area in (*board.routes, *board.communes, *board.groups)
                    ],
                ),
                _table("Heat", *_heat(board)),
                _table(
                    "Trend",
                    (_("Day"), *_figure_words()),
                    [(one.day.isoformat(), *_cells(one.readiness)) for one in points],
                ),
                _table("Stale", stale_headings(), [stale_cells(one) for one in board.stale]),
            ),
            about=((note, note),),
            languages=(active(),),
        ),
        out,
    )


def _figure_words() -> tuple[str, ...]:
    return (
        _("Score (%)"), _("Coverage (%)"), _("Red"), _("Answered"), _("Applicable"), _("Too old"),
    )  # fmt: skip


def _cells(result: Readiness) -> tuple[Cell, ...]:
    return (
        None if result.score is None else round(result.score * 100, 1),
        None if result.coverage is None else round(result.coverage * 100, 1),
        "!" if result.is_red else None,
        result.answered,
        result.applicable,
        result.stale,
    )


def _heat(board: ReadinessBoard) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    codes = [area.key for area in groups_of_sites(board)]
    rows: list[tuple[Cell, ...]] = [
        (place_name(line), *(cell_text(part.result()) if part.applicable else None
                             for part in _parts(line, codes)))
        for line in board.of_scope("site")
    ]  # fmt: skip
    return (_("Place"), *codes), rows


def _table(name: str, headings: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(
        name=name,
        title_vi=name,
        title_en=name,
        columns=tuple(
            Column(
                name=f"c{at}",
                label_vi=words,
                label_en=words,
                width=44 if at == 0 else 14,
                is_number=True,
            )
            for at, words in enumerate(headings)
        ),
        rows=tuple(rows),
    )
