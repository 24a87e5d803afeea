"""The README of a dossier folder: what lies where, in plain text for people without our program."""

from collections.abc import Sequence

from geopark_app.domain.finding import Severity
from geopark_app.dossier.annex import Annex
from geopark_app.dossier.annex_words import sample_note
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem

_WIDTH = 78


def readme_text(annex: Annex, problems: Sequence[Problem]) -> str:
    """Give the text in both languages, Vietnamese first."""
    return (
        f"\n\n{'-' * _WIDTH}\n\n".join(
            _one_language(annex, problems, language) for language in ("vi", "en")
        )
        + "\n"
    )


def _one_language(annex: Annex, problems: Sequence[Problem], language: str) -> str:
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
        _("geosites/annex-geosites.pdf: fact sheets, one page for each site (PDF/A-2a, PDF/UA-1)"),
        _("geosites/annex-geosites.docx: the same sheets, to edit; then update the Contents"),
        _("tables/sites.xlsx: site list, and the stops to fill in"),
        _("gis/sites.gpkg: sites as points in WGS 84 and VN-2000, for QGIS"),
        _(
            "problems.json: what should be put right: {errors} left out, {warnings} to complete, "
            "{notes} notes"
        ).format(
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.NOTE],
        ),
        _("../manifest-sha256.txt: checksums (BagIt 1.0); check with: sha256sum -c"),
        Bilingual(),
        *annex.notes,
        *annex.credits,
    ]
    return "\n".join(line.of(language) for line in lines)
