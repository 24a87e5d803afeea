"""Instructions on a picture: read within limits, followed the same on screen and paper."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.photos.finished import followed
from geopark_app.photos.instructions import (
    LONGEST_DRAWING,
    MOST_MARKS,
    Crop,
    Instructions,
    Mark,
    MarkShape,
    drawing_text,
    drawn,
    lenient_instructions,
    read_crop,
    read_drawing,
    read_turn,
)

shares = st.floats(min_value=0, max_value=1)
crops = st.builds(
    lambda left, top, width, height: Crop(
        left=left * 0.5, top=top * 0.5, width=0.1 + width * 0.4, height=0.1 + height * 0.4
    ),
    shares,
    shares,
    shares,
    shares,
)
ARROW = Mark(shape=MarkShape.ARROW, points=((0.1, 0.2), (0.6, 0.7)))
WORDS = Mark(shape=MarkShape.TEXT, points=((0.2, 0.5),), text="Đứt gãy", colour="yellow")


@given(st.sampled_from([0, 90, 180, 270]), st.none() | crops, st.tuples(shares, shares))
def test_a_place_comes_back(turn: int, crop: Crop | None, point: tuple[float, float]) -> None:
    instructions = Instructions(turn=turn, crop=crop)
    back = instructions.unplaced(instructions.placed(point))
    assert math.dist(back, point) < 1e-9


@pytest.mark.parametrize("text", ["45", "x", "1e2", "9" * 400])
def test_only_quarter_turns(text: str) -> None:
    with pytest.raises(GeoparkError) as caught:
        read_turn(text)
    assert caught.value.code is ErrorCode.BAD_VALUE


def test_a_turn_is_read() -> None:
    assert [read_turn(text) for text in ("", "0", "90", "450", "-90")] == [None, None, 90, 90, 270]


@pytest.mark.parametrize(
    "text",
    ["1,2,3", "0,0,0.001,1", "0.5,0,0.6,1", "-0.1,0,1,1", "nan,0,1,1", "inf,0,1,1", "a,b,c,d", ","],
)
def test_a_crop_lies_in_the_picture(text: str) -> None:
    with pytest.raises(GeoparkError):
        read_crop(text)


def test_a_crop_is_read() -> None:
    assert read_crop("0,0,1,1") is None
    assert read_crop("") is None
    crop = read_crop("0.25,0.5,0.5,0.25")
    assert crop is not None
    assert read_crop(crop.as_text()) == crop


def test_a_drawing_comes_back() -> None:
    line = Mark(shape=MarkShape.LINE, points=((0, 0), (0.5, 0.5), (1, 0)), colour="white")
    marks = (ARROW, WORDS, line)
    assert read_drawing(drawing_text(marks)) == marks
    assert drawing_text(()) == ""
    assert read_drawing("  ") == ()


def one(**changes: object) -> str:
    mark = {"shape": "arrow", "points": [[0.1, 0.1], [0.5, 0.5]], "colour": "red"} | changes
    return json.dumps({"form": 1, "marks": [mark]})


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        "null",
        '{"form":2,"marks":[]}',
        "[" * 5000,
        "x" * (LONGEST_DRAWING + 1),
        one(shape="circle"),
        one(points=[[0.1, 0.1]]),
        one(points=[[0.1, 0.1], [float("inf"), 0]]),
        one(points=[[0.1, 0.1], [9, 9]]),
        one(points=[[0.1], [0.2]]),
        one(colour="url(x)"),
        one(text="words on an arrow"),
        one(shape="text", points=[[0.1, 0.1]]),
        one(shape="text", points=[[0.1, 0.1]], text="x" * 200),
        one(shape="line", points=[[0.1, 0.1]] * 201),
        json.dumps({"form": 1, "marks": [json.loads(one())["marks"][0]] * (MOST_MARKS + 1)}),
    ],
)
def test_what_is_no_drawing_is_refused_and_never_followed(text: str) -> None:
    with pytest.raises(GeoparkError) as caught:
        read_drawing(text)
    assert caught.value.code is ErrorCode.BAD_VALUE
    assert lenient_instructions(45, "nonsense", text).is_empty


def quarters() -> Image.Image:
    picture = Image.new("RGB", (200, 100), "white")
    picture.paste("red", (0, 0, 100, 50))
    picture.paste("blue", (0, 50, 100, 100))
    return picture


def test_crop_comes_before_turn() -> None:
    crop = Crop(left=0, top=0, width=0.5, height=1)
    made = followed(quarters(), Instructions(crop=crop, turn=90))
    assert made.size == (100, 100)
    # Red was above blue; a quarter turn clockwise has it at the right.
    assert made.getpixel((75, 50)) == (255, 0, 0)
    assert made.getpixel((25, 50)) == (0, 0, 255)


def test_a_mark_stays_on_its_rock() -> None:
    white = Image.new("RGB", (400, 300), "white")
    mark = Mark(shape=MarkShape.LINE, points=((0.4, 0.5), (0.6, 0.5)), colour="red")
    for turn, size in ((0, (400, 300)), (90, (300, 400)), (180, (400, 300)), (270, (300, 400))):
        made = followed(white, Instructions(turn=turn, marks=(mark,)))
        assert made.size == size
        middle = made.getpixel((size[0] // 2, size[1] // 2))
        assert isinstance(middle, tuple)
        assert middle[0] > 150
        assert middle[1] < 120
    assert white.getpixel((200, 150)) == (255, 255, 255)


def test_words_are_drawn() -> None:
    white = Image.new("RGB", (800, 600), "white")
    made = followed(white, Instructions(turn=90, marks=(WORDS,)))
    dark = [
        made.getpixel((x, y)) != (255, 255, 255) for x in range(0, 600, 3) for y in range(0, 800, 3)
    ]
    assert any(dark)


def test_marks_in_pixels() -> None:
    arrow, words = drawn(Instructions(marks=(ARROW, WORDS)), 1000, 500)
    assert arrow.line[0] == pytest.approx((100, 100))
    assert arrow.head[0] == pytest.approx((600, 350))
    assert words.at == pytest.approx((200, 250))
    point = Mark(shape=MarkShape.ARROW, points=((0.5, 0.5), (0.5, 0.5)))
    assert drawn(Instructions(marks=(point,)), 100, 100)[0].line == ()
