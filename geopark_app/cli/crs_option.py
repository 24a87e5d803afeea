"""The option --crs: an EPSG code."""

from geopark_app.domain.errors import ErrorCode, GeoparkError


def read_epsg(typed: str | None) -> int | None:
    """Give the number of `EPSG:n` or `n`.

    Raises
    ------
    GeoparkError
        BAD_VALUE for anything else, and for a system PROJ does not know.
    """
    if typed is None:
        return None
    from geopark_app.geo.crs import crs_exists

    number = typed.upper().removeprefix("EPSG:")
    is_number = number.isascii() and number.isdecimal() and len(number) <= 6
    if not is_number or not crs_exists(int(number)):
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--crs", value=typed, expected="EPSG:9215, EPSG:3405, …"
        )
    return int(number)
