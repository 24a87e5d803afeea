"""After a sudden end: says which words were typed and never saved, and asks what to do."""

from PySide6.QtWidgets import QApplication

from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.drafts import pending_drafts


def offer_drafts(session: Session) -> None:
    """Say how many fields hold words that are not saved; they already stand in their fields."""
    if session.is_read_only:
        return
    drafts = pending_drafts(session.context)
    if not drafts:
        return

    def ask() -> None:
        from geopark_app.gui.editing.recovery_dialog import RecoveryDialog

        RecoveryDialog(session, drafts, QApplication.activeWindow()).open()

    # The parts of one position are drafts of their own, but one field to a person.
    fields = {(draft.kind, draft.uuid, draft.field.partition(".")[0]) for draft in drafts}
    session.messages.warning(
        _(
            "Words typed before the program last ended are not saved yet. They stand in their "
            "fields again (number of fields: {count})."
        ).format(count=len(fields)),
        action=_("Keep or give up…"),
        on_action=ask,
    )
