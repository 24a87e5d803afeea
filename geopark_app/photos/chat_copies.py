"""Pictures that came through a chat: recompressed, renamed, without date, place and camera."""

import re
from dataclasses import dataclass

from geopark_app.photos.exif import ExifFacts

# How the programs name what they hand over; the first group, where there is one, is the day sent.
_NAMES = (
    ("Zalo", r"z\d{13}_[0-9a-f]{32}"),
    ("Zalo", r"zalo[ _-].*"),
    ("WhatsApp", r"IMG-(\d{8})-WA\d{4,}"),
    ("WhatsApp", r"WhatsApp Image (\d{4}-\d\d-\d\d) at .*"),
    ("Messenger", r"received_\d{10,}"),
    ("Facebook", r"FB_IMG_\d{10,}"),
    ("Facebook", r"\d{6,}_\d{9,}_\d{9,}_[no]"),
    ("Telegram", r"photo_(\d{4}-\d\d-\d\d)_\d\d-\d\d-\d\d"),
    (
        "Viber",
        r"(?:IMG-[0-9a-f]{32}-V|viber_image_(\d{4}-\d\d-\d\d)_.*|0-02-0[0-9a-f]-[0-9a-f]{8,}.*)",
    ),
    ("Signal", r"signal-(\d{4}-\d\d-\d\d)-.*"),
    ("WeChat", r"(?:mmexport\d{13}|wx_camera_\d{13}|microMsg\.\d{13})"),
    ("LINE", r"(?:LINE_ALBUM_.*|line_\d{10,})"),
)
_CLIPBOARD = ("", r"clipboard \d{4}-\d\d-\d\d \d\d-\d\d-\d\d")
_PATTERNS = tuple(
    (name, re.compile(pattern, re.IGNORECASE)) for name, pattern in (*_NAMES, _CLIPBOARD)
)
# A second copy of one download: "name (1)", "name - Copy", "name_2".
_COPY_MARK = re.compile(r"(?: ?\(\d+\)| - Copy| - Sao chép|~\d)$")
_LONGEST_SIDES = frozenset((960, 1024, 1080, 1280, 1440, 1600, 1920, 2048, 2560))
_JPEG_LIKE = frozenset(("image/jpeg", "image/webp"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSign:
    """Why a picture is taken for one that came through a chat.

    Attributes
    ----------
    app : str
        The program whose way of naming the file has; empty when only size and silence say it.
    sent_on : str
        ISO date in the name, when the name has one: it was taken then or before.
    """

    app: str = ""
    sent_on: str = ""


def chat_sign(file_name: str, media_type: str, exif: ExifFacts) -> ChatSign | None:
    """Give the signs that a picture came through a chat, or None.

    A picture in which the camera still stands is an original, whatever its name. Without camera,
    date and place, the name decides; and a JPEG of exactly a size to which chats shrink.
    """
    if exif.make or exif.model or exif.taken_at or exif.lon is not None:
        return None
    stem = _COPY_MARK.sub("", file_name.rpartition(".")[0] or file_name)
    for app, pattern in _PATTERNS:
        found = pattern.fullmatch(stem)
        if found is not None:
            groups = [group for group in found.groups() if group]
            return ChatSign(app=app, sent_on=_date(groups[0]) if groups else "")
    longest = max(exif.width, exif.height)
    if media_type in _JPEG_LIKE and longest in _LONGEST_SIDES:
        return ChatSign()
    return None


def _date(text: str) -> str:
    digits = text.replace("-", "")
    year, month, day = digits[:4], digits[4:6], digits[6:]
    sound = 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    return f"{year}-{month}-{day}" if sound else ""
