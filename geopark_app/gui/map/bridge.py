"""The one object the map page can call: it knows ids, nothing of the catalogue."""

from PySide6.QtCore import QObject, Signal, Slot


class MapBridge(QObject):
    """Passes clicks to the window and wishes to the page.

    Signals
    -------
    select(str), reloadSites(), setLanguage(str), reloadLayers(), fitBounds(float ×4)
        For the page; an empty id selects nothing; bounds are west, south, east, north.
    page_ready(), site_clicked(str)
        For the window.
    """

    select = Signal(str)
    reloadSites = Signal()  # noqa: N815 - called by this name in JavaScript
    setLanguage = Signal(str)  # noqa: N815
    reloadLayers = Signal()  # noqa: N815
    fitBounds = Signal(float, float, float, float)  # noqa: N815
    page_ready = Signal()
    site_clicked = Signal(str)

    @Slot()
    def ready(self) -> None:
        """Hear from the page that the channel stands and the sites are drawn."""
        self.page_ready.emit()

    @Slot(str)
    def clicked(self, site_id: str) -> None:
        """Hear from the page that a person chose a site."""
        self.site_clicked.emit(site_id)
