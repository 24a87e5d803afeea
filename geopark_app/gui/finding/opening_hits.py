"""Where a hit leads: a site, the sites of a commune or route, or the form of the record."""

from PySide6.QtWidgets import QWidget

from geopark_app.domain.kinds import Commune, Document, Route, Stop, kind_named
from geopark_app.gui.session import Session
from geopark_app.store.search import SearchHit


def open_hit(session: Session, hit: SearchHit, parent: QWidget | None) -> None:
    """Go to what was found."""
    record = session.context.catalogue.get(kind_named(hit.kind).record_type, hit.uuid)
    if record is None:
        return
    if isinstance(record, Commune):
        session.sites_requested.emit({"commune": record.code or ""})
    elif isinstance(record, Route):
        session.sites_requested.emit({"route": str(record.number or "")})
    elif hit.kind == "site":
        session.site_requested.emit(hit.uuid)
    elif getattr(record, "site_uuid", None) and not isinstance(record, Document | Stop):
        session.site_requested.emit(getattr(record, "site_uuid", ""))
    else:
        from geopark_app.gui.finding.record_dialog import RecordDialog

        RecordDialog(session, record, parent).open()
