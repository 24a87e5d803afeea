"""Parts that return in every sample picture: sky, karst towers, ridges, trees and fields."""

import math

from geopark_app.photos.sample_canvas import Canvas, Colour, Palette, Point, mixed, shaded


def sky(canvas: Canvas, palette: Palette, horizon: float) -> None:
    """Draw the sky down to the horizon, with a sun and some clouds."""
    canvas.gradient(palette.sky, 0.0, horizon)
    canvas.gradient((palette.sky[-1], palette.sky[-1]), horizon, 1.0)
    sun = (canvas.random.uniform(0.15, 0.85), canvas.random.uniform(0.36, 0.62) * horizon)
    canvas.glow(sun, 0.42, palette.sun, 0.55)
    canvas.ellipse(sun, 0.032, palette.sun)
    for _ in range(canvas.random.randint(3, 5)):
        _cloud(canvas, canvas.random.uniform(0, 1), canvas.random.uniform(0.06, 0.5) * horizon)


def _cloud(canvas: Canvas, x: float, y: float) -> None:
    puffs = []
    for puff in range(9):
        centre_x = x + (puff - 4) * canvas.random.uniform(0.018, 0.03)
        reach = canvas.random.uniform(0.012, 0.032) * (1.3 - abs(puff - 4) / 5)
        puffs.append(
            [
                (
                    centre_x + reach * 1.9 / canvas.aspect * math.cos(angle / 10),
                    y + min(reach * 0.25, reach * math.sin(angle / 10)),
                )
                for angle in range(63)
            ]
        )
    canvas.veil(puffs, (255, 255, 255), 0.62)


def tower(
    canvas: Canvas,
    x: float,
    base: float,
    height: float,
    width: float,
    colour: Colour,
    rock: Colour,
    foot: Colour,
) -> None:
    """Draw one karst tower standing at `base`, with a lit cliff and a shaded side."""
    lean = canvas.random.uniform(-0.18, 0.18)
    power = canvas.random.uniform(2.6, 4.4)
    waves = [(canvas.random.uniform(9, 30), canvas.random.uniform(0, 6.3)) for _ in range(3)]

    def top_at(share: float) -> float:
        bumps = sum(math.sin(share * f + p) for f, p in waves) * 0.018
        crown = math.pow(max(0.0, 1 - abs(share - lean * (1 - abs(share))) ** power), 0.75)
        return base - height * (crown + bumps * crown)

    shares = [step / 40 - 1 for step in range(81)]
    outline = [(x + share * width, top_at(share)) for share in shares]
    canvas.shape([*outline, (x + width, base), (x - width, base)], (colour, foot))
    _shaded_side(canvas, x, base, width, outline, mixed(shaded(colour, 0.8), foot, 0.12), foot)
    for _ in range(7):
        share = canvas.random.uniform(-0.8, 0.25)
        top = top_at(share) + height * canvas.random.uniform(0.06, 0.3)
        _cliff(canvas, x + share * width, top, height, width, mixed(rock, colour, 0.25))


def _shaded_side(
    canvas: Canvas,
    x: float,
    base: float,
    width: float,
    outline: list[Point],
    dark: Colour,
    foot: Colour,
) -> None:
    edge = [point for point in outline if point[0] > x + width * 0.1]
    top = edge[0][1]
    jags = [
        (
            x + width * (0.1 + canvas.random.uniform(-0.09, 0.12) + 0.22 * step / 9),
            top + (base - top) * step / 9,
        )
        for step in range(9, 0, -1)
    ]
    canvas.shape([*edge, (x + width, base), *jags], (dark, foot))


def _cliff(
    canvas: Canvas, x: float, top: float, height: float, width: float, colour: Colour
) -> None:
    tall = height * canvas.random.uniform(0.1, 0.3)
    wide = width * canvas.random.uniform(0.04, 0.11)
    jitter = canvas.random.uniform
    canvas.polygon(
        [
            (x - wide, top + tall * jitter(0.0, 0.2)),
            (x + wide * jitter(-0.4, 0.5), top),
            (x + wide, top + tall * jitter(0.1, 0.3)),
            (x + wide * jitter(0.4, 0.9), top + tall * jitter(0.7, 1.0)),
            (x - wide * jitter(0.3, 0.8), top + tall),
        ],
        colour,
    )


