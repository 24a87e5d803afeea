"""The dossier: checked before it is written, built beside its place, put there in one step."""

import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.dossier.annex import Annex
from geopark_app.dossier.annex_docx import write_docx
from geopark_app.dossier.annex_maps import AnnexMaps, draw_maps
from geopark_app.dossier.annex_pdf import typeset_annex
from geopark_app.dossier.glyphs import glyph_problems
from geopark_app.dossier.locator_pictures import draw_locators
from geopark_app.dossier.package import Package, check_place, package, settle
from geopark_app.dossier.print_photos import photos_for_print, pictures_of
from geopark_app.dossier.problems import Problem, in_order
from geopark_app.operations.annexes import gather_annex, map_sites
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier_final import refuse_unfinished, sketch_problem
from geopark_app.operations.dossier_options import DossierFile, DossierOptions, DossierReport
from geopark_app.operations.dossier_pairs import write_pairs
from geopark_app.operations.dossier_parts import GatheredParts, gather_parts
from geopark_app.operations.dossier_problems import (
    dossier_problems,
    read_surroundings,
    site_problems,
)
from geopark_app.operations.dossier_report import write_report
from geopark_app.operations.export_reading import ExportSite, Labels, read_labels, read_sites
from geopark_app.operations.exporting import write_gis, write_tables
from geopark_app.operations.official_boundary import official_outline
from geopark_app.operations.part_words import PartInput
from geopark_app.operations.release import Release
from geopark_app.store.writing_files import translated_os_errors

_ANNEX = "annex-geosites"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    items: list[ExportSite]
    labels: Labels
    annex: Annex
    maps: AnnexMaps
    parts: GatheredParts
    problems: list[Problem]


