"""Pictures that came through a chat, and the hash by which their originals are found."""

import io

import pytest
from PIL import Image, ImageFilter

from geopark_app.operations.photo_originals import copy_of, original_of
from geopark_app.photos.chat_copies import chat_sign
from geopark_app.photos.exif import ExifFacts
from geopark_app.photos.likeness import CLOSE_BITS, bits_apart, is_plain, likeness_of
from geopark_app.store.photo_keys import PhotoKeys

BARE = ExifFacts(width=1280, height=960)
ODD = ExifFacts(width=1000, height=700)


@pytest.mark.parametrize(
    ("name", "app", "sent_on"),
    [
        ("z1234567890123_0123456789abcdef0123456789abcdef.jpg", "Zalo", ""),
        ("zalo_2026_1.jpg", "Zalo", ""),
        ("IMG-20260315-WA0001.jpg", "WhatsApp", "2026-03-15"),
        ("IMG-20260315-WA0001(1).jpg", "WhatsApp", "2026-03-15"),
        ("WhatsApp Image 2026-03-15 at 10.20.30.jpeg", "WhatsApp", "2026-03-15"),
        ("IMG-20269915-WA0001.jpg", "WhatsApp", ""),
        ("received_1234567890123456.jpeg", "Messenger", ""),
        ("FB_IMG_1500000000000.jpg", "Facebook", ""),
        ("12345678_1234567890_123456789012_n.jpg", "Facebook", ""),
        ("photo_2026-03-15_10-20-30.jpg", "Telegram", "2026-03-15"),
        ("photo_2026-03-15_10-20-30 (2).jpg", "Telegram", "2026-03-15"),
        ("IMG-0123456789abcdef0123456789abcdef-V.jpg", "Viber", ""),
        ("signal-2026-03-15-10-20-30-123.jpg", "Signal", "2026-03-15"),
        ("mmexport1500000000000.jpg", "WeChat", ""),
        ("clipboard 2026-03-15 10-20-30.png", "", ""),
    ],
)
def test_names_of_chat_programs_are_known(name: str, app: str, sent_on: str) -> None:
    sign = chat_sign(name, "image/jpeg", ODD)
    assert sign is not None
    assert (sign.app, sign.sent_on) == (app, sent_on)


def test_without_a_telling_name_the_size_decides() -> None:
    assert chat_sign("anh.jpg", "image/jpeg", BARE) is not None
    assert chat_sign("anh.jpg", "image/jpeg", ODD) is None
    # A scan or drawing in PNG is no picture from a chat.
    assert chat_sign("plan.png", "image/png", BARE) is None


@pytest.mark.parametrize(
    "exif",
    [
        ExifFacts(width=1280, height=960, make="Canon"),
        ExifFacts(width=1280, height=960, taken_at="2026-03-15T08:30:00+07:00"),
        ExifFacts(width=1280, height=960, lon=106.75, lat=21.85),
    ],
)
def test_what_the_camera_wrote_makes_an_original(exif: ExifFacts) -> None:
    assert chat_sign("IMG-20260315-WA0001.jpg", "image/jpeg", exif) is None


def scene(seed: int) -> Image.Image:
    picture = Image.effect_noise((16, 12), 120) if seed < 0 else Image.new("L", (16, 12))
    picture.putdata([(seed * 7919 + at * at * 37 + at * 101) % 256 for at in range(192)])
    return picture.resize((1600, 1200), Image.Resampling.BICUBIC).convert("RGB")


def test_a_recompressed_copy_is_close_and_another_picture_is_far() -> None:
    original = scene(3)
    stream = io.BytesIO()
    smaller = original.resize((960, 720)).filter(ImageFilter.GaussianBlur(1))
    smaller.point([min(255, level + 20) for level in range(256)] * 3).save(
        stream, "JPEG", quality=45
    )
    copy = Image.open(stream)
    assert bits_apart(likeness_of(original), likeness_of(copy)) <= CLOSE_BITS
    assert bits_apart(likeness_of(original), likeness_of(scene(8))) > CLOSE_BITS
    turned = original.transpose(Image.Transpose.ROTATE_90)
    assert bits_apart(likeness_of(original), likeness_of(turned)) > CLOSE_BITS


@pytest.mark.parametrize("likeness", ["0000000000000000", "ffffffffffffffff", "", "no hash"])
def test_a_blank_picture_is_like_nothing(likeness: str) -> None:
    assert is_plain(likeness)
    assert bits_apart(likeness, "x") == 64


def key(uuid: str, likeness: str, *, size: tuple[int, int] = (1600, 1200), chat: bool = False,
        original: str | None = None) -> PhotoKeys:  # fmt: skip
    return PhotoKeys(
        uuid=uuid,
        sha256=uuid,
        site_uuid=None,
        sort_order=None,
        likeness=likeness,
        width=size[0],
        height=size[1],
        chat_copy=chat,
        original_photo_uuid=original,
    )


def test_the_closest_original_of_the_same_shape_is_proposed() -> None:
    copy = key("c", "0f0f0f0f0f0f0f0f", size=(720, 960), chat=True)
    close, closer = key("1", "0f0f0f0f0f0f0f07"), key("2", "0f0f0f0f0f0f0f0f")
    square = key("3", "0f0f0f0f0f0f0f0f", size=(900, 900))
    other_copy = key("4", "0f0f0f0f0f0f0f0f", chat=True)
    assert original_of(copy, [square, other_copy]) is None
    found = original_of(copy, [close, closer, square, other_copy])
    assert found is closer
    assert copy_of(closer, [close, copy]) is copy
    assert copy_of(closer, [key("5", closer.likeness or "", chat=True, original="9")]) is None
    assert original_of(key("6", "0000000000000000", chat=True), [closer]) is None
