"""The bibliography as a file of BibTeX, RIS or CSL-JSON; notes of the office stay here."""

from pathlib import Path

from geopark_app.domain.declaration import Audience, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Reference
from geopark_app.domain.text import sort_key
from geopark_app.exchange.writing_bibliographies import FORMS, bibliography_text
from geopark_app.operations.context import AppContext
from geopark_app.store.writing_files import write_atomically

_FIELDS = tuple(spec.name for spec in kind_of(Reference).fields
                if spec.audience is Audience.PUBLIC)  # fmt: skip


def export_references(context: AppContext, form: str, out: Path, *, only_main: bool = False) -> int:
    """Write the publications of the catalogue and give how many.

    Parameters
    ----------
    context
        The surroundings.
    form
        `bibtex`, `ris` or `csl`.
    out
        The file; one of that name is replaced.
    only_main
        Only the main international papers.

    Raises
    ------
    GeoparkError
        BAD_VALUE for another form; an environment code when the file cannot be written.
    """
    if form not in FORMS:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="FORMAT", value=form, expected=", ".join(FORMS)
        )
    found = [
        reference
        for reference in context.catalogue.records(Reference)
        if reference.is_main_international or not only_main
    ]
    found.sort(key=lambda one: (sort_key(one.authors or ""), one.year or 0, one.uuid))
    text = bibliography_text([_entry(reference) for reference in found], form)
    write_atomically(out, text.encode("utf-8"))
    return len(found)


def _entry(reference: Reference) -> dict[str, str]:
    values = {name: getattr(reference, name) for name in _FIELDS}
    entry = {name: str(value) for name, value in values.items() if value not in (None, False)}
    entry.setdefault("title", reference.title_vi or reference.title_en or reference.citation or "")
    entry.setdefault("cite_key", reference.uuid)
    return entry
