"""Drafts and saves: typing is kept within a second, a save is made when the field is left."""

from geopark_app.operations.context import AppContext
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
