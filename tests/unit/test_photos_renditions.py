"""Renditions are upright, sRGB, without metadata, the same each time, or refused with a reason."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base

from geopark_app.domain.errors import ErrorCode
from geopark_app.photos.reasons import PhotoRefusedError, Reason
from geopark_app.photos.renditions import make_renditions

PHOTOS = Path(__file__).resolve().parents[2] / "../shared/data/photos"
RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (250, 250, 250)
# How the pixels must be stored so that a viewer that obeys the tag shows them upright.
STORED_BY_ORIENTATION = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def four_corners(width: int = 400, height: int = 300) -> Image.Image:
    """Red at the top left, green top right, blue bottom left, white bottom right."""
    picture = Image.new("RGB", (width, height))
    half = width // 2, height // 2
    picture.paste(RED, (0, 0, *half))
    picture.paste(GREEN, (half[0], 0, width, half[1]))
    picture.paste(BLUE, (0, half[1], half[0], height))
    picture.paste(WHITE, (*half, width, height))
    return picture


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def corners(picture: Image.Image) -> list[tuple[int, int, int]]:
    right, bottom = picture.width * 3 // 4, picture.height * 3 // 4
    left, top = picture.width // 4, picture.height // 4
    spots = ((left, top), (right, top), (left, bottom), (right, bottom))
    pixels = [picture.getpixel(spot) for spot in spots]
    return [pixel for pixel in pixels if isinstance(pixel, tuple)]


def assert_close(actual: tuple[int, ...], expected: tuple[int, ...], within: int = 8) -> None:
    assert all(abs(a - b) <= within for a, b in zip(actual, expected, strict=True)), actual


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(
    tmp_path: Path, picture_format: str, orientation: int
) -> None:
    method = STORED_BY_ORIENTATION[orientation]
    stored = four_corners() if method is None else four_corners().transpose(method)
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    path = tmp_path / "photo"
    stored.save(path, picture_format, exif=exif, quality=95)
    made = make_renditions(path)
    for content, size in ((made.rendition, (400, 300)), (made.thumbnail, (256, 192))):
        picture = opened(content)
        assert picture.size == size
        for actual, expected in zip(corners(picture), (RED, GREEN, BLUE, WHITE), strict=True):
            assert_close(actual, expected)


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "jpeg"])
def test_compressed_tiff_comes_out_upright(tmp_path: Path, compression: str | None) -> None:
    path = tmp_path / "photo.tif"
    stored = four_corners().transpose(Image.Transpose.ROTATE_90)
    stored.save(path, "TIFF", tiffinfo={int(Base.Orientation): 6}, compression=compression)
    picture = opened(make_renditions(path).rendition)
    assert picture.size == (400, 300)
    for actual, expected in zip(corners(picture), (RED, GREEN, BLUE, WHITE), strict=True):
        assert_close(actual, expected, within=14)


@pytest.mark.parametrize(
    ("size", "rendition", "thumbnail"),
    [
        ((4000, 3000), (1600, 1200), (256, 192)),
        ((3000, 4000), (1200, 1600), (192, 256)),
        ((1600, 1200), (1600, 1200), (256, 192)),
        ((120, 90), (120, 90), (120, 90)),
        ((5000, 2), (1600, 1), (256, 1)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
def test_sizes_fit_and_are_never_enlarged(
    tmp_path: Path, size: tuple[int, int], rendition: tuple[int, int], thumbnail: tuple[int, int]
) -> None:
    path = tmp_path / "photo.jpg"
    Image.new("RGB", size, GREEN).save(path)
    made = make_renditions(path)
    assert opened(made.rendition).size == rendition
    assert opened(made.thumbnail).size == thumbnail


def test_metadata_is_left_out_and_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[Base.Make] = "SECRET-MAKE"
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    path = tmp_path / "photo.jpg"
    four_corners().save(path, exif=exif, comment=b"SECRET-COMMENT", dpi=(300, 300))
    made = make_renditions(path)
    for content in (made.thumbnail, made.rendition):
        assert b"SECRET" not in content
        assert not opened(content).getexif()
        assert "icc_profile" not in opened(content).info
    assert make_renditions(path) == made


def test_a_camera_profile_is_converted_to_srgb(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    path = tmp_path / "photo.jpg"
    four_corners().save(path, icc_profile=lab.tobytes())
    # A profile that does not fit the picture is taken for sRGB.
    assert_close(corners(opened(make_renditions(path).rendition))[0], RED)
    four_corners().save(path, icc_profile=b"no profile at all")
    assert_close(corners(opened(make_renditions(path).rendition))[0], RED)
    four_corners().save(path, icc_profile=swapped_primaries_profile())
    red, green = corners(opened(make_renditions(path).rendition))[:2]
    assert red[1] > red[0]
    assert green[0] > green[1]


def swapped_primaries_profile() -> bytes:
    """Give sRGB with the red and green primaries exchanged: any conversion is plain to see."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">I", profile, 128)[0]
    for entry in range(count):
        at = 132 + 12 * entry
        name = bytes(profile[at : at + 4])
        if name in (b"rXYZ", b"gXYZ"):
            profile[at : at + 4] = b"gXYZ" if name == b"rXYZ" else b"rXYZ"
        if name == b"desc":
            start, length = struct.unpack_from(">II", profile, at + 4)
            text = bytes(profile[start : start + length])
            text = text.replace("sRGB".encode("utf-16-be"), "Test".encode("utf-16-be"))
            profile[start : start + length] = text.replace(b"sRGB", b"Test")
    return bytes(profile)


