"""Compiling a document to PDF: the job, its answer, and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from geopark_app.domain.progress import CancelToken
from geopark_app.typeset.fonts import font_files
from geopark_app.typeset.worker_process import WorkerLimits, run_in_worker


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetJob:
    """One document to compile.

    Attributes
    ----------
    root : Path
        Folder with the source, its data and its pictures; nothing outside of it can be read.
    source : str
        Name of the typst file in it.
    output : Path or None
        The PDF to write; None only asks the queries.
    made_at : datetime
        Instant, with offset, that stands in the document: the same data gives the same bytes.
    queries : mapping of str to str
        Typst selectors of metadata, by a name of ours.
    """

    root: Path
    source: str
    output: Path | None
    made_at: datetime
    queries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypesetResult:
    """A compiled document.

    Attributes
    ----------
    byte_count : int
        Size of the PDF.
    found : mapping of str to list
        Values of the metadata asked for.
    warnings : tuple of str
        What typst remarked.
    seconds, peak_memory_mb : float
        What it took in the worker.
    """

    byte_count: int
    found: Mapping[str, list[Any]]
    warnings: tuple[str, ...]
    seconds: float
    peak_memory_mb: float


def compile_pdf(
    job: TypesetJob, cancel: CancelToken, *, limits: WorkerLimits | None = None
) -> TypesetResult:
    """Compile a document as PDF/A-2a and PDF/UA-1 in the worker.

    Raises
    ------
    Cancelled
        When asked to stop; the compilation ends at once.
    GeoparkError
        UNTYPESETTABLE, MISSING_PART (fonts), WORKER_FAILED, or an environment code.
    """
    output = None if job.output is None else str(job.output)
    answer = run_in_worker(_order(job, output=output), cancel=cancel, limits=limits)
    return TypesetResult(
        byte_count=answer.content["bytes"],
        found=answer.content["found"],
        warnings=tuple(answer.content["warnings"]),
        seconds=answer.seconds,
        peak_memory_mb=answer.peak_memory_mb,
    )


def draw_pages(job: TypesetJob, ppi: int, cancel: CancelToken) -> None:
    """Draw each page of a document as a PNG; `{n}` in the name of the output is its number.

    Raises
    ------
    Cancelled, GeoparkError
        See `compile_pdf`.
    """
    run_in_worker(_order(job, output=str(job.output), ppi=ppi), cancel=cancel)


def _order(job: TypesetJob, *, output: str | None, ppi: int | None = None) -> dict[str, Any]:
    return {
        "task": "compile",
        "root": str(job.root),
        "source": job.source,
        "output": output,
        "ppi": ppi,
        "made_at": job.made_at.isoformat(),
        "font_folders": sorted({str(path.parent) for path in font_files()}),
        "queries": dict(job.queries),
    }
