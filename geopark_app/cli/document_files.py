"""`record document attach`: a file with its document, after a reminder about secrets."""

from pathlib import Path

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened, pairs
from geopark_app.i18n import gettext as _


def attach_command() -> click.Command:
    """Make `attach`."""

    @click.command("attach", help=_("Store a file as a document, or as the file of one."))
    @click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
    @click.option("--to", "reference", default="", metavar="ID", help=_("An existing document."))
    @click.option(
        "--field",
        "-f",
        "fields",
        multiple=True,
        metavar="NAME=VALUE",
        help=_("Value of a field; may be repeated."),
    )
    @common_options
    @click.pass_context
    def attach(
        ctx: click.Context, output: Output, file: Path, reference: str, fields: tuple[str, ...]
    ) -> None:
        from geopark_app.cli.record_json import record_json
        from geopark_app.domain.kinds import Document, kind_named
        from geopark_app.operations.attached_texts import read_waiting_files, unread_files
        from geopark_app.operations.documents import add_document, attach_file
        from geopark_app.operations.records import find_record, get_record
        from geopark_app.wording.attached import file_state_words

        kind = kind_named("document")
        output.remark(
            _("Nothing classified belongs into this catalogue: it travels between laptops.")
        )
        reason = _("Attach {file}").format(file=file.name)
        with opened(ctx) as context:
            if reference:
                uuid = find_record(context, kind, reference).uuid
                attach_file(context, uuid, file, reason=reason)
                record = get_record(context, kind, uuid)
            else:
                record, _changes = add_document(context, file, pairs(fields), reason=reason)
            with (
                cancel_on_interrupt() as cancel,
                output.progress(_("Reading attached files")) as progress,
            ):
                read_waiting_files(context, progress=progress, cancel=cancel)
            unread = unread_files(context, [record] if isinstance(record, Document) else [])
        for file_unread in unread:
            output.remark(file_state_words(file_unread.state))
        output.data({"record": record_json(record)})
        output.text(record.uuid)

    return attach
