"""Open landscapes of the sample pictures: karst valley, mountain ridges, rice, waterfall."""

import math

from geopark_app.photos.sample_canvas import Canvas, Palette, Point, mixed, shaded
from geopark_app.photos.sample_scenery import bushes, grass, palm, ridge, sky, towers, tree


def karst_valley(canvas: Canvas, palette: Palette) -> None:
    """Draw limestone towers around a valley with a winding river."""
    sky(canvas, palette, 0.6)
    towers(canvas, palette, 0.62, 0.34, 0.0, 8)
    canvas.mist(0.6, 0.12, palette.sky[-1], 0.7)
    towers(canvas, palette, 0.66, 0.42, 0.45, 5)
    canvas.mist(0.65, 0.1, palette.sky[-1], 0.6)
    meadow = mixed(palette.sky[-1], palette.ground_light, 0.45)
    canvas.gradient((meadow, palette.ground_light), 0.655, 0.72)
    towers(canvas, palette, 0.71, 0.5, 0.9, 3)
    canvas.gradient((palette.ground_light, palette.ground), 0.7, 1.0)
    canvas.mist(0.71, 0.06, palette.sky[-1], 0.55)
    grass(canvas, 0.8, shaded(palette.ground, 0.85), 420)
    _river(canvas, palette)
    bushes(canvas, 0.725, 0.016, shaded(palette.ground, 0.75), 40)
    for _ in range(7):
        x = canvas.random.choice((canvas.random.uniform(0, 0.3), canvas.random.uniform(0.72, 1)))
        base = canvas.random.uniform(0.76, 0.84)
        tree(canvas, x, base, (base - 0.62) * 0.7, shaded(palette.near, 1.05))


def _river(canvas: Canvas, palette: Palette) -> None:
    phase = canvas.random.uniform(0, 6.3)
    for widening, colour in ((1.14, shaded(palette.ground_light, 1.1)), (1.0, palette.water)):
        left: list[Point] = []
        right: list[Point] = []
        for step in range(41):
            near = step / 40
            y = 0.712 + 0.3 * near**1.5
            middle = 0.5 + 0.16 * math.sin(phase + 5.5 * near**0.6) * (1 - 0.35 * near)
            half = (0.008 + 0.16 * near**1.6) * widening
            left.append((middle - half, y))
            right.append((middle + half, y))
        outline = left + right[::-1]
        canvas.shape(outline, (mixed(colour, palette.sky[-1], 0.6), colour))


def mountain_ridges(canvas: Canvas, palette: Palette) -> None:
    """Draw ridge behind ridge in the haze, seen from a lookout with a railing."""
    sky(canvas, palette, 0.62)
    layers = 6
    for layer in range(layers):
        depth = layer / (layers - 1)
        colour = mixed(palette.far, palette.near, depth)
        ridge(
            canvas,
            0.5 + 0.075 * layer,
            0.16 + 0.03 * layer,
            colour,
            mixed(palette.sky[-1], colour, 0.45),
            0.6 + 0.5 * depth,
        )
        if layer < layers - 1:
            canvas.mist(0.56 + 0.075 * layer, 0.08, palette.sky[-1], 0.4)
    line = ridge(canvas, 0.99, 0.1, shaded(palette.ground, 0.8), shaded(palette.ground, 0.55), 0.5)
    for _ in range(9):
        at = canvas.random.choice((canvas.random.randint(0, 70), canvas.random.randint(140, 200)))
        x, y = line[at]
        leaves = shaded(mixed(palette.near, palette.ground, 0.5), 0.62)
        tree(canvas, x, y + 0.02, canvas.random.uniform(0.09, 0.17), leaves)
    _railing(canvas)
    grass(canvas, 0.92, palette.ground, 200)


def _railing(canvas: Canvas) -> None:
    wood = (96, 72, 52)
    for height in (0.835, 0.875):
        canvas.line([(-0.01, height + 0.012), (0.5, height), (1.01, height + 0.012)], wood, 0.009)
    for post in range(12):
        x = post / 11
        top = 0.822 + 0.024 * abs(x - 0.5)
        canvas.line([(x, top), (x, top + 0.13)], shaded(wood, 0.85), 0.013)


def rice_terraces(canvas: Canvas, palette: Palette) -> None:
    """Draw terraced rice fields falling towards the viewer below wooded hills."""
    sky(canvas, palette, 0.48)
    towers(canvas, palette, 0.46, 0.24, 0.15, 6)
    canvas.mist(0.46, 0.08, palette.sky[-1], 0.6)
    near = mixed(palette.far, palette.near, 0.75)
    ridge(canvas, 0.5, 0.13, near, mixed(near, palette.ground, 0.4), 0.8)
    bushes(canvas, 0.5, 0.014, shaded(near, 0.85), 50)
    phase = canvas.random.uniform(0, 6.3)
    count = 17
    above = [0.0] * 61
    for step in range(count):
        share = step / count
        above = _terrace(canvas, palette, above, share, phase + 0.55 * step)
    for _ in range(3):
        palm(canvas, canvas.random.uniform(0.05, 0.95), 0.56, 0.13, palette.near)


