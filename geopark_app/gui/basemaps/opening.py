"""Opens the dialogs about base maps; their modules are fetched when first wanted."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from geopark_app.geo.tile_grid import Box
from geopark_app.gui.session import Session

AskBox = Callable[[Callable[[Box | None], None]], None]
"""Asks the map for a box; the answer comes later, None when there is none."""


def open_basemap_adding(session: Session, parent: QWidget) -> None:
    """Show the dialog that takes a base map in."""
    if session.is_read_only:
        return
    from geopark_app.gui.basemaps.add_dialog import BasemapAddDialog

    BasemapAddDialog(session, parent).open()


def open_map_cutting(
    session: Session,
    parent: QWidget,
    *,
    ask_view: AskBox | None = None,
    ask_drawing: AskBox | None = None,
    basemap: str = "",
) -> None:
    """Show the dialog that cuts a map; with a map at hand the box can be taken from it."""
    from geopark_app.gui.basemaps.cut_dialog import CutDialog

    dialog = CutDialog(session, parent, has_map=ask_view is not None, basemap=basemap)

    def take(edges: Box | None) -> None:
        if edges is not None:
            dialog.set_box(edges)
        dialog.show()

    def draw() -> None:
        assert ask_drawing is not None
        # The map is drawn on while the dialog stands aside.
        dialog.hide()
        ask_drawing(take)

    if ask_view is not None and ask_drawing is not None:
        dialog.view_wanted.connect(lambda: ask_view(take))
        dialog.drawing_wanted.connect(draw)
    session.after_saving(dialog.open)


def open_cover_check(
    session: Session, parent: QWidget, show_bounds: Callable[[Box], None] | None = None
) -> None:
    """Show whether the base maps cover a route or a day."""
    from geopark_app.gui.basemaps.cover_dialog import CoverDialog

    dialog = CoverDialog(session, parent)
    if show_bounds is not None:
        dialog.bounds_wanted.connect(show_bounds)
    session.after_saving(dialog.open)


def open_basemap_help(parent: QWidget) -> None:
    """Show how a base map is made."""
    from geopark_app.gui.basemaps.help_dialog import BasemapHelpDialog

    BasemapHelpDialog(parent).open()
