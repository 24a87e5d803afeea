"""The two upright JPEGs made once for each photo: a thumbnail and a picture to show and print."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms

from geopark_app.photos.likeness import likeness_of
from geopark_app.photos.picture import BROKEN_CONTENT, opened_picture, orientation_of

THUMBNAIL_PX = 256
"""Longest side of the thumbnail."""

RENDITION_PX = 1600
"""Longest side of the picture that is shown, printed and handed over."""

_THUMBNAIL_QUALITY = 80
_RENDITION_QUALITY = 88
_FULL_SIZE_QUALITY = 92
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_CMS_ERRORS = (ImageCms.PyCMSError, *BROKEN_CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renditions:
    """The finished JPEG files as bytes: upright, sRGB, without any metadata.

    Attributes
    ----------
    thumbnail, rendition : bytes
        JPEG files with longest side `THUMBNAIL_PX` and `RENDITION_PX`, never enlarged; a preview
        has an empty rendition.
    full_size : bytes or None
        JPEG as large as the original, where asked for.
    likeness : str
        See `photos.likeness`.
    """

    thumbnail: bytes
    rendition: bytes
    full_size: bytes | None = None
    likeness: str = ""


def make_renditions(path: Path) -> Renditions:
    """Decode a photo once and give its upright thumbnail and rendition.

    The same file gives the same bytes with the same version of Pillow. The whole picture is
    decoded, so that a truncated file is found here.

    Raises
    ------
    PhotoRefusedError
        When the file is no accepted picture, is damaged or truncated, or has too many pixels.
    """
    with opened_picture(path) as picture:
        return renditions_of(picture)


def renditions_of(
    picture: Image.Image, *, full_size: bool = False, thumbnail_only: bool = False
) -> Renditions:
    """Give the renditions of an opened picture that is not yet decoded."""
    longest = THUMBNAIL_PX if thumbnail_only else RENDITION_PX
    full = upright_picture(picture, None) if full_size else None
    upright = upright_picture(picture, longest) if full is None else _resized(full, longest)
    thumbnail = _resized(upright, THUMBNAIL_PX)
    return Renditions(
        thumbnail=_as_jpeg(thumbnail, _THUMBNAIL_QUALITY),
        rendition=b"" if thumbnail_only else _as_jpeg(upright, _RENDITION_QUALITY),
        full_size=None if full is None else _as_jpeg(full, _FULL_SIZE_QUALITY),
        likeness=likeness_of(thumbnail),
    )


def upright_picture(picture: Image.Image, longest: int | None) -> Image.Image:
    """Give an opened picture decoded, upright and in sRGB, with longest side at most `longest`."""
    # Pillow turns TIFF by itself while decoding, and nothing else.
    turn = None if picture.format == "TIFF" else _TURNS.get(orientation_of(picture))
    profile = picture.info.get("icc_profile")
    if longest is not None:
        # Both sides are scaled: with one square side the JPEG decoder would pick a larger scale.
        picture.draft(picture.mode, _fitted(picture.size, longest))
    picture.load()
    plain = _plain(picture)
    upright = _in_srgb(plain if longest is None else _resized(plain, longest), profile)
    return upright if turn is None else upright.transpose(turn)


def _fitted(size: tuple[int, int], longest: int) -> tuple[int, int]:
    width, height = size
    scale = min(1.0, longest / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _resized(picture: Image.Image, longest: int) -> Image.Image:
    size = _fitted(picture.size, longest)
    if size == picture.size:
        return picture
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _plain(picture: Image.Image) -> Image.Image:
    """Give the picture in L, RGB or CMYK, transparency laid on white, 16 bits cut to 8."""
    if picture.mode in ("L", "RGB", "CMYK"):
        return picture
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert from the colour profile of the camera; a broken profile is taken for sRGB."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                converted = ImageCms.profileToProfile(
                    picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
                )
                if converted is not None:
                    return converted
        except _CMS_ERRORS:
            pass
    return picture.convert("RGB")


def _as_jpeg(picture: Image.Image, quality: int) -> bytes:
    # A fresh image carries no EXIF, GPS or profile of the original into the file.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    buffer = io.BytesIO()
    # Huffman tables of its own would save 3 % of the bytes and cost a tenth of the import.
    bare.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()
