"""`compare A B OUT`: what differs between two catalogues, as a report."""

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Output, common_options, who_works
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.comparing import Comparison

_SHOWN = 60


def compare_command() -> click.Command:
    """Make `compare`."""

    @click.command(
        "compare", help=_("Say what was added, removed and changed from catalogue A to B.")
    )
    @click.argument("first", metavar="A", type=click.Path(path_type=Path))
    @click.argument("second", metavar="B", type=click.Path(path_type=Path))
    @click.argument("out", metavar="[OUT]", required=False, type=click.Path(path_type=Path))
    @click.option("--kind", "kinds", multiple=True, metavar="KIND", help=_("Only these kinds."))
    @common_options
    def compare(
        output: Output, first: Path, second: Path, out: Path | None, kinds: tuple[str, ...]
    ) -> None:
        from geopark_app.operations.comparing import compare_catalogues, open_to_compare
        from geopark_app.operations.context import open_context

        person, device = who_works()
        context = open_context(first, person=person, device=device)
        try:
            other = open_to_compare(second, context)
            try:
                found = compare_catalogues(context, other, kinds)
            finally:
                other.catalogue.close()
        finally:
            context.catalogue.close()
        content = _as_json(found)
        if out is not None:
            _write(out, found, content)
        output.data(content)
        _show(output, found)

    return compare


def _as_json(found: "Comparison") -> dict[str, Any]:
    return {
        "added": list(found.added),
        "removed": list(found.removed),
        "changed": [
            {"ref": one.ref, "field": one.field, "from": one.old, "to": one.new}
            for one in found.changed
        ],
        "identical": found.is_identical,
    }


def _show(output: Output, found: "Comparison") -> None:
    if found.is_identical:
        output.text(_("The two catalogues are identical."))
        return
    lines = [
        *((_("added"), ref, "", "", "") for ref in found.added),
        *((_("removed"), ref, "", "", "") for ref in found.removed),
        *(
            (_("changed"), one.ref, one.field, str(one.old or ""), str(one.new or ""))
            for one in found.changed
        ),
    ]
    headings = ("", _("Record"), _("Field"), _("Old"), _("New"))
    output.table(headings, lines[:_SHOWN])
    output.text(
        _("{added} added, {removed} removed, {changed} values changed").format(
            added=len(found.added), removed=len(found.removed), changed=len(found.changed)
        )
    )


def _write(out: Path, found: "Comparison", content: dict[str, Any]) -> None:
    from geopark_app.store.writing_files import translated_os_errors, write_atomically

    if out.suffix.lower() == ".csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(["what", "ref", "field", "from", "to"])
        writer.writerows([["added", ref, "", "", ""] for ref in found.added])
        writer.writerows([["removed", ref, "", "", ""] for ref in found.removed])
        writer.writerows(
            [["changed", one.ref, one.field, one.old, one.new] for one in found.changed]
        )
        encoded = text.getvalue().encode("utf-8-sig")
    else:
        encoded = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")
    with translated_os_errors(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(out, encoded, flush_to_disk=False)
