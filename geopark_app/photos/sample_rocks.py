"""Rocks of the sample pictures: folded strata, columns of lava, a slab with fossils."""

import math
from collections.abc import Callable

from geopark_app.photos.sample_canvas import Canvas, Colour, Palette, Point, mixed, shaded
from geopark_app.photos.sample_scenery import bushes, grass, ridge, sky, tree

_BEDS: tuple[tuple[Colour, ...], ...] = (
    ((214, 190, 148), (186, 140, 96), (226, 210, 172), (150, 104, 78), (202, 164, 116)),
    ((176, 184, 178), (128, 142, 142), (206, 206, 190), (96, 110, 114), (160, 152, 132)),
    ((196, 120, 92), (148, 82, 70), (224, 176, 136), (116, 70, 66), (208, 148, 108)),
)
_LAVA: Colour = (104, 94, 92)
_SLAB: Colour = (196, 180, 150)


def strata(canvas: Canvas, palette: Palette) -> None:
    """Draw a road-cut of folded and faulted beds with a scale bar."""
    sky(canvas, palette, 0.34)
    far = mixed(palette.far, palette.near, 0.4)
    ridge(canvas, 0.36, 0.2, far, mixed(palette.sky[-1], far, 0.4), 0.7)
    beds = canvas.random.choice(_BEDS)
    crest = ridge(canvas, 0.36, 0.14, beds[0], beds[0], 0.7)
    _folded_beds(canvas, beds, crest)
    canvas.polygon([*crest, *[(x, y + 0.022) for x, y in reversed(crest)]], palette.ground)
    for _ in range(60):
        x, y = canvas.random.choice(crest)
        tint = shaded(palette.near, canvas.random.uniform(0.85, 1.25))
        canvas.ellipse((x, y), canvas.random.uniform(0.012, 0.03), tint, 0.8)
    for _ in range(5):
        x, y = canvas.random.choice(crest)
        tree(canvas, x, y + 0.01, canvas.random.uniform(0.1, 0.17), shaded(palette.near, 1.05))
    _talus(canvas, beds, palette)
    _scale_bar(canvas, canvas.random.uniform(0.25, 0.7), 0.83)


def _folded_beds(canvas: Canvas, beds: tuple[Colour, ...], crest: list[Point]) -> None:
    fold = canvas.random.uniform(0.05, 0.09)
    phase = canvas.random.uniform(0, 6.3)
    tightness = canvas.random.uniform(5.5, 8.5)
    dip = canvas.random.uniform(-0.22, 0.22)
    fault, throw = canvas.random.uniform(0.3, 0.7), canvas.random.uniform(0.035, 0.06)

    def lifted(x: float, y: float) -> float:
        bend = fold * math.sin(phase + tightness * x) * (1 - 0.35 * y)
        return y + bend + dip * (x - 0.5) + (throw if x > fault + 0.1 * (y - 0.5) else 0.0)

    level = -0.3
    number = 0
    while level < 1.3:
        thick = canvas.random.uniform(0.018, 0.06)
        colour = shaded(beds[number % len(beds)], canvas.random.uniform(0.92, 1.06))
        line = [(step / 240, _floor(crest, step, lifted(step / 240, level))) for step in range(241)]
        below = [(x, 1.0) for x, _ in reversed(line)]
        canvas.polygon([*line, *below], colour)
        canvas.line(line, shaded(colour, 0.7), 0.003)
        for lamina in range(1, 4):
            shift = thick * lamina / 4
            canvas.line([(x, y + shift) for x, y in line], shaded(colour, 0.92), 0.0012)
        level += thick
        number += 1
    crack = [
        (fault + 0.1 * (y / 20 - 0.5) + 0.004 * math.sin(y * 2.1), y / 20) for y in range(7, 21)
    ]
    canvas.line(crack, shaded(beds[3], 0.5), 0.006)
    for _ in range(70):
        x, y = canvas.random.uniform(0, 1), canvas.random.uniform(0.4, 0.95)
        canvas.line(
            [
                (x, y),
                (x + canvas.random.uniform(-0.006, 0.006), y + canvas.random.uniform(0.01, 0.03)),
            ],
            shaded(beds[3], 0.72),
            0.0018,
        )


def _floor(crest: list[Point], step: int, y: float) -> float:
    """Give a height that never rises above the crest of the outcrop."""
    return max(y, crest[min(200, round(step / 240 * 200))][1])


def _talus(canvas: Canvas, beds: tuple[Colour, ...], palette: Palette) -> None:
    canvas.shape(
        [(0, 0.9), (0.25, 0.875), (0.5, 0.895), (0.8, 0.87), (1, 0.9), (1, 1), (0, 1)],
        (mixed(palette.ground_light, beds[0], 0.4), shaded(palette.ground, 0.85)),
    )
    for _ in range(80):
        x, y = canvas.random.uniform(0, 1), canvas.random.uniform(0.87, 0.93)
        reach = canvas.random.uniform(0.006, 0.022)
        stone = shaded(canvas.random.choice(beds), canvas.random.uniform(0.7, 1.0))
        corners = [
            (x + reach * math.cos(a) / canvas.aspect, y + reach * 0.7 * math.sin(a))
            for a in sorted(canvas.random.uniform(0, 6.3) for _ in range(7))
        ]
        canvas.polygon(corners, stone)
    grass(canvas, 0.9, shaded(palette.ground, 0.85), 240)