def check_dossier(
    context: AppContext,
    options: DossierOptions,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> DossierReport:
    """Give the problems a build would list, without writing anything.

    Raises
    ------
    Cancelled
        When asked to stop.
    GeoparkError
        UNKNOWN_FIELD for a filter that does not exist; see `compile_pdf`.
    """
    begun, cancel = time.monotonic(), cancel or CancelToken()
    gathered = _gather(context, options)
    problems = gathered.problems
    if options.wants("geosites", "pdf") and gathered.annex.sheets:
        with _working_folder() as working:
            folder = Path(working)
            printed = photos_for_print(
                gathered.annex, _cache(context, folder), progress=progress, cancel=cancel
            )
            source = _subfolder(folder, "source")
            found = typeset_annex(
                printed.annex, gathered.maps, folder=source, output=None, cancel=cancel
            )
        problems = [*problems, *printed.problems, *found.problems]
    return DossierReport(
        out=None,
        files=(),
        problems=in_order(problems),
        seconds=time.monotonic() - begun,
        kept=None,
        sites=len(gathered.items),
    )


def build_dossier(
    context: AppContext,
    out: Path,
    options: DossierOptions,
    *,
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> DossierReport:
    """Build the dossier in the folder `out`; an older one of ours is replaced only by a whole one.

    Raises
    ------
    Cancelled
        When asked to stop; `out` is as it was before.
    GeoparkError
        FOLDER_NOT_EMPTY for a foreign folder, NOT_FOUND without any site, UNKNOWN_FIELD, DISK_FULL
        and other environment codes, WORKER_FAILED; `out` is as it was before.
    """
    begun, cancel = time.monotonic(), cancel or CancelToken()
    check_place(out.absolute())
    gathered = _gather(context, options)
    if not gathered.items:
        wanted = ", ".join(f"{name}={value}" for name, value in options.filters.items())
        raise GeoparkError(ErrorCode.NOT_FOUND, reference=wanted)
    if options.is_final:
        refuse_unfinished(gathered.problems)
    steps = _Steps(gathered, options, progress)
    with package(out) as built, _working_folder() as working:
        pages, found = _write_parts(context, options, gathered, built, Path(working), steps, cancel)
        problems = in_order([*gathered.problems, *found])
        write_report(
            built.data, gathered.annex, gathered.items, gathered.parts, options.parts, problems
        )
        cancel.check()
        files, kept = settle(
            built,
            title=gathered.annex.title.joined(options.languages),
            organisation=gathered.annex.managing_body.joined(options.languages),
            made_at=gathered.annex.made_at,
        )
    return DossierReport(
        out=out,
        files=tuple(
            DossierFile(
                path=file.path.as_posix(),
                sha256=file.sha256,
                byte_count=file.byte_count,
                pages=pages.get(file.path.as_posix()),
            )
            for file in files
        ),
        problems=problems,
        seconds=time.monotonic() - begun,
        kept=kept,
        sites=len(gathered.items),
    )


class _Steps:
    """One bar for everything: photos, sheets of the Word file, and one step for each other file."""

    def __init__(
        self, gathered: _Gathered, options: DossierOptions, report: ReportProgress
    ) -> None:
        self._report = report
        self._done = 0
        annex, wants = gathered.annex, options.wants
        self.total = (
            (len(pictures_of(annex)) if _needs_photos(options) else 0)
            + (len(annex.sheets) if wants("geosites", "docx") else 0)
            + wants("geosites", "pdf")
            + wants("tables", "xlsx")
            + wants("gis", "gpkg")
            + gathered.parts.steps(options)
        )

    def inner(self, progress: Progress) -> None:
        """Report a step of a part that counts from one."""
        at = self._done + progress.done
        self._report(Progress(done=at, total=self.total, current=progress.current))

    def finish(self, steps: int, current: str) -> None:
        """Report a part that is done."""
        self._done += steps
        self._report(Progress(done=self._done, total=self.total, current=current))


def _gather(context: AppContext, options: DossierOptions) -> _Gathered:
    labels = read_labels(context)
    items = read_sites(context, options.audience, options.filters)
    annex = gather_annex(
        context,
        items,
        labels,
        kind=options.kind,
        audience=options.audience,
        languages=options.languages,
    )
    given = PartInput(
        context=context,
        items=items,
        labels=labels,
        filters=options.filters,
        audience=options.audience,
        release=Release(context, options.audience),
        languages=options.languages,
    )
    # Without a site there is no dossier, and nothing else is worth saying.
    parts = gather_parts(given, options if items else replace(options, parts=("gis",)))
    outline = official_outline(context)
    problems = list(dossier_problems(items, is_sample=annex.is_sample))
    around = read_surroundings(context)
    for item in items:
        problems.extend(site_problems(item, labels, around))
    if options.wants("geosites", "pdf"):
        problems.extend(glyph_problems(annex))
    if items and outline is None and _needs_photos(options):
        problems.append(sketch_problem())
    problems.extend(parts.problems)
    maps = draw_maps(annex, map_sites(items, labels, options.languages), outline)
    return _Gathered(
        items=items, labels=labels, annex=annex, maps=maps, parts=parts, problems=problems
    )


def _needs_photos(options: DossierOptions) -> bool:
    return options.wants("geosites", "pdf") or options.wants("geosites", "docx")


def _write_parts(
    context: AppContext,
    options: DossierOptions,
    gathered: _Gathered,
    built: Package,
    folder: Path,
    steps: _Steps,
    cancel: CancelToken,
) -> tuple[dict[str, int], list[Problem]]:
    pages: dict[str, int] = {}
    problems: list[Problem] = []
    if _needs_photos(options):
        pages, problems = _write_annex(context, options, gathered, built, folder, steps, cancel)
    if options.wants("tables", "xlsx"):
        path = _subfolder(built.data, "tables") / "sites.xlsx"
        write_tables(
            context,
            gathered.items,
            gathered.labels,
            gathered.annex,
            path,
            audience=options.audience,
        )
        steps.finish(1, path.name)
    cancel.check()
    if "pairs" in options.parts:
        write_pairs(
            context,
            gathered.items,
            built.data,
            languages=options.languages if "pdf" in options.formats else (),
            audience=options.audience,
            cancel=cancel,
        )
    more, lost = gathered.parts.write(
        options, built.data, _cache(context, folder), lambda name: steps.finish(1, name), cancel
    )
    if options.wants("gis", "gpkg"):
        path = _subfolder(built.data, "gis") / "sites.gpkg"
        write_gis(context, gathered.items, gathered.labels, path, driver="GPKG", cancel=cancel)
        steps.finish(1, path.name)
    return {**pages, **more}, [*problems, *lost]


def _write_annex(
    context: AppContext,
    options: DossierOptions,
    gathered: _Gathered,
    built: Package,
    folder: Path,
    steps: _Steps,
    cancel: CancelToken,
) -> tuple[dict[str, int], list[Problem]]:
    pages: dict[str, int] = {}
    cache = _cache(context, folder)
    printed = photos_for_print(gathered.annex, cache, progress=steps.inner, cancel=cancel)
    steps.finish(len(pictures_of(gathered.annex)), "")
    problems = list(printed.problems)
    part = _subfolder(built.data, "geosites")
    if options.wants("geosites", "pdf"):
        name = f"{_ANNEX}.pdf"
        done = typeset_annex(
            printed.annex,
            gathered.maps,
            folder=_subfolder(folder, "pdf"),
            output=part / name,
            cancel=cancel,
        )
        pages[f"data/geosites/{name}"] = done.pages
        problems.extend(done.problems)
        steps.finish(1, name)
    if options.wants("geosites", "docx"):
        name = f"{_ANNEX}.docx"
        pictures = draw_locators(
            printed.annex, gathered.maps, folder=_subfolder(folder, "docx"), cancel=cancel
        )
        write_docx(printed.annex, pictures, part / name, progress=steps.inner, cancel=cancel)
        steps.finish(len(printed.annex.sheets), name)
    return pages, problems


def _working_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="geopark-dossier-")


def _subfolder(folder: Path, name: str) -> Path:
    path = folder / name
    with translated_os_errors(path):
        path.mkdir(exist_ok=True)
    return path


def _cache(context: AppContext, folder: Path) -> Path:
    if context.catalogue.is_read_only:
        return _subfolder(folder, "photos")
    cache = context.catalogue.folder.cache_dir / "print"
    with translated_os_errors(cache):
        cache.mkdir(parents=True, exist_ok=True)
    return cache
