"""A printed register written as PDF, Word or Excel, by the suffix of the file asked for."""

import tempfile
from pathlib import Path

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.register import PrintedRegister, RegisterCell, RegisterGroup
from geopark_app.dossier.register_docx import write_register_docx
from geopark_app.dossier.register_pdf import typeset_register
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Cell, Column, Table
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
) -> int | None:
    """Write a register whole, or nothing of it; give how many pages a PDF has.

    Raises
    ------
    Cancelled, GeoparkError
        BAD_VALUE for another suffix; an environment code when the file cannot be written.
    """
    check_suffix(path)
    form = path.suffix.lower()
    if form == ".xlsx":
        _write_workbook(context, register, path)
        return None
    pages = None
    with translated_os_errors(path), tempfile.TemporaryDirectory(prefix="geopark-") as folder:
        made = Path(folder) / f"register{form}"
        if form == ".docx":
            write_register_docx(register, made)
        else:
            (Path(folder) / "source").mkdir()
            source = Path(folder) / "source"
            pages = typeset_register(register, folder=source, output=made, cancel=cancel)
        write_atomically(path, made.read_bytes())
    return pages


def _write_workbook(context: AppContext, register: PrintedRegister, path: Path) -> None:
    about = [(note.vi, note.en) for note in register.notes]
    if register.is_sample:
        sample = _("SAMPLE")
        about.insert(0, (sample.vi, sample.en))
    write_workbook(
        Workbook(
            title=register.title.joined(register.languages),
            author=context.author.person,
            made_at=register.made_at,
            tables=_tables(register),
            about=((register.subtitle.vi, register.subtitle.en), *about),
            languages=register.languages,
        ),
        path,
    )


def _tables(register: PrintedRegister) -> tuple[Table, ...]:
    """Give one sheet for the groups with common columns, and one for each of the others."""
    common = [group for group in register.groups if not group.columns]
    own = [group for group in register.groups if group.columns]
    tables = [_table(register, group.sheet, group.heading, [group]) for group in own]
    if common:
        tables.append(_table(register, "Register", register.title, common))
    return tuple(tables)


def _table(
    register: PrintedRegister, name: str, title: Bilingual, groups: list[RegisterGroup]
) -> Table:
    printed = register.columns_of(groups[0])
    shares = sum(column.share for column in printed)
    has_parts = name == "Register" and any(not group.heading.is_empty for group in groups)
    columns = [
        Column(
            name=f"c{at}",
            label_vi=column.label.vi,
            label_en=column.label.en,
            width=max(9, round(column.share / shares * _CHARACTERS_OF_A_PAGE)),
            is_number=any(row[at - 1].number is not None for group in groups for row in group.rows),
        )
        for at, column in enumerate(printed, start=1)
    ]
    if has_parts:
        part = _("Part")
        columns.insert(0, Column(name="part", label_vi=part.vi, label_en=part.en, width=24))
    rows = []
    for group in groups:
        for row in group.rows:
            cells = [_cell(cell, register.languages) for cell in row]
            if has_parts:
                cells.insert(0, group.heading.joined(register.languages))
            rows.append(tuple(cells))
    return Table(
        name=name, title_vi=title.vi, title_en=title.en, columns=tuple(columns), rows=tuple(rows)
    )


def _cell(cell: RegisterCell, languages: tuple[str, ...]) -> Cell:
    if cell.number is not None:
        return cell.number
    lines = (line.joined(languages) or line.of(languages[0]) for line in cell.lines)
    return "\n".join(line for line in lines if line)


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
