"""The README of a dossier folder: what lies where, in plain text for people without our program."""

from collections.abc import Sequence

from geopark_app.domain.finding import Severity
from geopark_app.dossier.annex import Annex
from geopark_app.dossier.annex_words import sample_note
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem

_WIDTH = 78
_MOST_FILES = 12


def readme_text(
    annex: Annex, problems: Sequence[Problem], parts: Sequence[tuple[Bilingual, Sequence[str]]]
) -> str:
    """Give the text in both languages, Vietnamese first; `parts` are titles with their files."""
    return (
        f"\n\n{'-' * _WIDTH}\n\n".join(
            _one_language(annex, problems, parts, language) for language in ("vi", "en")
        )
        + "\n"
    )


def _one_language(
    annex: Annex,
    problems: Sequence[Problem],
    parts: Sequence[tuple[Bilingual, Sequence[str]]],
    language: str,
) -> str:
    counts = {
        severity: sum(problem.severity is severity for problem in problems) for severity in Severity
    }
    sample = sample_note(annex)
    lines: list[Bilingual] = [
        annex.geopark,
        annex.title,
        annex.footer,
        *(() if sample is None else (sample,)),
        Bilingual(),
        *(line for title, files in parts for line in _part(title, files)),
        Bilingual(),
        _("PDF: PDF/A-2a and PDF/UA-1. Word: to edit; then update the Contents of the sheets."),
        _("GIS: sites as points in WGS 84 and VN-2000, for QGIS."),
        _(
            "problems.json: what should be put right: {errors} left out, {warnings} to complete, "
            "{notes} notes"
        ).format(
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.NOTE],
        ),
        _("sources.json: the records each line of the documents was made from"),
        _("../manifest-sha256.txt: checksums (BagIt 1.0); check with: sha256sum -c"),
        Bilingual(),
        *annex.notes,
        *annex.credits,
    ]
    return "\n".join(line.of(language) for line in lines)


def _part(title: Bilingual, files: Sequence[str]) -> list[Bilingual]:
    lines = [title, *(Bilingual(f"  {name}", f"  {name}") for name in files[:_MOST_FILES])]
    left = len(files) - _MOST_FILES
    if left > 0:
        lines.append(_("  … and {count} more files").format(count=left))
    return lines