def _terrace(
    canvas: Canvas, palette: Palette, above: list[float], near: float, phase: float
) -> list[float]:
    """Draw one field below the edge of the one above and give its own edge, left to right."""
    top = 0.47 + 0.52 * near**1.25
    bend = 0.008 + 0.03 * near
    gap = 0.007 + 0.018 * near
    line = []
    for step in range(61):
        x = step / 60
        wave = math.sin(phase + 5.2 * x) + 0.5 * math.sin(phase * 1.3 + 11 * x)
        line.append((x, max(above[step] + gap, top + bend * wave)))
    flooded = canvas.random.random() < 0.22
    light = mixed(palette.ground_light, palette.ground, canvas.random.uniform(0, 0.55))
    field = mixed(palette.water, palette.sky[0], 0.2) if flooded else light
    below = [(x, y + 0.2) for x, y in reversed(line)]
    canvas.shape([*line, *below], (field, shaded(field, 0.8), shaded(field, 0.7)))
    rim = 0.003 + 0.007 * near
    canvas.line([(x, y + rim * 0.8) for x, y in line], shaded(palette.ground, 0.62), rim)
    canvas.line(line, shaded(palette.ground_light, 1.12), rim * 0.6)
    if not flooded:
        _rows(canvas, line, near, shaded(light, 0.84))
    return [y for _, y in line]


def _rows(canvas: Canvas, line: list[Point], near: float, colour: tuple[int, int, int]) -> None:
    tall = 0.004 + 0.016 * near
    for _ in range(round(130 - 60 * near)):
        x, y = canvas.random.choice(line)
        x += canvas.random.uniform(-0.01, 0.01)
        y += canvas.random.uniform(0.3, 1.4) * (0.02 + 0.04 * near)
        canvas.line([(x, y), (x + 0.2 * tall, y - tall)], colour, 0.0012 + 0.0016 * near)


def waterfall(canvas: Canvas, palette: Palette) -> None:
    """Draw a waterfall in steps over limestone into a clear pool in the forest."""
    sky(canvas, palette, 0.4)
    towers(canvas, palette, 0.4, 0.26, 0.3, 5)
    forest = mixed(palette.near, (34, 92, 60), 0.5)
    ridge(canvas, 0.42, 0.16, forest, shaded(forest, 0.7), 0.9)
    for _ in range(46):
        x = canvas.random.uniform(0, 1)
        base = 0.4 + 0.34 * canvas.random.random() ** 1.4
        if abs(x - 0.5) > 0.2 - (0.74 - base) * 0.2:
            tint = shaded(forest, canvas.random.uniform(0.75, 1.2))
            tree(canvas, x, base, canvas.random.uniform(0.12, 0.2), tint)
    pool = mixed(palette.water, (72, 160, 158), 0.65)
    for step in range(4):
        _cascade(canvas, palette, 0.3 + 0.115 * step, 0.1 + 0.055 * step)
    canvas.gradient((mixed(pool, (255, 255, 255), 0.45), pool, shaded(pool, 0.62)), 0.765, 1.0)
    canvas.mist(0.768, 0.06, (255, 255, 255), 0.75)
    for _ in range(46):
        y = canvas.random.uniform(0.79, 0.99)
        x = canvas.random.uniform(0, 1)
        reach = (y - 0.74) * 0.28
        canvas.line([(x - reach, y), (x + reach, y)], mixed(pool, (255, 255, 255), 0.4), 0.002)
    for _ in range(16):
        x = canvas.random.choice((canvas.random.uniform(0, 0.28), canvas.random.uniform(0.72, 1)))
        stone = shaded(palette.rock, canvas.random.uniform(0.55, 0.85))
        y = canvas.random.uniform(0.8, 1.0)
        canvas.ellipse((x, y), canvas.random.uniform(0.02, 0.055), shaded(stone, 0.7), 0.6)
        canvas.ellipse((x, y - 0.007), canvas.random.uniform(0.018, 0.04), stone, 0.55)


def _cascade(canvas: Canvas, palette: Palette, top: float, half: float) -> None:
    rock = shaded(palette.rock, 0.58)
    height = 0.14
    wobble = canvas.random.uniform
    steps = 14
    brink = [
        (0.5 + half * 1.6 * (2 * step / steps - 1), top + wobble(-0.012, 0.02))
        for step in range(steps + 1)
    ]
    foot = [
        (0.5 + half * 1.85 * (1 - 2 * step / steps), top + height + wobble(-0.004, 0.014))
        for step in range(steps + 1)
    ]
    canvas.shape([*brink, *foot], (shaded(rock, 1.3), shaded(rock, 0.6)))
    at = -1.0
    while at < 0.95:
        wide = wobble(0.18, 0.5)
        _curtain(canvas, palette, top, half, at, min(1.0, at + wide))
        at += wide + wobble(0.04, 0.16)


def _curtain(
    canvas: Canvas, palette: Palette, top: float, half: float, left: float, right: float
) -> None:
    height, wobble = 0.14, canvas.random.uniform
    start = top + wobble(-0.004, 0.006)
    spread = 1.1
    corners = [
        (0.5 + half * 1.3 * left, start),
        (0.5 + half * 1.3 * right, start),
        (0.5 + half * 1.3 * right * spread, start + height),
        (0.5 + half * 1.3 * left * spread, start + height),
    ]
    foam = mixed((255, 255, 255), palette.water, 0.12)
    canvas.shape(corners, (mixed(foam, palette.water, 0.5), foam, foam))
    for _ in range(round(40 * (right - left))):
        share = wobble(left, right)
        x = 0.5 + half * 1.3 * share
        end = 0.5 + half * 1.3 * share * spread
        begin = start + height * wobble(0.02, 0.5)
        tint = mixed((255, 255, 255), shaded(palette.water, 0.86), wobble(0.2, 0.85))
        length = height * wobble(0.25, 0.5)
        drift = (end - x) * length / height
        canvas.line([(x, begin), (x + drift, begin + length)], tint, wobble(0.0012, 0.004))
