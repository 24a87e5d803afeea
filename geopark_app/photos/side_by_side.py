"""Two pictures of one view as one picture: before at the left, after at the right, dates below."""

from PIL import Image, ImageDraw

from geopark_app.photos.finished import letters

_HEIGHT, _MOST_WIDTH = 900, 1400
_GAP, _BAND = 12, 56
_PAPER, _INK = (255, 255, 255), (29, 39, 48)


def side_by_side(
    before: Image.Image, after: Image.Image, *, before_words: str, after_words: str
) -> Image.Image:
    """Give one picture; the second is scaled to the height of the first."""
    pictures = [_fitted(before), _fitted(after)]
    width = sum(picture.width for picture in pictures) + _GAP
    paper = Image.new("RGB", (width, _HEIGHT + _BAND), _PAPER)
    draw = ImageDraw.Draw(paper)
    left = 0
    for picture, words in zip(pictures, (before_words, after_words), strict=True):
        paper.paste(picture, (left, (_HEIGHT - picture.height) // 2))
        place = (left + picture.width / 2, _HEIGHT + _BAND / 2)
        draw.text(place, words, font=letters(26), fill=_INK, anchor="mm")
        left += picture.width + _GAP
    return paper


def _fitted(picture: Image.Image) -> Image.Image:
    scale = min(_HEIGHT / picture.height, _MOST_WIDTH / picture.width)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS)
