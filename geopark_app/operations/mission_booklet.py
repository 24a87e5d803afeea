"""The booklet of a mission gathered from the catalogue and written as PDF."""

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.finding import Severity
from geopark_app.domain.progress import CancelToken, no_progress
from geopark_app.dossier.annex import Annex
from geopark_app.dossier.annex_maps import draw_maps
from geopark_app.dossier.bilingual import Bilingual, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.booklet import Booklet
from geopark_app.dossier.booklet_pdf import draw_day_ground, typeset_booklet
from geopark_app.dossier.print_photos import photos_for_print
from geopark_app.i18n import LANGUAGES
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.annexes import gather_annex
from geopark_app.operations.context import AppContext
from geopark_app.operations.export_reading import Labels, read_labels, read_sites
from geopark_app.operations.mission_sheets import BookletWords
from geopark_app.operations.missions import OpenMission
from geopark_app.operations.official_boundary import official_outline
from geopark_app.operations.recommendations import read_recommendations
from geopark_app.operations.register_files import printed_on
from geopark_app.store.writing_files import translated_os_errors, write_atomically


def write_booklet(
    context: AppContext,
    mission: OpenMission,
    path: Path,
    cancel: CancelToken,
    *,
    paper: str = "a5",
    languages: tuple[str, ...] = LANGUAGES,
) -> int:
    """Write the booklet as PDF/A and give how many pages it has; nothing is left of a failure.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`; an environment code when the file cannot be written.
    """
    booklet = gather_booklet(context, mission, paper=paper, languages=languages)
    boundary = official_outline(context)
    with translated_os_errors(path), tempfile.TemporaryDirectory(prefix="geopark-") as folder:
        cache = Path(folder) / "cache"
        if not context.catalogue.is_read_only:
            cache = context.catalogue.folder.cache_dir / "print"
        printed = photos_for_print(booklet.annex, cache, progress=no_progress, cancel=cancel)
        booklet = _with_annex(booklet, printed.annex)
        maps = draw_day_ground(booklet, draw_maps(booklet.annex, [], boundary), boundary)
        source = Path(folder) / "source"
        source.mkdir()
        made = Path(folder) / "booklet.pdf"
        pages = typeset_booklet(booklet, maps, folder=source, output=made, cancel=cancel)
        write_atomically(path, made.read_bytes())
    return pages


def _with_annex(booklet: Booklet, annex: Annex) -> Booklet:
    """Put the pictures at their printed size into the sheets of the days."""
    sheets = {sheet.uuid: sheet for sheet in annex.sheets}
    days = tuple(
        replace(
            day,
            sheets=tuple(
                replace(sheet, site=replace(sheet.site, photos=sheets[sheet.site.uuid].photos))
                for sheet in day.sheets
            ),
        )
        for day in booklet.days
    )
    return replace(booklet, annex=annex, days=days)


def gather_booklet(
    context: AppContext, mission: OpenMission, *, paper: str, languages: tuple[str, ...]
) -> Booklet:
    """Give the booklet in words; what evaluators may not see stays out."""
    labels = read_labels(context)
    wanted = {one.site.uuid for one in mission.stops.values() if one.site is not None}
    items = [
        item for item in read_sites(context, Audience.EVALUATORS, {}) if item.site.uuid in wanted
    ]
    annex = gather_annex(
        context,
        items,
        labels,
        kind="revalidation",
        audience=Audience.EVALUATORS,
        languages=languages,
    )
    record = mission.mission
    gather = BookletWords(context, mission, annex, labels)
    return Booklet(
        annex=annex,
        title=twin(record.name_vi, record.name_en),
        dates=_span(record.starts_on, record.ends_on),
        footer=printed_on(context),
        cover=tuple(gather.cover()),
        emergency=tuple(
            line.strip() for line in (record.emergency_numbers or "").splitlines() if line.strip()
        ),
        open_points=sum(one.severity is Severity.ERROR for one in mission.conflicts),
        meetings=tuple(gather.meetings()),
        days=tuple(gather.day(day) for day in mission.days),
        people=tuple(gather.person(one) for one in mission.people),
        people_note=gather.people_note(),
        recommendations=tuple(_recommendations(context, labels)),
        pace_note=_pace(mission),
        paper=paper,
        made_at=context.now().replace(microsecond=0),
    )


def _span(starts_on: str | None, ends_on: str | None) -> Bilingual:
    if not ends_on or ends_on == starts_on:
        return date_words(starts_on)
    return _("{start} – {end}").format(start=date_words(starts_on), end=date_words(ends_on))


def _pace(mission: OpenMission) -> Bilingual:
    return _(
        "Estimated drives: straight distance × {detour} at {speed} km/h, rounded up to 5 minutes; "
        "a place known by commune only counts as the middle of its commune."
    ).format(detour=f"{mission.pace.detour:g}", speed=f"{mission.pace.speed_kmh:g}")


def _recommendations(
    context: AppContext, labels: Labels
) -> Iterable[tuple[str, Bilingual, Bilingual]]:
    for line in read_recommendations(context).lines:
        record = line.record
        state = labels.of("recommendation_status", record.status)
        yield (
            record.number or "",
            twin(record.text_vi, record.text_en),
            _("not stated yet") if state.is_empty else state,
        )
