"""The dossier: checked before it is written, built beside its place, put there in one step."""

import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.finding import Severity
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
from geopark_app.dossier.readme import readme_text
from geopark_app.i18n import LANGUAGES, active
from geopark_app.operations.annexes import gather_annex, map_sites
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier_pairs import write_pairs
from geopark_app.operations.dossier_problems import (
    dossier_problems,
    read_surroundings,
    site_problems,
)
from geopark_app.operations.export_reading import ExportSite, Labels, read_labels, read_sites
from geopark_app.operations.exporting import write_gis, write_tables
from geopark_app.operations.official_boundary import official_outline
from geopark_app.store.writing_files import translated_os_errors, write_atomically

KINDS = ("revalidation", "application")
PARTS = ("geosites", "tables", "gis", "pairs")
FORMATS = ("pdf", "docx", "xlsx", "gpkg")
_FORMATS_OF = {"geosites": ("pdf", "docx"), "tables": ("xlsx",), "gis": ("gpkg",), "pairs": ()}
_ANNEX = "annex-geosites"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOptions:
    """What to build.

    Attributes
    ----------
    kind : str
        `revalidation` or `application`.
    parts, formats : tuple of str
        Of `PARTS` and `FORMATS`; a format whose part is not asked for is not written.
    languages : tuple of str
        `vi`, `en` or both.
    audience : Audience
        Who will read it.
    filters : dict of str to str
        As in `list_sites`; by default the geosites.
    """

    kind: str = "revalidation"
    parts: tuple[str, ...] = PARTS
    formats: tuple[str, ...] = FORMATS
    languages: tuple[str, ...] = LANGUAGES
    audience: Audience = Audience.EVALUATORS
    filters: dict[str, str] = field(default_factory=lambda: {"kind": "geosite"})

    def __post_init__(self) -> None:
        """Refuse unknown words with `GeoparkError(BAD_VALUE)`."""
        _check("kind", (self.kind,), KINDS)
        _check("parts", self.parts, PARTS)
        _check("formats", self.formats, FORMATS)
        _check("languages", self.languages, LANGUAGES)

    def wants(self, form: str) -> bool:
        """Say whether a format is to be written."""
        return form in self.formats and any(form in _FORMATS_OF[part] for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFile:
    """A file of the finished dossier.

    Attributes
    ----------
    path : str
        Below the dossier folder, with forward slashes.
    sha256 : str
        Of its bytes.
    byte_count : int
        Its size.
    pages : int or None
        Of a PDF.
    """

    path: str
    sha256: str
    byte_count: int
    pages: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReport:
    """What came out.

    Attributes
    ----------
    out : Path or None
        The dossier folder; None after a check.
    files : tuple of DossierFile
        What was written.
    problems : tuple of Problem
        What a person should put right, the gravest first.
    seconds : float
        How long it took.
    kept : Path or None
        The older dossier, where a person had changed it.
    sites : int
        How many sites the annex has.
    """

    out: Path | None
    files: tuple[DossierFile, ...]
    problems: tuple[Problem, ...]
    seconds: float
    kept: Path | None
    sites: int

    @property
    def has_errors(self) -> bool:
        """Say whether something had to be left out of the documents."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def as_json(self, language: str) -> dict[str, object]:
        """Give the report as the command line prints it."""
        return {
            "out": None if self.out is None else str(self.out),
            "files": [
                {
                    "path": file.path,
                    "sha256": file.sha256,
                    "bytes": file.byte_count,
                    "pages": file.pages,
                }
                for file in self.files
            ],
            "problems": [problem.as_json(language) for problem in self.problems],
            "seconds": round(self.seconds, 2),
            "sites": self.sites,
            "kept": None if self.kept is None else str(self.kept),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    items: list[ExportSite]
    labels: Labels
    annex: Annex
    maps: AnnexMaps
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
    if options.wants("pdf") and gathered.annex.sheets:
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
    steps = _Steps(gathered.annex, options, progress)
    with package(out) as built, _working_folder() as working:
        pages, found = _write_parts(context, options, gathered, built, Path(working), steps, cancel)
        problems = in_order([*gathered.problems, *found])
        _write_report(built, gathered, problems)
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
                pages=pages.get(file.path.name),
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

    def __init__(self, annex: Annex, options: DossierOptions, report: ReportProgress) -> None:
        self._report = report
        self._done = 0
        needs_photos = options.wants("pdf") or options.wants("docx")
        self.total = (
            (len(pictures_of(annex)) if needs_photos else 0)
            + (len(annex.sheets) if options.wants("docx") else 0)
            + sum(options.wants(form) for form in ("pdf", "xlsx", "gpkg"))
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
    problems = list(dossier_problems(items, is_sample=annex.is_sample))
    around = read_surroundings(context)
    for item in items:
        problems.extend(site_problems(item, labels, around))
    if options.wants("pdf"):
        problems.extend(glyph_problems(annex))
    drawn = map_sites(items, labels, options.languages)
    maps = draw_maps(annex, drawn, official_outline(context))
    return _Gathered(items=items, labels=labels, annex=annex, maps=maps, problems=problems)


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
    if options.wants("pdf") or options.wants("docx"):
        cache = _cache(context, folder)
        printed = photos_for_print(gathered.annex, cache, progress=steps.inner, cancel=cancel)
        steps.finish(len(pictures_of(gathered.annex)), "")
        problems.extend(printed.problems)
        part = _subfolder(built.data, "geosites")
        if options.wants("pdf"):
            name = f"{_ANNEX}.pdf"
            done = typeset_annex(
                printed.annex,
                gathered.maps,
                folder=_subfolder(folder, "pdf"),
                output=part / name,
                cancel=cancel,
            )
            pages[name] = done.pages
            problems.extend(done.problems)
            steps.finish(1, name)
        if options.wants("docx"):
            name = f"{_ANNEX}.docx"
            pictures = draw_locators(
                printed.annex, gathered.maps, folder=_subfolder(folder, "docx"), cancel=cancel
            )
            write_docx(printed.annex, pictures, part / name, progress=steps.inner, cancel=cancel)
            steps.finish(len(printed.annex.sheets), name)
    if options.wants("xlsx"):
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
    if options.wants("gpkg"):
        path = _subfolder(built.data, "gis") / "sites.gpkg"
        write_gis(context, gathered.items, gathered.labels, path, driver="GPKG", cancel=cancel)
        steps.finish(1, path.name)
    return pages, problems


def _write_report(built: Package, gathered: _Gathered, problems: Sequence[Problem]) -> None:
    content = {
        "made_at": gathered.annex.made_at.isoformat(timespec="seconds"),
        "sites": len(gathered.items),
        "problems": [problem.as_json(active()) for problem in problems],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_atomically(built.data / "problems.json", text.encode("utf-8"), flush_to_disk=False)
    readme = readme_text(gathered.annex, problems)
    write_atomically(built.data / "README.txt", readme.encode("utf-8"), flush_to_disk=False)


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


def _check(name: str, given: Sequence[str], known: Sequence[str]) -> None:
    for word in given:
        if word not in known:
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field=name, value=word, expected=", ".join(known)
            )
    if not given:
        raise GeoparkError(ErrorCode.BAD_VALUE, field=name, value="", expected=", ".join(known))
