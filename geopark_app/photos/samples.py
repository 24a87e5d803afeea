"""Sample pictures for the demo, drawn and not photographed, and marked as samples in the picture.

They carry what a phone would write (time, position, orientation), so that a demo goes through
the same import as real photos.
"""

import io
import math
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from fractions import Fraction
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational

from geopark_app import paths
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.position import Position
from geopark_app.domain.text import nfc
from geopark_app.photos import sample_landscapes, sample_places, sample_rocks
from geopark_app.photos.sample_canvas import PALETTES, Canvas, Palette
from geopark_app.store.writing_files import write_atomically

STORED_SIZE = (2000, 1500)
"""Width and height of the stored pixels; orientation 6 makes it a portrait."""

SAMPLE_MARK = "ẢNH MẪU / SAMPLE"

_METRES_PER_DEGREE = 111_320
_CAMERA_WALK_M = 60
_JPEG_QUALITY = 86
_TURN_INTO_STORED = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}


class Scene(Enum):
    """What a sample picture shows."""

    KARST = "karst"
    RIDGES = "ridges"
    RICE = "rice"
    WATERFALL = "waterfall"
    CAVE = "cave"
    TEMPLE = "temple"
    VILLAGE = "village"
    STRATA = "strata"
    LAVA = "lava"
    TRILOBITES = "trilobites"
    AMMONITES = "ammonites"


PAINTERS: dict[Scene, Callable[[Canvas, Palette], None]] = {
    Scene.KARST: sample_landscapes.karst_valley,
    Scene.RIDGES: sample_landscapes.mountain_ridges,
    Scene.RICE: sample_landscapes.rice_terraces,
    Scene.WATERFALL: sample_landscapes.waterfall,
    Scene.CAVE: sample_places.cave,
    Scene.TEMPLE: sample_places.temple,
    Scene.VILLAGE: sample_places.village,
    Scene.STRATA: sample_rocks.strata,
    Scene.LAVA: sample_rocks.lava_columns,
    Scene.TRILOBITES: sample_rocks.trilobite_slab,
    Scene.AMMONITES: sample_rocks.ammonite_slab,
}
"""Who draws what, on a canvas of any size."""

