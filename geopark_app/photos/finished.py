"""The one function that follows the instructions on a photo: for screen, print and export."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from geopark_app import paths
from geopark_app.photos.instructions import (
    COLOURS,
    DrawnMark,
    Instructions,
    drawn,
    halo_of,
    text_left,
)
from geopark_app.photos.picture import opened_picture
from geopark_app.photos.renditions import upright_picture

_FONT = "NotoSans-SemiBold.ttf"
_QUALITY = 88
_TURNS = {
    90: Image.Transpose.ROTATE_270,  # Pillow turns the other way round
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}
_SMOOTH, _SMOOTH_UP_TO_PX = 2, 2400


def finished_picture(
    path: Path, instructions: Instructions, *, longest: int | None = None
) -> Image.Image:
    """Give a picture upright, cropped, turned and with its marks; the file is only read.

    Parameters
    ----------
    path
        An original or a rendition.
    longest
        Longest side in pixels before cropping; None leaves the picture as large as it is.

    Raises
    ------
    PhotoRefusedError
        When the file is no accepted picture or is damaged.
    """
    with opened_picture(path) as picture:
        upright = upright_picture(picture, longest)
    return followed(upright, instructions)


def bare_jpeg(picture: Image.Image, *, quality: int = _QUALITY) -> bytes:
    """Give a picture as JPEG; a fresh image carries nothing else of its source into the file."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    buffer = io.BytesIO()
    bare.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()


def followed(upright: Image.Image, instructions: Instructions) -> Image.Image:
    """Follow the instructions on a picture that is upright."""
    picture = upright
    if instructions.crop is not None:
        crop = instructions.crop
        left, top = round(crop.left * picture.width), round(crop.top * picture.height)
        right = max(left + 1, round((crop.left + crop.width) * picture.width))
        bottom = max(top + 1, round((crop.top + crop.height) * picture.height))
        picture = picture.crop((left, top, right, bottom))
    if instructions.turn in _TURNS:
        picture = picture.transpose(_TURNS[instructions.turn])
    if instructions.marks:
        picture = _with_marks(picture, instructions)
    return picture


def _with_marks(picture: Image.Image, instructions: Instructions) -> Image.Image:
    """Draw on a layer of twice the size: Pillow's lines have steps, a halved picture has none."""
    # The steps of a large picture are too small to be seen, and its layer would fill the memory.
    times = _SMOOTH if max(picture.size) <= _SMOOTH_UP_TO_PX else 1
    size = (picture.width * times, picture.height * times)
    layer = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for mark in drawn(instructions, *size):
        _draw_mark(draw, mark, layer.width)
    small = layer.resize(picture.size, Image.Resampling.BOX)
    paper = picture.convert("RGB")
    paper.paste(small, (0, 0), small)
    return paper


def _draw_mark(draw: ImageDraw.ImageDraw, mark: DrawnMark, picture_width: int) -> None:
    colour, halo = COLOURS[mark.colour], COLOURS[halo_of(mark.colour)]
    if mark.text:
        font = letters(mark.font_px)
        left = text_left(mark, draw.textlength(mark.text, font=font), picture_width)
        draw.text(
            (left, mark.at[1]),
            mark.text,
            font=font,
            fill=colour,
            anchor="lm",
            stroke_width=max(1, round(mark.font_px * 0.09)),
            stroke_fill=halo,
        )
        return
    for ink, more in ((halo, mark.width * 0.8), (colour, 0.0)):
        width = round(mark.width + more)
        if len(mark.line) > 1:
            draw.line(mark.line, fill=ink, width=width, joint="curve")
        if mark.head:
            draw.polygon(mark.head, fill=ink, outline=ink, width=max(1, round(more)))


def letters(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Give the font of marks and labels in pixels."""
    path = paths.bundled("resources", "web", "dist", "print", _FONT)
    if path.is_file():
        return ImageFont.truetype(str(path), round(size))
    return ImageFont.load_default(round(size))
