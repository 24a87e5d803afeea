"""The list of works written for a meeting: PDF to print, XLSX to work with."""

from pathlib import Path

from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.fitted_pdf import FittedSheet
from geopark_app.dossier.works_words import cells, commune_words, headings, sums_words
from geopark_app.exchange.spreadsheet import Workbook, write_workbook
from geopark_app.exchange.tables import Column, Table
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.sheet_files import write_sheet
from geopark_app.operations.works import WorksByCommune

_DUE_COLUMN = 5
_SIZES = (8.0, 7.2, 6.4, 5.8)


def write_works(context: AppContext, works: WorksByCommune, out: Path, cancel: CancelToken) -> int:
    """Write the list as PDF or, for another suffix, as XLSX, in the language chosen.

    Gives how many pages the PDF has: one where the works fit at a size that can be read; 0 for a
    workbook.

    Raises
    ------
    Cancelled, GeoparkError
        An environment code when the file cannot be written; nothing stays of it then.
    """
    if out.suffix.lower() == ".pdf":
        return write_sheet(_sheet(context, works), out, cancel).pages
    _write_workbook(context, works, out)
    return 0


def _sheet(context: AppContext, works: WorksByCommune) -> FittedSheet:
    today = works.today.strftime("%d/%m/%Y")
    return FittedSheet(
        template="works.typ",
        content={
            "title": _("Works to be done, by commune"),
            "subtitle": _("State of {day}. {sums}").format(day=today, sums=sums_words(works.sums)),
            "author": context.author.person,
            "footer": _("Printed from the geopark inventory on {day}").format(day=today),
            "page": _("Page"),
            "late": _("(late)"),
            "language": active(),
            "headings": headings(),
            "due_column": _DUE_COLUMN,
            "groups": [
                {
                    "name": commune_words(group.commune),
                    "sums": sums_words(group.sums),
                    "rows": [
                        {"cells": cells(line), "late": line.is_late(works.today)}
                        for line in group.lines
                    ],
                }
                for group in works.groups
            ],
        },
        sizes=_SIZES,
        made_at=context.now().replace(microsecond=0),
    )


def _write_workbook(context: AppContext, works: WorksByCommune, out: Path) -> None:
    names = ("place", "title", "kind", "unit", "state", "due", "block", "cost")
    widths = (28, 60, 18, 26, 14, 12, 14, 16)
    words = (_("Commune"), *headings(), _("Late"))
    columns = [Column(name="commune", label_vi=words[0], label_en=words[0], width=22)]
    for name, label, width in zip(names, words[1:-1], widths, strict=True):
        columns.append(
            Column(name=name, label_vi=label, label_en=label, width=width, is_number=name == "cost")
        )
    columns.append(Column(name="late", label_vi=words[-1], label_en=words[-1], width=8))
    title = _("Works to be done, by commune")
    table = Table(
        name="Works",
        title_vi=title,
        title_en=title,
        columns=tuple(columns),
        rows=tuple(
            (
                commune_words(group.commune),
                *cells(line)[:-1],
                line.cost_vnd,
                "!" if line.is_late(works.today) else None,
            )
            for group in works.groups
            for line in group.lines
        ),
    )
    write_workbook(
        Workbook(
            title=title,
            author=context.author.person,
            made_at=context.now(),
            tables=(table,),
            about=((sums_words(works.sums), sums_words(works.sums)),),
            languages=(active(),),
        ),
        out,
    )
