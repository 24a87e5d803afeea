"""Own fields of the office: defined as rows, without programming."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Merge,
    Record,
    Stage,
    boolean,
    choice,
    declare,
    integer,
    long_text,
    reference,
    text,
)


@declare(
    "own_field", vi="Trường riêng", en="Own field", title=("label_vi",), code="code", shelf="setup"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField(Record):
    """A field the office adds to a record kind."""

    code: str | None = text("Mã trường", "Field code", in_list=True, required_at=Stage.DRAFT)
    kind_name: str | None = text(
        "Thêm vào loại bản ghi", "Added to record kind", in_list=True, required_at=Stage.DRAFT
    )
    label_vi: str | None = text(
        "Nhãn (tiếng Việt)",
        "Label (Vietnamese)",
        language="vi",
        in_list=True,
        required_at=Stage.DRAFT,
    )
    label_en: str | None = text(
        "Nhãn (tiếng Anh)", "Label (English)", language="en", required_at=Stage.DOSSIER
    )
    value_type: str | None = choice(
        "own_field_type", "Kiểu giá trị", "Type of value", in_list=True, required_at=Stage.DRAFT
    )
    unit: str | None = text("Đơn vị", "Unit")
    help_vi: str | None = text("Hướng dẫn (tiếng Việt)", "Help (Vietnamese)", language="vi")
    help_en: str | None = text("Hướng dẫn (tiếng Anh)", "Help (English)", language="en")
    sort_order: int | None = integer("Thứ tự", "Order")
    retired: bool | None = boolean("Không dùng nữa", "Retired")


@declare(
    "own_field_choice",
    vi="Lựa chọn của trường riêng",
    en="Choice of an own field",
    title=("label_vi",),
    shelf="setup",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFieldChoice(Record):
    """One choice of an own field."""

    own_field_uuid: str | None = reference(
        "own_field", "Trường riêng", "Own field", in_list=True, required_at=Stage.DRAFT
    )
    code: str | None = text("Mã", "Code", in_list=True, required_at=Stage.DRAFT)
    label_vi: str | None = text(
        "Nhãn (tiếng Việt)",
        "Label (Vietnamese)",
        language="vi",
        in_list=True,
        required_at=Stage.DRAFT,
    )
    label_en: str | None = text(
        "Nhãn (tiếng Anh)", "Label (English)", language="en", required_at=Stage.DOSSIER
    )
    sort_order: int | None = integer("Thứ tự", "Order")
    retired: bool | None = boolean("Không dùng nữa", "Retired")


@declare("own_value", vi="Giá trị trường riêng", en="Value of an own field", title=("value",))
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnValue(Record):
    """The value of an own field of one record; key: uuid5(record, field)."""

    record_kind: str | None = text("Loại bản ghi", "Record kind")
    record_uuid: str | None = text("Bản ghi", "Record")
    own_field_uuid: str | None = reference("own_field", "Trường riêng", "Own field")
    value: str | None = long_text("Giá trị", "Value", audience=Audience.INTERNAL, searchable=True)


@declare(
    "own_choice", vi="Lựa chọn đã đánh dấu", en="Choice marked", title=("own_field_choice_uuid",)
)
@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChoice(Record):
    """One element of the set of choices of an own field; key: uuid5(record, choice)."""

    record_kind: str | None = text("Loại bản ghi", "Record kind", merge=Merge.SET)
    record_uuid: str | None = text("Bản ghi", "Record", merge=Merge.SET)
    own_field_uuid: str | None = reference(
        "own_field", "Trường riêng", "Own field", merge=Merge.SET
    )
    own_field_choice_uuid: str | None = reference(
        "own_field_choice", "Lựa chọn", "Choice", merge=Merge.SET
    )
