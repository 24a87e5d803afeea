"""Instructions on a picture: turn, crop and drawn marks, kept beside the photo, never in it.

All places are shares of the upright picture as it was taken, so that a mark stays on its rock
whatever is turned or cropped later.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.text import clean

Point = tuple[float, float]

TURNS = (0, 90, 180, 270)
MOST_MARKS = 60
LONGEST_TEXT = 120
LONGEST_DRAWING = 16_000
"""Letters of the JSON."""

LEAST_CROP = 0.02
"""Smallest side of a crop, as a share."""

COLOURS = {
    "red": (214, 40, 40),
    "yellow": (255, 214, 10),
    "white": (255, 255, 255),
    "black": (20, 20, 20),
    "blue": (29, 112, 214),
}
_FORM = 1
_LINE_SHARE, _LEAST_LINE_PX = 0.0045, 2.0
_HEAD_LINES = 4.5
_FONT_SHARE, _LEAST_FONT_PX = 0.03, 11.0
_TEXT_MARGIN = 0.3


class MarkShape(Enum):
    """What can be drawn."""

    ARROW = "arrow"
    LINE = "line"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One drawn mark.

    Attributes
    ----------
    shape : MarkShape
        What it is.
    points : tuple of points
        Tail and tip of an arrow, two or more places of a line, one place of a text (its left
        side, half height).
    text : str
        Words of a text; empty for the others.
    colour : str
        A name of `COLOURS`.
    """

    shape: MarkShape
    points: tuple[Point, ...]
    text: str = ""
    colour: str = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """The part of the upright picture that is shown, in shares of its width and height."""

    left: float
    top: float
    width: float
    height: float

    def as_text(self) -> str:
        """Give it as it stands in the record."""
        return ",".join(f"{part:.4f}" for part in (self.left, self.top, self.width, self.height))


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructions:
    """What is to be done with the upright picture: crop, then turn clockwise, then draw."""

    turn: int = 0
    crop: Crop | None = None
    marks: tuple[Mark, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether the picture is shown as it was taken."""
        return not (self.turn or self.crop or self.marks)

    @property
    def key(self) -> str:
        """A short text that differs when anything differs; empty when nothing is to be done."""
        if self.is_empty:
            return ""
        crop = self.crop.as_text() if self.crop else ""
        words = f"{self.turn}|{crop}|{drawing_text(self.marks)}"
        return hashlib.sha256(words.encode("utf-8")).hexdigest()[:16]

    def placed(self, point: Point) -> Point:
        """Give where a place of the upright picture is in the finished one, in its shares."""
        x, y = point
        if self.crop is not None:
            x, y = (x - self.crop.left) / self.crop.width, (y - self.crop.top) / self.crop.height
        match self.turn:
            case 90:
                return 1 - y, x
            case 180:
                return 1 - x, 1 - y
            case 270:
                return y, 1 - x
            case _:
                return x, y

    def unplaced(self, point: Point) -> Point:
        """Give the place of the upright picture that is at this place of the finished one."""
        x, y = point
        match self.turn:
            case 90:
                x, y = y, 1 - x
            case 180:
                x, y = 1 - x, 1 - y
            case 270:
                x, y = 1 - y, x
        if self.crop is not None:
            x, y = self.crop.left + x * self.crop.width, self.crop.top + y * self.crop.height
        return x, y


AS_TAKEN = Instructions()
"""Nothing is to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMark:
    """A mark in pixels of the finished picture, for any painter.

    Attributes
    ----------
    line : tuple of points
        Joined by lines of `width`; empty for a text.
    head : tuple of points
        Filled triangle of an arrow, or empty.
    at : point
        Left side, half height of a text.
    text, colour : str
        As in the mark.
    width, font_px : float
        Of lines and letters.
    """

    line: tuple[Point, ...]
    head: tuple[Point, ...]
    at: Point
    text: str
    colour: str
    width: float
    font_px: float


class HasInstructions(Protocol):
    """A photo, or anything with the three fields of one."""

    @property
    def turn_deg(self) -> int | None: ...  # noqa: D102
    @property
    def crop(self) -> str | None: ...  # noqa: D102
    @property
    def drawing(self) -> str | None: ...  # noqa: D102


def instructions_of(photo: HasInstructions) -> Instructions:
    """Give the instructions of a photo; what cannot be read (a foreign hand) is not followed."""
    return lenient_instructions(photo.turn_deg, photo.crop, photo.drawing)


def lenient_instructions(
    turn_deg: int | None, crop: str | None, drawing: str | None = None
) -> Instructions:
    """Give the instructions of three stored values; what cannot be read is not followed."""
    turn = int(turn_deg or 0) % 360
    try:
        cropped = read_crop(crop or "")
    except GeoparkError:
        cropped = None
    try:
        marks = read_drawing(drawing or "")
    except GeoparkError:
        marks = ()
    return Instructions(turn=turn if turn in TURNS else 0, crop=cropped, marks=marks)


def read_turn(text: str) -> int | None:
    """Read a turn in degrees clockwise; None for no turn.

    Raises
    ------
    GeoparkError
        BAD_VALUE when it is no quarter turn.
    """
    try:
        turn = int(text.strip() or "0") % 360
    except ValueError:
        turn = -1
    if turn not in TURNS:
        raise _bad("turn_deg", text, "0, 90, 180, 270")
    return turn or None


def read_crop(text: str) -> Crop | None:
    """Read `left,top,width,height` in shares of the upright picture; None for the whole picture.

    Raises
    ------
    GeoparkError
        BAD_VALUE when it is no part of a picture.
    """
    if not text.strip():
        return None
    try:
        left, top, width, height = (float(part) for part in text.split(","))
    except ValueError:
        raise _bad("crop", text, "0.1,0.1,0.8,0.8") from None
    inside = (
        all(math.isfinite(part) for part in (left, top, width, height))
        and min(left, top) >= 0
        and min(width, height) >= LEAST_CROP
        and max(left + width, top + height) <= 1.0005
    )
    if not inside:
        raise _bad("crop", text, "0.1,0.1,0.8,0.8")
    if (left, top) == (0, 0) and min(width, height) >= 1:
        return None
    return Crop(left=left, top=top, width=min(width, 1 - left), height=min(height, 1 - top))


def drawing_text(marks: Iterable[Mark]) -> str:
    """Give marks as the JSON that is stored; an empty text for none."""
    listed = []
    for mark in marks:
        points = [[round(x, 4), round(y, 4)] for x, y in mark.points]
        one: dict[str, Any] = {"shape": mark.shape.value, "points": points, "colour": mark.colour}
        if mark.text:
            one["text"] = mark.text
        listed.append(one)
    if not listed:
        return ""
    return json.dumps({"form": _FORM, "marks": listed}, ensure_ascii=False, separators=(",", ":"))


def read_drawing(text: str) -> tuple[Mark, ...]:
    """Read the JSON of a drawing, within limits.

    Raises
    ------
    GeoparkError
        BAD_VALUE when it is too long, no JSON, or has what no drawing has.
    """
    if not text.strip():
        return ()
    if len(text) > LONGEST_DRAWING:
        raise _bad("drawing", text[:40] + "…", f"≤ {LONGEST_DRAWING}")
    try:
        content = json.loads(text)
        if content["form"] != _FORM or len(content["marks"]) > MOST_MARKS:
            raise ValueError  # noqa: TRY301 - one way out for all that is no drawing
        return tuple(_read_mark(one) for one in content["marks"])
    except (ValueError, TypeError, LookupError, RecursionError):
        raise _bad("drawing", text[:40], _EXAMPLE) from None


_EXAMPLE = '{"form":1,"marks":[{"shape":"arrow","points":[[0.2,0.2],[0.5,0.5]],"colour":"red"}]}'


def _read_mark(one: Any) -> Mark:
    shape = MarkShape(one["shape"])
    points = tuple((float(x), float(y)) for x, y in one["points"])
    text = clean(str(one.get("text", ""))).strip()
    counts = {MarkShape.ARROW: (2, 2), MarkShape.LINE: (2, 200), MarkShape.TEXT: (1, 1)}
    least, most = counts[shape]
    sound = (
        least <= len(points) <= most
        and all(math.isfinite(part) and -0.5 <= part <= 1.5 for point in points for part in point)
        and len(text) <= LONGEST_TEXT
        and bool(text) == (shape is MarkShape.TEXT)
        and one.get("colour", "red") in COLOURS
    )
    if not sound:
        raise ValueError(shape)
    return Mark(shape=shape, points=points, text=text, colour=one.get("colour", "red"))


def drawn(instructions: Instructions, width: int, height: int) -> list[DrawnMark]:
    """Give every mark in pixels of a finished picture of this size."""
    longest = max(width, height)
    line_px = max(_LEAST_LINE_PX, longest * _LINE_SHARE)
    font_px = max(_LEAST_FONT_PX, longest * _FONT_SHARE)
    found = []
    for mark in instructions.marks:
        placed = [instructions.placed(point) for point in mark.points]
        points = tuple((x * width, y * height) for x, y in placed)
        line: tuple[Point, ...] = () if mark.shape is MarkShape.TEXT else points
        head: tuple[Point, ...] = ()
        if mark.shape is MarkShape.ARROW:
            line, head = _arrow(points, line_px)
        found.append(
            DrawnMark(
                line=line,
                head=head,
                at=points[0],
                text=mark.text,
                colour=mark.colour,
                width=line_px,
                font_px=font_px,
            )
        )
    return found


def _arrow(points: Sequence[Point], line_px: float) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    (x0, y0), (x1, y1) = points
    length = math.hypot(x1 - x0, y1 - y0)
    if length < 1:
        return (), ()
    reach = min(_HEAD_LINES * line_px, length)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    bx, by = x1 - ux * reach, y1 - uy * reach
    half = reach * 0.45
    head = ((x1, y1), (bx - uy * half, by + ux * half), (bx + uy * half, by - ux * half))
    return ((x0, y0), (bx, by)), head


def text_left(mark: DrawnMark, text_width: float, picture_width: int) -> float:
    """Give where words begin so that they end inside the picture, whatever it was turned to."""
    margin = mark.font_px * _TEXT_MARGIN
    return max(margin, min(mark.at[0], picture_width - text_width - margin))


def halo_of(colour: str) -> str:
    """Give the colour around a mark that lets it be seen on any ground."""
    return "black" if colour in {"white", "yellow"} else "white"


def _bad(field: str, value: str, expected: str) -> GeoparkError:
    return GeoparkError(ErrorCode.BAD_VALUE, field=field, value=value, expected=expected)
