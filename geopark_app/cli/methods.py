"""`method list|show|import|export|confirm`: the methods sites are assessed by."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.operations.scoring_methods import Method


def method_command() -> click.Group:
    """Make `method`."""
    group = click.Group(name="method", help=_("Methods of assessment: numbers, source and status."))
    for command in (_list(), _show(), _import(), _export(), _confirm()):
        group.add_command(command)
    return group


def _list() -> click.Command:
    @click.command("list", help=_("List the methods with how far their numbers are confirmed."))
    @common_options
    @click.pass_context
    def show_all(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.scoring_methods import methods_of
        from geopark_app.wording.scoring import state_words

        with opened(ctx) as context:
            found = methods_of(context)
        output.data({"methods": [_json(one) for one in found], "count": len(found)})
        output.table(
            (_("Method"), _("Name"), _("Criteria"), _("State")),
            [
                (
                    one.name,
                    pick(one.record.title_vi, one.record.title_en),
                    str(len(one.criteria)),
                    state_words(one.record),
                )
                for one in found
            ],
        )

    return show_all


def _json(method: "Method") -> dict[str, Any]:
    record = method.record
    return {
        "name": method.name,
        "code": record.code,
        "version": record.version,
        "title_vi": record.title_vi,
        "title_en": record.title_en,
        "source": record.source,
        "provisional": method.is_provisional,
        "confirmed_note": record.confirmed_note,
        "confirmed_on": record.confirmed_on,
        "confirmed_by": record.confirmed_by,
        "values": [one.code for one in method.values],
    }


def _show() -> click.Command:
    @click.command("show", help=_("Show criteria, weights and levels of a method."))
    @click.argument("name", metavar="METHOD")
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, name: str) -> None:
        from geopark_app.operations.method_files import method_content
        from geopark_app.operations.scoring_methods import method_of
        from geopark_app.wording.scoring import state_words

        with opened(ctx) as context:
            method = method_of(context, name)
        output.data({**method_content(method), **_json(method)})
        output.text(pick(method.record.title_vi, method.record.title_en))
        output.text(method.record.source or "")
        output.table(
            (_("Criterion"), _("Weight (%)"), _("Points")),
            [
                (
                    f"{one.code}  {pick(one.term.label_vi, one.term.label_en)}",
                    str(one.weight),
                    ", ".join(str(each.points) for each in one.indicators),
                )
                for one in method.criteria
            ],
        )
        output.remark(state_words(method.record))

    return show


def _import() -> click.Command:
    @click.command("import", help=_("Take a method from a JSON file or workbook, after checks."))
    @click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help=_("Check the file only; save nothing."))
    @common_options
    @click.pass_context
    def take(ctx: click.Context, output: Output, path: Path, dry_run: bool) -> None:
        from geopark_app.operations.method_files import read_method_file
        from geopark_app.operations.scoring_methods import add_method

        with opened(ctx) as context:
            rules = read_method_file(context, path)
            if not dry_run:
                reason = _("Take the method {name}").format(name=rules.name)
                add_method(context, rules, reason=reason)
        criteria = sum(len(one.criteria) for one in rules.values)
        output.data({"name": rules.name, "criteria": criteria, "saved": not dry_run})
        output.text(
            _("{name}: {criteria} criteria, weights and points are in order.").format(
                name=rules.name, criteria=criteria
            )
        )

    return take


def _export() -> click.Command:
    @click.command("export", help=_("Write a method as JSON or workbook, also to begin a new one."))
    @click.argument("name", metavar="METHOD")
    @click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
    @common_options
    @click.pass_context
    def export(ctx: click.Context, output: Output, name: str, out: Path) -> None:
        from geopark_app.operations.method_files import write_method_file
        from geopark_app.operations.scoring_methods import method_of

        with opened(ctx) as context:
            write_method_file(context, method_of(context, name), out)
        output.data({"out": str(out)})
        output.text(_("Written: {path}").format(path=out))

    return export


def _confirm() -> click.Command:
    @click.command("confirm", help=_("Say that the numbers were compared with the source."))
    @click.argument("name", metavar="METHOD")
    @click.option("--note", help=_("Which source, which pages, by whom."))
    @click.option("--withdraw", is_flag=True, help=_("Take the confirmation back."))
    @common_options
    @click.pass_context
    def confirm(
        ctx: click.Context, output: Output, name: str, note: str | None, withdraw: bool
    ) -> None:
        from geopark_app.operations.scoring_methods import confirm_method, method_of

        with opened(ctx) as context:
            method = method_of(context, name)
            words = None if withdraw else note or ""
            reason = _("Confirm the numbers of {method}").format(method=method.name)
            confirm_method(context, method, words, reason=reason)
            method = method_of(context, method.name)
        output.data(_json(method))
        output.text(_("Saved."))

    return confirm
