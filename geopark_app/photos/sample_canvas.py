"""The drawing board of the sample pictures: soft skies, towers, trees and mist from one seed."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]

_SUPERSAMPLING = 2
_SOFT_DIVISOR = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one light: sky from top to horizon, hills from far to near, and ground."""

    sky: tuple[Colour, ...]
    sun: Colour
    far: Colour
    near: Colour
    rock: Colour
    ground: Colour
    ground_light: Colour
    water: Colour


MORNING = Palette(
    sky=((112, 176, 214), (178, 216, 232), (247, 240, 219)),
    sun=(255, 246, 214),
    far=(158, 194, 204),
    near=(47, 107, 82),
    rock=(203, 205, 190),
    ground=(92, 142, 66),
    ground_light=(171, 201, 96),
    water=(136, 190, 205),
)
DUSK = Palette(
    sky=((66, 84, 138), (201, 118, 132), (252, 201, 148)),
    sun=(255, 226, 170),
    far=(190, 140, 150),
    near=(58, 62, 92),
    rock=(222, 176, 160),
    ground=(84, 86, 78),
    ground_light=(186, 148, 92),
    water=(226, 166, 150),
)
MIST = Palette(
    sky=((176, 205, 205), (211, 227, 219), (240, 243, 230)),
    sun=(255, 255, 244),
    far=(190, 210, 205),
    near=(58, 104, 92),
    rock=(214, 218, 206),
    ground=(104, 140, 88),
    ground_light=(180, 201, 122),
    water=(176, 205, 202),
)
HARVEST = Palette(
    sky=((92, 160, 205), (168, 208, 226), (252, 234, 196)),
    sun=(255, 240, 190),
    far=(168, 188, 190),
    near=(66, 104, 70),
    rock=(214, 200, 172),
    ground=(176, 142, 52),
    ground_light=(236, 204, 104),
    water=(150, 188, 196),
)
PALETTES = (MORNING, MORNING, HARVEST, MIST, DUSK)
"""The lights to choose from; a clear morning is the likeliest."""


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """Give the colour between two; `share` 0 is the first, 1 the second."""
    red, green, blue = (
        round(a + (b - a) * min(1.0, max(0.0, share))) for a, b in zip(first, second, strict=True)
    )
    return red, green, blue


def shaded(colour: Colour, factor: float) -> Colour:
    """Give the colour darker (factor below 1) or lighter (above 1)."""
    red, green, blue = (min(255, max(0, round(part * factor))) for part in colour)
    return red, green, blue


