"""`record KIND …`: every record kind by the same commands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.history import bring_back_command, history_command
from geopark_app.cli.output import Function, Output, common_options, filter_pairs, opened, pairs
from geopark_app.domain.declaration import FieldSpec, RecordKind, Stage
from geopark_app.domain.kinds import KINDS
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext

FIELD_OPTION = ("--field", "-f")


class _KindGroup(click.Group):
    """One subcommand per record kind."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the kinds by name."""
        return sorted(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Make the commands of a kind."""
        kind = KINDS.get(cmd_name)
        return None if kind is None else kind_group(kind)


def record_command() -> click.Group:
    """Make `record`."""

    @click.pass_context
    @common_options
    def run(ctx: click.Context, output: Output, kinds: bool) -> None:
        if ctx.invoked_subcommand is None:
            if not kinds:
                raise click.UsageError(_("Name a record kind, or ask with --kinds."))
            show_kinds(output)

    return _KindGroup(
        name="record",
        help=_("Add, change, show, list, trash and restore records of any kind."),
        invoke_without_command=True,
        callback=run,
        params=[
            click.Option(["--kinds"], is_flag=True, help=_("List the kinds with their fields.")),
            *run.__click_params__,  # type: ignore[attr-defined]
        ],
    )


def show_kinds(output: Output) -> None:
    """Print every kind with its fields."""
    content = {
        kind.name: {
            "label_vi": kind.label_vi,
            "label_en": kind.label_en,
            "fields": [_field_json(spec) for spec in kind.fields],
        }
        for kind in KINDS.values()
    }
    output.data({"kinds": content, "count": len(content)})
    for kind in KINDS.values():
        output.text(f"{kind.name}  {pick(kind.label_vi, kind.label_en)}")
        for spec in kind.fields:
            output.text(f"    {spec.name:24} {pick(spec.label_vi, spec.label_en)}")


def _field_json(spec: FieldSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "type": spec.type.value,
        "label_vi": spec.label_vi,
        "label_en": spec.label_en,
        "merge": spec.merge.value,
        "audience": spec.audience.value,
        "personal": spec.personal,
        "vocabulary": spec.vocabulary,
        "refers_to": spec.refers_to,
        "required_at": spec.required_at.value if isinstance(spec.required_at, Stage) else None,
        "aliases": sorted(spec.aliases),
    }


def kind_group(kind: RecordKind) -> click.Group:
    """Make the commands of one kind."""
    label = pick(kind.label_vi, kind.label_en)
    group = click.Group(name=kind.name, help=_("Records of the kind: {kind}").format(kind=label))
    for command in (
        _add(kind),
        _set(kind),
        _show(kind),
        _list(kind),
        _delete(kind),
        _restore(kind),
        history_command(kind),
        bring_back_command(kind),
        _totals(kind),
    ):
        group.add_command(command)
    if kind.name == "document":
        from geopark_app.cli.document_files import attach_command

        group.add_command(attach_command())
    return group


def _field_option(function: Function) -> Function:
    return click.option(
        *FIELD_OPTION,
        "fields",
        multiple=True,
        required=True,
        metavar="NAME=VALUE",
        help=_("Value of a field; may be repeated."),
    )(function)


def _say_what_is_wrong(context: "AppContext", kind: RecordKind, uuid: str, output: Output) -> None:
    """Say a grave finding at once, such as a code that another site has already."""
    if kind.name != "site":
        return
    from geopark_app.domain.finding import Severity
    from geopark_app.operations.sites import site_findings
    from geopark_app.wording import finding_sentence

    for finding in site_findings(context, uuid):
        if finding.severity is Severity.ERROR:
            output.remark(f"• {finding_sentence(finding)}")


def _say_place(context: "AppContext", uuid: str, typed: Mapping[str, str], output: Output) -> None:
    """Say that a new position lies in another commune than the record says."""
    from geopark_app.operations.map_editing import place_offer
    from geopark_app.wording.places import place_offer_words

    spec = KINDS["site"].field("position")
    assert spec is not None
    if not any(name.partition(".")[0] in {"position", *spec.aliases} for name in typed):
        return
    offer = place_offer(context, uuid)
    if offer is None:
        return
    code = offer.site.code or uuid
    words = place_offer_words(
        site=code,
        found=(offer.commune.name_vi or "") if offer.commune is not None else "",
        before=(offer.before.name_vi or "") if offer.before is not None else "",
        border_zone=offer.border_zone,
    )
    how = _("Take it over with: site communes {site} --accept").format(site=code)
    output.remark(f"• {words} {how if offer.commune is not None else ''}".rstrip())


def _add(kind: RecordKind) -> click.Command:
    @click.command("add", help=_("Add a record."))
    @_field_option
    @common_options
    @click.pass_context
    def add(ctx: click.Context, output: Output, fields: tuple[str, ...]) -> None:
        from geopark_app.cli.record_json import record_json
        from geopark_app.operations.records import add_record

        with opened(ctx) as context:
            reason = _("Add: {kind}").format(kind=pick(kind.label_vi, kind.label_en))
            record, _changes = add_record(context, kind.name, pairs(fields), reason=reason)
            _say_what_is_wrong(context, kind, record.uuid, output)
        output.data({"record": record_json(record)})
        output.text(record.uuid)

    return add


def _set(kind: RecordKind) -> click.Command:
    @click.command("set", help=_("Change fields of a record, as one save."))
    @click.argument("reference", metavar="ID")
    @_field_option
    @common_options
    @click.pass_context
    def change(ctx: click.Context, output: Output, reference: str, fields: tuple[str, ...]) -> None:
        from geopark_app.cli.record_json import record_json
        from geopark_app.operations.records import find_record, get_record, set_fields
        from geopark_app.wording.errors import field_label

        typed = pairs(fields)
        with opened(ctx) as context:
            record = find_record(context, kind, reference)
            labels = ", ".join(field_label(name) for name in typed)
            reason = _("Edit {field}: {record}").format(field=labels, record=reference)
            changes = set_fields(context, kind.name, record.uuid, typed, reason=reason)
            record = get_record(context, kind, record.uuid)
            if kind.name == "site":
                _say_place(context, record.uuid, typed, output)
        output.data({"record": record_json(record), "changed": bool(changes.touched)})
        output.text(_("Saved.") if changes.touched else _("Nothing to change."))

    return change


def _show(kind: RecordKind) -> click.Command:
    @click.command("show", help=_("Show one record."))
    @click.argument("reference", metavar="ID")
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, reference: str) -> None:
        from geopark_app.cli.record_json import whole_record_json
        from geopark_app.operations.records import find_record
        from geopark_app.operations.vocabularies import all_labels

        with opened(ctx) as context:
            content = whole_record_json(context, find_record(context, kind, reference))
            terms = all_labels(context)
        output.data({"records": [content], "count": 1})
        show_fields(output, kind, content, terms)

    return show


def show_fields(
    output: Output, kind: RecordKind, content: dict[str, Any], terms: Mapping[tuple[str, str], str]
) -> None:
    """Print the known values of a record with their labels; terms by their labels too."""
    from geopark_app.operations.import_targets import place_words

    labels = {
        **{name: pick(words.vi, words.en) for name, words in place_words().items()},
        **{spec.name: pick(spec.label_vi, spec.label_en) for spec in (*kind.fields, *kind.derived)},
        **{one.name: pick(one.label_vi, one.label_en) for one in kind.lists},
    }
    vocabularies = {name: name for name in ("coord_quality", "coord_method")} | {
        spec.name: spec.vocabulary for spec in kind.fields if spec.vocabulary
    }
    rows = [
        (labels.get(name, name), _shown(value, vocabularies.get(name, ""), terms))
        for name, value in content.items()
        if value not in (None, []) and name not in {"deleted", "own"}
    ]
    rows.extend((f"own:{name}", str(value)) for name, value in content.get("own", {}).items())
    output.table((_("Field"), _("Value")), rows)


def _shown(value: object, vocabulary: str, terms: Mapping[tuple[str, str], str]) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return str(len(value))
    return terms.get((vocabulary, str(value)), str(value))


def _list(kind: RecordKind) -> click.Command:
    @click.command("list", help=_("List the records."))
    @click.option(
        "--filter",
        "filters",
        multiple=True,
        metavar="NAME=VALUE",
        help=_(
            "Only records whose field has this value; with !=, ~= (holds), >=, <=, ^= (term or "
            "narrower), ?= (filled in: yes or no) too."
        ),
    )
    @click.option("--limit", type=click.IntRange(min=1), help=_("At most so many."))
    @click.option("--trash", is_flag=True, help=_("Records in the trash."))
    @common_options
    @click.pass_context
    def show_all(
        ctx: click.Context, output: Output, filters: tuple[str, ...], limit: int | None, trash: bool
    ) -> None:
        from geopark_app.cli.record_json import record_json
        from geopark_app.operations.record_lists import record_keys, record_query

        with opened(ctx) as context:
            query = record_query(context, kind, filters=filter_pairs(filters), in_trash=trash)
            keys = record_keys(context, query)
            where: dict[str, object] = {"uuid": keys[:limit]}
            shown = context.catalogue.records(kind.record_type, where=where, include_deleted=True)
        content: dict[str, Any] = {
            "records": [record_json(record) for record in shown],
            "count": len(shown),
        }
        if len(shown) < len(keys):
            content["truncated"] = True
        output.data(content)
        columns = [spec for spec in kind.fields if spec.in_list] or list(kind.fields[:3])
        output.table(
            ["uuid", *(pick(spec.label_vi, spec.label_en) for spec in columns)],
            [
                [record.uuid, *(str(getattr(record, spec.name) or "") for spec in columns)]
                for record in shown
            ],
        )

    return show_all


def _delete(kind: RecordKind) -> click.Command:
    @click.command("delete", help=_("Put a record into the trash."))
    @click.argument("reference", metavar="ID")
    @common_options
    @click.pass_context
    def delete(ctx: click.Context, output: Output, reference: str) -> None:
        from geopark_app.operations.records import delete_record, find_record

        with opened(ctx) as context:
            record = find_record(context, kind, reference)
            reason = _("Delete: {record}").format(record=reference)
            delete_record(context, kind.name, record.uuid, reason=reason)
        output.data({"uuid": record.uuid, "deleted": True})
        output.text(_("In the trash; “restore” brings it back."))

    return delete


def _restore(kind: RecordKind) -> click.Command:
    @click.command("restore", help=_("Take a record out of the trash."))
    @click.argument("reference", metavar="ID")
    @common_options
    @click.pass_context
    def restore(ctx: click.Context, output: Output, reference: str) -> None:
        from geopark_app.operations.records import find_record, restore_record

        with opened(ctx) as context:
            record = find_record(context, kind, reference, in_trash=True)
            reason = _("Restore: {record}").format(record=reference)
            restore_record(context, kind.name, record.uuid, reason=reason)
        output.data({"uuid": record.uuid, "deleted": False})
        output.text(_("Restored."))

    return restore


def _totals(kind: RecordKind) -> click.Command:
    @click.command("totals", help=_("Show sums by year."))
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output) -> None:
        from geopark_app.operations.yearly_totals import yearly_totals

        with opened(ctx) as context:
            totals = yearly_totals(context, kind)
        years = [{"year": one.year, "count": one.count, "sums": one.sums} for one in totals]
        output.data({"years": years, "count": len(years)})
        output.table(
            (_("Year"), _("Records"), _("Sums")),
            [
                (one.year, str(one.count), ", ".join(f"{k} {v:g}" for k, v in one.sums.items()))
                for one in totals
            ],
        )

    return show
