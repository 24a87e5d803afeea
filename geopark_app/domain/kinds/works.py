"""Works: what still has to be done before the evaluators come, by whom and until when."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Record,
    Stage,
    choice,
    date,
    declare,
    integer,
    long_text,
    reference,
    text,
)


@declare("work", vi="Việc cần làm", en="Work to be done", title=("title_vi",), shelf="works")
@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Record):
    """One piece of work or task, at a site, on a route or for the whole park."""

    title_vi: str | None = text(
        "Việc cần làm (tiếng Việt)",
        "Work (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    title_en: str | None = text(
        "Việc cần làm (tiếng Anh)", "Work (English)", language="en", searchable=True
    )
    work_kind: str | None = choice("work_kind", "Loại việc", "Kind of work", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    route_uuid: str | None = reference("route", "Tuyến", "Route")
    commune_code: str | None = reference("commune", "Xã, phường", "Commune")
    facility_uuid: str | None = reference("facility", "Công trình, bảng biển", "Facility")
    item_uuid: str | None = reference("checklist_item", "Mục kiểm tra", "Checklist item")
    recommendation_uuid: str | None = reference("recommendation", "Khuyến nghị", "Recommendation")
    organisation_uuid: str | None = reference(
        "organisation", "Đơn vị chịu trách nhiệm", "Responsible unit", in_list=True
    )
    responsible: str | None = text(
        "Người phụ trách", "Responsible person", personal=True, audience=Audience.INTERNAL
    )
    due_on: str | None = date("Hạn xong", "Due on", in_list=True)
    cost_vnd: int | None = integer(
        "Kinh phí ước tính (đồng)", "Estimated cost (VND)", audience=Audience.INTERNAL
    )
    work_state: str | None = choice("work_state", "Tình trạng", "State", in_list=True)
    blocked_by: str | None = choice("work_block", "Vướng mắc", "Blocked by", in_list=True)
    done_on: str | None = date("Ngày xong", "Done on")
    before_photo_uuid: str | None = reference("photo", "Ảnh trước", "Photo before")
    after_photo_uuid: str | None = reference("photo", "Ảnh sau", "Photo after")
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
