"""The coordinates under the pointer in WGS 84 and the office's system, copied by keys."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from geopark_app.domain.position import Position, PositionQuality
from geopark_app.geo.coordinate_error import CoordinateError
from geopark_app.geo.crs import to_projected
from geopark_app.geo.position import format_projected, format_wgs84
from geopark_app.gui.forms.keys import add_key
from geopark_app.gui.language import LanguageAware
from geopark_app.gui.session import Session
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _

_ACCURACY_M = 1.0


class PointerLine(LanguageAware, QLabel):
    """Says where the pointer is; what is copied is read again by every line for coordinates."""

    def __init__(self, session: Session, *, epsg: int, room: QWidget) -> None:
        super().__init__()
        self._session = session
        self._epsg = epsg
        self._at: tuple[float, float] | None = None
        self.setObjectName("pointer-coordinates")
        self.setProperty("look", "muted")
        add_key(room, "Ctrl+Shift+C", lambda: self.copy(projected=False))
        add_key(room, "Ctrl+Shift+X", lambda: self.copy(projected=True))
        self.retranslate()

    def show_place(self, lat: float, lon: float) -> None:
        """Show another place."""
        self._at = (lat, lon)
        self.setText(" · ".join(part for part in self._parts(lat, lon) if part))

    def copy(self, *, projected: bool) -> None:
        """Put the place on the clipboard, in metres or in degrees, and say so."""
        words = self._for_others(projected=projected)
        if words:
            QGuiApplication.clipboard().setText(words)
            self._session.messages.done(_("Copied: {text}").format(text=words))

    def _parts(self, lat: float, lon: float) -> tuple[str, str]:
        if lat == 0 == lon:
            return "", ""
        quality = PositionQuality.EXACT.value
        position = Position(lon=lon, lat=lat, quality=quality, accuracy_m=_ACCURACY_M)
        try:
            metres = format_projected(position, self._epsg, language=active())
        except CoordinateError:
            metres = ""
        return format_wgs84(position, language=active()), metres

    def _for_others(self, *, projected: bool) -> str:
        if self._at is None:
            return ""
        lat, lon = self._at
        if not projected:
            return f"{lat:.6f}, {lon:.6f}"
        try:
            easting_m, northing_m = to_projected(lon, lat, self._epsg)
        except CoordinateError:
            return ""
        return f"X {northing_m:.2f}, Y {easting_m:.2f} (EPSG:{self._epsg})"

    def retranslate(self) -> None:
        """Say everything in the language of the window."""
        self.setToolTip(
            _(
                "Under the pointer, else the middle of the map: WGS 84 (copy: Ctrl+Shift+C) and "
                "VN-2000, EPSG:{code} (copy: Ctrl+Shift+X)"
            ).format(code=self._epsg)
        )
        self.setAccessibleName(_("Coordinates under the pointer"))
        if self._at is not None:
            self.show_place(*self._at)
