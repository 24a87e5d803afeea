"""Drafts and saves: typing is kept within a second, a save is made when the field is left."""

from geopark_app.domain.change import Changes
from geopark_app.operations.context import AppContext
from geopark_app.operations.records import set_field
from geopark_app.store import drafts
from geopark_app.store.drafts import Draft


def keep_draft(context: AppContext, kind: str, uuid: str, field: str, typed: str) -> None:
    """Keep what was typed so far, valid or not."""
    at = context.now().isoformat(timespec="milliseconds")
    draft = Draft(kind=kind, uuid=uuid, field=field, typed=typed, at=at)
    drafts.keep_draft(context.catalogue, draft)


def drop_draft(context: AppContext, kind: str, uuid: str, field: str) -> None:
    """Give up what was typed."""
    drafts.drop_draft(context.catalogue, kind, uuid, field)


def pending_drafts(context: AppContext) -> list[Draft]:
    """Give what was typed and never saved, oldest first."""
    return drafts.all_drafts(context.catalogue)


def save_draft(context: AppContext, draft: Draft, *, reason: str = "") -> Changes:
    """Make one named save of a draft and forget it.

    Raises
    ------
    GeoparkError
        BAD_VALUE or BAD_POSITION; the draft stays.
    """
    changes = set_field(context, draft.kind, draft.uuid, draft.field, draft.typed, reason=reason)
    drafts.drop_draft(context.catalogue, draft.kind, draft.uuid, draft.field)
    return changes
