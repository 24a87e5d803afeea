"""Several sites into the trash as one step."""

from collections.abc import Sequence

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.gui.session import Session
from geopark_app.i18n import gettext as _
from geopark_app.operations.trash import delete_records


def delete_many(session: Session, uuids: Sequence[str]) -> None:
    """Put sites into the trash; it can be undone."""
    reason = _("Delete {count} sites").format(count=len(uuids))

    def done(_changes: Changes) -> None:
        session.messages.done(
            _("{count} sites are in the trash.").format(count=len(uuids)),
            action=_("Undo"),
            on_action=session.undo_step,
        )

    session.run(lambda context: delete_records(context, kind_of(Site), uuids, reason=reason), done)
