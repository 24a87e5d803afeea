"""All eight EXIF orientations stand upright in the list, the viewer, the PDF and the Word file."""

import io
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from PIL.ExifTags import Base
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPixmap, QPixmapCache
from pytestqt.qtbot import QtBot

from geopark_app.domain.kinds import Site
from geopark_app.gui.forms.options import FormOptions
from geopark_app.gui.photos.gallery_model import GalleryModel
from geopark_app.gui.photos.photo_model import PixmapRole
from geopark_app.gui.photos.pictures import Pictures
from geopark_app.gui.photos.viewer import PhotoViewer
from geopark_app.gui.session import Session
from geopark_app.operations.context import AppContext
from geopark_app.operations.dossier import build_dossier
from geopark_app.operations.dossier_options import DossierOptions
from geopark_app.operations.photo_gallery import PhotoQuery, find_photos, set_photos
from geopark_app.operations.photos import PhotoDefaults, add_photos

ROOT = Path(__file__).resolve().parents[2]
NAMES = {(220, 30, 30): "red", (30, 200, 30): "green", (30, 30, 220): "blue", (250,) * 3: "white"}
RED, GREEN, BLUE, WHITE = NAMES
UPRIGHT = ["red", "green", "blue", "white"]
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
SITES = ("LS-001", "LS-002", "LS-003")


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    QPixmapCache.clear()
    yield
    QPixmapCache.clear()


def named(picture: Image.Image) -> list[str]:
    """Give the colours of the four quarters: top left, top right, bottom left, bottom right."""
    plain = picture.convert("RGB")
    found = []
    for down in (0.25, 0.75):
        for across in (0.25, 0.75):
            place = (int(plain.width * across), int(plain.height * down))
            pixel = plain.getpixel(place)
            assert isinstance(pixel, tuple)
            found.append(NAMES[min(NAMES, key=lambda rgb: math.dist(rgb, pixel))])
    return found


def of_qt(image: QImage) -> Image.Image:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (plain.width(), plain.height())
    return Image.frombytes(
        "RGB", size, bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine()
    )


@pytest.fixture
def eight(context: AppContext, tmp_path: Path) -> list[str]:
    """Add a picture of each orientation, three to a site, and give their keys."""
    upright = Image.new("RGB", (600, 400), WHITE)
    for box, colour in (
        ((0, 0, 300, 200), RED),
        ((300, 0, 600, 200), GREEN),
        ((0, 200, 300, 400), BLUE),
    ):
        upright.paste(colour, box)
    for number, turn in STORED.items():
        exif = Image.Exif()
        exif[Base.Orientation] = number
        stored = upright if turn is None else upright.transpose(turn)
        # Another size each, or the content store would hold equal renditions once.
        stored = stored.resize((stored.width + number * 6, stored.height + number * 4))
        path = tmp_path / f"{number}.jpg"
        stored.save(path, exif=exif, quality=92)
        code = SITES[(number - 1) // 3]
        site = context.catalogue.records(Site, where={"code": code})[0]
        words = PhotoDefaults(credit="A", licence="cc-by-4.0")
        add_photos(context, [path], site_uuid=site.uuid, defaults=words)
    keys = find_photos(context, PhotoQuery(order="name"))
    assert len(keys) == 8
    return keys


def test_upright_in_the_list_and_the_viewer(
    qtbot: QtBot, session: Session, eight: list[str]
) -> None:
    pictures = Pictures(session)
    pictures.set_box(QSize(96, 72))
    model = GalleryModel(session, pictures)
    model.show_keys(eight)
    places = range(len(eight))
    qtbot.waitUntil(lambda: all(model.index(at).data(PixmapRole) is not None for at in places))
    for at in places:
        pixmap = model.index(at).data(PixmapRole)
        assert isinstance(pixmap, QPixmap)
        assert pixmap.width() > pixmap.height()
        assert named(of_qt(pixmap.toImage())) == UPRIGHT
    viewer = PhotoViewer(session, FormOptions(session))
    qtbot.addWidget(viewer)
    for key in eight:
        viewer.show_among(eight, key)
        viewer.show()
        qtbot.waitUntil(lambda: not viewer.picture.pixmap.isNull())
        assert named(of_qt(viewer.picture.pixmap.toImage())) == UPRIGHT
        natural = viewer.picture.natural
        assert natural.width() > natural.height()
        viewer.picture.zoom_to(2.0)  # asks for the original, which is turned anew
        qtbot.waitUntil(lambda: not session.tasks.is_busy)
        assert named(of_qt(viewer.picture.pixmap.toImage())) == UPRIGHT


def pdf_pictures(path: Path) -> list[Image.Image]:
    with pikepdf.open(path) as pdf:
        return [
            pikepdf.PdfImage(one).as_pil_image().copy()
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Filter") == "/DCTDecode"
        ]


@pytest.mark.skipif(
    not (ROOT / "resources/web/dist/print").is_dir(), reason="fonts come with `make setup`"
)
def test_upright_in_the_pdf_and_the_word_file(
    context: AppContext, eight: list[str], tmp_path: Path
) -> None:
    """And turned once more where a person asked for it."""
    set_photos(context, eight[:1], {"turn_deg": "90"}, reason="turn")
    out = tmp_path / "dossier"
    options = DossierOptions(
        parts=("geosites",), formats=("pdf", "docx"), filters={"text": "LS-00"}
    )
    build_dossier(context, out, options)
    folder = out / "data" / "geosites"
    printed = pdf_pictures(folder / "annex-geosites.pdf")
    with zipfile.ZipFile(folder / "annex-geosites.docx") as archive:
        media = [name for name in archive.namelist() if name.endswith((".jpg", ".jpeg"))]
        in_word = [Image.open(io.BytesIO(archive.read(name))) for name in media]
    turned = ["blue", "red", "white", "green"]
    for pictures in (printed, in_word):
        found = [named(picture) for picture in pictures]
        # The map in the Word file is a picture too, and has no four quarters.
        shown = sorted(quarters for quarters in found if len(set(quarters)) == 4)
        assert shown == sorted([turned, *[UPRIGHT] * 7])
