"""The option --crs: an EPSG code."""

from geopark_app.domain.errors import ErrorCode, GeoparkError


def read_epsg(typed: str | None) -> int | None:
    """Give the number of `EPSG:n` or `n`.

    Raises
    ------
    GeoparkError
        BAD_VALUE for anything else.
    """
    if typed is None:
        return None
    number = typed.upper().removeprefix("EPSG:")
    if not number.isdecimal() or len(number) > 6:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="--crs", value=typed, expected="EPSG:n")
    return int(number)
