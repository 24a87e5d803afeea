"""Characters no bundled font can show, listed by site and field before anything is printed."""

from collections.abc import Iterator

from geopark_app.domain.finding import Severity
from geopark_app.dossier.annex import Annex, GeositeSheet
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.typeset.fonts import SUBSTITUTE, missing_characters


def glyph_problems(annex: Annex) -> Iterator[Problem]:
    """Give one problem for each field with such characters; a sign is printed instead."""
    for sheet in annex.sheets:
        for field, words in _texts(sheet):
            missing = missing_characters(words.vi + words.en)
            if missing:
                yield _problem(sheet.code, field, missing)
    for words in (annex.title, annex.geopark, annex.managing_body, *annex.notes, *annex.credits):
        missing = missing_characters(words.vi + words.en)
        if missing:
            yield _problem("", "profile", missing)


def _texts(sheet: GeositeSheet) -> Iterator[tuple[str, Bilingual]]:
    yield "code", Bilingual(sheet.code)
    yield "name", sheet.name
    yield "name_local", Bilingual(sheet.local_name)
    for row in sheet.rows:
        yield row.label.en, row.value
    for text in sheet.texts:
        yield text.title.en, text.body
    for photo in sheet.photos:
        yield "photo.caption", photo.caption
        yield "photo.alt", photo.alt
        yield "photo.credit", photo.credit


def _problem(site: str, field: str, missing: tuple[str, ...]) -> Problem:
    shown = " ".join(f"{char} (U+{ord(char):04X})" for char in missing[:12])
    return Problem(
        code="missing-glyph",
        severity=Severity.WARNING,
        site=site,
        field=field,
        message=_("The fonts of the PDF lack {characters}; {sign} is printed instead.").format(
            characters=shown, sign=SUBSTITUTE
        ),
    )
