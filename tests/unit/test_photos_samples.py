"""Sample pictures say that they are samples, and pass the import like real photos."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from geopark_app import paths
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.position import Position
from geopark_app.photos.exif import read_exif
from geopark_app.photos.renditions import make_renditions
from geopark_app.photos.sample_canvas import PALETTES, Canvas
from geopark_app.photos.samples import PAINTERS, Sample, Scene, draw_sample, scene_for

FONT = paths.bundled("resources", "web", "dist", "fonts", "NotoSans-Bold.ttf")
NEEDS_FONT = pytest.mark.skipif(not FONT.is_file(), reason="fonts are not fetched")
MORNING = datetime(2026, 3, 15, 8, 30, tzinfo=VIETNAM)
CAVE = Position(lon=106.75, lat=21.85, quality="exact")


@pytest.mark.parametrize(
    ("name", "interest", "kind", "scene"),
    [
        ("Hang Gió", None, "geosite", Scene.CAVE),
        ("Động Nhị Thanh – chùa Tam Giáo", "cave", "geosite", Scene.CAVE),
        ("Đền Bắc Lệ", None, "cultural", Scene.TEMPLE),
        ("Làng văn hóa du lịch cộng đồng Quỳnh Sơn", None, "cultural", Scene.VILLAGE),
        ("Bảo tàng tỉnh Lạng Sơn", None, "facility", Scene.VILLAGE),
        ("Nhà trưng bày chiến thắng Chi Lăng", None, "facility", Scene.VILLAGE),
        ("Hóa thạch cúc đá ga Bắc Thủy", "palaeontology", "geosite", Scene.AMMONITES),
        ("Ký ức biển (kỷ Cambri, Vũ Lễ)", "palaeontology", "geosite", Scene.TRILOBITES),
        ("Mặt cắt Đèo Lăn", "stratigraphy", "geosite", Scene.STRATA),
        ("Khối đá vôi Bắc Sơn", "karst_landform", "geosite", Scene.KARST),
        ("", None, None, Scene.KARST),
    ],
)
def test_the_scene_fits_the_site(
    name: str, interest: str | None, kind: str | None, scene: Scene
) -> None:
    assert scene_for(name_vi=name, interest=interest, kind=kind) is scene


@NEEDS_FONT
@pytest.mark.parametrize(
    ("orientation", "upright"), [(1, (1600, 1200)), (3, (1600, 1200)), (6, (1200, 1600))]
)
def test_a_sample_carries_what_a_phone_writes(
    tmp_path: Path, orientation: int, upright: tuple[int, int]
) -> None:
    path = tmp_path / "sample.jpg"
    sample = Sample(
        scene=Scene.AMMONITES,
        name="Hóa thạch cúc đá ga Bắc Thủy",
        seed=7,
        taken_at=MORNING,
        position=CAVE,
        orientation=orientation,
    )
    draw_sample(path, sample)
    facts = read_exif(path)
    assert (facts.width, facts.height, facts.orientation) == (2000, 1500, orientation)
    assert (facts.taken_at, facts.taken_offset_assumed) == ("2026-03-15T08:30:00.007+07:00", False)
    assert facts.position_trusted
    assert (facts.lon, facts.lat) == pytest.approx((106.75, 21.85), abs=0.001)
    assert facts.make == "Geopark"
    with Image.open(io.BytesIO(make_renditions(path).rendition)) as picture:
        assert picture.size == upright
        # The dark band with the words lies at the foot of the upright picture.
        foot = picture.getpixel((picture.width - 4, picture.height - 4))
        assert isinstance(foot, tuple)
        assert max(foot) < 110


@NEEDS_FONT
def test_the_same_seed_gives_the_same_file_and_another_seed_another(tmp_path: Path) -> None:
    drawn = []
    for number, seed in enumerate((1, 1, 2)):
        path = tmp_path / f"{number}.jpg"
        draw_sample(path, Sample(scene=Scene.TRILOBITES, name="Vũ Lễ", seed=seed, taken_at=MORNING))
        drawn.append(path.read_bytes())
    assert drawn[0] == drawn[1] != drawn[2]


@NEEDS_FONT
def test_without_position_no_position_is_written(tmp_path: Path) -> None:
    path = tmp_path / "sample.jpg"
    draw_sample(path, Sample(scene=Scene.TRILOBITES, name="A", seed=1, taken_at=MORNING))
    assert (read_exif(path).lon, read_exif(path).position_trusted) == (None, False)


@pytest.mark.parametrize("size", [(160, 120), (120, 160)])
@pytest.mark.parametrize("scene", Scene)
def test_every_scene_can_be_drawn_in_every_light(scene: Scene, size: tuple[int, int]) -> None:
    for seed, palette in enumerate(PALETTES):
        canvas = Canvas(*size, seed)
        PAINTERS[scene](canvas, palette)
        assert canvas.finished().size == size


@NEEDS_FONT
def test_a_long_name_is_written_smaller_not_cut(tmp_path: Path) -> None:
    name = "Mặt cắt chuẩn hệ tầng Đồng Đăng " * 8
    path = tmp_path / "sample.jpg"
    draw_sample(path, Sample(scene=Scene.AMMONITES, name=name, seed=3, taken_at=MORNING))
    with Image.open(path) as picture:
        edge = picture.convert("L").crop((1980, 1300, 2000, 1500))
        assert edge.getextrema()[1] < 200


def test_other_orientations_are_refused(tmp_path: Path) -> None:
    sample = Sample(scene=Scene.CAVE, name="A", seed=1, taken_at=MORNING, orientation=5)
    with pytest.raises(GeoparkError) as caught:
        draw_sample(tmp_path / "sample.jpg", sample)
    assert caught.value.code is ErrorCode.BAD_VALUE
