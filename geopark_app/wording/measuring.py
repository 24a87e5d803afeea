"""Lengths and areas as people say them, in the numbers of the language."""

from geopark_app.wording.layers import number


def length_words(metres: float) -> str:
    """Give a length: metres up to a kilometre, then kilometres."""
    if metres < 10:
        return f"{number(metres, 1)} m"
    if metres < 1_000:
        return f"{round(metres)} m"
    kilometres = metres / 1_000
    return f"{number(kilometres, 3 if kilometres < 10 else 2 if kilometres < 100 else 1)} km"


def area_words(square_metres: float) -> str:
    """Give an area: square metres up to a hectare, hectares up to ten square kilometres."""
    if square_metres < 10_000:
        return f"{round(square_metres)} m²"
    if square_metres < 10_000_000:
        hectares = square_metres / 10_000
        return f"{number(hectares, 2 if hectares < 100 else 1)} ha"
    return f"{number(square_metres / 1_000_000, 2)} km²"
