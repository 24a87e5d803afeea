"""Geological units named in the geopark."""

from dataclasses import dataclass

from geopark_app.domain.declaration import Record, choice, declare, long_text, position, text
from geopark_app.domain.kinds.places import POSITION_ALIASES
from geopark_app.domain.position import Position


@declare("formation", vi="Hệ tầng", en="Formation", title=("name_vi",), shelf="places")
@dataclass(frozen=True, slots=True, kw_only=True)
class Formation(Record):
    """A formation with its age and type locality, as published."""

    name_vi: str | None = text(
        "Tên", "Name (Vietnamese)", language="vi", in_list=True, searchable=True
    )
    name_en: str | None = text(
        "Tên (tiếng Anh)", "Name (English)", language="en", in_list=True, searchable=True
    )
    age_vi: str | None = text(
        "Tuổi",
        "Age (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        aliases={"age_text_vi": ""},
    )
    age_en: str | None = text(
        "Tuổi (tiếng Anh)",
        "Age (English)",
        language="en",
        searchable=True,
        aliases={"age_text": ""},
    )
    lithology_vi: str | None = text(
        "Thạch học", "Lithology (Vietnamese)", language="vi", aliases={"lithology_text_vi": ""}
    )
    lithology_en: str | None = text(
        "Thạch học (tiếng Anh)",
        "Lithology (English)",
        language="en",
        aliases={"lithology_text": ""},
    )
    type_locality_vi: str | None = text(
        "Mặt cắt chuẩn", "Type locality (Vietnamese)", language="vi"
    )
    type_locality_en: str | None = text(
        "Mặt cắt chuẩn (tiếng Anh)",
        "Type locality (English)",
        language="en",
        aliases={"type_locality": ""},
    )
    symbol: str | None = text("Ký hiệu trên bản đồ", "Map symbol", in_list=True)
    age_oldest: str | None = choice("geological_time", "Tuổi già nhất", "Oldest age")
    age_youngest: str | None = choice("geological_time", "Tuổi trẻ nhất", "Youngest age")
    position: Position | None = position(
        "Tọa độ mặt cắt", "Position of the type section", aliases=POSITION_ALIASES
    )
    source: str | None = long_text("Nguồn", "Source")