class Canvas:
    """A picture being drawn; points are shares of width and height, 0, 0 at the top left.

    Attributes
    ----------
    width, height : int
        Pixels of the finished picture.
    random : random.Random
        The only source of chance: the same seed gives the same picture.
    """

    def __init__(self, width: int, height: int, seed: int) -> None:
        """Start with a black board, drawn larger than it will be to smooth every edge."""
        self.width, self.height = width, height
        self.random = random.Random(seed)
        self._image = Image.new("RGB", (width * _SUPERSAMPLING, height * _SUPERSAMPLING))
        self._draw = ImageDraw.Draw(self._image)

    @property
    def aspect(self) -> float:
        """Width by height, to draw round things round."""
        return self.width / self.height

    def finished(self) -> Image.Image:
        """Give the picture in its final size."""
        return self._image.reduce(_SUPERSAMPLING)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill an outline with one colour."""
        self._draw.polygon([self._at(point) for point in points], fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a line; its width is a share of the picture's height."""
        pixels = max(1, round(width * self._image.height))
        self._draw.line([self._at(point) for point in points], colour, pixels, joint="curve")

    def ellipse(self, centre: Point, radius: float, colour: Colour, squash: float = 1.0) -> None:
        """Fill an ellipse; the radius is a share of the height, `squash` its height by width."""
        x, y = self._at(centre)
        across = radius * self._image.height
        down = across * squash
        self._draw.ellipse((x - across, y - down, x + across, y + down), fill=colour)

    def gradient(self, stops: Sequence[Colour], top: float = 0.0, bottom: float = 1.0) -> None:
        """Fill a band of the picture with colours running from top to bottom."""
        self._paste_gradient(stops, None, 0.0, top, 1.0, bottom)

    def shape(self, points: Sequence[Point], stops: Sequence[Colour]) -> None:
        """Fill an outline with colours running from its top to its bottom."""
        xs = [point[0] for point in points]
        ys = [point[1] for point in points]
        left, right = max(0.0, min(xs)), min(1.0, max(xs))
        top, bottom = max(0.0, min(ys)), min(1.0, max(ys))
        if left < right and top < bottom:
            self._paste_gradient(stops, points, left, top, right, bottom)

    def glow(self, centre: Point, radius: float, colour: Colour, strength: float) -> None:
        """Lay a soft round light over the picture; the radius is a share of the height."""
        mask = self._soft_mask()
        pen = ImageDraw.Draw(mask)
        x, y = centre[0] * mask.width, centre[1] * mask.height
        rings = 24
        for ring in range(rings):
            reach = radius * mask.height * (1 - ring / rings)
            level = round(255 * strength * ((ring + 1) / rings) ** 2)
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=level)
        self._lay(mask, colour)

    def mist(self, centre: float, depth: float, colour: Colour, strength: float) -> None:
        """Lay a soft, uneven band of mist around the height `centre`."""
        mask = self._soft_mask()
        waves = [(self.random.uniform(2, 7), self.random.uniform(0, 6.3)) for _ in range(3)]
        pixels = mask.load()
        if pixels is None:
            return
        for x in range(mask.width):
            bend = sum(math.sin(x / mask.width * f + p) for f, p in waves) * depth * 0.12
            for y in range(mask.height):
                away = abs(y / mask.height - centre - bend) / depth
                pixels[x, y] = round(255 * strength * max(0.0, 1 - away) ** 2)
        self._lay(mask, colour)

    def veil(self, outlines: Sequence[Sequence[Point]], colour: Colour, strength: float) -> None:
        """Lay outlines with soft edges over the picture: clouds, shadows, beams of light."""
        mask = self._soft_mask()
        pen = ImageDraw.Draw(mask)
        for outline in outlines:
            pen.polygon(
                [(x * mask.width, y * mask.height) for x, y in outline], fill=round(255 * strength)
            )
        self._lay(mask.filter(ImageFilter.GaussianBlur(1.3)), colour)

    def paste(self, picture: Image.Image, mask_outline: Sequence[Point]) -> None:
        """Lay another picture of any size over the whole board, seen only inside an outline."""
        mask = Image.new("L", self._image.size)
        ImageDraw.Draw(mask).polygon([self._at(point) for point in mask_outline], fill=255)
        self._image.paste(picture.resize(self._image.size, Image.Resampling.BICUBIC), mask=mask)

    def mirror(self, waterline: float, colour: Colour, strength: float) -> None:
        """Make everything below the waterline a still, tinted mirror of what stands above."""
        line = round(waterline * self._image.height)
        depth = self._image.height - line
        above = self._image.crop((0, max(0, line - depth), self._image.width, line))
        mirrored = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        tint = Image.new("RGB", mirrored.size, colour)
        self._image.paste(Image.blend(mirrored, tint, strength), (0, line))

    def _at(self, point: Point) -> Point:
        return point[0] * self._image.width, point[1] * self._image.height

    def _soft_mask(self) -> Image.Image:
        width, height = self._image.size
        return Image.new("L", (width // _SOFT_DIVISOR, height // _SOFT_DIVISOR))

    def _lay(self, mask: Image.Image, colour: Colour) -> None:
        # Enlarging a small mask smoothly costs far less than blurring a large one.
        full = mask.resize(self._image.size, Image.Resampling.BICUBIC)
        self._image.paste(colour, (0, 0), full)

    def _paste_gradient(
        self,
        stops: Sequence[Colour],
        outline: Sequence[Point] | None,
        left: float,
        top: float,
        right: float,
        bottom: float,
    ) -> None:
        x0, y0 = (math.floor(part) for part in self._at((left, top)))
        x1, y1 = (math.ceil(part) for part in self._at((right, bottom)))
        size = max(1, x1 - x0), max(1, y1 - y0)
        ramp = Image.new("RGB", (1, size[1]))
        steps = len(stops) - 1
        for y in range(size[1]):
            along = y / size[1] * steps
            at = min(steps - 1, int(along))
            ramp.putpixel((0, y), mixed(stops[at], stops[at + 1], along - at))
        mask = None
        if outline is not None:
            mask = Image.new("L", size)
            shifted = [(x - x0, y - y0) for x, y in (self._at(point) for point in outline)]
            ImageDraw.Draw(mask).polygon(shifted, fill=255)
        self._image.paste(ramp.resize(size, Image.Resampling.NEAREST), (x0, y0), mask)
