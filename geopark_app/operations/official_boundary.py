"""The official boundary in force, as maps and documents of the dossier use it."""

from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from geopark_app.domain.errors import GeoparkError
from geopark_app.dossier.bilingual import Bilingual, twin
from geopark_app.dossier.bilingual import both as _
from geopark_app.operations.annex_sheets import date_words
from geopark_app.operations.context import AppContext
from geopark_app.operations.map_layers import BOUNDARY, layer_index, newest_layer

# 50 m: less than the width of a line on every map that is printed.
_DRAWN_DEG = 0.0005


def official_outline(context: AppContext) -> BaseGeometry | None:
    """Give the official boundary in force, as light as a figure needs; None without one."""
    whole = official_line(context)
    return None if whole is None else whole.simplify(_DRAWN_DEG)


def official_line(context: AppContext) -> BaseGeometry | None:
    """Give the official boundary in force with every corner, for large scales."""
    layer = newest_layer(context, BOUNDARY, official=True)
    if layer is None:
        return None
    try:
        shapes = layer_index(context, layer).shapes
    except GeoparkError:
        return None
    return unary_union([one.geometry for one in shapes])


def boundary_line(context: AppContext) -> Bilingual:
    """Name the boundary that `official_outline` gives, with date and source; empty without one."""
    layer = newest_layer(context, BOUNDARY, official=True)
    if layer is None or official_outline(context) is None:
        return Bilingual()
    words = twin(layer.name_vi, layer.name_en)
    words = Bilingual(words.of("vi"), words.of("en"))
    if layer.dated_on:
        words = _("{words}, in force from {date}").format(
            words=words, date=date_words(layer.dated_on)
        )
    if layer.source:
        words = _("{words} ({source})").format(words=words, source=layer.source)
    return words
