"""Round scales: the numeric scale on paper is one people can reckon with."""

from geopark_app.maps.projection import Bounds, MapProjection, Rect, fit

_ROUND = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.5, 8.0)
LARGEST, SMALLEST = 500, 5_000_000
"""Denominators a person may ask for."""


def round_denominator(least: float) -> int:
    """Give the first round denominator that is not smaller than `least`."""
    power = 1
    while True:
        for part in _ROUND:
            if part * power >= least * (1 - 1e-9):
                return round(part * power)
        power *= 10


def fit_round(
    bounds: Bounds, frame: Rect, epsg: int, *, denominator: int | None = None, least: int = 0
) -> MapProjection:
    """Place the bounds in the middle of the frame at a round scale, or at the one asked for.

    `least` is the largest scale a map of that kind makes sense at. Raises `CoordinateError` where
    the system does not reach the bounds.
    """
    fitted = fit(bounds, frame, epsg, margin=0.02)
    return fitted.at_scale(denominator or round_denominator(max(fitted.denominator, least)))
