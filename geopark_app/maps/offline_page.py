"""The map as one file for any browser: sites, photos, routes, layers, further sheets; no request.

What comes in has passed the audience rule. `sections` are sheets added as data, such as the agenda
of a mission and the sheets of its stops; the page shows each as a tab beside the map.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from geopark_app.i18n import translator
from geopark_app.maps.basemap import Basemap
from geopark_app.maps.layers import MapSite, site_points, sites_document
from geopark_app.maps.overlays import MapOverlay, overlays_document
from geopark_app.maps.page import offline_shell, script_json
from geopark_app.maps.shapes import MapShape, route_colour, shapes_document

_DIGITS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """A text in both languages; where one is missing the page shows the other."""

    vi: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePhoto:
    """A picture that may leave: a JPEG without any metadata, its words and its credit."""

    jpeg: bytes
    caption: PageWords = PageWords()
    alt: PageWords = PageWords()
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSite:
    """A site with what its card tells.

    Attributes
    ----------
    site : MapSite
        What the map draws.
    kind : PageWords
        Its kind in both languages.
    summary : PageWords
        A paragraph about it.
    stop : PageWords
        Which stop of which route it is.
    lines : tuple
        Further facts: what, and what is known.
    photos : tuple of PagePhoto
        The first is its cover.
    """

    site: MapSite
    kind: PageWords
    summary: PageWords = PageWords()
    stop: PageWords = PageWords()
    lines: tuple[tuple[PageWords, PageWords], ...] = ()
    photos: tuple[PagePhoto, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStop:
    """A numbered stop; without coordinates where its place is kept back or unknown."""

    number: int
    name: PageWords
    site_uuid: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRoute:
    """A route with its stops in their order; its line, if any, is among the shapes."""

    uuid: str
    number: int
    name: PageWords
    stops: tuple[PageStop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBlock:
    """One part of a sheet: a heading, paragraphs, a table of two columns, a site to show."""

    heading: PageWords = PageWords()
    paragraphs: tuple[PageWords, ...] = ()
    rows: tuple[tuple[PageWords, PageWords], ...] = ()
    site_uuid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """A sheet beside the map, shown as a tab; `key` is a short ASCII name."""

    key: str
    title: PageWords
    blocks: tuple[PageBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflinePage:
    """Everything on the page.

    Attributes
    ----------
    title, note : PageWords
        What stands at the top; the note says for whom and of which day the page is.
    sites : tuple of PageSite
        In the order of the list; those without a place are found by the search only.
    routes : tuple of PageRoute
        With their stops.
    shapes : tuple of MapShape
        Extents of sites and lines of routes.
    overlays : tuple of MapOverlay
        The office's layers, the top one first.
    sections : tuple of PageSection
        Further sheets.
    has_readiness : bool
        Whether the cards tell the readiness: only inside the office.
    """

    title: PageWords
    note: PageWords
    sites: tuple[PageSite, ...]
    routes: tuple[PageRoute, ...] = ()
    shapes: tuple[MapShape, ...] = ()
    overlays: tuple[MapOverlay, ...] = ()
    sections: tuple[PageSection, ...] = ()
    has_readiness: bool = False


def offline_page(content: OfflinePage, language: str, basemap: Basemap | None = None) -> bytes:
    """Give the whole page as the bytes of one file; it asks for nothing, wherever it is opened.

    `language` is the one it speaks first, "vi" or "en"; a button of the page changes it.

    Raises
    ------
    GeoparkError
        MISSING_PART where setup has not fetched the JavaScript.
    """
    sites = [one.site for one in content.sites]
    names = _PhotoNames()
    data = script_json(_document(content, names))
    shell = offline_shell(
        script_json(sites_document(sites)), data, language, site_points(sites), basemap
    )
    head, _mark, tail = shell.partition("</body>")
    return b"".join([head.encode("utf-8"), *names.elements(), b"</body>", tail.encode("utf-8")])


class _PhotoNames:
    """Names the pictures, and writes each once into an element of its own.

    Inside the JSON they would all be read at the start; so the browser decodes what is looked at.
    """

    def __init__(self) -> None:
        self._pictures: list[bytes] = []

    def name(self, photo: PagePhoto) -> str:
        self._pictures.append(photo.jpeg)
        return str(len(self._pictures))

    def elements(self) -> Iterator[bytes]:
        for number, picture in enumerate(self._pictures, start=1):
            yield f'<script type="text/plain" id="photo-{number}">'.encode("ascii")
            yield base64.b64encode(picture)
            yield b"</script>\n"


def _document(content: OfflinePage, names: _PhotoNames) -> dict[str, object]:
    lines = {shape.uuid for shape in content.shapes if shape.kind == "route"}
    return {
        "title": _pair(content.title),
        "note": _pair(content.note),
        "has_readiness": content.has_readiness,
        "texts": {code: _texts(translator(code)) for code in ("vi", "en")},
        "sites": [_site(one, names) for one in content.sites],
        "routes": [_route(one, has_line=one.uuid in lines) for one in content.routes],
        "shapes": shapes_document(content.shapes)["shapes"],
        "layers": list(_layers(content.overlays)),
        "sections": [_section(one) for one in content.sections],
    }


def _pair(words: PageWords) -> dict[str, str]:
    return {"vi": words.vi, "en": words.en}


def _pairs(rows: Iterable[tuple[PageWords, PageWords]]) -> list[list[dict[str, str]]]:
    return [[_pair(name), _pair(value)] for name, value in rows]


def _site(one: PageSite, names: _PhotoNames) -> dict[str, object]:
    site = one.site
    return {
        "id": site.uuid,
        "code": site.code,
        "name_vi": site.name_vi,
        "name_en": site.name_en,
        "kind": _pair(one.kind),
        "commune": site.commune_name,
        "placed": site.is_pin or site.is_at_commune,
        "summary": _pair(one.summary),
        "stop": _pair(one.stop) if one.stop.vi or one.stop.en else None,
        "lines": _pairs(one.lines),
        "photos": [
            {
                "id": names.name(photo),
                "caption": _pair(photo.caption),
                "alt": _pair(photo.alt),
                "credit": photo.credit,
            }
            for photo in one.photos
        ],
    }


def _route(one: PageRoute, *, has_line: bool) -> dict[str, object]:
    return {
        "id": one.uuid,
        "number": one.number,
        "name_vi": one.name.vi,
        "name_en": one.name.en,
        "colour": route_colour(one.number),
        "has_line": has_line,
        "stops": [
            {
                "number": stop.number,
                "name_vi": stop.name.vi,
                "name_en": stop.name.en,
                "site": stop.site_uuid,
                "lon": stop.lon,
                "lat": stop.lat,
            }
            for stop in one.stops
        ],
    }


def _section(one: PageSection) -> dict[str, object]:
    return {
        "key": one.key,
        "title": _pair(one.title),
        "blocks": [
            {
                "heading": _pair(block.heading),
                "paragraphs": [_pair(words) for words in block.paragraphs],
                "rows": _pairs(block.rows),
                "site": block.site_uuid,
            }
            for block in one.blocks
        ],
    }


def _layers(overlays: Sequence[MapOverlay]) -> Iterator[object]:
    """Give the layers with their shapes inside; one whose file is gone is left out."""
    document = overlays_document(overlays)["layers"]
    assert isinstance(document, list)
    for layer, overlay in zip(document, overlays, strict=True):
        try:
            content = json.loads(overlay.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        # Neither address nor hash: the page has no such place, and nobody needs them.
        kept = {key: value for key, value in layer.items() if key not in {"url", "sha256"}}
        yield {**kept, "content": _rounded(content)}


def _rounded(content: object) -> object:
    """Give GeoJSON with five decimals, a metre: half the size, and no screen shows more."""
    if isinstance(content, float):
        return round(content, _DIGITS)
    if isinstance(content, list):
        return [_rounded(part) for part in content]
    if isinstance(content, dict):
        return {key: _rounded(value) for key, value in content.items()}
    return content


def _texts(translate: Callable[[str], str]) -> dict[str, str]:
    _ = translate
    return {
        "sites": _("Sites"),
        "routes": _("Routes"),
        "layers": _("Layers"),
        "search": _("Search without accents: name, code, commune"),
        "count": _("{count} sites"),
        "more": _("Type more letters to see fewer."),
        "unplaced": _("Its place is not shown on this map."),
        "back": _("Back to the list"),
        "show": _("Show on the map"),
        "list": _("List"),
        "map": _("Map only"),
        "before": _("The picture before"),
        "next": _("The next picture"),
        "close": _("Close"),
    }
