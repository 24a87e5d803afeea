"""The menu of lines and areas: those of the site selected, and the lines of the routes."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu

from geopark_app.domain.kinds import Route, Site, SiteExtent
from geopark_app.gui.icons import icon
from geopark_app.gui.map_room.gestures import title_of_route, title_of_site
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.vocabularies import label


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeDeeds:
    """What the menu can start."""

    draw: Callable[[str, str, str], object]
    """Kind, key of the site or route, and `Polygon` or `Line`."""
    change: Callable[[str, str], object]
    """Kind and key of the record that holds the shape."""
    remove: Callable[[str, str], object]


def fill_shape_menu(menu: QMenu, context: AppContext, site: Site | None, deeds: ShapeDeeds) -> None:
    """Write the menu anew for the site selected."""
    menu.clear()
    if site is None:
        menu.addAction(_("Select a site to draw its extent.")).setEnabled(False)
    else:
        code, extent_kind = site.code or title_of_site(site), "site_extent"
        area = _("Draw an area of {site}").format(site=code)
        line = _("Draw a line of {site}").format(site=code)
        _add(menu, "vector-polygon", area, deeds.draw, extent_kind, site.uuid, "Polygon")
        _add(menu, "vector-polyline", line, deeds.draw, extent_kind, site.uuid, "Line")
        for extent in context.catalogue.records(SiteExtent, where={"site_uuid": site.uuid}):
            words = extent.label or label(context, "extent_purpose", extent.purpose)
            inner = menu.addMenu(words or _("Shape without a name"))
            _add(inner, "vector-square-edit", _("Change the corners"), deeds.change,
                 "site_extent", extent.uuid)  # fmt: skip
            _add(inner, "trash-can-outline", _("To the trash"), deeds.remove, "site_extent",
                 extent.uuid)  # fmt: skip
    menu.addSeparator()
    for route in sorted(context.catalogue.records(Route), key=lambda one: one.number or 0):
        title = _("Line of route {route}").format(route=title_of_route(route))
        inner = menu.addMenu(title)
        if not route.geojson:
            _add(inner, "map-marker-path", _("Draw its line"), deeds.draw, "route", route.uuid,
                 "Line")  # fmt: skip
            continue
        _add(inner, "vector-square-edit", _("Change its line"), deeds.change, "route", route.uuid)
        _add(inner, "map-marker-path", _("Draw its line anew"), deeds.draw, "route", route.uuid,
             "Line")  # fmt: skip
        _add(inner, "trash-can-outline", _("Take its line away"), deeds.remove, "route", route.uuid)


def _add(menu: QMenu, sign: str, words: str, deed: Callable[..., object], *arguments: str) -> None:
    action = menu.addAction(icon(sign), words)
    action.triggered.connect(lambda _checked=False: deed(*arguments))
