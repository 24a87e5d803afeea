"""`evidence list|show|add|link|unlink|claimed|fix|index`: numbered proof and where it is used."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened, pairs
from geopark_app.i18n import LANGUAGES, pick
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.evidence import EvidenceLine
    from geopark_app.operations.evidence_targets import Target, TargetWords

_AT = "KIND:CODE"


def evidence_command() -> click.Group:
    """Make `evidence`."""
    group = click.Group(
        name="evidence", help=_("Numbered evidence, where it is used, and what is only claimed.")
    )
    for command in (
        _list(), _show(), _add(), _link(), _unlink(), _claimed(), _fix(), _index(),
    ):  # fmt: skip
        group.add_command(command)
    return group


def _list() -> click.Command:
    @click.command("list", help=_("List the register with gaps and numbers given twice."))
    @click.option("--at", metavar=_AT, help=_("Only what is used at this place."))
    @click.option("--unused", is_flag=True, help=_("Only what is used nowhere."))
    @common_options
    @click.pass_context
    def listing(ctx: click.Context, output: Output, at: str | None, unused: bool) -> None:
        from geopark_app.operations.evidence import read_register
        from geopark_app.operations.evidence_targets import TargetWords, read_target

        with opened(ctx) as context:
            target = read_target(context, at) if at else None
            register = read_register(context)
            words = TargetWords(context)
            lines = [
                line
                for line in register.lines
                if (target is None or target in line.uses) and not (unused and line.uses)
            ]
            output.data(
                {
                    "evidence": [_line_json(line, words) for line in lines],
                    "count": len(lines),
                    "gaps": [
                        {"number": number, "title_vi": one.title_vi}
                        for number, one in register.gaps
                    ],
                    "doubles": list(register.doubles),
                    "fixed": [
                        {"title_vi": one.title_vi, "on": one.fixed_on, "last": one.last_number}
                        for one in register.freezes
                    ],
                }
            )
            output.table(
                (_("Number"), _("Title"), _("Fixed"), _("Used at")),
                [
                    (
                        line.evidence.number or "",
                        pick(line.evidence.title_vi, line.evidence.title_en),
                        "✓" if line.is_fixed else "",
                        ", ".join(words.short(use) for use in line.uses),
                    )
                    for line in lines
                ],
            )
        for number, one in register.gaps:
            output.text(
                _("{number} was removed: {title}").format(
                    number=number, title=pick(one.title_vi, one.title_en)
                )
            )
        for number in register.doubles:
            output.remark(
                _("{number} was given twice; fixing tells them apart.").format(number=number)
            )

    return listing


def _line_json(line: "EvidenceLine", words: "TargetWords") -> dict[str, Any]:
    one = line.evidence
    return {
        "uuid": one.uuid,
        "number": one.number,
        "title_vi": one.title_vi,
        "title_en": one.title_en,
        "kind": one.evidence_kind,
        "dated_on": one.dated_on,
        "fixed": line.is_fixed,
        "document_uuid": one.document_uuid,
        "photo_uuid": one.photo_uuid,
        "url": one.url,
        "used_at": [_target_json(use, words) for use in line.uses],
    }


def _target_json(target: "Target", words: "TargetWords") -> dict[str, str]:
    return {
        "kind": target.kind,
        "code": target.code,
        "place": words.short(target),
        "title": words.title(target),
    }


def _show() -> click.Command:
    @click.command("show", help=_("Show one piece of evidence with the places that use it."))
    @click.argument("number")
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, number: str) -> None:
        from geopark_app.operations.evidence import find_evidence, read_register
        from geopark_app.operations.evidence_targets import TargetWords

        with opened(ctx) as context:
            wanted = find_evidence(context, number)
            words = TargetWords(context)
            line = next(
                one for one in read_register(context).lines if one.evidence.uuid == wanted.uuid
            )
            output.data(_line_json(line, words))
            output.text(f"{wanted.number or ''}  {pick(wanted.title_vi, wanted.title_en)}")
            output.table(
                (_("Place"), _("Kind"), _("Title")),
                [(words.short(use), words.kind(use.kind), words.title(use)) for use in line.uses],
            )

    return show


def _add() -> click.Command:
    @click.command("add", help=_("Register evidence: a title, or files to take in."))
    @click.option("--title", help=_("Title, where there is no file."))
    @click.option("--kind", metavar="TERM", default="", help=_("Kind, such as decision or web."))
    @click.option("--file", "files", multiple=True, type=click.Path(path_type=Path),
                  help=_("A photo or document; may be repeated."))  # fmt: skip
    @click.option("--field", "-f", "fields", multiple=True, metavar="NAME=VALUE",
                  help=_("Value of a field; may be repeated."))  # fmt: skip
    @click.option("--at", multiple=True, metavar=_AT, help=_("A place that uses it."))
    @common_options
    @click.pass_context
    def add(ctx: click.Context, /, output: Output, **given: Any) -> None:
        with opened(ctx) as context:
            added = _register(context, given)
        output.data(
            {
                "evidence": [
                    {"uuid": one.uuid, "number": one.number, "title_vi": one.title_vi}
                    for one in added
                ]
            }
        )
        output.table(
            (_("Number"), _("Title")),
            [(one.number or "", pick(one.title_vi, one.title_en)) for one in added],
        )

    return add


def _register(context: "AppContext", given: dict[str, Any]) -> list[Any]:
    from geopark_app.domain.kinds import Evidence
    from geopark_app.operations.evidence import evidence_of_files, register_evidence
    from geopark_app.operations.evidence_targets import read_target
    from geopark_app.operations.records import read_typed

    at = [read_target(context, typed) for typed in given["at"]]
    reason = _("Register evidence")
    made: list[Any] = []
    if given["files"]:
        added = evidence_of_files(context, given["files"], at, reason=reason)
        made.extend(one.evidence for one in added)
    if given["title"] or not given["files"]:
        typed = pairs(given["fields"])
        if given["kind"]:
            typed["evidence_kind"] = given["kind"]
        values = read_typed(context, Evidence(uuid=""), typed)
        kind = str(values.pop("evidence_kind", None) or "")
        one = register_evidence(
            context, given["title"] or "", kind=kind, fields=values, at=at, reason=reason
        )
        made.append(one.evidence)
    return made


def _link() -> click.Command:
    @click.command("link", help=_("Let places point to a piece of evidence."))
    @click.argument("number")
    @click.option(
        "--at", multiple=True, required=True, metavar=_AT, help=_("A place that uses it.")
    )
    @common_options
    @click.pass_context
    def link_it(ctx: click.Context, output: Output, number: str, at: tuple[str, ...]) -> None:
        from geopark_app.operations.evidence import find_evidence, link
        from geopark_app.operations.evidence_targets import read_target

        with opened(ctx) as context:
            wanted = find_evidence(context, number)
            targets = [read_target(context, typed) for typed in at]
            link(context, wanted.uuid, targets, reason=_("Link evidence"))
        output.data({"uuid": wanted.uuid, "number": wanted.number, "linked": len(targets)})
        output.text(_("Saved."))

    return link_it


def _unlink() -> click.Command:
    @click.command("unlink", help=_("Take a place away from a piece of evidence."))
    @click.argument("number")
    @click.option("--at", required=True, metavar=_AT, help=_("A place that uses it."))
    @common_options
    @click.pass_context
    def unlink_it(ctx: click.Context, output: Output, number: str, at: str) -> None:
        from geopark_app.operations.evidence import find_evidence, unlink
        from geopark_app.operations.evidence_targets import read_target

        with opened(ctx) as context:
            wanted = find_evidence(context, number)
            unlink(context, wanted.uuid, read_target(context, at), reason=_("Unlink evidence"))
        output.data({"uuid": wanted.uuid, "number": wanted.number})
        output.text(_("Saved."))

    return unlink_it


def _claimed() -> click.Command:
    @click.command("claimed", help=_("List positive answers without evidence: form, checklists."))
    @common_options
    @click.pass_context
    def claimed(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.evidence_claims import claims

        with opened(ctx) as context:
            found = claims(context)
        output.data(
            {
                "claimed": [
                    {
                        "at": f"{one.target.kind}:{one.target.code}",
                        "place": one.place or None,
                        "item": one.code,
                        "title": one.title,
                        "critical": one.is_critical,
                    }
                    for one in found
                ],
                "count": len(found),
            }
        )
        output.table(
            (_("Place"), _("Item"), _("Title"), _("Critical")),
            [
                (one.place or _("Form"), one.code, one.title, "!" if one.is_critical else "")
                for one in found
            ],
        )

    return claimed


def _fix() -> click.Command:
    @click.command("fix", help=_("Fix the numbers given so far; later evidence counts on."))
    @click.option("--title", required=True, help=_("What they are fixed for, in Vietnamese."))
    @click.option("--title-en", default="", help=_("The same in English."))
    @common_options
    @click.pass_context
    def fix(ctx: click.Context, output: Output, title: str, title_en: str) -> None:
        from geopark_app.operations.evidence import fix_numbers

        with opened(ctx) as context:
            reason = _("Fix the numbers of evidence: {title}").format(title=title)
            done = fix_numbers(context, title, title_en=title_en, reason=reason)
        output.data({"fixed": done.count, "last_number": done.freeze.last_number})
        output.text(
            _("{count} numbers are fixed; the last one is {number}.").format(
                count=done.count, number=done.freeze.last_number
            )
        )

    return fix


def _index() -> click.Command:
    @click.command(
        "index", help=_("Write the index of evidence: PDF, DOCX or XLSX, by the suffix.")
    )
    @click.argument("out", metavar="OUT.pdf|OUT.docx|OUT.xlsx", type=click.Path(path_type=Path))
    @click.option("--language", type=click.Choice((*LANGUAGES, "both")), default="both",
                  show_default=True, help=_("Language of the document."))  # fmt: skip
    @common_options
    @click.pass_context
    def index(ctx: click.Context, output: Output, out: Path, language: str) -> None:
        from geopark_app.operations.evidence_index import write_index

        tongues = LANGUAGES if language == "both" else (language,)
        with opened(ctx) as context, cancel_on_interrupt() as cancel:
            register = write_index(context, out, cancel, languages=tongues)
        output.data({"out": str(out), "count": len(register.lines)})
        output.text(_("Written: {path}").format(path=out))

    return index