@pytest.mark.parametrize(
    ("mode", "picture_format", "colour", "expected"),
    [
        ("L", "JPEG", 128, (128, 128, 128)),
        ("1", "PNG", 1, (255, 255, 255)),
        ("I;16", "PNG", 128 * 256, (128, 128, 128)),
        ("I;16", "TIFF", 128 * 256, (128, 128, 128)),
        ("RGBA", "PNG", (255, 0, 0, 0), (255, 255, 255)),
        ("RGBA", "WEBP", (20, 40, 200, 255), (20, 40, 200)),
        ("LA", "PNG", (0, 0), (255, 255, 255)),
        ("P", "PNG", 0, (0, 0, 0)),
        ("CMYK", "JPEG", (0, 0, 0, 0), (255, 255, 255)),
    ],
)
def test_colour_modes(
    tmp_path: Path,
    mode: str,
    picture_format: str,
    colour: int | tuple[int, ...],
    expected: tuple[int, int, int],
) -> None:
    path = tmp_path / "photo"
    Image.new(mode, (40, 30), colour).save(path, picture_format)
    pixel = opened(make_renditions(path).rendition).getpixel((20, 15))
    assert isinstance(pixel, tuple)
    assert_close(pixel, expected)


def reason_of(path: Path) -> Reason:
    with pytest.raises(PhotoRefusedError) as caught:
        make_renditions(path)
    return caught.value.reason


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "TIFF", "WEBP"])
@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_a_truncated_picture_is_damaged(tmp_path: Path, picture_format: str, kept: float) -> None:
    path = tmp_path / "photo"
    Image.effect_noise((300, 200), 80).convert("RGB").save(path, picture_format)
    whole = path.read_bytes()
    path.write_bytes(whole[: round(len(whole) * kept)])
    assert reason_of(path) is Reason.DAMAGED


def test_a_truncated_progressive_jpeg_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.effect_noise((2400, 1800), 80).save(path, progressive=True)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert reason_of(path) is Reason.DAMAGED


def huge_png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = b""
    for name, body in ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 64)), (b"IEND", b"")):
        chunks += struct.pack(">I", len(body)) + name + body
        chunks += struct.pack(">I", zlib.crc32(name + body))
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize("side", [14_200, 30_000, 65_500])
def test_too_many_pixels_are_refused_before_decoding(tmp_path: Path, side: int) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(huge_png(side, side))
    assert reason_of(path) is Reason.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("content", "reason", "code"),
    [
        (b"", Reason.EMPTY, ErrorCode.UNREADABLE_PHOTO),
        ("Không phải ảnh".encode(), Reason.NOT_A_PICTURE, ErrorCode.UNSUPPORTED_FORMAT),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Reason.HEIC, ErrorCode.UNSUPPORTED_FORMAT),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf", Reason.AVIF, ErrorCode.UNSUPPORTED_FORMAT),
        (b"\xff\xd8\xff\xe0 nothing more", Reason.DAMAGED, ErrorCode.UNREADABLE_PHOTO),
        (b"GIF89a" + bytes(60), Reason.NOT_A_PICTURE, ErrorCode.UNSUPPORTED_FORMAT),
    ],
)
def test_what_is_no_photo_is_refused_with_its_reason(
    tmp_path: Path, content: bytes, reason: Reason, code: ErrorCode
) -> None:
    path = tmp_path / "named.jpg"
    path.write_bytes(content)
    assert reason_of(path) is reason
    assert reason.error_code is code


def test_a_raw_file_is_not_taken_by_its_preview(tmp_path: Path) -> None:
    path = tmp_path / "photo.nef"
    four_corners().save(path, "TIFF", tiffinfo={254: 1})
    assert reason_of(path) is Reason.RAW


def test_a_height_model_is_no_photo(tmp_path: Path) -> None:
    path = tmp_path / "dem.tif"
    Image.new("F", (40, 30), 412.5).save(path)
    assert reason_of(path) is Reason.COLOUR_DEPTH


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="shared photos are not here")
def test_real_photos_come_out_upright_and_small() -> None:
    for path in sorted(PHOTOS.glob("*.[jJ]*")):
        picture = opened(make_renditions(path).rendition)
        assert max(picture.size) == 1600, path.name
    portrait = opened(make_renditions(PHOTOS / "Blackberry_Z10.jpg").rendition)
    assert portrait.height > portrait.width
