"""The handover record of somebody who leaves (biên bản bàn giao), as a Word document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from geopark_app.dossier.word_document import (
    QUIET,
    WordDocument,
    column_widths,
    repeat_header,
    rule_rows,
    run,
    shade,
)
from geopark_app.i18n import gettext as _

_BODY_MM = 176.0
_SIZE = 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSheet:
    """What the record says.

    Attributes
    ----------
    language : str
        "vi" or "en".
    team, giver, device, receiver, office : str
        The team; who leaves, with which laptop; who takes over; who writes the record.
    day : str
        Day of the record.
    works : tuple of (title, due, note)
        Open works.
    photos : tuple of str
        Photos of which only that laptop has the original.
    saves : int
        Changes that are not handed over.
    heard_at : str
        When the laptop was last heard of, or empty.
    made_at : datetime
        Instant that stands in the file.
    """

    language: str
    team: str
    giver: str
    device: str
    receiver: str
    office: str
    day: str
    works: tuple[tuple[str, str, str], ...]
    photos: tuple[str, ...]
    saves: int
    heard_at: str
    made_at: datetime


def write_handover(sheet: HandoverSheet, path: Path) -> None:
    """Write the document; nothing stays of it when it cannot be written."""
    word = WordDocument(language=sheet.language)
    word.set_properties(
        title=_("Handover record"),
        subject=sheet.team,
        author=sheet.office,
        keywords="geopark",
        made_at=sheet.made_at,
    )
    _head(word, sheet)
    _numbers(word, sheet)
    _list(word, _("1. Open works"), _works(sheet), (92.0, 26.0, 58.0))
    _list(word, _("2. Original photos on that laptop only"), _photos(sheet), (176.0,))
    _line(word, _("3. Changes not handed over yet: {count}").format(count=sheet.saves), bold=True)
    if sheet.heard_at:
        _line(
            word,
            _("As that laptop said on {at}; what was done on it later is not known here.").format(
                at=sheet.heard_at
            ),
        )
    _line(word, _("4. Equipment, keys, papers and passwords handed over:"), bold=True)
    for _row in range(3):
        _line(word, "." * 120)
    _line(
        word,
        _(
            "From today the laptop is of the team no more: what was exchanged before stays in the "
            "catalogue; what comes from it later waits for an editor's decision."
        ),
    )
    _signatures(word, sheet)
    part = path.with_name(f".{path.name}.part")
    try:
        word.save(part, sheet.made_at)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _head(word: WordDocument, sheet: HandoverSheet) -> None:
    _centred(word, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
    _centred(word, "Độc lập - Tự do - Hạnh phúc", size=12, bold=True)
    _centred(word, _("HANDOVER RECORD"), size=15, bold=True, before=10)
    _centred(word, sheet.team, size=_SIZE, after=8)


def _numbers(word: WordDocument, sheet: HandoverSheet) -> None:
    for label, value in (
        (_("Day"), sheet.day),
        (_("Handed over by"), f"{sheet.giver} ({sheet.device})"),
        (_("Taken over by"), sheet.receiver or "." * 40),
        (_("For the office"), sheet.office),
    ):
        paragraph = word.document.add_paragraph()
        run(paragraph, f"{label}: ", size=_SIZE, bold=True)
        run(paragraph, value, size=_SIZE)


def _works(sheet: HandoverSheet) -> list[tuple[str, ...]]:
    return [(_("Work"), _("Due on"), _("Note")), *sheet.works]


def _photos(sheet: HandoverSheet) -> list[tuple[str, ...]]:
    return [(_("File"),), *((name,) for name in sheet.photos)]


def _list(
    word: WordDocument, title: str, rows: Sequence[tuple[str, ...]], widths: Sequence[float]
) -> None:
    _line(word, f"{title}: {len(rows) - 1}", bold=True)
    if len(rows) == 1:
        return
    table = word.document.add_table(rows=0, cols=len(widths))
    for at, texts in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, texts, strict=True):
            run(cell.paragraphs[0], text, size=_SIZE - 1, bold=at == 0)
            if at == 0:
                shade(cell, "EEF3F0")
    repeat_header(table.rows[0])
    column_widths(table, widths)
    rule_rows(table, len(widths))


def _signatures(word: WordDocument, sheet: HandoverSheet) -> None:
    table = word.document.add_table(rows=0, cols=3)
    cells = table.add_row().cells
    names = (sheet.giver, sheet.receiver, sheet.office)
    labels = (_("Handed over by"), _("Taken over by"), _("For the office"))
    for cell, label, name in zip(cells, labels, names, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(14)
        run(paragraph, label, size=_SIZE, bold=True)
        for text in ("", "", "", name):
            below = cell.add_paragraph()
            below.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run(below, text, size=_SIZE)
    column_widths(table, (_BODY_MM / 3,) * 3)


def _line(word: WordDocument, text: str, *, bold: bool = False) -> None:
    paragraph = word.document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6 if bold else 0)
    run(paragraph, text, size=_SIZE, bold=bold, colour=None if bold else QUIET)


def _centred(
    word: WordDocument,
    text: str,
    *,
    size: float,
    bold: bool = False,
    before: float = 0,
    after: float = 2,
) -> Any:
    paragraph = word.document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    run(paragraph, text, size=size, bold=bold)
    return paragraph
