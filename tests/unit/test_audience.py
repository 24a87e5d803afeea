"""Who may see what: the declared circles, and the levels A, B and C of a place."""

import ast
from pathlib import Path

import pytest

import geopark_app
from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Commune, Photo, Site, Visit
from geopark_app.domain.position import Position
from geopark_app.rules.audience import for_audience, hides_position

PACKAGE = Path(geopark_app.__file__).parent
PIN = Position(lon=106.7612, lat=21.8534, accuracy_m=5, quality="exact", as_typed="21.8534")


def site(level: str | None = "A") -> Site:
    return Site(
        uuid="u", code="LS-001", name_vi="Hang Gió", position=PIN, commune_code="06400",
        former_commune_code="06401", former_admin="xã Yên Thịnh, huyện Hữu Lũng",
        village="Bản Lác", access_vi="Đi theo suối", altitude_m=312, disclosure_level=level,
        summary_vi="Hang", compiler="Trần Thị Bình", remarks="đang tranh chấp",
        source_note="báo cáo 2021", border_zone=True,
    )  # fmt: skip


@pytest.mark.parametrize("level", ["A", "B", "C", None, "X"])
def test_the_office_sees_everything(level: str | None) -> None:
    assert for_audience(site(level), Audience.INTERNAL) == site(level)


@pytest.mark.parametrize("audience", [Audience.EVALUATORS, Audience.PUBLIC])
def test_internal_fields_stay_in_the_office(audience: Audience) -> None:
    seen = for_audience(site(), audience)
    assert (seen.compiler, seen.remarks) == (None, None)
    assert seen.summary_vi == "Hang"


def test_evaluators_see_more_than_the_public() -> None:
    assert for_audience(site(), Audience.EVALUATORS).source_note == "báo cáo 2021"
    assert for_audience(site(), Audience.PUBLIC).source_note is None


@pytest.mark.parametrize("audience", [Audience.EVALUATORS, Audience.PUBLIC])
@pytest.mark.parametrize(
    ("level", "position", "village", "commune"),
    [
        ("A", PIN, "Bản Lác", "06400"),
        (None, PIN, "Bản Lác", "06400"),
        ("", PIN, "Bản Lác", "06400"),
        ("B", None, None, "06400"),
        ("C", None, None, None),
        ("chưa biết", None, None, None),
    ],
)
def test_levels(
    audience: Audience,
    level: str | None,
    position: Position | None,
    village: str | None,
    commune: str | None,
) -> None:
    seen = for_audience(site(level), audience)
    assert (seen.position, seen.village, seen.commune_code) == (position, village, commune)
    assert seen.code == "LS-001"


def test_level_b_keeps_the_former_commune_and_no_directions() -> None:
    seen = for_audience(site("B"), Audience.EVALUATORS)
    assert seen.former_commune_code == "06401"
    assert (seen.access_vi, seen.altitude_m) == (None, None)


def test_level_c_tells_no_place_at_all() -> None:
    seen = for_audience(site("C"), Audience.EVALUATORS)
    assert (seen.former_admin, seen.former_commune_code, seen.border_zone) == (None, None, None)


@pytest.mark.parametrize("level", ["B", "C"])
def test_a_photo_tells_no_more_than_its_site(level: str) -> None:
    photo = Photo(uuid="p", position=PIN, direction_deg=40.0, altitude_m=310.0, credit="An")
    seen = for_audience(photo, Audience.PUBLIC, disclosure=level)
    assert (seen.position, seen.direction_deg, seen.altitude_m) == (None, None, None)
    assert seen.credit == "An"
    assert for_audience(photo, Audience.PUBLIC, disclosure="A").position == PIN


def test_the_stricter_level_wins() -> None:
    assert for_audience(site("A"), Audience.PUBLIC, disclosure="C").commune_code is None
    assert for_audience(site("C"), Audience.PUBLIC, disclosure="A").commune_code is None


def test_the_record_itself_is_not_changed() -> None:
    record = site("C")
    for_audience(record, Audience.PUBLIC)
    assert record == site("C")


def test_names_of_visitors_stay_in_the_office() -> None:
    visit = Visit(uuid="v", visitors="Bình", visited_on="2026-11-20")
    seen = for_audience(visit, Audience.EVALUATORS)
    assert (seen.visitors, seen.visited_on) == (None, "2026-11-20")


def test_a_commune_is_public() -> None:
    commune = Commune(uuid="c", code="06400", position=PIN)
    assert for_audience(commune, Audience.PUBLIC) == commune


@pytest.mark.parametrize(
    ("audience", "level", "hidden"),
    [
        (Audience.INTERNAL, "C", False),
        (Audience.EVALUATORS, "A", False),
        (Audience.EVALUATORS, None, False),
        (Audience.EVALUATORS, "B", True),
        (Audience.PUBLIC, "C", True),
    ],
)
def test_hides_position(audience: Audience, level: str | None, hidden: bool) -> None:
    assert hides_position(audience, level) is hidden


@pytest.mark.parametrize("room", ["dossier", "exchange", "typeset"])
def test_exporters_know_no_records(room: str) -> None:
    """What cannot reach a record cannot print one past the rule."""
    for path in (PACKAGE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                assert not module.startswith("geopark_app.domain.kinds"), path.name
                assert module != "geopark_app.store.catalogue", path.name


@pytest.mark.parametrize("audience", list(Audience))
def test_a_place_in_an_exclusion_area_is_told_to_nobody(audience: Audience) -> None:
    seen = for_audience(site(), audience, is_excluded=True)
    assert (seen.position, seen.village, seen.access_vi) == (None, None, None)
    assert seen.commune_code == "06400"
    assert hides_position(audience, "A", is_excluded=True)
    assert for_audience(site("C"), Audience.PUBLIC, is_excluded=True).commune_code is None


def test_every_way_out_asks_the_release() -> None:
    """Only `operations.release` may ask the audience rule: it knows the exclusion areas."""
    asking = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "geopark_app.rules.audience"
        and {alias.name for alias in node.names} & {"for_audience", "hides_position"}
    }
    assert asking == {"operations/release.py", "rules/photo_release.py"}
