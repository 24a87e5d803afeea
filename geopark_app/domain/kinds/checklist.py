"""Checklists as versioned rows, visits that answer them, and the photos that prove answers."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Merge,
    Record,
    boolean,
    choice,
    date,
    declare,
    instant,
    integer,
    long_text,
    quantity,
    reference,
    text,
)
from geopark_app.domain.position import Quantity


@declare(
    "checklist",
    vi="Danh mục kiểm tra",
    en="Checklist",
    title=("title_vi",),
    code="edition",
    is_seeded=True,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Record):
    """One edition of a checklist; shipped editions are never changed."""

    edition: str | None = text("Ấn bản", "Edition", in_list=True)
    title_vi: str | None = text("Tên", "Title (Vietnamese)", language="vi", in_list=True)
    title_en: str | None = text("Tên (tiếng Anh)", "Title (English)", language="en")
    status_vi: str | None = text("Tình trạng", "Status (Vietnamese)", language="vi")
    status_en: str | None = text("Tình trạng (tiếng Anh)", "Status (English)", language="en")
    source: str | None = long_text("Nguồn", "Source")
    based_on_uuid: str | None = reference("checklist", "Lập từ ấn bản", "Made from edition")
    draft: bool | None = boolean("Bản thảo", "Draft", in_list=True)


@declare(
    "checklist_group", vi="Nhóm câu hỏi", en="Checklist group", title=("label_vi",), is_seeded=True
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistGroup(Record):
    """A group of items of one edition."""

    checklist_uuid: str | None = reference("checklist", "Danh mục", "Checklist")
    code: str | None = text("Mã nhóm", "Group code")
    label_vi: str | None = text("Nhóm", "Group (Vietnamese)", language="vi", in_list=True)
    label_en: str | None = text("Nhóm (tiếng Anh)", "Group (English)", language="en")
    sort_order: int | None = integer("Thứ tự", "Order")


@declare(
    "checklist_item",
    vi="Mục kiểm tra",
    en="Checklist item",
    title=("code", "label_vi"),
    code="code",
    is_seeded=True,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem(Record):
    """One item of an edition: what is asked, how much it weighs, what proves it."""

    checklist_uuid: str | None = reference("checklist", "Danh mục", "Checklist")
    group_uuid: str | None = reference("checklist_group", "Nhóm", "Group")
    code: str | None = text("Mã mục", "Item code", in_list=True)
    label_vi: str | None = long_text(
        "Nội dung", "Item (Vietnamese)", language="vi", in_list=True, searchable=True
    )
    label_en: str | None = long_text(
        "Nội dung (tiếng Anh)", "Item (English)", language="en", searchable=True
    )
    scope: str | None = text("Phạm vi", "Scope (site, route or park)", in_list=True)
    why_vi: str | None = long_text("Lý do", "Why it is asked (Vietnamese)", language="vi")
    why_en: str | None = long_text("Lý do (tiếng Anh)", "Why it is asked (English)", language="en")
    evidence: str | None = text("Bằng chứng cần có", "Evidence wanted")
    weight: int | None = integer("Trọng số", "Weight", in_list=True)
    critical: bool | None = boolean("Mục then chốt", "Critical", in_list=True)
    due_before_mission: bool | None = boolean("Xong trước đoàn thẩm định", "Due before the mission")
    basis: str | None = text("Căn cứ", "Basis")
    supports: str | None = text("Liên hệ biểu tự đánh giá", "Self-evaluation items")
    answer_type: str | None = text("Kiểu trả lời", "Answer type")
    measure_unit_vi: str | None = text("Đơn vị đo", "Unit (Vietnamese)", language="vi")
    measure_unit_en: str | None = text("Đơn vị đo (tiếng Anh)", "Unit (English)", language="en")
    threshold_vi: str | None = text("Ngưỡng đề xuất", "Threshold (Vietnamese)", language="vi")
    threshold_en: str | None = text(
        "Ngưỡng đề xuất (tiếng Anh)", "Threshold (English)", language="en"
    )
    sort_order: int | None = integer("Thứ tự", "Order")
    retired: bool | None = boolean("Không dùng nữa", "Retired")
    relevant: str | None = text("Chỉ hỏi khi", "Asked only if")
    value_constraint: str | None = text("Số đo phải thỏa", "Measured value must satisfy")
    constraint_message_vi: str | None = text(
        "Lời nhắc khi số đo sai", "Words for a wrong value (Vietnamese)", language="vi"
    )
    constraint_message_en: str | None = text(
        "Lời nhắc khi số đo sai (tiếng Anh)", "Words for a wrong value (English)", language="en"
    )
    required: str | None = text("Bắt buộc trả lời khi", "Must be answered if")


@declare("visit", vi="Lượt khảo sát", en="Visit", title=("visited_on",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """A visit to a site, a route or the park that answers one checklist edition."""

    scope: str | None = text("Phạm vi", "Scope (site, route or park)", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    route_uuid: str | None = reference("route", "Tuyến", "Route")
    checklist_uuid: str | None = reference("checklist", "Danh mục kiểm tra", "Checklist")
    visited_on: str | None = date("Ngày khảo sát", "Visited on", in_list=True)
    visitors: str | None = text(
        "Người khảo sát", "Visitors", personal=True, audience=Audience.INTERNAL, in_list=True
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.EVALUATORS)
    finished: bool | None = boolean("Đã xong", "Finished", in_list=True)
    sample: bool | None = boolean("Dữ liệu mẫu", "Sample data", in_form=False)
    instance_id: str | None = text(
        "Mã lượt gửi ODK/Kobo", "ODK/Kobo submission", audience=Audience.INTERNAL, in_form=False
    )


@declare("answer", vi="Câu trả lời", en="Answer", title=("status",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Record):
    """The answer of one visit to one item; key: uuid5(visit, item)."""

    visit_uuid: str | None = reference("visit", "Lượt khảo sát", "Visit")
    item_uuid: str | None = reference("checklist_item", "Mục", "Item")
    status: str | None = choice("answer_status", "Trả lời", "Answer", in_list=True)
    measured: Quantity | None = quantity("Giá trị đo", "Measured value")
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.EVALUATORS)
    answered_at: str | None = instant("Trả lời lúc", "Answered at")
    answered_by: str | None = text(
        "Người trả lời", "Answered by", personal=True, audience=Audience.INTERNAL
    )


@declare("answer_photo", vi="Ảnh bằng chứng", en="Evidence photo", title=("photo_uuid",))
@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPhoto(Record):
    """One element of the set of photos that prove an answer; key: uuid5(answer, photo)."""

    answer_uuid: str | None = reference("answer", "Câu trả lời", "Answer", merge=Merge.SET)
    photo_uuid: str | None = reference("photo", "Ảnh", "Photo", merge=Merge.SET)
