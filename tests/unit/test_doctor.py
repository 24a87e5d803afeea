"""The coordinate doctor: the table of typed forms, worked examples and tell-tale errors."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from geopark_app.geo.coordinate_error import CoordinateError, CoordinateProblem
from geopark_app.geo.crs import from_projected, to_projected
from geopark_app.geo.doctor.diagnosis import Certainty, Diagnosis, Remark, Verdict
from geopark_app.geo.doctor.reading import diagnose
from geopark_app.geo.doctor.region import Country, Region
from geopark_app.geo.doctor.tell_tales import compare_points
from geopark_app.geo.doctor.words import certainty_words, note_sentence, reading_words
from geopark_app.geo.geojson import read_features
from geopark_app.geo.measure import distance_m

ROOT = Path(__file__).resolve().parents[2]
A = (106.761010, 21.852640)
MM_DEG = 1e-8


def lang_son() -> Region:
    features = read_features(ROOT / "resources" / "map" / "outline.json")
    return Region(
        bounds=(106.09, 21.32, 107.37, 22.47),
        systems=(9215, 3405, 5897, 5898),
        outline=next(item.geometry for item in features if item.id == "20"),
        abroad=tuple(
            Country(name_vi=item.name_vi, name_en=item.name_en, ground=item.geometry)
            for item in features
            if item.id == "CN"
        ),
    )


REGION = lang_son()


def typed_forms() -> list[dict[str, str]]:
    path = ROOT / "tests" / "data" / "typed_coordinates.csv"
    with path.open(encoding="utf-8", newline="") as file:
        next(file)
        return list(csv.DictReader(file))


FORMS = typed_forms()


def test_the_table_is_long_enough_and_every_row_has_its_reason() -> None:
    assert len(FORMS) >= 70
    assert all(row["reason"] for row in FORMS)


@pytest.mark.parametrize("row", FORMS, ids=[f"{n}: {r['reason']}" for n, r in enumerate(FORMS, 1)])
def test_typed_forms(row: dict[str, str]) -> None:
    typed = row["typed"].replace("\\n", "\n").replace("\\t", "\t")
    epsg = int(row["crs"].removeprefix("EPSG:")) if row["crs"] else None
    found = diagnose(typed, REGION, epsg=epsg)
    assert found.verdict.value == row["verdict"]
    assert len(found.candidates) == int(row["candidates"])
    if row["lat"]:
        lat, lon = float(row["lat"]), float(row["lon"])
        # Metres and seconds were typed to the millimetre: 1.5e-8 degrees.
        assert any(
            (one.lat, one.lon) == pytest.approx((lat, lon), abs=1.5 * MM_DEG)
            for one in found.candidates
        ), found.candidates
    is_asked = found.verdict in {Verdict.ASK, Verdict.REFUSED}
    assert (found.problem is not None) == is_asked
    for language in ("vi", "en"):
        check_words(found, language)


def check_words(found: Diagnosis, language: str) -> None:
    words = [found.problem.sentence(language)] if found.problem is not None else []
    for one in found.candidates:
        words += [note_sentence(note, language) for note in one.notes]
        words += [reading_words(one, language), certainty_words(one.certainty, language)]
    assert all(sentence and "{epsg" not in sentence for sentence in words)


# Worked examples of 2026-11-22: lat, lon in WGS 84; easting, northing in the system.
EXAMPLES = [
    (21.852640, 106.761010, 9215, 449263.358, 2417432.493),
    (21.852640, 106.761010, 3405, 681784.290, 2417665.303),
    (21.852640, 106.761010, 32648, 681980.992, 2417557.608),
    (21.852640, 106.761010, 5898, 371738.430, 2417868.647),
    (21.852640, 106.761010, 5897, 681838.847, 2418390.892),
    (21.899990, 106.320770, 9215, 403790.199, 2422885.095),
    (21.899990, 106.320770, 3405, 636238.675, 2422451.577),
    (21.899990, 106.320770, 32648, 636435.160, 2422343.928),
    (21.702500, 106.955520, 9215, 469336.130, 2400758.296),
    (21.702500, 106.955520, 3405, 702100.665, 2401283.193),
    (21.702500, 106.955520, 32648, 702297.454, 2401175.407),
    (21.505600, 106.344590, 9215, 405996.387, 2379201.593),
    (21.505600, 106.344590, 3405, 639078.568, 2378812.474),
    (21.505600, 106.344590, 32648, 639275.046, 2378704.616),
]


@pytest.mark.parametrize(("lat", "lon", "epsg", "easting_m", "northing_m"), EXAMPLES)
def test_worked_examples_are_met_to_a_millimetre(
    lat: float, lon: float, epsg: int, easting_m: float, northing_m: float
) -> None:
    typed = f"{easting_m:.3f} {northing_m:.3f}"
    for found in (diagnose(typed, REGION, epsg=epsg), diagnose(typed, REGION)):
        one = next(each for each in found.candidates if each.source_epsg == epsg)
        assert distance_m(one.lon, one.lat, lon, lat) < 1.3e-3  # half a mm of typed rounding
        assert one.metres == (easting_m, northing_m)


def test_the_official_zone_stands_first_when_it_is_asked() -> None:
    found = diagnose("403790.199 2422885.095", REGION)
    assert [one.source_epsg for one in found.candidates] == [9215, 5898]
    assert [one.certainty for one in found.candidates] == [Certainty.LIKELY, Certainty.UNLIKELY]
    with pytest.raises(CoordinateError) as caught:
        found.sure_position()
    assert caught.value.problem is CoordinateProblem.WHICH_SYSTEM
    assert "EPSG:5898" in caught.value.sentence("vi")


def test_a_wrong_central_meridian_is_named() -> None:
    found = diagnose("371738.430 2417868.647", REGION, epsg=9215)
    assert found.verdict is Verdict.WARN
    note = next(
        note for note in found.candidates[0].notes if note.remark is Remark.FITS_OTHER_SYSTEM
    )
    assert "EPSG:5898" in note.details["systems"]


def test_gauss_kruger_is_never_read_as_vn2000() -> None:
    found = diagnose("18681784.290 2417665.303", REGION)
    assert {one.source_epsg for one in found.candidates} == {2044}
    one = found.candidates[0]
    # Read as VN-2000 UTM it would lie about 0.9 km away (worked out in the research).
    assert 800 < distance_m(one.lon, one.lat, *A) < 1000


def test_what_was_typed_is_kept_with_its_system() -> None:
    position = diagnose("  X=2417432,493  Y=449263,358 ", REGION).sure_position()
    assert position.as_typed == "X=2417432,493  Y=449263,358"
    assert position.source_crs == "EPSG:9215"
    assert position.quality is None


def test_a_point_abroad_is_named() -> None:
    found = diagnose("22.3, 107.2", REGION)
    assert found.candidates[0].has(Remark.ABROAD)
    assert "Trung Quốc" in note_sentence(found.candidates[0].notes[-1], "vi")
    assert "China" in note_sentence(found.candidates[0].notes[-1], "en")


@pytest.mark.parametrize(
    ("old", "remark"),
    [
        # VN-2000 degrees of point A written down as WGS 84: 224 m (vn2000.md).
        ((106.75911913, 21.85363285), Remark.OLD_NO_SHIFT),
        ((21.852640, 106.761010), Remark.OLD_SWAPPED),
        ((106.762010, 21.852640), None),
        ((106.761010, 21.852640), None),
    ],
)
def test_tell_tale_distances(old: tuple[float, float], remark: Remark | None) -> None:
    note = compare_points(A, old, REGION)
    assert (note.remark if note else None) is remark
    if remark is Remark.OLD_NO_SHIFT and note is not None:
        assert note.details["metres"] == "224"


def test_metres_of_the_108_zone_read_in_the_107_15_zone_are_recognised() -> None:
    old = from_projected(371738.430, 2417868.647, 9215)
    note = compare_points(A, old, REGION)
    assert note is not None
    assert note.remark is Remark.OLD_OTHER_ZONE
    assert abs(float(note.details["metres"]) - 77_500) < 100


def test_wgs84_utm_read_as_vn2000_is_a_missing_shift() -> None:
    note = compare_points(A, from_projected(681980.992, 2417557.608, 3405), REGION)
    assert note is not None
    assert note.remark is Remark.OLD_NO_SHIFT


def test_rotations_with_the_wrong_sign_are_recognised() -> None:
    # vn2000.md: EPSG's signs pasted into +towgs84 are 0.77 m wrong (dE 0.740, dN 0.195 of the
    # VN-2000 numbers made from a WGS 84 point).
    easting_m, northing_m = to_projected(*A, 9215)
    wrong = from_projected(easting_m + 0.740, northing_m + 0.195, 9215)
    note = compare_points(A, wrong, REGION)
    assert note is not None
    assert note.remark is Remark.OLD_ROTATION
    assert note.details["metres"] == "0.77"
    sideways = from_projected(easting_m + 0.195, northing_m + 0.740, 9215)
    assert compare_points(A, sideways, REGION) is None


SOUTHERN = Region(bounds=(-70.6, -24.2, -67.4, -21.8), systems=(32719, 32718))


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("-22.9, -70.2", "ok"),
        ("22.9S 70.2W", "ok"),
        ("22.9 Nam, 70.2 Tây", "ok"),
        ("-70.2, -22.9", "notice"),
        ("22.9, 70.2", "warn"),
    ],
)
def test_a_geopark_south_and_west(typed: str, verdict: str) -> None:
    found = diagnose(typed, SOUTHERN)
    assert found.verdict.value == verdict
    if verdict != "warn":
        assert (found.candidates[0].lon, found.candidates[0].lat) == (-70.2, -22.9)


def test_metres_of_a_geopark_in_the_south() -> None:
    easting_m, northing_m = to_projected(-68.5, -22.9, 32719)
    found = diagnose(f"{easting_m:.2f} {northing_m:.2f}", SOUTHERN)
    assert found.verdict is Verdict.OK
    one = found.candidates[0]
    assert distance_m(one.lon, one.lat, -68.5, -22.9) < 0.01


def test_without_bounds_any_place_on_earth_will_do() -> None:
    nowhere = Region(systems=(9215,))
    assert diagnose("48.8566, 2.3522", nowhere).verdict is Verdict.OK
    assert diagnose("2417432.493 449263.358", nowhere).verdict is Verdict.OK
    assert diagnose("681784.290 2417665.303", nowhere).verdict is Verdict.REFUSED


def test_without_an_outline_the_bounds_decide() -> None:
    assert diagnose("22.3, 107.2", replace(REGION, outline=None)).verdict is Verdict.OK


def test_long_text_is_cut_in_the_sentence() -> None:
    found = diagnose("x" * 1500, REGION)
    assert found.problem is not None
    assert len(found.problem.sentence("vi")) < 250