def towers(
    canvas: Canvas, palette: Palette, base: float, height: float, depth: float, count: int
) -> None:
    """Draw a row of karst towers; `depth` 0 is far away in the haze, 1 is near."""
    colour = mixed(palette.far, palette.near, depth)
    rock = mixed(palette.far, palette.rock, 0.35 + 0.65 * depth)
    foot = mixed(palette.sky[-1], colour, 0.25 + 0.35 * depth)
    places = [(at + canvas.random.uniform(0.1, 0.9)) / count for at in range(count)]
    canvas.random.shuffle(places)
    for place in places:
        tall = height * canvas.random.uniform(0.5, 1.0)
        wide = tall * canvas.random.uniform(0.3, 0.52) / canvas.aspect
        tower(canvas, place, base, tall, wide, colour, rock, foot)


def ridge(
    canvas: Canvas, base: float, height: float, colour: Colour, foot: Colour, roughness: float
) -> list[Point]:
    """Draw a long mountain ridge across the picture and give its line."""
    waves = [
        (frequency * canvas.random.uniform(0.8, 1.2), canvas.random.uniform(0, 6.3))
        for frequency in (2.2, 4.5, 9, 17, 35, 70)
    ]
    line = []
    for step in range(201):
        x = step / 200
        level = sum(
            math.sin(x * f + p) / (1 + roughness_step * (2 - roughness))
            for roughness_step, (f, p) in enumerate(waves)
        )
        line.append((x, base - height * (0.55 + 0.3 * level)))
    canvas.shape([*line, (1.0, 1.0), (0.0, 1.0)], (colour, foot))
    return line


def tree(canvas: Canvas, x: float, base: float, height: float, colour: Colour) -> None:
    """Draw a round leafy tree."""
    canvas.line([(x, base), (x, base - height * 0.5)], (84, 66, 52), height * 0.07)
    for puff in range(9):
        angle = puff * 0.7
        reach = height * canvas.random.uniform(0.17, 0.25)
        centre = (
            x + math.cos(angle) * height * 0.2 / canvas.aspect,
            base - height * 0.68 + math.sin(angle) * height * 0.16,
        )
        light = 1.16 if math.sin(angle) < -0.2 else 0.92
        canvas.ellipse(centre, reach, shaded(colour, light * canvas.random.uniform(0.95, 1.05)))


def palm(canvas: Canvas, x: float, base: float, height: float, colour: Colour) -> None:
    """Draw a slender palm."""
    bend = canvas.random.uniform(-0.1, 0.1) * height
    top = (x + bend, base - height)
    canvas.line(
        [(x, base), (x + bend * 0.3, base - height * 0.5), top], (110, 90, 66), height * 0.04
    )
    for leaf in range(9):
        angle = math.pi * (0.08 + 0.105 * leaf)
        reach = height * 0.42
        middle = (
            top[0] + math.cos(angle) * reach * 0.6 / canvas.aspect,
            top[1] - math.sin(angle) * reach * 0.45,
        )
        tip = (
            top[0] + math.cos(angle) * reach / canvas.aspect,
            top[1] + reach * (0.34 - 0.5 * math.sin(angle)),
        )
        canvas.line([top, middle, tip], shaded(colour, 0.8 + 0.05 * leaf), height * 0.022)


def bushes(canvas: Canvas, base: float, size: float, colour: Colour, count: int) -> None:
    """Draw a loose row of bushes along a height."""
    for _ in range(count):
        x = canvas.random.uniform(0, 1)
        for _ in range(4):
            reach = size * canvas.random.uniform(0.4, 1.0)
            centre = (x + canvas.random.uniform(-1, 1) * size / canvas.aspect, base - reach * 0.4)
            canvas.ellipse(centre, reach, shaded(colour, canvas.random.uniform(0.82, 1.18)), 0.8)


def grass(canvas: Canvas, top: float, colour: Colour, count: int) -> None:
    """Scatter tufts of grass over the foreground below a height."""
    for _ in range(count):
        y = top + (1 - top) * canvas.random.random() ** 0.8
        near = (y - top) / (1 - top)
        tall = 0.008 + 0.024 * near
        x = canvas.random.uniform(0, 1)
        tint = shaded(colour, canvas.random.uniform(0.75, 1.25))
        for blade in (-1, 0, 1):
            tip = (x + blade * tall * 0.3 / canvas.aspect, y - tall)
            canvas.line([(x, y), tip], tint, 0.0012 + 0.0014 * near)