def _scale_bar(canvas: Canvas, x: float, base: float) -> None:
    """Stand a red and white survey rod against the rock."""
    wide = 0.008 / canvas.aspect
    for part in range(6):
        top = base - 0.045 * (part + 1)
        colour = (216, 52, 44) if part % 2 == 0 else (250, 248, 240)
        canvas.polygon(
            [(x - wide, top), (x + wide, top), (x + wide, top + 0.045), (x - wide, top + 0.045)],
            colour,
        )


def lava_columns(canvas: Canvas, palette: Palette) -> None:
    """Draw a cliff of jointed volcanic columns above a stony river bank."""
    sky(canvas, palette, 0.34)
    far = mixed(palette.far, palette.near, 0.35)
    ridge(canvas, 0.36, 0.22, far, mixed(palette.sky[-1], far, 0.4), 0.7)
    crest = ridge(canvas, 0.32, 0.14, palette.near, shaded(palette.near, 0.6), 0.8)
    for row in range(3):
        _columns(canvas, crest, 0.06 * row, shaded(_LAVA, 0.72 + 0.16 * row))
    bushes(canvas, crest[100][1], 0.02, shaded(palette.near, 1.1), 6)
    for x, y in crest[::7]:
        canvas.ellipse((x, y + 0.01), canvas.random.uniform(0.018, 0.036), palette.near, 0.7)
    canvas.gradient(
        (mixed(palette.water, _LAVA, 0.4), palette.water, shaded(palette.water, 0.7)), 0.84, 1.0
    )
    for _ in range(30):
        y = canvas.random.uniform(0.86, 0.99)
        x = canvas.random.uniform(0, 1)
        canvas.line([(x - 0.03, y), (x + 0.03, y)], shaded(palette.water, 1.2), 0.002)
    for _ in range(120):
        x, y = canvas.random.uniform(0, 1), canvas.random.uniform(0.82, 0.875)
        stone = shaded(_LAVA, canvas.random.uniform(0.6, 1.5))
        canvas.ellipse((x, y), canvas.random.uniform(0.006, 0.026), stone, 0.62)
    _scale_bar(canvas, canvas.random.uniform(0.3, 0.7), 0.8)


def _columns(canvas: Canvas, crest: list[Point], drop: float, colour: Colour) -> None:
    x = -0.03
    while x < 1.03:
        wide = canvas.random.uniform(0.018, 0.034)
        at = crest[min(200, max(0, round(x * 200)))][1]
        top = at + 0.02 + drop * 2.4 + canvas.random.uniform(0.0, 0.09)
        light = shaded(colour, canvas.random.uniform(0.9, 1.16))
        edge = x + wide * canvas.random.uniform(0.5, 0.66)
        cap = 0.012
        canvas.shape(
            [(x, top), (edge, top + cap), (edge, 0.86), (x, 0.86)],
            (shaded(light, 1.22), shaded(light, 0.72)),
        )
        canvas.shape(
            [(edge, top + cap), (x + wide, top), (x + wide, 0.86), (edge, 0.86)],
            (shaded(light, 0.8), shaded(light, 0.5)),
        )
        canvas.polygon(
            [(x, top), (edge, top + cap), (x + wide, top), (edge - wide * 0.1, top - cap)],
            shaded(light, 1.5),
        )
        for _ in range(3):
            y = canvas.random.uniform(top + 0.04, 0.85)
            canvas.line([(x, y), (edge, y + cap), (x + wide, y)], shaded(light, 0.6), 0.0022)
        x += wide


def trilobite_slab(canvas: Canvas, palette: Palette) -> None:
    """Draw a close view of a slab with trilobites and a scale, for the Palaeozoic sites."""
    _fossil_slab(canvas, palette, _trilobite)


def ammonite_slab(canvas: Canvas, palette: Palette) -> None:
    """Draw a close view of a slab with ammonites and a scale, for the Triassic sites."""
    _fossil_slab(canvas, palette, _ammonite)


def _fossil_slab(
    canvas: Canvas, palette: Palette, draw_fossil: Callable[[Canvas, Point, float], None]
) -> None:
    light = mixed(_SLAB, palette.sun, 0.25)
    canvas.gradient((light, _SLAB, shaded(_SLAB, 0.82)))
    for _ in range(900):
        spot = (canvas.random.uniform(0, 1), canvas.random.uniform(0, 1))
        tint = shaded(_SLAB, canvas.random.uniform(0.8, 1.12))
        canvas.ellipse(spot, canvas.random.uniform(0.001, 0.006), tint, 0.7)
    for _ in range(5):
        _bedding_crack(canvas)
    middles = ((0.27, 0.33), (0.68, 0.28), (0.5, 0.66), (0.17, 0.68), (0.83, 0.62))
    for number, (x, y) in enumerate(middles):
        middle = (x + canvas.random.uniform(-0.03, 0.03), y + canvas.random.uniform(-0.03, 0.03))
        size = canvas.random.uniform(0.12, 0.17) if number < 3 else canvas.random.uniform(0.07, 0.1)
        draw_fossil(canvas, middle, size)
    _centimetres(canvas)
    canvas.glow((0.2, 0.1), 0.9, palette.sun, 0.22)


