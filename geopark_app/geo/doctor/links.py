"""Coordinates inside links of web maps and in geo: addresses; nothing is ever fetched."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

_NUMBER = r"([-+]?\d{1,3}(?:\.\d{1,20})?)"
_BETWEEN = r"\s*[,~]\s*"
# Most telling first: a marked place, then what was searched, then the middle of the view.
_PLACES = (
    rf"!3d{_NUMBER}!4d{_NUMBER}",
    rf"[?&](?:mlat)={_NUMBER}&mlon={_NUMBER}",
    rf"[?&](?:q|query|daddr|destination|coordinate|address)=(?:loc:)?{_NUMBER}{_BETWEEN}{_NUMBER}",
    # In links of Apple it is the place, in those of Google the middle of the view.
    rf"maps\.apple\.com/.*[?&]ll={_NUMBER},{_NUMBER}",
    rf"[?&#]lat(?:itude)?={_NUMBER}&(?:lng|lon|long|longitude)={_NUMBER}",
    rf"/(?:search|place)/+{_NUMBER}{_BETWEEN}{_NUMBER}",
    # The last of a way's places is where it leads.
    rf"/dir/(?:[^/@]{{0,80}}/){{0,10}}{_NUMBER}{_BETWEEN}{_NUMBER}",
    rf"^geo:(?!0,0\b){_NUMBER},{_NUMBER}",
)
_VIEWS = (
    rf"@{_NUMBER},{_NUMBER}",
    rf"#map=[\d.]+/{_NUMBER}/{_NUMBER}",
    rf"[?&#](?:ll|sll|center|cp|map)={_NUMBER}{_BETWEEN}{_NUMBER}",
)
_LINK = re.compile(r"\s*(?:https?://|www\.|geo:|maps?\.)", re.IGNORECASE)
_SHORT = re.compile(r"https?://(?:maps\.app\.goo\.gl|goo\.gl|g\.co|osm\.org/go)/", re.IGNORECASE)
_IN_WORDS = re.compile(r"(?:/(?:place|search)/|[?&]q(?:uery)?=)([^/&@?#]{8,80})")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReading:
    """What a link says.

    Attributes
    ----------
    lat_lon : tuple of float or None
        The point, latitude first.
    is_view : bool
        Whether it is only the middle of the map shown, not a marked place.
    words : str
        Otherwise a text in the link that may be a coordinate.
    is_short : bool
        Whether the link must be opened in a browser before it says anything.
    """

    lat_lon: tuple[float, float] | None = None
    is_view: bool = False
    words: str = ""
    is_short: bool = False


def read_link(typed: str) -> LinkReading | None:
    """Read a link; None when the text is none."""
    if not _LINK.match(typed):
        return None
    link = unquote_plus(typed.strip())
    for patterns, is_view in ((_PLACES, False), (_VIEWS, True)):
        for pattern in patterns:
            # The last marked place is the one chosen; ways to it come before.
            found = re.findall(pattern, link, re.IGNORECASE)
            if found:
                lat, lon = found[-1]
                return LinkReading(lat_lon=(float(lat), float(lon)), is_view=is_view)
    words = _IN_WORDS.search(link)
    return LinkReading(
        words=words.group(1) if words else "", is_short=bool(_SHORT.match(typed.strip()))
    )
