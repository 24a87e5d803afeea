"""Which photo may leave, what it may tell, and under which name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.position import Position
from geopark_app.rules.file_names import (
    DEFAULT_PATTERN,
    NAME_PARTS,
    UniqueNames,
    check_pattern,
    file_stem,
    safe_stem,
)
from geopark_app.rules.photo_release import (
    Barrier,
    barriers,
    original_may_leave,
    photo_disclosure,
    released_position,
)
from tests.builders import make_photo

OUTSIDE = (Audience.EVALUATORS, Audience.PUBLIC)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ()),
        ({"people_shown": False}, ()),
        ({"people_shown": True}, (Barrier.NO_CONSENT,)),
        ({"people_shown": True, "consent_note": "  "}, (Barrier.NO_CONSENT,)),
        ({"people_shown": True, "consent_note": "Phiếu 12"}, ()),
        ({"children_shown": True}, (Barrier.NO_GUARDIAN_CONSENT,)),
        ({"children_shown": True, "guardian_consent_note": "Mẹ ký"}, ()),
        # A child is a person too: the one paper does not stand for the other.
        (
            {"people_shown": True, "children_shown": True, "consent_note": "Phiếu 12"},
            (Barrier.NO_GUARDIAN_CONSENT,),
        ),
        (
            {"people_shown": True, "children_shown": True},
            (Barrier.NO_CONSENT, Barrier.NO_GUARDIAN_CONSENT),
        ),
    ],
)
def test_people_without_consent_leave_in_no_profile_but_internal(
    fields: dict[str, object], expected: tuple[Barrier, ...]
) -> None:
    photo = make_photo(**fields)
    for audience in OUTSIDE:
        assert barriers(photo, audience) == expected
        assert barriers(photo, audience, licence_allows=False) == (Barrier.LICENCE, *expected)
    assert barriers(photo, Audience.INTERNAL, licence_allows=False) == ()


AT = Position(lon=106.7612345, lat=21.8534567, accuracy_m=5, as_typed="21 51", source="EXIF")


def test_the_public_gets_a_blurred_position_and_of_sensitive_sites_none() -> None:
    assert released_position(AT, Audience.INTERNAL, "C") == AT
    exact = released_position(AT, Audience.EVALUATORS, "A")
    assert exact is not None
    assert (exact.lon, exact.lat, exact.as_typed) == (106.7612, 21.8535, None)
    coarse = released_position(AT, Audience.PUBLIC, None)
    assert coarse is not None
    assert (coarse.lon, coarse.lat) == (106.76, 21.85)
    assert coarse.accuracy_m is not None
    assert coarse.accuracy_m > 1000
    for audience in OUTSIDE:
        for level in ("B", "C", "unknown level"):
            assert released_position(AT, audience, level) is None


def test_a_photo_of_the_inbox_is_told_nowhere() -> None:
    assert released_position(AT, Audience.EVALUATORS, photo_disclosure(None, None)) is None
    assert photo_disclosure("site", "B") == "B"
    assert photo_disclosure("site", None) is None


def test_an_original_with_its_tags_leaves_only_where_nothing_is_secret() -> None:
    photo, cropped = make_photo(), make_photo(crop="0.1 0.1 0.5 0.5")
    evaluators, public, internal = Audience.EVALUATORS, Audience.PUBLIC, Audience.INTERNAL
    assert original_may_leave(cropped, internal, "C", with_metadata=False)
    assert original_may_leave(photo, evaluators, "A", with_metadata=True)
    assert not original_may_leave(photo, evaluators, "A", with_metadata=False)
    assert not original_may_leave(photo, public, "A", with_metadata=True)
    assert not original_may_leave(photo, evaluators, "B", with_metadata=True)
    # Whoever cut something off meant that nobody outside sees it.
    assert not original_may_leave(cropped, evaluators, "A", with_metadata=True)


def test_a_name_from_a_pattern() -> None:
    parts = {"code": "LS-001", "name": "Hang Gió", "date": "2026-11-20", "number": "001"}
    assert file_stem(DEFAULT_PATTERN, parts) == "LS-001_Hang Gió_2026-11-20_001"
    assert file_stem(DEFAULT_PATTERN, {"number": "002"}) == "002"
    assert file_stem("{photographer} ({code})", {"code": "A"}) == "(A)"
    assert file_stem("ảnh {name}", {}) == "ảnh" or file_stem("ảnh {name}", {}) == "photo"


@pytest.mark.parametrize(
    "pattern", ["", "photo", "{code", "{code}}", "{gps}", "{code}/{name}", "{}"]
)
def test_a_pattern_that_cannot_be_used_is_refused(pattern: str) -> None:
    with pytest.raises(GeoparkError) as caught:
        check_pattern(pattern)
    assert caught.value.code is ErrorCode.BAD_VALUE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CON", "_CON"),
        ("com1.jpg", "_com1.jpg"),
        ("a<b>:c", "a b c"),
        ("tên. ", "tên"),
        ("...", "photo"),
        ("", "photo"),
        ("../../etc/passwd", ".. etc passwd"),
        ("a\u202egpj.exe", "a gpj.exe"),
    ],
)
def test_a_stem_every_system_takes(text: str, expected: str) -> None:
    assert safe_stem(text).strip(". ") == expected.strip(". ")


@given(
    st.fixed_dictionaries({name: st.text(max_size=80) for name in NAME_PARTS}),
    st.sampled_from([DEFAULT_PATTERN, "{name}", "{photographer}{number}", "x {date} {code}"]),
)
def test_whatever_is_typed_makes_a_name_for_windows(parts: dict[str, str], pattern: str) -> None:
    stem = file_stem(pattern, parts)
    assert stem
    assert unicodedata.is_normalized("NFC", stem)
    assert not set(stem) & set('<>:"/\\|?*')
    assert not any(ord(char) < 32 for char in stem)
    assert stem == stem.strip(" .")
    assert len(stem.encode()) <= 130
    assert not _is_reserved(f"{stem}.jpg")


def _is_reserved(name: str) -> bool:
    first = name.partition(".")[0].rstrip(" ").upper()
    numbered = {f"{port}{at}" for port in ("COM", "LPT") for at in "0123456789¹²³"}
    return first in {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | numbered


@given(st.lists(st.sampled_from(["a", "A", "ả", "a\u0309", "ß", "SS", "a-2"]), max_size=12))
def test_no_two_files_have_one_name_on_any_system(stems: list[str]) -> None:
    names = UniqueNames()
    given_names = [names.name(safe_stem(stem), ".jpg") for stem in stems]
    folded = [unicodedata.normalize("NFC", name.casefold()) for name in given_names]
    assert len(set(folded)) == len(stems)
