"""Ties the panel of the layers and the map together for what is done with base maps."""

from geopark_app.gui.basemaps.opening import open_cover_check, open_map_cutting
from geopark_app.gui.map.widget import MapView
from geopark_app.gui.map_room.layer_panel import LayerPanel
from geopark_app.gui.session import Session


def connect_basemaps(session: Session, panel: LayerPanel, view: MapView) -> None:
    """Let the dialogs take a box from the map, and show a hole on it."""

    def cut(uuid: str) -> None:
        has_map = view.web is not None
        open_map_cutting(
            session,
            view.window(),
            ask_view=view.ask_view if has_map else None,
            ask_drawing=view.draw_box if has_map else None,
            basemap=uuid,
        )

    panel.cutting_wanted.connect(cut)
    panel.cover_wanted.connect(lambda: open_cover_check(session, view.window(), view.fit_bounds))
    # Black on white has a style of its own for vector tiles.
    session.settings_changed.connect(lambda _settings: view.redraw_basemaps())
