"""Sentences about what a file format cannot hold."""

from collections.abc import Sequence

from geopark_app.i18n import gettext as _


def loss_words(loss: Sequence[str]) -> str:
    """Give what was lost or changed by an export."""
    code, *rest = loss
    detail = rest[0] if rest else ""
    sentences = {
        "names": _("Shapefile: names cut to ten letters: {detail}."),
        "texts": _("Shapefile: texts cut to 254 bytes: {detail}. Use GeoPackage to keep them."),
        "gpx": _("GPX holds only names, comments and summaries; the other fields are left out."),
        "no-shapes": _("GPX holds points only; the lines and areas of sites are left out."),
        "no-lists": _(
            "The lists of the sites (threats, protection …) are left out; Excel, CSV, GeoPackage, "
            "GeoJSON and JSON hold them."
        ),
        "no-places": _("{detail} have no place and are not in the file."),
        "long-cells": _("Excel: texts cut to 32,767 characters at: {detail}."),
    }
    return sentences[code].format(detail=detail)
