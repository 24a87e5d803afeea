"""`evaluation …`: the forms (documents A and B), their points, evidence, and the office's copy."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.evaluation_files import fill_command, look_command, map_command
from geopark_app.cli.evaluation_forms import forms_command, take_form_command, write_form_command
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.evaluation import ItemView, OpenForm


def evaluation_command() -> click.Group:
    """Make `evaluation`."""
    group = click.Group(
        name="evaluation", help=_("The self-evaluation form, its points and its evidence.")
    )
    for command in (_show(), _set(), _evidence(), _export(), _import(), _confirm()):
        group.add_command(command)
    for make in (
        forms_command, write_form_command, take_form_command, look_command, map_command,
        fill_command,
    ):  # fmt: skip
        group.add_command(make())
    return group


def _show() -> click.Command:
    @click.command("show", help=_("Show the score by category, or one item with what feeds it."))
    @click.argument("item", required=False)
    @click.option(
        "--form", "edition", metavar="ID", help=_("Edition or document; A when left out.")
    )
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, item: str | None, edition: str | None) -> None:
        from geopark_app.operations.evaluation import open_form

        with opened(ctx) as context:
            form = open_form(context, edition)
            if item is None:
                _show_form(form, output)
            else:
                _show_item(context, form, form.item(item), output)

    return show


def _show_form(form: "OpenForm", output: Output) -> None:
    from geopark_app.wording.layers import number

    output.data(_form_json(form))
    labels = {one.code: pick(one.label_vi, one.label_en) for one in form.categories}
    output.table(
        (_("Part"), _("Name"), _("Weight (%)"), _("Points"), _("Reached"), _("Answered")),
        [
            (
                one.code,
                labels[one.code],
                str(one.weight or "–"),
                f"{one.obtained}/{one.max_points or '–'}",
                f"{one.share:.0%}{'' if one.meets_minimum else ' !'}" if one.is_typed else "–",
                f"{one.answered}/{one.items}",
            )
            for one in form.result.categories
        ],
    )
    if form.result.untyped:
        output.text(
            _("No score yet: points of {count} rows are to be typed in from the form.").format(
                count=len(form.result.untyped)
            )
        )
    else:
        output.text(
            _("Score: {score} of 100; {claimed} items are claimed without evidence.").format(
                score=number(form.result.score, 1), claimed=len(form.result.claimed)
            )
        )
    if form.is_provisional:
        output.remark(pick(form.form.status_vi, form.form.status_en))


def _form_json(form: "OpenForm") -> dict[str, Any]:
    return {
        "form": form.form.title_en,
        "edition": form.form.edition,
        "document": form.form.document or "A",
        "confirmed": not form.is_provisional,
        "provisional": form.is_provisional,
        "categories": [
            {
                "id": one.code,
                "weight_pct": one.weight,
                "max": one.max_points,
                "obtained": one.obtained,
                "percent": round(one.share * 100, 2) if one.is_typed else None,
                "meets_half": one.meets_minimum if one.is_typed else None,
                "answered": one.answered,
                "items": one.items,
                "evaluators": form.result.evaluators.categories[one.code],
            }
            for one in form.result.categories
        ],
        "total_percent": None if form.result.untyped else round(form.result.score, 2),
        "evaluators_percent": (
            None if form.result.untyped else round(form.result.evaluator_score, 2)
        ),
        "untyped": list(form.result.untyped),
        "claimed": list(form.result.claimed),
        "unanswered": list(form.result.unanswered),
        "items": [_item_json(form, view) for view in form.items if view.answer],
    }


def _item_json(form: "OpenForm", view: "ItemView") -> dict[str, Any]:
    answer = view.answer
    code = view.item.code or ""
    return {
        "id": code,
        "chosen": list(view.chosen),
        "counted": answer.counted if answer else None,
        "points": form.result.own.items.get(code),
        "max": view.item.max_points,
        "evaluator_points": answer.evaluator_points if answer else None,
        "evidence": [one.number or one.uuid for one in view.evidence],
        "note": answer.note if answer else None,
    }


def _show_item(context: "AppContext", form: "OpenForm", view: "ItemView", output: Output) -> None:
    from geopark_app.domain.kinds import kind_named
    from geopark_app.operations.evaluation_feeds import feed_words, feeds_of

    feeds = feeds_of(context, view.item)
    output.data(
        {
            **_item_json(form, view),
            "options": [
                {
                    "id": one.code,
                    "label_vi": one.label_vi,
                    "label_en": one.label_en,
                    "points": one.points,
                }
                for one in view.options
            ],
            "per_unit": view.item.per_unit,
            "feeds": [
                {
                    "kind": feed.kind,
                    "count": feed.count,
                    "distinct": feed.distinct,
                    "whole": feed.whole,
                    "option": feed.option,
                    "values": {
                        value: [record.uuid for record in found]
                        for value, found in feed.values.items()
                    },
                    "records": [record.uuid for record in feed.records],
                }
                for feed in feeds
            ],
        }
    )
    output.text(f"{view.item.code}  {pick(view.item.label_vi, view.item.label_en)}")
    output.table(
        (_("Option"), _("Name"), _("Points"), _("Chosen")),
        [
            (
                one.code or "",
                pick(one.label_vi, one.label_en),
                str(one.points),
                "✓" if one.code in view.chosen else "",
            )
            for one in view.options
        ],
    )
    _tell_answer(form, view, output)
    for feed in feeds:
        kind = kind_named(feed.kind)
        output.text(feed_words(feed, pick(kind.label_vi, kind.label_en)))
        for value, found in feed.values.items():
            output.text(f"    {value}: {len(found)}")


def _tell_answer(form: "OpenForm", view: "ItemView", output: Output) -> None:
    answer, points = view.answer, form.result.own.items.get(view.item.code or "")
    numbers = [one.number or one.uuid for one in view.evidence]
    if answer is None and not numbers:
        return
    for name, value in (
        (_("Counted"), answer and answer.counted),
        (_("Points"), None if points is None else f"{points}/{view.item.max_points or '–'}"),
        (_("Evaluators' points"), answer and answer.evaluator_points),
        (_("Evidence behind the answer"), ", ".join(numbers) or None),
        (_("Note"), answer and answer.note),
    ):
        if value is not None:
            output.text(f"{name}: {value}")


def _set() -> click.Command:
    @click.command("set", help=_("Answer an item: options, a count, or the evaluators' points."))
    @click.argument("item")
    @click.option("--choose", multiple=True, metavar="OPTION", help=_("Code of an option."))
    @click.option("--count", type=int, help=_("How many were counted."))
    @click.option("--evaluators", type=int, metavar="POINTS", help=_("Points of the evaluators."))
    @click.option("--note", help=_("A note."))
    @click.option(
        "--form", "edition", metavar="ID", help=_("Edition or document; A when left out.")
    )
    @common_options
    @click.pass_context
    def answer(ctx: click.Context, /, output: Output, item: str, **given: Any) -> None:
        from geopark_app.operations.evaluation import ItemEntry, answer_item, open_form

        with opened(ctx) as context:
            form = open_form(context, given["edition"])
            old = form.item(item).answer
            entry = ItemEntry(
                chosen=given["choose"] or form.item(item).chosen,
                counted=_kept(given["count"], old.counted if old else None),
                evaluator_points=_kept(given["evaluators"], old.evaluator_points if old else None),
                note=_kept(given["note"], old.note if old else None),
            )
            reason = _("Answer item {item}").format(item=item)
            answer_item(context, form, item, entry, reason=reason)
            form = open_form(context, given["edition"])
        output.data({**_item_json(form, form.item(item)), "total_percent": form.result.score})
        output.text(_("Saved."))

    return answer


def _kept(given: Any, old: Any) -> Any:
    return old if given is None else given


def _evidence() -> click.Command:
    @click.command("evidence", help=_("Let a piece of evidence stand behind an item."))
    @click.argument("item")
    @click.option("--add", metavar="TITLE", help=_("Register new evidence with this title."))
    @click.option("--use", metavar="UUID", help=_("Evidence that is registered already."))
    @click.option("--remove", metavar="UUID", help=_("Take this evidence away from the item."))
    @click.option(
        "--form", "edition", metavar="ID", help=_("Edition or document; A when left out.")
    )
    @common_options
    @click.pass_context
    def evidence(
        ctx: click.Context,
        output: Output,
        item: str,
        add: str | None,
        use: str | None,
        remove: str | None,
        edition: str | None,
    ) -> None:
        from geopark_app.operations import evaluation as forms

        with opened(ctx) as context:
            reason = _("Evidence of item {item}").format(item=item)
            forms.open_form(context, edition).item(item)
            if add:
                use = forms.add_evidence(context, add, reason=reason).uuid
            if use:
                forms.link_evidence(context, item, use, reason=reason)
            if remove:
                forms.unlink_evidence(context, item, remove, reason=reason)
            shown = forms.open_form(context, edition).item(item).evidence
        output.data(
            {
                "item": item,
                "evidence": [
                    {"uuid": one.uuid, "number": one.number, "title_vi": one.title_vi}
                    for one in shown
                ],
            }
        )
        output.table(
            (_("Number"), _("Title")),
            [(one.number or "", pick(one.title_vi, one.title_en)) for one in shown],
        )

    return evidence


def _export() -> click.Command:
    @click.command("export", help=_("Write the form as an Excel workbook."))
    @click.argument("out", metavar="OUT.xlsx", type=click.Path(path_type=Path))
    @click.option(
        "--form", "edition", metavar="ID", help=_("Edition or document; A when left out.")
    )
    @common_options
    @click.pass_context
    def export(ctx: click.Context, output: Output, out: Path, edition: str | None) -> None:
        from geopark_app.operations.evaluation import open_form
        from geopark_app.operations.evaluation_tables import export_form

        with opened(ctx) as context:
            form = open_form(context, edition)
            export_form(context, form, out)
        output.data({"out": str(out), "provisional": form.is_provisional})
        output.text(_("Written: {path}").format(path=out))

    return export


def _import() -> click.Command:
    @click.command("import", help=_("Take the points of the official form from a workbook."))
    @click.argument("path", metavar="FILE.xlsx", type=click.Path(path_type=Path))
    @click.option(
        "--form", "edition", metavar="ID", help=_("Edition or document; A when left out.")
    )
    @click.option("--dry-run", is_flag=True, help=_("Show what would change; save nothing."))
    @common_options
    @click.pass_context
    def take(
        ctx: click.Context, output: Output, path: Path, edition: str | None, dry_run: bool
    ) -> None:
        from geopark_app.operations.evaluation import open_form
        from geopark_app.operations.evaluation_tables import read_points, write_points

        with opened(ctx) as context:
            changes = read_points(context, open_form(context, edition), path)
            if changes and not dry_run:
                reason = _("Take {count} points of the official form").format(count=len(changes))
                write_points(context, changes, reason=reason)
        output.data(
            {
                "changes": [{"code": one.code, "from": one.old, "to": one.new} for one in changes],
                "count": len(changes),
                "saved": bool(changes) and not dry_run,
            }
        )
        output.table(
            (_("Code"), _("Before"), _("After")),
            [(one.code, str(one.old), str(one.new)) for one in changes],
        )

    return take


def _confirm() -> click.Command:
    @click.command("confirm", help=_("Say that the points were compared with the official form."))
    @click.option("--note", required=True, help=_("Which form, from whom, of which date."))
    @click.option(
        "--form", "edition", metavar="ID", help=_("Edition or document; A when left out.")
    )
    @common_options
    @click.pass_context
    def confirm(ctx: click.Context, output: Output, note: str, edition: str | None) -> None:
        from geopark_app.operations.evaluation import confirm_points, open_form

        with opened(ctx) as context:
            form = open_form(context, edition)
            reason = _("Confirm the points of {form}").format(form=form.form.edition)
            confirm_points(context, form, note, reason=reason)
        output.data({"edition": form.form.edition, "confirmed": True})
        output.text(_("Saved."))

    return confirm
