"""The object through which the page says what is looked at and hears what has changed."""

from PySide6.QtCore import QObject, Signal, Slot

_LONGEST_LOOK = 2_000


class ViewLink(QObject):
    """Beside `MapBridge`: single sites, photos, routes, the pointer and the chosen look.

    Signals
    -------
    siteChanged(str), siteRemoved(str)
        For the page: one site as JSON like a feature of its data, or its key.
    reloadPhotos(), reloadRoutes()
        For the page: the document of that name is another one.
    setLook(str)
        For the page: the look as JSON, as it was told by `look_chosen`.
    goTo(float, float, str), forgetPlace()
        For the page: show latitude and longitude with words; take that mark away.
    pointer_moved(float, float), look_chosen(str), site_drawn(str), sites_shown(int)
        For the window: latitude and longitude; a look as JSON; the site that was drawn again;
        how many sites are drawn.
    """

    siteChanged = Signal(str)  # noqa: N815 - called by this name in JavaScript
    siteRemoved = Signal(str)  # noqa: N815
    reloadPhotos = Signal()  # noqa: N815
    reloadRoutes = Signal()  # noqa: N815
    setLook = Signal(str)  # noqa: N815
    goTo = Signal(float, float, str)  # noqa: N815
    forgetPlace = Signal()  # noqa: N815
    pointer_moved = Signal(float, float)
    look_chosen = Signal(str)
    site_drawn = Signal(str)
    sites_shown = Signal(int)

    @Slot(float, float)
    def pointed(self, lat: float, lon: float) -> None:
        """Hear where the pointer is, or the middle of the map while it is elsewhere."""
        if -90 <= lat <= 90 and -180 <= lon <= 180:
            self.pointer_moved.emit(lat, lon)

    @Slot(str)
    def chose(self, look: str) -> None:
        """Hear how the person wants the map to look."""
        if len(look) <= _LONGEST_LOOK:
            self.look_chosen.emit(look)

    @Slot(str)
    def drew(self, site_id: str) -> None:
        """Hear that a changed site is drawn."""
        self.site_drawn.emit(site_id)

    @Slot(int)
    def showed(self, count: int) -> None:
        """Hear that the map shows all its sites."""
        self.sites_shown.emit(count)
