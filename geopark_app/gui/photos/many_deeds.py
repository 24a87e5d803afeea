"""Deeds on several photos at once: each is one save and one step of undo."""

from collections.abc import Mapping, Sequence

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Photo
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photo_gallery import set_photos, turn_photos
from geopark_app.operations.trash import delete_records


def set_many(session: Session, uuids: Sequence[str], typed: Mapping[str, str], words: str) -> None:
    """Write the same values into photos and say so; `words` names the step."""
    if not uuids or session.is_read_only:
        return

    def done(_changes: Changes) -> None:
        session.messages.done(f"{words}.", action=_("Undo"), on_action=session.undo_step)

    session.run(lambda context: set_photos(context, uuids, typed, reason=words), done)


def rate_many(session: Session, uuids: Sequence[str], stars: int) -> None:
    """Give photos so many stars; the tiles show it, so nothing is said."""
    if uuids and not session.is_read_only:
        words = _("{stars} stars for {count} photos").format(stars=stars, count=len(uuids))
        typed = {"rating": str(stars)}
        session.run(lambda context: set_photos(context, uuids, typed, reason=words))


def flag_many(session: Session, uuids: Sequence[str], *, wanted: bool) -> None:
    """Mark photos for the dossier, or no longer."""
    if uuids and not session.is_read_only:
        words = (
            _("{count} photos for the dossier")
            if wanted
            else _("{count} photos not for the dossier")
        ).format(count=len(uuids))
        typed = {"for_dossier": "true" if wanted else "false"}
        session.run(lambda context: set_photos(context, uuids, typed, reason=words))


def turn_many(session: Session, uuids: Sequence[str], by: int) -> None:
    """Turn photos by quarter turns clockwise; the files stay as they are."""
    if uuids and not session.is_read_only:
        words = _("Turn {count} photos").format(count=len(uuids))
        session.run(lambda context: turn_photos(context, uuids, by, reason=words))


def trash_many(session: Session, uuids: Sequence[str]) -> None:
    """Put photos into the trash; it can be undone."""
    if not uuids or session.is_read_only:
        return
    reason = _("Move {count} photos to the trash").format(count=len(uuids))

    def done(_changes: Changes) -> None:
        session.messages.done(
            _("{count} photos are in the trash.").format(count=len(uuids)),
            action=_("Undo"),
            on_action=session.undo_step,
        )

    session.run(lambda context: delete_records(context, kind_of(Photo), uuids, reason=reason), done)
