"""Telex and VNI keys typed with the keyboard program off, and the two places of a tone."""

import pytest

from geopark_app.domain.keystrokes import from_telex, from_vni, tone_places


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("ddoongf", "đồng"), ("ddawng", "đăng"), ("lawjng", "lặng"), ("sown", "sơn"),
        ("hoaf", "hòa"), ("quyr", "quỷ"), ("nguwowif", "người"), ("nguoiwf", "người"),
        ("tieengs", "tiếng"), ("huwux", "hữu"), ("dduongwf", "đường"), ("giaf", "già"),
        ("ngwowif", "người"), ("nguwoif", "người"),
        ("hang", "hang"), ("ls-001", "ls-001"), ("", ""), ("bcd", "bcd"), ("w", "w"),
    ],
)  # fmt: skip
def test_telex(keys: str, word: str) -> None:
    assert from_telex(keys) == word


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("d9o6ng2", "đồng"), ("do9ng2", "đòng"), ("d9a8ng", "đăng"), ("la8ng5", "lặng"),
        ("so7n", "sơn"), ("nguo7i2", "người"), ("ls001", "ls001"), ("2026", "2026"),
    ],
)  # fmt: skip
def test_vni(keys: str, word: str) -> None:
    assert from_vni(keys) == word


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("hòa", {"hòa", "hoà"}), ("hoà", {"hòa", "hoà"}), ("thủy", {"thủy", "thuỷ"}),
        ("quý", {"quý"}), ("hoàn", {"hoàn"}), ("loe", {"loe"}), ("a", {"a"}),
    ],
)  # fmt: skip
def test_both_places_of_a_tone(word: str, ways: set[str]) -> None:
    assert set(tone_places(word)) == ways
