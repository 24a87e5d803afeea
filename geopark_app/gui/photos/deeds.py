"""Deeds on photos that the strip and the viewer share."""

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import Photo
from geopark_app.gui.photos.photo_model import photo_title
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.photos import set_cover
from geopark_app.operations.records import delete_record, restore_record


def make_cover(session: Session, site_uuid: str, photo_uuid: str) -> None:
    """Make a photo the cover of its site."""
    session.run(
        lambda context: set_cover(context, site_uuid, photo_uuid),
        lambda _changes: session.messages.done(_("This is the cover photo now.")),
    )


def remove_photo(session: Session, photo: Photo) -> None:
    """Put a photo into the trash and offer to take it back."""
    reason = _("Remove photo “{photo}”").format(photo=photo_title(photo))

    def restore() -> None:
        # This photo, whatever was done since: the last step may be another one by now.
        back = _("Take photo “{photo}” out of the trash").format(photo=photo_title(photo))
        session.run(lambda context: restore_record(context, "photo", photo.uuid, reason=back))

    def done(_changes: Changes) -> None:
        session.messages.done(_("The photo is in the trash."), action=_("Undo"), on_action=restore)

    session.run(lambda context: delete_record(context, "photo", photo.uuid, reason=reason), done)
