"""Caves, temples and villages of the sample pictures."""

import math

from geopark_app.photos.sample_canvas import Canvas, Colour, Palette, Point, mixed, shaded
from geopark_app.photos.sample_landscapes import karst_valley
from geopark_app.photos.sample_scenery import bushes, grass, palm, ridge, sky, towers, tree

_CAVE_DARK: Colour = (62, 46, 48)
_CAVE_LIT: Colour = (214, 170, 112)


def cave(canvas: Canvas, palette: Palette) -> None:
    """Draw a cave hall with dripstone, open to the valley, and a pool that mirrors it."""
    outside = Canvas(canvas.width // 2, canvas.height // 2, canvas.random.randrange(1 << 30))
    karst_valley(outside, palette)
    centre = (canvas.random.uniform(0.42, 0.58), 0.46)
    canvas.gradient((shaded(_CAVE_DARK, 0.5), shaded(_CAVE_DARK, 0.75)))
    rings = 9
    for ring in range(rings):
        share = ring / (rings - 1)
        tint = mixed(_CAVE_DARK, _CAVE_LIT, share**1.3)
        outline = _opening(canvas, centre, 0.9 - 0.58 * share)
        canvas.shape(outline, (shaded(tint, 0.72), tint, shaded(tint, 0.6)))
    canvas.paste(outside.finished(), _opening(canvas, centre, 0.27))
    canvas.glow(centre, 0.5, palette.sun, 0.34)
    _stalactites(canvas)
    waterline = 0.79
    canvas.mirror(waterline, (44, 70, 84), 0.42)
    canvas.line([(0, waterline), (1, waterline)], (226, 210, 170), 0.0025)
    for _ in range(26):
        y = canvas.random.uniform(waterline + 0.02, 0.99)
        x = centre[0] + canvas.random.uniform(-0.4, 0.4)
        reach = (y - 0.7) * canvas.random.uniform(0.1, 0.3)
        canvas.line([(x - reach, y), (x + reach, y)], (206, 200, 172), 0.0014)
    _stalagmites(canvas)


def _opening(canvas: Canvas, centre: Point, reach: float) -> list[Point]:
    waves = [(turns, canvas.random.uniform(0, 6.3)) for turns in (2, 3, 5, 9, 14, 23)]
    outline = []
    for step in range(180):
        angle = step / 180 * 2 * math.pi
        bumps = sum(math.sin(angle * turns + p) / turns for turns, p in waves)
        radius = reach * (1 + 0.14 * bumps)
        outline.append(
            (
                centre[0] + radius * math.cos(angle) / canvas.aspect * 1.12,
                centre[1] + radius * math.sin(angle) * 0.95,
            )
        )
    return outline


def _spike(canvas: Canvas, x: float, root: float, length: float, half: float, dark: Colour) -> None:
    tip = root + length
    left: list[Point] = []
    right: list[Point] = []
    for step in range(9):
        share = step / 8
        wide = half * (1 - share) ** 1.25 * canvas.random.uniform(0.86, 1.14)
        y = root + (tip - root) * share
        left.append((x - wide, y))
        right.append((x + wide * 0.9, y))
    canvas.shape([*left, *right[::-1]], (dark, shaded(dark, 1.5)))
    lit = [((a[0] + b[0]) / 2 + half * 0.1, a[1]) for a, b in zip(left, right, strict=True)]
    canvas.shape([*left, *lit[::-1]], (shaded(dark, 1.25), shaded(dark, 2.1)))


def _stalactites(canvas: Canvas) -> None:
    for _ in range(24):
        x = canvas.random.uniform(0, 1)
        away = abs(x - 0.5) * 2
        length = canvas.random.uniform(0.06, 0.2) + 0.26 * away * canvas.random.random()
        half = length * canvas.random.uniform(0.09, 0.17)
        dark = shaded((66, 48, 44), canvas.random.uniform(0.7, 1.15))
        _spike(canvas, x, -0.02, length, half, dark)


def _stalagmites(canvas: Canvas) -> None:
    for _ in range(13):
        x = canvas.random.choice((canvas.random.uniform(0, 0.28), canvas.random.uniform(0.72, 1)))
        length = -canvas.random.uniform(0.1, 0.32)
        half = -length * canvas.random.uniform(0.13, 0.2)
        dark = shaded((60, 44, 42), canvas.random.uniform(0.7, 1.1))
        _spike(canvas, x, 1.02, length, half, dark)


def temple(canvas: Canvas, palette: Palette) -> None:
    """Draw a temple with two curved roofs on a terrace below wooded karst."""
    sky(canvas, palette, 0.6)
    towers(canvas, palette, 0.64, 0.42, 0.25, 5)
    canvas.mist(0.62, 0.1, palette.sky[-1], 0.6)
    wood = mixed(palette.far, palette.near, 0.9)
    ridge(canvas, 0.68, 0.13, wood, shaded(wood, 0.8), 0.9)
    canvas.gradient((palette.ground_light, palette.ground), 0.685, 1.0)
    for side in (-1, 1):
        for step in range(3):
            x = 0.5 + side * (0.3 + 0.1 * step)
            tree(canvas, x, 0.74, canvas.random.uniform(0.22, 0.34), shaded(palette.near, 1.1))
    grass(canvas, 0.78, shaded(palette.ground, 0.9), 260)
    _courtyard(canvas, palette)
    _hall(canvas, 0.5, 0.74, 0.3)
    for side in (-1, 1):
        _flag(canvas, 0.5 + side * 0.3, 0.83)
        _flag(canvas, 0.5 + side * 0.39, 0.88)
    _courtyard_front(canvas)


def _courtyard(canvas: Canvas, palette: Palette) -> None:
    stone = (196, 184, 164)
    canvas.shape([(0.3, 0.73), (0.7, 0.73), (0.86, 1.0), (0.14, 1.0)], (stone, shaded(stone, 0.8)))
    joint = shaded(stone, 0.72)
    for row in range(7):
        share = (row / 7) ** 1.4
        y = 0.76 + 0.24 * share
        half = 0.2 + 0.16 * (y - 0.73) / 0.27
        canvas.line([(0.5 - half, y), (0.5 + half, y)], joint, 0.002)
    for column in range(-4, 5):
        canvas.line([(0.5 + column * 0.048, 0.73), (0.5 + column * 0.085, 1.0)], joint, 0.002)
    bushes(canvas, 0.745, 0.014, shaded(palette.ground, 0.72), 14)


def _courtyard_front(canvas: Canvas) -> None:
    for side in (-1, 1):
        x = 0.5 + side * 0.17
        canvas.polygon(
            [(x - 0.022, 0.86), (x + 0.022, 0.86), (x + 0.017, 0.8), (x - 0.017, 0.8)],
            (128, 116, 104),
        )
        canvas.ellipse((x, 0.785), 0.036, (62, 120, 70), 0.8)
        for flower in range(6):
            angle = flower * 1.05
            spot = (x + 0.022 * math.cos(angle), 0.782 + 0.02 * math.sin(angle))
            canvas.ellipse(spot, 0.006, (234, 92, 110))


def _hall(canvas: Canvas, x: float, base: float, half: float) -> None:
    red, gold = (150, 44, 36), (222, 176, 84)
    half = half / canvas.aspect * 1.25
    canvas.polygon(
        [
            (x - half, base),
            (x + half, base),
            (x + half * 1.06, base + 0.03),
            (x - half * 1.06, base + 0.03),
        ],
        (170, 158, 140),
    )
    wall = [
        (x - half * 0.86, base),
        (x - half * 0.86, base - 0.15),
        (x + half * 0.86, base - 0.15),
        (x + half * 0.86, base),
    ]
    canvas.shape(wall, ((112, 58, 40), (168, 94, 58)))
    for door in range(-1, 2):
        at = x + door * half * 0.5
        canvas.shape(
            [
                (at - half * 0.16, base),
                (at - half * 0.16, base - 0.115),
                (at + half * 0.16, base - 0.115),
                (at + half * 0.16, base),
            ],
            ((46, 26, 24), (92, 50, 34)),
        )
        canvas.line([(at, base), (at, base - 0.115)], gold, 0.002)
    for pillar in range(6):
        at = x + half * (pillar / 2.5 - 1) * 0.86
        canvas.line([(at, base), (at, base - 0.155)], red, 0.017)
        canvas.line([(at - 0.003, base), (at - 0.003, base - 0.155)], shaded(red, 1.4), 0.004)
    _roof(canvas, x, base - 0.145, half * 1.22, 0.11)
    canvas.shape(
        [
            (x - half * 0.55, base - 0.24),
            (x + half * 0.55, base - 0.24),
            (x + half * 0.55, base - 0.285),
            (x - half * 0.55, base - 0.285),
        ],
        (shaded(red, 0.8), red),
    )
    _roof(canvas, x, base - 0.275, half * 0.82, 0.1)
    canvas.line([(x - half * 0.3, base - 0.175), (x + half * 0.3, base - 0.175)], gold, 0.02)


def _roof(canvas: Canvas, x: float, eave: float, half: float, height: float) -> None:
    tile = (156, 74, 52)
    ridge_half = half * 0.55

    def edge(share: float) -> Point:
        # Falls steeply from the ridge, then turns up at the corner, as the temples' roofs do.
        lift = 0.034 * max(0.0, share - 0.72) / 0.28
        return ridge_half + (half - ridge_half) * share, eave - height * (1 - share) ** 1.6 - lift

    side = [edge(step / 16) for step in range(17)]
    right = [(x + dx, y) for dx, y in side]
    left = [(x - dx, y) for dx, y in side]
    sag = [
        (x + half * (1 - 2 * step / 16), eave + 0.016 - 0.05 * abs(1 - step / 8) ** 6)
        for step in range(17)
    ]
    canvas.shape([*right, *sag, *left[::-1]], (shaded(tile, 0.82), shaded(tile, 1.18)))
    for row in range(-14, 15):
        share = row / 14
        top = (x + ridge_half * share, eave - height)
        foot = (x + half * 0.93 * share, eave + 0.008 - 0.02 * abs(share) ** 6)
        canvas.line(
            [top, ((top[0] + foot[0]) / 2 - 0.004 * share, eave - height * 0.36), foot],
            shaded(tile, 0.72),
            0.003,
        )
    trim = (226, 196, 140)
    canvas.line([(x - ridge_half, eave - height), (x + ridge_half, eave - height)], trim, 0.012)
    for outline in (left, right):
        canvas.line(outline, trim, 0.007)
    canvas.ellipse((x, eave - height - 0.012), 0.014, trim)


def _flag(canvas: Canvas, x: float, base: float) -> None:
    canvas.line([(x, base), (x, base - 0.3)], (104, 84, 62), 0.006)
    # Festival flags carry five nested squares in the colours of the elements.
    for ring, colour in enumerate(
        ((44, 92, 168), (214, 66, 54), (245, 214, 92), (240, 240, 232), (60, 140, 84))
    ):
        half = 0.052 * (1 - ring / 5)
        middle = (x + 0.055 / canvas.aspect, base - 0.244)
        wide = half / canvas.aspect
        canvas.polygon(
            [
                (middle[0] - wide, middle[1] - half),
                (middle[0] + wide, middle[1] - half + 0.008),
                (middle[0] + wide, middle[1] + half + 0.008),
                (middle[0] - wide, middle[1] + half),
            ],
            colour,
        )


def village(canvas: Canvas, palette: Palette) -> None:
    """Draw stilt houses between rice and palms at the foot of the hills."""
    sky(canvas, palette, 0.55)
    towers(canvas, palette, 0.58, 0.36, 0.2, 6)
    canvas.mist(0.56, 0.1, palette.sky[-1], 0.6)
    towers(canvas, palette, 0.63, 0.4, 0.7, 3)
    canvas.gradient((palette.ground_light, palette.ground), 0.62, 1.0)
    canvas.mist(0.625, 0.05, palette.sky[-1], 0.5)
    bushes(canvas, 0.645, 0.02, shaded(palette.near, 0.9), 34)
    grass(canvas, 0.7, shaded(palette.ground, 0.86), 200)
    bases = sorted(canvas.random.uniform(0.68, 0.8) for _ in range(4))
    places = canvas.random.sample((0.12, 0.36, 0.62, 0.87), 4)
    for x, base in zip(places, bases, strict=True):
        palm(canvas, x - 0.09, base, 0.2 + (base - 0.68), shaded(palette.near, 1.1))
        _stilt_house(canvas, x, base, 0.075 + (base - 0.68) * 0.42)
        tree(canvas, x + 0.1, base + 0.01, 0.1 + (base - 0.68), shaded(palette.near, 1.1))
    _paddies(canvas, palette)


def _stilt_house(canvas: Canvas, x: float, base: float, half: float) -> None:
    wood, thatch = (138, 96, 62), (120, 98, 74)
    wide = half / canvas.aspect * 1.3
    floor, eave = base - half * 0.42, base - half * 0.98
    canvas.shape(
        [(x - wide, floor), (x + wide, floor), (x + wide, base), (x - wide, base)],
        ((52, 42, 36), (92, 76, 58)),
    )
    for post in range(5):
        at = x + wide * (post / 2 - 1) * 0.95
        canvas.line([(at, base + 0.006), (at, floor)], shaded(wood, 0.75), half * 0.07)
    canvas.shape(
        [(x - wide, floor), (x - wide, eave), (x + wide, eave), (x + wide, floor)],
        (shaded(wood, 0.8), shaded(wood, 1.2)),
    )
    for plank in range(14):
        at = x + wide * (plank / 6.5 - 1)
        canvas.line([(at, floor), (at, eave)], shaded(wood, 0.86), 0.0015)
    for window in (-0.55, 0.0, 0.55):
        at = x + wide * window
        canvas.polygon(
            [
                (at - wide * 0.13, floor - half * 0.1),
                (at - wide * 0.13, eave + half * 0.1),
                (at + wide * 0.13, eave + half * 0.1),
                (at + wide * 0.13, floor - half * 0.1),
            ],
            (250, 214, 132) if window else (60, 40, 32),
        )
    canvas.line(
        [(x - wide * 1.08, floor), (x + wide * 1.08, floor)], shaded(wood, 0.6), half * 0.07
    )
    canvas.line([(x - wide * 0.75, floor), (x - wide * 1.15, base + 0.008)], wood, half * 0.09)
    canvas.shape(
        [
            (x - wide * 0.62, eave - half * 0.75),
            (x + wide * 0.62, eave - half * 0.75),
            (x + wide * 1.25, eave + half * 0.1),
            (x - wide * 1.25, eave + half * 0.1),
        ],
        (shaded(thatch, 0.85), shaded(thatch, 1.25)),
    )
    for stalk in range(26):
        share = stalk / 12.5 - 1
        canvas.line(
            [
                (x + wide * 0.62 * share, eave - half * 0.75),
                (x + wide * 1.25 * share, eave + half * 0.1),
            ],
            shaded(thatch, 0.9),
            0.0016,
        )


def _paddies(canvas: Canvas, palette: Palette) -> None:
    for row in range(5):
        y = 0.83 + 0.045 * row
        left = canvas.random.uniform(-0.1, 0.1)
        while left < 1:
            wide = canvas.random.uniform(0.2, 0.36)
            is_flooded = canvas.random.random() < 0.4
            field = mixed(palette.ground_light, palette.water, 0.8 if is_flooded else 0.0)
            canvas.shape(
                [
                    (left, y),
                    (left + wide - 0.012, y),
                    (left + wide - 0.03, y + 0.038),
                    (left - 0.018, y + 0.038),
                ],
                (field, shaded(field, 0.82)),
            )
            left += wide
