"""The map in one file for tests: the page around given sites."""

from collections.abc import Sequence

from geopark_app.maps.layers import MapSite
from geopark_app.maps.offline_page import OfflinePage, PageSite, PageWords, offline_page


def standalone_page(sites: Sequence[MapSite], language: str) -> str:
    """Give the page with these sites and nothing beside them."""
    shown = tuple(
        PageSite(site=site, kind=PageWords(vi=site.kind_label, en=site.kind_label))
        for site in sites
    )
    title = PageWords(vi="Bản đồ", en="Map")
    page = OfflinePage(title=title, note=PageWords(), sites=shown)
    return offline_page(page, language).decode("utf-8")
