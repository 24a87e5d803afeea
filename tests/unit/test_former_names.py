"""Former communes and districts in English word order."""

import pytest

from geopark_app.dossier.former_names import former_place


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("xã Yên Thịnh, huyện Hữu Lũng", "Yên Thịnh commune, Hữu Lũng district (former)"),
        ("phường Tam Thanh, thành phố Lạng Sơn", "Tam Thanh ward, Lạng Sơn city (former)"),
        ("thị trấn Na Dương, huyện Lộc Bình", "Na Dương township, Lộc Bình district (former)"),
        (
            "xã Liên Hội (Vân Mộng), huyện Văn Quan",
            "Liên Hội commune (Vân Mộng), Văn Quan district (former)",
        ),
        ("huyện Cao Lộc hoặc huyện Văn Quan", "Cao Lộc district or Văn Quan district (former)"),
        (
            "xã Mẫu Sơn và xã Công Sơn, huyện Cao Lộc; xã Mẫu Sơn, huyện Lộc Bình",
            "Mẫu Sơn commune and Công Sơn commune, Cao Lộc district; "
            "Mẫu Sơn commune, Lộc Bình district (former)",
        ),
        ("Yên Thịnh, Hữu Lũng", "Yên Thịnh, Hữu Lũng"),
        ("toàn vùng", "the whole area"),
        ("", ""),
    ],
)
def test_units_follow_the_name_in_english(vietnamese: str, english: str) -> None:
    words = former_place(vietnamese)
    assert (words.vi, words.en) == (vietnamese, english)
