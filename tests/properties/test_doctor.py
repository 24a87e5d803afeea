"""The doctor under any input: what was formatted is read back, and nothing else is ever raised."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geopark_app.domain.position import Position
from geopark_app.geo.crs import to_projected
from geopark_app.geo.doctor.diagnosis import Verdict
from geopark_app.geo.doctor.reading import diagnose
from geopark_app.geo.doctor.region import Region
from geopark_app.geo.doctor.words import note_sentence, reading_words
from geopark_app.geo.measure import distance_m
from geopark_app.geo.position import format_projected, format_wgs84

REGION = Region(bounds=(106.09, 21.32, 107.37, 22.47), systems=(9215, 3405, 5897, 5898))
lats = st.floats(21.33, 22.46)
lons = st.floats(106.1, 107.36)
PIECES = [
    *"0123456789.,;:/|°'\"′″-+ NSEWBĐDTXYđ\n\t()=",
    "21.85",
    "106.76",
    "2417432",
    "449263",
    "48",
    "18",
    "VN-2000",
    "UTM 48N",
    "KTT 107°15'",
    "EPSG:9215",
    "vĩ độ",
    "Kinh độ",
    "https://maps.google.com/?q=",
    "geo:",
    "@",
    "!3d",
    "1e9",
    "∞",
    "\u0301",
    "\u202e",
]


@given(lat=lats, lon=lons, language=st.sampled_from(["vi", "en"]), dms=st.booleans())
def test_degrees_written_are_read_again(lat: float, lon: float, language: str, dms: bool) -> None:
    position = Position(lon=lon, lat=lat, quality="exact", accuracy_m=0.05)
    typed = format_wgs84(position, language=language, notation="dms" if dms else "decimal")
    found = diagnose(typed, REGION)
    assert found.verdict is Verdict.OK
    one = found.candidates[0]
    # A hundredth of an arc-second is 0.3 m, a millionth of a degree 0.1 m.
    assert distance_m(one.lon, one.lat, lon, lat) < 0.3


@given(
    lat=lats,
    lon=lons,
    language=st.sampled_from(["vi", "en"]),
    epsg=st.sampled_from([9215, 3405, 5897, 5898, 32648]),
)
def test_metres_written_are_read_again(lat: float, lon: float, language: str, epsg: int) -> None:
    position = Position(lon=lon, lat=lat, quality="exact", accuracy_m=0.05)
    typed = format_projected(position, epsg, language=language)
    for found in (diagnose(typed, REGION), diagnose(typed, REGION, epsg=epsg)):
        ours = [one for one in found.candidates if one.source_epsg == epsg]
        assert len(ours) == 1, typed
        assert distance_m(ours[0].lon, ours[0].lat, lon, lat) < 0.1


@given(lat=lats, lon=lons, digits=st.integers(3, 9), form=st.integers(0, 5))
def test_decimal_degrees_in_any_punctuation(lat: float, lon: float, digits: int, form: int) -> None:
    y, x = f"{lat:.{digits}f}", f"{lon:.{digits}f}"
    typed = [
        f"{y}, {x}",
        f"{y},{x}",
        f"{y} {x}".replace(".", ","),
        f"{y}, {x}".replace(".", ","),
        f"{x} {y}",
        f"X={x} Y={y}",
    ][form] if form != 3 else f"{y.replace('.', ',')}, {x.replace('.', ',')}"  # fmt: skip
    found = diagnose(typed, REGION)
    assert found.verdict in {Verdict.OK, Verdict.NOTICE}
    assert (found.candidates[0].lat, found.candidates[0].lon) == pytest.approx(
        (float(y), float(x)), abs=1e-12
    )


@given(lat=lats, lon=lons)
def test_no_metres_are_taken_silently_in_another_zone(lat: float, lon: float) -> None:
    """Numbers of any zone are either right, or asked about, or doubted: never taken wrongly."""
    for epsg in (3405, 5897, 5898, 32648):
        easting_m, northing_m = to_projected(lon, lat, epsg)
        found = diagnose(f"{easting_m:.3f} {northing_m:.3f}", REGION)
        if found.verdict in {Verdict.OK, Verdict.NOTICE}:
            one = found.candidates[0]
            assert distance_m(one.lon, one.lat, lon, lat) < 0.01
            assert found.verdict is Verdict.NOTICE


# A regular expression that runs away takes minutes for one text.
@pytest.mark.timeout(120)
@settings(max_examples=2000, deadline=None)
@given(
    st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
)
@example("1" * 2000)
@example("1," * 150)
@example("1 " * 150)
@example("1°" * 150)
@example("N" * 300)
@example("'\"°" * 100)
@example("https://" + "1.1," * 480)
@example("geo:" + "9" * 1900)
@example("\x00\ud7ff٣٤,۴۵")
def test_any_text_ends_quickly_with_an_answer(text: str) -> None:
    found = diagnose(text, REGION)
    assert (found.verdict is Verdict.REFUSED) == (not found.candidates)
    if found.problem is not None:
        assert found.problem.sentence("vi")
    for one in found.candidates:
        assert abs(one.lat) <= 90
        assert abs(one.lon) <= 180
        assert reading_words(one, "vi")
        assert all(note_sentence(note, "en") for note in one.notes)
