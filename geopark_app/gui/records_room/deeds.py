"""Deeds on records of any kind: add, put into the trash with a way back."""

from dataclasses import dataclass

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import Merge, Record, RecordKind
from geopark_app.domain.kinds import KINDS
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.context import AppContext
from geopark_app.operations.linked_records import Titles
from geopark_app.operations.records import add_record, delete_record


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRecord:
    """A record just made, with the save that made it."""

    kind: str
    uuid: str
    changes: Changes
    is_open_wanted: bool


def add_linked(context: AppContext, kind_name: str, typed: dict[str, str]) -> MadeRecord:
    """Make a record; an element of a set needs no form afterwards."""
    kind = KINDS[kind_name]
    reason = _("Add: {kind}").format(kind=pick(kind.label_vi, kind.label_en))
    record, changes = add_record(context, kind_name, typed, reason=reason)
    is_set = all(spec.merge is Merge.SET for spec in kind.fields)
    return MadeRecord(kind=kind_name, uuid=record.uuid, changes=changes, is_open_wanted=not is_set)


def drop_untouched(context: AppContext, made: MadeRecord, first: Record) -> Changes:
    """Take back a record somebody opened and closed without typing anything."""
    kind = KINDS[made.kind]
    if context.catalogue.get(kind.record_type, made.uuid) != first:
        return Changes()
    reason = _("Not filled in: {kind}").format(kind=pick(kind.label_vi, kind.label_en))
    return delete_record(context, made.kind, made.uuid, reason=reason)


def trash_record(session: Session, kind: RecordKind, record: Record) -> None:
    """Put a record into the trash and offer to undo it."""
    name = Titles(session.context).title(record)
    reason = _("Delete: {record}").format(record=name)

    def done(_changes: Changes) -> None:
        session.messages.done(
            _("“{record}” is in the trash.").format(record=name),
            action=_("Undo"),
            on_action=session.undo_step,
        )

    key = record.uuid
    session.run(lambda context: delete_record(context, kind.name, key, reason=reason), done)
