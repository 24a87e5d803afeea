"""Settings of the catalogue that travel with it, and the terms of its vocabularies."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Record,
    boolean,
    decimal,
    declare,
    integer,
    long_text,
    text,
)


@declare(
    "catalogue_setting", vi="Cài đặt danh mục", en="Catalogue setting", title=("name",), code="name"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSetting(Record):
    """One setting of the catalogue, seeded by the profile file; key: uuid5(root, name)."""

    name: str | None = text("Tên", "Name", in_list=True)
    value: str | None = long_text("Giá trị (JSON)", "Value (JSON)", in_list=True)


@declare("term", vi="Thuật ngữ", en="Term", title=("label_vi",), is_seeded=True, shelf="setup")
@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Record):
    """One term of a vocabulary edition; retired, never deleted."""

    vocabulary: str | None = text("Bộ thuật ngữ", "Vocabulary", in_list=True)
    edition: str | None = text("Ấn bản", "Edition")
    code: str | None = text("Mã", "Code", in_list=True)
    label_vi: str | None = text("Nhãn", "Label (Vietnamese)", language="vi", in_list=True)
    label_en: str | None = text("Nhãn (tiếng Anh)", "Label (English)", language="en", in_list=True)
    parent: str | None = text("Thuộc", "Parent term")
    begin_ma: float | None = decimal("Bắt đầu (triệu năm)", "Begins (Ma)")
    end_ma: float | None = decimal("Kết thúc (triệu năm)", "Ends (Ma)")
    colour: str | None = text("Màu", "Colour")
    symbol: str | None = text("Ký hiệu", "Symbol")
    weight: int | None = integer("Trọng số", "Weight")
    sort_order: int | None = integer("Thứ tự", "Order")
    exportable: bool | None = boolean("Được xuất ra ngoài", "May be exported")
    retired: bool | None = boolean("Không dùng nữa", "Retired")