# The first pattern found decides; what a name says is surer than a theme.
_BY_NAME = (
    (r"\bhang\b|^động|hố sụt", Scene.CAVE),
    (r"cúc đá", Scene.AMMONITES),
    (r"ký ức biển|cambri|bọ ba thùy", Scene.TRILOBITES),
    (r"núi lửa", Scene.LAVA),
    (r"^mặt cắt|^vết lộ|đầm hồ", Scene.STRATA),
    (r"^(đền|chùa|miếu|thành|đoàn thành|lễ hội|tín ngưỡng)\b", Scene.TEMPLE),
    (r"^(làng|bản)\b", Scene.VILLAGE),
    (r"^(thác|suối|hồ|xuất lộ)\b", Scene.WATERFALL),
    (r"thung lũng|^vườn", Scene.RICE),
)
_BY_INTEREST = {
    "cave": Scene.CAVE,
    "palaeontology": Scene.AMMONITES,
    "palaeoenvironment": Scene.AMMONITES,
    "volcanism": Scene.LAVA,
    "igneous_petrology": Scene.LAVA,
    "stratigraphy": Scene.STRATA,
    "sedimentary_petrology": Scene.STRATA,
    "tectonics": Scene.STRATA,
    "mineralogy": Scene.STRATA,
    "mining_heritage": Scene.STRATA,
    "karst_landform": Scene.KARST,
    "hydrogeology": Scene.WATERFALL,
    "fluvial_landform": Scene.WATERFALL,
    "other_landform": Scene.RIDGES,
}
_BY_KIND = {
    "cultural": Scene.TEMPLE,
    "historical": Scene.TEMPLE,
    "intangible": Scene.TEMPLE,
    "viewpoint": Scene.RIDGES,
    "facility": Scene.VILLAGE,
    "natural": Scene.RICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What to draw.

    Attributes
    ----------
    scene : Scene
        The subject.
    name : str
        The site's name, written under the picture.
    seed : int
        The same seed, scene and name give the same file.
    taken_at : datetime
        Local time in Vietnam (+07:00) that the picture claims.
    position : Position or None
        The picture claims a place within some 60 m of it; None writes no position.
    orientation : int
        EXIF orientation 1, 3 or 6; the pixels are stored turned accordingly.
    """

    scene: Scene
    name: str
    seed: int
    taken_at: datetime
    position: Position | None = None
    orientation: int = 1


def scene_for(*, name_vi: str, interest: str | None = None, kind: str | None = None) -> Scene:
    """Give the fitting subject for a site; karst, the face of Lạng Sơn, when nothing else fits.

    Parameters
    ----------
    name_vi
        The Vietnamese name.
    interest, kind
        Terms of the vocabularies `interest` and `site_kind`.
    """
    name = nfc(name_vi).lower()
    for pattern, scene in _BY_NAME:
        if re.search(pattern, name):
            return scene
    return _BY_INTEREST.get(interest or "") or _BY_KIND.get(kind or "") or Scene.KARST


def draw_sample(path: Path, sample: Sample) -> None:
    """Write a sample picture as JPEG, whole or not at all.

    Raises
    ------
    GeoparkError
        MISSING_PART when the bundled font is not there (`make setup` fetches it); BAD_VALUE for
        another orientation than 1, 3 and 6.
    """
    if sample.orientation != 1 and sample.orientation not in _TURN_INTO_STORED:
        raise GeoparkError(ErrorCode.BAD_VALUE, field="orientation", value=sample.orientation)
    upright = _painted(sample)
    turn = _TURN_INTO_STORED.get(sample.orientation)
    stored = upright if turn is None else upright.transpose(turn)
    buffer = io.BytesIO()
    stored.save(buffer, "JPEG", quality=_JPEG_QUALITY, exif=_exif(sample))
    write_atomically(path, buffer.getvalue())


def _painted(sample: Sample) -> Image.Image:
    width, height = STORED_SIZE if sample.orientation != 6 else STORED_SIZE[::-1]
    canvas = Canvas(width, height, sample.seed)
    PAINTERS[sample.scene](canvas, canvas.random.choice(PALETTES))
    picture = canvas.finished()
    _write_band(picture, nfc(sample.name))
    return picture


def _write_band(picture: Image.Image, name: str) -> None:
    """Write over the foot of the picture that it is a sample, and of which site."""
    band = round(min(picture.size) * 0.15)
    top = picture.height - band
    foot = picture.crop((0, top, picture.width, picture.height))
    shade = Image.new("RGB", foot.size, (18, 34, 40))
    picture.paste(Image.blend(foot, shade, 0.78), (0, top))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, top, picture.width, top + band * 0.045), fill=(250, 190, 60))
    margin = round(picture.width * 0.022)
    across = picture.width - 2 * margin
    _write_line(draw, SAMPLE_MARK, (margin, top + band * 0.32), across, band * 0.36, (250, 200, 84))
    _write_line(draw, name, (margin, top + band * 0.73), across, band * 0.34, (255, 255, 255))


def _write_line(
    draw: ImageDraw.ImageDraw,
    text: str,
    at: tuple[float, float],
    across: float,
    size: float,
    colour: tuple[int, int, int],
) -> None:
    font = _font(size)
    long = draw.textlength(text, font=font)
    if long > across:
        font = _font(size * across / long)
    draw.text(at, text, fill=colour, font=font, anchor="lm")


def _font(size: float) -> ImageFont.FreeTypeFont:
    path = paths.bundled("resources", "web", "dist", "fonts", "NotoSans-Bold.ttf")
    if not path.is_file():
        raise GeoparkError(ErrorCode.MISSING_PART, path=path)
    # The basic layout gives the same picture whether or not a shaping library is installed.
    return ImageFont.truetype(path, max(8, int(size)), layout_engine=ImageFont.Layout.BASIC)


def _exif(sample: Sample) -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Make] = "Geopark"
    exif[Base.Model] = "SAMPLE / MAU"
    exif[Base.Orientation] = sample.orientation
    exif[Base.ImageDescription] = "Sample picture drawn by a script"
    camera = exif.get_ifd(IFD.Exif)
    camera[Base.DateTimeOriginal] = sample.taken_at.strftime("%Y:%m:%d %H:%M:%S")
    camera[Base.SubsecTimeOriginal] = f"{sample.seed % 1000:03d}"
    camera[Base.OffsetTimeOriginal] = "+07:00"
    if sample.position is not None and sample.position.is_known:
        exif.get_ifd(IFD.GPSInfo).update(_gps(sample))
    return exif


def _gps(sample: Sample) -> dict[int, object]:
    position = sample.position
    if position is None or position.lon is None or position.lat is None:
        return {}
    # A stream of chance of its own, so that the picture is the same with and without position.
    chance = random.Random(f"{sample.seed} position")
    angle, away = chance.uniform(0, 2 * math.pi), chance.uniform(10, _CAMERA_WALK_M)
    lat = position.lat + away * math.sin(angle) / _METRES_PER_DEGREE
    shrink = math.cos(math.radians(position.lat))
    lon = position.lon + away * math.cos(angle) / (_METRES_PER_DEGREE * shrink)
    return {
        GPS.GPSLatitudeRef: "N" if lat >= 0 else "S",
        GPS.GPSLatitude: _degrees_minutes_seconds(abs(lat)),
        GPS.GPSLongitudeRef: "E" if lon >= 0 else "W",
        GPS.GPSLongitude: _degrees_minutes_seconds(abs(lon)),
        GPS.GPSAltitudeRef: b"\x00",
        GPS.GPSAltitude: IFDRational(chance.randint(180, 620), 1),
        GPS.GPSImgDirectionRef: "T",
        GPS.GPSImgDirection: IFDRational(chance.randint(0, 3599), 10),
        GPS.GPSHPositioningError: IFDRational(chance.randint(4, 12), 1),
    }


def _degrees_minutes_seconds(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    hundredths = round(Fraction(degrees) * 360_000)
    minutes, seconds = divmod(hundredths, 6000)
    whole, minutes = divmod(minutes, 60)
    return IFDRational(whole, 1), IFDRational(minutes, 1), IFDRational(seconds, 100)
