"""Vietnamese text: what is stored, how it is searched, in which order it stands."""

import unicodedata

import pytest

from geopark_app.domain.text import clean, fold, nfc, sort_key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Đồng Đăng", "dong dang"),
        ("ĐỒNG ĐĂNG", "dong dang"),
        ("Ơ Ư ơ ư", "o u o u"),
        ("Nguyễn Ắ Ệ Ỗ Ự Ỷ", "nguyen a e o u y"),
        ("Tày, Nùng…", "tay, nung…"),
        ("LS-001", "ls-001"),
        ("đĐ", "dd"),
        ("地質", "地質"),
        ("Straße", "strasse"),
    ],
)
def test_the_search_form(text: str, expected: str) -> None:
    assert fold(text) == expected
    assert fold(unicodedata.normalize("NFD", text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Hang Gió", "Hang Gió"),
        ("a\x00b\x07c\x1b[0m", "abc[0m"),
        ("a\nb\tc", "a\nb\tc"),
        ("a\r\nb", "a\nb"),
        ("a\x85b", "ab"),
        ("a\ud800b", "ab"),
        ("a\u00a0b", "a\u00a0b"),
        ("\u200ba", "\u200ba"),
        ("🙂", "🙂"),
    ],
)
def test_what_is_stored(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_stored_text_is_composed() -> None:
    assert clean(unicodedata.normalize("NFD", "Đồng Đăng ấ ợ")) == "Đồng Đăng ấ ợ"
    assert nfc("e\u0323\u0302") == nfc("e\u0302\u0323") == "ệ"


@pytest.mark.parametrize(
    "in_order",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "p", "u", "ư", "v", "y"],
        ["ban", "bàn", "bản", "bãn", "bán", "bạn"],
        ["da", "dạ", "đa", "đà"],
        ["Ba Vì", "Bắc Lệ", "Bắc Sơn", "Bình Gia"],
        ["an", "anh", "ăn", "ân"],
        ["1", "2", "a"],
        ["LS-001", "LS-002", "LS-010"],
        ["", "a"],
        ["Đèo", "Đền", "Đông", "Đồng", "Động"],
    ],
    ids=lambda words: " ".join(words)[:20],
)
def test_the_order_of_vietnamese_dictionaries(in_order: list[str]) -> None:
    for words in (in_order, [word.upper() for word in in_order]):
        backwards = list(reversed(words))
        assert sorted(backwards, key=sort_key) == words


def test_letters_count_before_tones() -> None:
    words = ["bạn bè", "bàn tay", "ban công"]
    assert sorted(words, key=sort_key) == ["bạn bè", "ban công", "bàn tay"]


def test_the_normal_form_does_not_change_the_order() -> None:
    words = ["Đồng", "Động", "Đông"]
    decomposed = [unicodedata.normalize("NFD", word) for word in words]
    in_order = sorted(decomposed, key=sort_key)
    assert [nfc(word) for word in in_order] == sorted(words, key=sort_key)