def _bedding_crack(canvas: Canvas) -> None:
    y = canvas.random.uniform(0.05, 0.95)
    line = []
    for step in range(26):
        y += canvas.random.uniform(-0.014, 0.014)
        line.append((step / 25, y))
    canvas.line([(x, at + 0.003) for x, at in line], shaded(_SLAB, 1.16), 0.003)
    canvas.line(line, shaded(_SLAB, 0.66), 0.0025)


def _ammonite(canvas: Canvas, middle: Point, size: float) -> None:
    shell: Colour = (128, 92, 66)
    canvas.ellipse((middle[0] + 0.006, middle[1] + 0.01), size * 0.93, shaded(_SLAB, 0.76))
    turns, steps = 3.4, 190
    spiral = []
    for step in range(steps):
        share = step / steps
        angle = share * turns * 2 * math.pi
        spiral.append((angle, size * 0.93 * math.exp(-1.9 * share)))
    for angle, radius in spiral:
        centre = (
            middle[0] + radius * 0.72 * math.cos(angle) / canvas.aspect,
            middle[1] + radius * 0.72 * math.sin(angle),
        )
        canvas.ellipse(centre, radius * 0.3, shaded(shell, 0.78))
    for number, (angle, radius) in enumerate(spiral):
        tint = shaded(shell, 1.42 if number % 3 == 0 else 1.05)
        inner, outer = radius * 0.5, radius * 0.96
        canvas.line(
            [
                (
                    middle[0] + reach * math.cos(angle + lag) / canvas.aspect,
                    middle[1] + reach * math.sin(angle + lag),
                )
                for reach, lag in ((inner, 0.0), ((inner + outer) / 2, 0.05), (outer, 0.16))
            ],
            tint,
            radius * 0.05,
        )


def _trilobite(canvas: Canvas, middle: Point, size: float) -> None:
    shell: Colour = (112, 84, 64)
    turn = canvas.random.uniform(-0.7, 0.7)

    def at(across: float, along: float) -> Point:
        x = across * math.cos(turn) - along * math.sin(turn)
        y = across * math.sin(turn) + along * math.cos(turn)
        return middle[0] + x * size / canvas.aspect, middle[1] + y * size

    def half_ring(radius_x: float, radius_y: float, along: float, start: float) -> list[Point]:
        angles = [start + math.pi * step / 24 for step in range(25)]
        return [at(radius_x * math.cos(a), along + radius_y * math.sin(a)) for a in angles]

    canvas.polygon(
        [at(0.8 * math.cos(a / 10) + 0.05, 1.12 * math.sin(a / 10) + 0.06) for a in range(63)],
        shaded(_SLAB, 0.72),
    )
    canvas.polygon(half_ring(0.8, 0.62, -0.45, math.pi), shell)
    canvas.polygon(half_ring(0.34, 0.48, -0.45, math.pi), shaded(shell, 1.4))
    for side in (-1, 1):
        canvas.ellipse(at(0.5 * side, -0.62), size * 0.09, shaded(shell, 0.5), 0.8)
        canvas.polygon([at(0.62 * side, -0.46), at(0.8 * side, -0.45), at(0.86 * side, 0.3)], shell)
    for segment in range(11):
        along = -0.4 + 0.098 * segment
        half = 0.72 - 0.028 * segment
        tint = shaded(shell, 1.2 if segment % 2 else 0.92)
        canvas.polygon(
            [
                at(-half, along + 0.1),
                at(-0.22, along),
                at(0.22, along),
                at(half, along + 0.1),
                at(half * 0.96, along + 0.19),
                at(0.22, along + 0.095),
                at(-0.22, along + 0.095),
                at(-half * 0.96, along + 0.19),
            ],
            tint,
        )
        canvas.polygon(
            [at(-0.2, along), at(0.2, along), at(0.19, along + 0.09), at(-0.19, along + 0.09)],
            shaded(tint, 1.32),
        )
    canvas.polygon(half_ring(0.42, 0.34, 0.72, 0.0), shaded(shell, 1.05))
    canvas.polygon(half_ring(0.15, 0.24, 0.7, 0.0), shaded(shell, 1.45))


def _centimetres(canvas: Canvas) -> None:
    left, top, part = 0.06, 0.775, 0.045
    for number in range(6):
        colour = (32, 32, 32) if number % 2 == 0 else (250, 250, 246)
        x = left + part * number / canvas.aspect * 1.33
        x_end = left + part * (number + 1) / canvas.aspect * 1.33
        canvas.polygon([(x, top), (x_end, top), (x_end, top + 0.02), (x, top + 0.02)], colour)
