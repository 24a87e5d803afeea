"""`checklist …`: editions listed, made, changed, put into force, written and read."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Output, common_options, opened, pairs
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.domain.kinds import Checklist
    from geopark_app.operations.checklist_editions import WholeEdition

_FORMATS = ("xlsx", "xlsform")


def checklist_command() -> click.Group:
    """Make `checklist`."""
    group = click.Group(name="checklist", help=_("Editions of the checklist: new ones from old."))
    for command in (
        _list(), _show(), _new(), _item(), _group(), _compare(), _release(), _discard(),
        _export(), _import(),
    ):  # fmt: skip
        group.add_command(command)
    return group


def _list() -> click.Command:
    @click.command("list", help=_("List the editions, drafts too."))
    @common_options
    @click.pass_context
    def list_them(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.checklist_editions import list_editions, whole_edition

        with opened(ctx) as context:
            found = [whole_edition(context, one.uuid) for one in list_editions(context)]
        output.data({"editions": [_edition_json(one) for one in found], "count": len(found)})
        output.table(
            (_("Edition"), _("Title"), _("Items"), _("State")),
            [
                (
                    one.checklist.edition or "",
                    pick(one.checklist.title_vi, one.checklist.title_en),
                    str(sum(not item.retired for item in one.items)),
                    _state(one.checklist),
                )
                for one in found
            ],
        )

    return list_them


def _edition_json(whole: "WholeEdition") -> dict[str, Any]:
    checklist = whole.checklist
    return {
        "uuid": checklist.uuid,
        "edition": checklist.edition,
        "title_vi": checklist.title_vi,
        "title_en": checklist.title_en,
        "draft": bool(checklist.draft),
        "based_on": checklist.based_on_uuid,
        "items": sum(not item.retired for item in whole.items),
        "retired": sum(bool(item.retired) for item in whole.items),
    }


def _state(checklist: "Checklist") -> str:
    return _("draft") if checklist.draft else _("in force")


def _show() -> click.Command:
    @click.command("show", help=_("Show an edition with its items and what is wrong with it."))
    @click.argument("edition", required=False)
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, edition: str | None) -> None:
        from geopark_app.cli.record_json import record_json
        from geopark_app.operations.checklist_editions import edition_problems, whole_edition
        from geopark_app.wording.checklists import problem_words
        from geopark_app.wording.field_names import field_label

        with opened(ctx) as context:
            whole = whole_edition(context, edition)
        groups = whole.group_codes
        problems = edition_problems(whole)
        output.data(
            {
                **_edition_json(whole),
                "groups": [record_json(group) for group in whole.groups],
                "item_list": [
                    record_json(item) | {"group": groups.get(item.group_uuid or "")}
                    for item in whole.items
                ],
                "problems": [
                    {
                        "item": one.code,
                        "reason": one.reason,
                        "message": problem_words(one.code, one.reason, one.detail),
                    }
                    for one in problems
                ],
            }
        )
        output.text(f"{whole.checklist.edition} · {_state(whole.checklist)}")
        output.table(
            (
                _("Item"),
                _("Asked of"),
                field_label("weight"),
                _("Critical"),
                _("Wording"),
                _("Asked only if"),
            ),
            [
                (
                    item.code or "",
                    item.scope or "",
                    str(item.weight or 0),
                    "!" if item.critical else "",
                    pick(item.label_vi, item.label_en),
                    item.relevant or "",
                )
                for item in whole.items
                if not item.retired
            ],
        )
        for one in problems:
            output.remark(f"• {problem_words(one.code, one.reason, one.detail)}")

    return show


def _new() -> click.Command:
    @click.command("new", help=_("Make a draft from an edition; answers to the old one stay."))
    @click.argument("base", metavar="[EDITION]", required=False)
    @click.option("--name", default="", help=_("Name of the new edition; proposed when left out."))
    @common_options
    @click.pass_context
    def new(ctx: click.Context, output: Output, base: str | None, name: str) -> None:
        from geopark_app.operations.checklist_editions import new_edition

        with opened(ctx) as context:
            whole, _changes = new_edition(
                context, base, name=name, reason=_("New edition of the checklist")
            )
        _say(output, whole)

    return new


def _say(output: Output, whole: "WholeEdition") -> None:
    output.data(_edition_json(whole))
    words = _("Draft {edition} with {count} items.")
    output.text(words.format(edition=whole.checklist.edition, count=len(whole.items)))


def _item() -> click.Command:
    @click.command("item", help=_("Change an item of a draft, or add it when the code is new."))
    @click.argument("edition")
    @click.argument("code")
    @click.option(
        "--field", "-f", "fields", multiple=True, metavar="NAME=VALUE",
        help=_("Value of a field; group is named by its code, retired=yes takes it out."),
    )  # fmt: skip
    @common_options
    @click.pass_context
    def item(
        ctx: click.Context, output: Output, edition: str, code: str, fields: tuple[str, ...]
    ) -> None:
        from geopark_app.operations.checklist_editions import (
            edition_problems,
            put_item,
            whole_edition,
        )
        from geopark_app.wording.checklists import problem_words

        with opened(ctx) as context:
            reason = _("Change item {item} of {edition}").format(item=code, edition=edition)
            put_item(context, edition, code, pairs(fields), reason=reason)
            problems = edition_problems(whole_edition(context, edition))
        output.data(
            {
                "edition": edition,
                "item": code,
                "problems": [problem_words(one.code, one.reason, one.detail) for one in problems],
            }
        )
        output.text(_("Item {item} of {edition} is changed.").format(item=code, edition=edition))
        for one in problems:
            output.remark(f"• {problem_words(one.code, one.reason, one.detail)}")

    return item


def _group() -> click.Command:
    @click.command("group", help=_("Change a group of a draft, or add it when the code is new."))
    @click.argument("edition")
    @click.argument("code")
    @click.option("--vi", required=True, help=_("Name in Vietnamese."))
    @click.option("--en", required=True, help=_("Name in English."))
    @common_options
    @click.pass_context
    def group(
        ctx: click.Context, output: Output, edition: str, code: str, vi: str, en: str
    ) -> None:
        from geopark_app.operations.checklist_editions import put_group

        with opened(ctx) as context:
            reason = _("Change group {group} of {edition}").format(group=code, edition=edition)
            put_group(context, edition, code, vi, en, reason=reason)
        output.data({"edition": edition, "group": code})
        output.text(_("Group {group} of {edition} is changed.").format(group=code, edition=edition))

    return group


def _compare() -> click.Command:
    @click.command("compare", help=_("Say how an edition differs from another one."))
    @click.argument("old")
    @click.argument("new")
    @common_options
    @click.pass_context
    def compare(ctx: click.Context, output: Output, old: str, new: str) -> None:
        from geopark_app.operations.checklist_editions import edition_changes, whole_edition

        with opened(ctx) as context:
            changes = edition_changes(whole_edition(context, old), whole_edition(context, new))
        output.data(
            {
                "changes": [
                    {"item": one.code, "kind": one.kind, "fields": list(one.fields)}
                    for one in changes
                ],
                "count": len(changes),
            }
        )
        kinds = {
            "added": _("added"),
            "gone": _("left out"),
            "retired": _("retired"),
            "changed": _("changed"),
        }
        output.table(
            (_("Item"), _("Change"), _("Fields")),
            [(one.code, kinds[one.kind], ", ".join(one.fields)) for one in changes],
        )

    return compare


def _release() -> click.Command:
    @click.command("release", help=_("Put a draft into force; it never changes again."))
    @click.argument("edition")
    @common_options
    @click.pass_context
    def release(ctx: click.Context, output: Output, edition: str) -> None:
        from geopark_app.operations.checklist_editions import release_edition

        with opened(ctx) as context:
            reason = _("Put {edition} into force").format(edition=edition)
            release_edition(context, edition, reason=reason)
        output.data({"edition": edition, "draft": False})
        output.text(_("{edition} is in force.").format(edition=edition))

    return release


def _discard() -> click.Command:
    @click.command("discard", help=_("Put a draft into the trash."))
    @click.argument("edition")
    @common_options
    @click.pass_context
    def discard(ctx: click.Context, output: Output, edition: str) -> None:
        from geopark_app.operations.checklist_editions import discard_edition

        with opened(ctx) as context:
            reason = _("Throw the draft {edition} away").format(edition=edition)
            discard_edition(context, edition, reason=reason)
        output.data({"edition": edition, "discarded": True})
        output.text(_("The draft {edition} is in the trash.").format(edition=edition))

    return discard


def _format_option(command: Callable[..., int | None]) -> Callable[..., int | None]:
    return click.option(
        "--format",
        "form",
        type=click.Choice(_FORMATS),
        default="xlsx",
        show_default=True,
        help=_("Workbook of this program, or XLSForm of ODK and Kobo."),
    )(command)


def _export() -> click.Command:
    @click.command("export", help=_("Write an edition as workbook or as XLSForm for ODK and Kobo."))
    @click.argument("edition", required=False)
    @_format_option
    @click.option(
        "--out",
        type=click.Path(path_type=Path),
        required=True,
        metavar="FILE.xlsx",
        help=_("The file to write."),
    )
    @common_options
    @click.pass_context
    def export(
        ctx: click.Context, output: Output, edition: str | None, form: str, out: Path
    ) -> None:
        from geopark_app.operations.checklist_editions import whole_edition
        from geopark_app.operations.checklist_workbooks import export_workbook
        from geopark_app.operations.checklist_xlsform import export_xlsform

        _check_suffix(out)
        with opened(ctx) as context:
            whole = whole_edition(context, edition)
            (export_xlsform if form == "xlsform" else export_workbook)(context, whole, out)
        output.data({"edition": whole.checklist.edition, "format": form, "out": str(out)})
        output.text(_("Written: {path}").format(path=out))

    return export


def _check_suffix(out: Path) -> None:
    if out.suffix.lower() != ".xlsx":
        raise GeoparkError(ErrorCode.BAD_VALUE, field="--out", value=out.name, expected="FILE.xlsx")


def _import() -> click.Command:
    @click.command("import", help=_("Read an edition from a workbook or XLSForm, as a draft."))
    @click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
    @_format_option
    @click.option("--name", default="", help=_("Name of the new edition."))
    @click.option("--base", help=_("The edition it comes from."))
    @click.option("--dry-run", is_flag=True, help=_("Only say what would happen."))
    @common_options
    @click.pass_context
    def take(
        ctx: click.Context,
        output: Output,
        file: Path,
        form: str,
        name: str,
        base: str | None,
        dry_run: bool,
    ) -> None:
        from geopark_app.operations.checklist_editions import take_content
        from geopark_app.operations.checklist_workbooks import read_edition_workbook
        from geopark_app.operations.checklist_xlsform import read_xlsform

        with opened(ctx) as context:
            read = read_xlsform if form == "xlsform" else read_edition_workbook
            content = read(context, file)
            if dry_run:
                output.data({"edition": content.name, "items": len(content.items), "dry_run": True})
                words = _("The file has {count} items of {edition}. Nothing was written.")
                output.text(words.format(count=len(content.items), edition=content.name))
                return
            reason = _("Import of {file}").format(file=file.name)
            whole, _changes = take_content(context, content, name=name, base=base, reason=reason)
        _say(output, whole)

    return take
