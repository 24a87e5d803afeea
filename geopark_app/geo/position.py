"""Writing of a position with no more digits than its quality allows."""

import math

from geopark_app.domain.position import Position, PositionQuality
from geopark_app.geo.crs import to_projected
from geopark_app.i18n import translator

_METRES_PER_DEGREE = 111_320.0
_ASSUMED_ACCURACY_M = 10.0
_ARC_MINUTE_M = 1_855.0
_MOST_DECIMALS = 6


def describe_position(
    position: Position | None, *, commune_name: str, language: str, notation: str = "dms"
) -> str:
    """Say where a site is, for documents, lists and the form.

    A commune-centroid gives the commune's name and never numbers; an unknown position says so.
    `notation` is "dms" or "decimal"; `language` is "vi" or "en".
    """
    _ = translator(language)
    if position is not None and position.is_pin:
        return format_wgs84(position, language=language, notation=notation)
    if is_commune_only(position) and commune_name:
        return commune_name
    return _("position unknown")


def is_commune_only(position: Position | None) -> bool:
    """Say whether the coordinates stand for the commune and must never print as a pin."""
    return (
        position is not None
        and position.is_known
        and position.quality == PositionQuality.COMMUNE_CENTROID.value
    )


def format_wgs84(position: Position, *, language: str, notation: str = "dms") -> str:
    """Write latitude and longitude; an empty text where the position is not a pin.

    Exact positions have the fewest digits whose rounding error stays within `accuracy_m`
    (10 m, a handheld receiver, where none was noted); others have arc-minutes.
    """
    if position.lon is None or position.lat is None or not position.is_pin:
        return ""
    accuracy_m = _accuracy_m(position)
    write = _decimal if notation == "decimal" else _dms
    lat = write(abs(position.lat), accuracy_m, language)
    lon = write(abs(position.lon), accuracy_m, language)
    north, east = _letters(position.lat, position.lon, language)
    return f"{lat}{north}{'; ' if language == 'vi' else ', '}{lon}{east}"


def format_projected(position: Position, epsg: int, *, language: str) -> str:
    """Write northing and easting in metres of the system `epsg`, rounded as the quality allows.

    Vietnamese forms call the northing X and the easting Y. Empty where it is not a pin.
    """
    if position.lon is None or position.lat is None or not position.is_pin:
        return ""
    easting_m, northing_m = to_projected(position.lon, position.lat, epsg)
    decimals = _decimals_for(_accuracy_m(position), unit_m=1.0, least=-3, most=2)
    _ = translator(language)
    return _("N (X) {northing} m, E (Y) {easting} m").format(
        northing=_metres(northing_m, decimals, language),
        easting=_metres(easting_m, decimals, language),
    )


def _accuracy_m(position: Position) -> float:
    noted = max(position.accuracy_m or 0.0, 0.0)
    if position.quality == PositionQuality.EXACT.value:
        return noted or _ASSUMED_ACCURACY_M
    # Also a radius allows no finer digits while nobody has said that the place is exact.
    return max(_ARC_MINUTE_M / 2, noted)


def _decimals_for(accuracy_m: float, *, unit_m: float, least: int, most: int) -> int:
    # The smallest number of decimals whose half unit does not exceed the accuracy.
    wanted = math.ceil(math.log10(unit_m / 2 / accuracy_m) - 1e-9)
    return max(least, min(most, wanted))


def _decimal(degrees: float, accuracy_m: float, language: str) -> str:
    decimals = _decimals_for(accuracy_m, unit_m=_METRES_PER_DEGREE, least=0, most=_MOST_DECIMALS)
    return _local(f"{degrees:.{decimals}f}", language) + "°"


def _dms(degrees: float, accuracy_m: float, language: str) -> str:
    if accuracy_m >= _ARC_MINUTE_M / 2:
        total = round(degrees * 60)
        return f"{total // 60}°{total % 60:02d}′"
    decimals = _decimals_for(accuracy_m, unit_m=_ARC_MINUTE_M / 60, least=0, most=2)
    total_seconds = round(degrees * 3600, decimals)
    whole, rest = divmod(total_seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    width = 2 if decimals == 0 else 3 + decimals
    return f"{whole:.0f}°{minutes:02.0f}′" + _local(f"{seconds:0{width}.{decimals}f}″", language)


def _letters(lat: float, lon: float, language: str) -> tuple[str, str]:
    if language == "vi":
        return ("B" if lat >= 0 else "N", "Đ" if lon >= 0 else "T")
    return ("N" if lat >= 0 else "S", "E" if lon >= 0 else "W")


def _metres(value: float, decimals: int, language: str) -> str:
    rounded = round(value, decimals)
    text = f"{rounded:,.{max(decimals, 0)}f}"
    return _local(text.replace(",", "\N{NO-BREAK SPACE}"), language)


def _local(number: str, language: str) -> str:
    return number.replace(".", ",") if language == "vi" else number
