"""A printed register written as PDF, Word or Excel, by the suffix of the file asked for."""

import tempfile
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.register import PrintedRegister, RegisterCell
from geopark_app.dossier.register_docx import write_register_docx
from geopark_app.dossier.register_pdf import typeset_register
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Column, Table
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.store.writing_files import translated_os_errors, write_atomically

SUFFIXES = (".pdf", ".docx", ".xlsx")
_CHARACTERS_OF_A_PAGE = 170


def check_suffix(path: Path, suffixes: tuple[str, ...] = SUFFIXES) -> None:
    """Refuse a file whose suffix names no format of ours, with `GeoparkError(BAD_VALUE)`."""
    if path.suffix.lower() not in suffixes:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="OUT", value=path.name, expected=", ".join(suffixes)
        )


def write_register(
    context: AppContext, register: PrintedRegister, path: Path, cancel: CancelToken
) -> None:
    """Write a register whole, or nothing of it.

    Raises
    ------
    Cancelled, GeoparkError
        BAD_VALUE for another suffix; an environment code when the file cannot be written.
    """
    check_suffix(path)
    form = path.suffix.lower()
    if form == ".xlsx":
        _write_workbook(context, register, path)
        return
    with translated_os_errors(path), tempfile.TemporaryDirectory(prefix="geopark-") as folder:
        made = Path(folder) / f"register{form}"
        if form == ".docx":
            write_register_docx(register, made)
        else:
            (Path(folder) / "source").mkdir()
            typeset_register(register, folder=Path(folder) / "source", output=made, cancel=cancel)
        write_atomically(path, made.read_bytes())


def _write_workbook(context: AppContext, register: PrintedRegister, path: Path) -> None:
    has_groups = any(not group.heading.is_empty for group in register.groups)
    columns = [
        Column(
            name=f"c{at}",
            label_vi=column.label.vi,
            label_en=column.label.en,
            width=max(9, round(column.share / _shares(register) * _CHARACTERS_OF_A_PAGE)),
        )
        for at, column in enumerate(register.columns, start=1)
    ]
    if has_groups:
        part = _("Part")
        columns.insert(0, Column(name="part", label_vi=part.vi, label_en=part.en, width=24))
    rows = []
    for group in register.groups:
        for row in group.rows:
            cells = [_cell(cell, register.languages) for cell in row]
            if has_groups:
                cells.insert(0, group.heading.joined(register.languages))
            rows.append(tuple(cells))
    about = [(note.vi, note.en) for note in register.notes]
    if register.is_sample:
        sample = _("SAMPLE")
        about.insert(0, (sample.vi, sample.en))
    write_workbook(
        Workbook(
            title=register.title.joined(register.languages),
            author=context.author.person,
            made_at=register.made_at,
            tables=(
                Table(
                    name="Register",
                    title_vi=register.title.vi,
                    title_en=register.title.en,
                    columns=tuple(columns),
                    rows=tuple(rows),
                ),
            ),
            about=((register.subtitle.vi, register.subtitle.en), *about),
            languages=register.languages,
        ),
        path,
    )


def _shares(register: PrintedRegister) -> float:
    return sum(column.share for column in register.columns)


def _cell(cell: RegisterCell, languages: tuple[str, ...]) -> str:
    return "\n".join(line.joined(languages) for line in cell.lines if not line.is_empty)


def names_of_geopark(context: AppContext) -> tuple[Bilingual, Bilingual]:
    """Give the names of the geopark and of its managing body."""
    profile = profile_of(context)
    name = twin(str(profile.get("name_vi") or ""), str(profile.get("name_en") or ""))
    if name.is_empty:
        name = same(context.catalogue.folder.root.name)
    body = twin(
        str(profile.get("managing_body_vi") or ""), str(profile.get("managing_body_en") or "")
    )
    return name, name if body.is_empty else body


def printed_on(context: AppContext) -> Bilingual:
    """Give the line at the foot of printed lists."""
    today = date_words(context.now().date().isoformat())
    return _("Printed from the geopark inventory on {day}").format(day=today)
