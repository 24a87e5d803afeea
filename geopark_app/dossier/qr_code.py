"""The QR code of a site: its permanent id for machines, the same in every document."""

import io

import segno

_INK = "#1d2730"
# Every mask is valid; trying all eight for the prettiest takes most of the time.
_MASK = 4


def qr_svg(uuid: str, *, scope: str = "site") -> str:
    """Give the code of a site or route as SVG, without a margin."""
    drawing = io.BytesIO()
    _code(uuid, scope).save(drawing, kind="svg", border=0, dark=_INK, xmldecl=False)
    return drawing.getvalue().decode("utf-8")


def qr_png(uuid: str) -> bytes:
    """Give the code as PNG, with a margin of one module."""
    drawing = io.BytesIO()
    _code(uuid).save(drawing, kind="png", scale=5, border=1, dark=_INK)
    return drawing.getvalue()


def _code(uuid: str, scope: str = "site") -> segno.QRCode:
    return segno.make(f"geopark:{scope}/{uuid}", error="m", micro=False, mask=_MASK)
