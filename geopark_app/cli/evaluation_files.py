"""`evaluation look|map|fill`: the office's own copy of the official form, filled in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Output, common_options, opened, pairs
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.progress import CancelToken
from geopark_app.i18n import LANGUAGES, pick
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.exchange.office_forms import FormLook
    from geopark_app.operations.evaluation import OpenForm

_SHOWN = 400


def look_command() -> click.Command:
    """Make `look`."""

    @click.command("look", help=_("Show the cells of a workbook or Word form, by their names."))
    @click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
    @common_options
    def look(output: Output, path: Path) -> None:
        from geopark_app.exchange.office_forms import look_at_form
        from geopark_app.wording.form_files import note_words

        seen = look_at_form(path, CancelToken())
        cells = [
            {
                "place": seen.place_of(page, one.row, one.column),
                "text": one.text,
                "signs": one.signs,
            }
            for page in seen.pages
            for one in page.cells
        ]
        names = [
            {"place": f"{kind}:{name}", "text": text, "signs": "t"}
            for kind, listed in (("SDT", seen.controls), ("BM", seen.bookmarks))
            for name, text in listed
        ]
        output.data(
            {"kind": seen.kind, "sha256": seen.sha256, "notes": list(seen.notes),
             "cells": cells + names}
        )  # fmt: skip
        shown = (cells + names)[:_SHOWN]
        output.table((_("Cell"), _("Text")), [(one["place"], one["text"]) for one in shown])
        for note in seen.notes:
            output.remark(note_words(note))

    return look


def map_command() -> click.Command:
    """Make `map`."""

    @click.command("map", help=_("Say once in which cell of the office's file each value goes."))
    @click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
    @click.option(
        "--set",
        "given",
        multiple=True,
        metavar="VALUE=PLACE",
        help=_("Such as 1.1.1.a:self=Form!E12, or =T2.R5.C3, =SDT:tag, =BM:name in Word."),
    )
    @click.option("--page", metavar="NAME", help=_("Sheet or table in which the codes stand."))
    @click.option("--codes", metavar="COLUMN", help=_("Column of that page with the codes."))
    @click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="VALUE=COLUMN",
        help=_("Column for self, answer, count, evidence or note in the row of each code."),
    )
    @click.option(
        "--form", "edition", metavar="ID", help=_("Edition or document; A when left out.")
    )
    @common_options
    @click.pass_context
    def map_file(ctx: click.Context, /, output: Output, path: Path, **given: Any) -> None:
        from geopark_app.exchange.office_forms import look_at_form
        from geopark_app.operations.evaluation import open_form
        from geopark_app.operations.form_files import maps_of, save_map

        with opened(ctx) as context:
            form = open_form(context, given["edition"])
            look = look_at_form(path, CancelToken())
            held = [one for one in maps_of(context, form) if one.file.file_sha256 == look.sha256]
            places = dict(held[0].places) if held else {}
            before = dict(places)
            places |= _by_code(form, look, given["page"], given["codes"], given["columns"])
            for target, place in _places(given["given"]):
                places.pop(target, None)
                if place.strip():
                    places[target] = place.strip()
            if places != before:
                reason = _("Map the cells of {file}").format(file=path.name)
                saved = save_map(context, form, look, path.name, places, reason=reason)
                places = dict(saved.places)
        output.data({"sha256": look.sha256, "places": places, "count": len(places)})
        output.table((_("Value"), _("Cell")), sorted(places.items()))

    return map_file


def _places(given: Sequence[str]) -> list[tuple[str, str]]:
    """Read VALUE=PLACE; the place stands behind the last sign: a value may hold one itself."""
    found = []
    for text in given:
        target, sign, place = text.rpartition("=")
        if not sign:
            raise GeoparkError(
                ErrorCode.BAD_VALUE, field="--set", value=text, expected="1.1.1.a:self=Form!E12"
            )
        found.append((target.strip(), place))
    return found


def _by_code(
    form: "OpenForm", look: "FormLook", page: str | None, codes: str | None, columns: Sequence[str]
) -> Mapping[str, str]:
    from geopark_app.operations.form_files import places_by_code

    if page is None and codes is None and not columns:
        return {}
    chosen = next((one for one in look.pages if one.name == page), None)
    if chosen is None:
        known = ", ".join(one.name for one in look.pages)
        raise GeoparkError(ErrorCode.BAD_VALUE, field="--page", value=page, expected=known)
    wanted = {part: _column(text) for part, text in pairs(columns).items()}
    found = places_by_code(form, look, chosen, _column(codes or ""), wanted)
    if not found:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--codes", value=codes,
            expected=_("a column in which codes of the form stand, such as 1.1.1.a"),
        )  # fmt: skip
    return found


def _column(text: str) -> int:
    """Read a column: a letter of a sheet, or its number in a table, as in T1.R2.C3."""
    from geopark_app.exchange.sheet_cells import reference

    number = text[1:] if text[:1] in {"C", "c"} and len(text) > 1 else text
    if number.isascii() and number.isdigit() and 0 < int(number) < 1000:
        return int(number)
    at = reference(f"{text}1") if text.isalpha() else None
    if at is None:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="--column", value=text, expected="A, B, C …")
    return at[1]


def fill_command() -> click.Command:
    """Make `fill`."""

    @click.command("fill", help=_("Write answers, own points and evidence into a copy of a file."))
    @click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
    @click.option(
        "--out", required=True, metavar="OUT", type=click.Path(path_type=Path),
        help=_("Where the filled copy goes."),
    )  # fmt: skip
    @click.option(
        "--words", type=click.Choice(LANGUAGES), default="en", show_default=True,
        help=_("Language of answers in words."),
    )  # fmt: skip
    @click.option(
        "--recalculate",
        is_flag=True,
        help=_("Mark the workbook so that Excel works its formulas out anew on opening."),
    )
    @click.option("--anyway", is_flag=True, help=_("Also when the layout is not the one mapped."))
    @click.option(
        "--form", "edition", metavar="ID", help=_("Edition or document; A when left out.")
    )
    @common_options
    @click.pass_context
    def fill(ctx: click.Context, /, output: Output, path: Path, **given: Any) -> None:
        from geopark_app.exchange.office_forms import look_at_form
        from geopark_app.operations.evaluation import open_form
        from geopark_app.operations.form_files import fill_file, fitting_map
        from geopark_app.wording.form_files import note_words, state_words

        with opened(ctx) as context:
            form = open_form(context, given["edition"])
            look = look_at_form(path, CancelToken())
            fitting = fitting_map(context, form, look)
            filled = fill_file(
                form,
                fitting,
                path,
                given["out"],
                CancelToken(),
                language=given["words"],
                recalculate=given["recalculate"],
                anyway=given["anyway"],
            )
        output.data(
            {
                "out": str(given["out"]),
                "provisional": form.is_provisional,
                "same_file": fitting.is_same_file,
                "parts": list(filled.parts),
                "notes": list(look.notes),
                "written": [
                    {"target": one.target, "place": one.place, "state": one.state,
                     "before": one.before, "after": one.after}
                    for one in filled.outcomes
                ],
            }
        )  # fmt: skip
        output.table(
            (_("Value"), _("Cell"), _("State"), _("Before"), _("After")),
            [
                (one.target, one.place, state_words(one.state), one.before, one.after)
                for one in filled.outcomes
                if one.after or one.state != "same"
            ],
        )
        for note in look.notes:
            output.remark(note_words(note))
        if form.is_provisional:
            output.remark(pick(form.form.status_vi, form.form.status_en))
        output.text(_("Written: {path}").format(path=given["out"]))

    return fill
