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
        "long-cells": _("Excel: texts cut to 32,767 characters at: {detail}."),
    }
    return sentences[code].format(detail=detail)
