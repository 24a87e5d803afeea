"""What keeps a dossier from being final: samples, provisional words and numbers, sketch maps."""

from collections.abc import Sequence

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.finding import Severity
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.i18n import active

# What a dossier to be signed may not hold.
_UNFINISHED = (
    "sample-catalogue",
    "sample-visit",
    "provisional",
    "provisional-points",
    "provisional-wording",
    "provisional-numbers",
    "commune-only",
    "unofficial-boundary",
)


def sketch_problem() -> Problem:
    """Give the problem of maps without an official boundary."""
    return Problem(
        code="unofficial-boundary",
        severity=Severity.NOTE,
        site="",
        field="map_layer",
        message=_("The maps are sketches: there is no official boundary in the catalogue."),
    )


def refuse_unfinished(problems: Sequence[Problem]) -> None:
    """Refuse a final dossier that holds something unfinished, with `GeoparkError(NOT_FINAL)`."""
    found = [problem for problem in problems if problem.code in _UNFINISHED]
    if not found:
        return
    whole = [problem.message.of(active()) for problem in found if not problem.site]
    sites = sorted({problem.site for problem in found if problem.site})
    if sites:
        shown = ", ".join(sites[:8]) + (" …" if len(sites) > 8 else "")
        words = _("{count} sites are known by commune only: {codes}")
        whole.append(words.format(count=len(sites), codes=shown).of(active()))
    raise GeoparkError(ErrorCode.NOT_FINAL, reasons=" ".join(whole))
