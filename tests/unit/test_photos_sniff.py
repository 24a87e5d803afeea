"""The format of a picture is decided by its content."""

import io

import pytest
from PIL import Image

from geopark_app.photos.sniff import PictureFormat, sniff


@pytest.mark.parametrize(
    ("pillow_format", "expected"),
    [
        ("JPEG", PictureFormat.JPEG),
        ("PNG", PictureFormat.PNG),
        ("TIFF", PictureFormat.TIFF),
        ("WEBP", PictureFormat.WEBP),
        ("AVIF", PictureFormat.AVIF),
        ("GIF", None),
        ("BMP", None),
    ],
)
def test_a_real_picture_is_recognised(pillow_format: str, expected: PictureFormat | None) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(buffer, pillow_format)
    assert sniff(buffer.getvalue()[:64]) is expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"", None),
        (b"\xff\xd8", None),
        (b"MM\x00*\x00\x00\x00\x08", PictureFormat.TIFF),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", PictureFormat.HEIC),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heicmiaf", PictureFormat.HEIC),
        (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf", PictureFormat.AVIF),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", None),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        ("Điểm di sản địa chất".encode(), None),
    ],
)
def test_the_first_bytes_decide(head: bytes, expected: PictureFormat | None) -> None:
    assert sniff(head) is expected


def test_only_avif_is_recognised_but_not_accepted() -> None:
    refused = {kind for kind in PictureFormat if not kind.is_accepted}
    assert refused == {PictureFormat.AVIF}
