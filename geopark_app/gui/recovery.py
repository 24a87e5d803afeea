"""After a sudden end: says which words were typed and never saved, and leads to them."""

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
    sites = sorted({draft.uuid for draft in drafts if draft.kind == "site"})
    label = _("Typed, not saved")
    session.messages.warning(
        _(
            "Words typed before the program last ended are not saved yet. They stand in their "
            "fields again (number of fields: {count})."
        ).format(count=len(drafts)),
        action=_("Show them") if sites else "",
        on_action=lambda: session.sites_requested.emit({"uuids": sites, "label": label}),
    )
