"""The one object the map page can call: it knows ids, nothing of the catalogue."""

from PySide6.QtCore import QObject, Signal, Slot


class MapBridge(QObject):
    """Passes clicks to the window and wishes to the page.

    Signals
    -------
    select(str), reloadSites(), setLanguage(str), reloadLayers(), fitBounds(float ×4)
        For the page; an empty id selects nothing; bounds are west, south, east, north.
    drawBox(), askView()
        For the page: let the person drag a box; tell the one that is shown.
    page_ready(), site_clicked(str), box_drawn(tuple or None)
        For the window; None when no box was drawn.
    """

    select = Signal(str)
    reloadSites = Signal()  # noqa: N815 - called by this name in JavaScript
    setLanguage = Signal(str)  # noqa: N815
    reloadLayers = Signal()  # noqa: N815
    drawBox = Signal()  # noqa: N815
    askView = Signal()  # noqa: N815
    fitBounds = Signal(float, float, float, float)  # noqa: N815
    page_ready = Signal()
    site_clicked = Signal(str)
    box_drawn = Signal(object)

    @Slot()
    def ready(self) -> None:
        """Hear from the page that the channel stands and the sites are drawn."""
        self.page_ready.emit()

    @Slot(str)
    def clicked(self, site_id: str) -> None:
        """Hear from the page that a person chose a site."""
        self.site_clicked.emit(site_id)

    @Slot(float, float, float, float)
    def boxDrawn(self, west: float, south: float, east: float, north: float) -> None:
        """Hear from the page which box was dragged; one without area was given up."""
        is_box = -180 <= west < east <= 180 and -85.1 <= south < north <= 85.1
        self.box_drawn.emit((west, south, east, north) if is_box else None)
