"""Monitoring visits, threats, repeated photos, measures, visitors: what happens to a site."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Record,
    Stage,
    boolean,
    choice,
    date,
    decimal,
    declare,
    integer,
    long_text,
    position,
    quantity,
    reference,
    text,
)
from geopark_app.domain.kinds.places import POSITION_ALIASES
from geopark_app.domain.position import Position, Quantity


@declare(
    "monitoring_visit",
    vi="Lần theo dõi",
    en="Monitoring visit",
    title=("visited_on",),
    shelf="monitoring",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringVisit(Record):
    """A monitoring visit to a site (Common Standards Monitoring)."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True, required_at=Stage.DRAFT)
    visited_on: str | None = date("Ngày", "Date", in_list=True, required_at=Stage.DRAFT)
    observers: str | None = text(
        "Người theo dõi", "Observers", personal=True, audience=Audience.INTERNAL
    )
    weather: str | None = text("Thời tiết", "Weather")
    reason: str | None = choice("monitoring_reason", "Lý do", "Reason", in_list=True)
    baseline_visit_uuid: str | None = reference(
        "monitoring_visit", "Lần so sánh gốc", "Baseline visit"
    )
    overall_state: str | None = choice(
        "condition", "Tình trạng chung", "Overall state", in_list=True
    )
    trend: str | None = choice("trend", "Xu hướng", "Trend", in_list=True)
    next_due: str | None = date("Hạn lần sau", "Next due", in_list=True)
    actions_vi: str | None = long_text(
        "Kiến nghị (tiếng Việt)", "Actions (Vietnamese)", language="vi"
    )
    actions_en: str | None = long_text("Kiến nghị (tiếng Anh)", "Actions (English)", language="en")
    signed_off_by: str | None = text(
        "Người duyệt", "Signed off by", personal=True, audience=Audience.INTERNAL
    )


@declare(
    "attribute_check",
    vi="Kiểm tra thuộc tính",
    en="Attribute check",
    title=("feature_vi",),
    shelf="monitoring",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeCheck(Record):
    """One attribute of a geological feature against its target."""

    monitoring_visit_uuid: str | None = reference(
        "monitoring_visit", "Lần theo dõi", "Monitoring visit", in_list=True
    )
    feature_vi: str | None = text(
        "Yếu tố địa chất (tiếng Việt)", "Feature (Vietnamese)", language="vi", in_list=True
    )
    feature_en: str | None = text("Yếu tố địa chất (tiếng Anh)", "Feature (English)", language="en")
    attribute: str | None = choice("condition_attribute", "Thuộc tính", "Attribute", in_list=True)
    target_vi: str | None = text("Mục tiêu (tiếng Việt)", "Target (Vietnamese)", language="vi")
    target_en: str | None = text("Mục tiêu (tiếng Anh)", "Target (English)", language="en")
    measured: Quantity | None = quantity("Giá trị đo", "Measured value")
    observed: str | None = text("Giá trị quan sát", "Observed value")
    result: str | None = choice("attribute_result", "Kết quả", "Result", in_list=True)
    mandatory: bool | None = boolean("Bắt buộc", "Mandatory")


@declare("site_threat", vi="Mối đe dọa", en="Threat", title=("threat",), shelf="monitoring")
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteThreat(Record):
    """A threat seen at a site, with severity, extent, evidence and action."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True, required_at=Stage.DRAFT)
    monitoring_visit_uuid: str | None = reference(
        "monitoring_visit", "Lần theo dõi", "Monitoring visit"
    )
    threat: str | None = choice(
        "threat", "Mối đe dọa", "Threat", in_list=True, required_at=Stage.DRAFT
    )
    severity: str | None = choice("level_0_3", "Mức độ", "Severity", in_list=True)
    extent: str | None = choice("level_0_3", "Phạm vi", "Extent", in_list=True)
    trend: str | None = choice("trend", "Xu hướng", "Trend")
    distance_m: float | None = decimal("Khoảng cách (m)", "Distance (m)")
    first_seen: str | None = date("Lần đầu thấy", "First seen", in_list=True)
    last_seen: str | None = date("Lần cuối thấy", "Last seen")
    resolved_on: str | None = date("Ngày xử lý xong", "Resolved on", in_list=True)
    action_vi: str | None = long_text(
        "Biện pháp, kết quả (tiếng Việt)", "Action and result (Vietnamese)", language="vi"
    )
    action_en: str | None = long_text(
        "Biện pháp, kết quả (tiếng Anh)", "Action and result (English)", language="en"
    )
    photo_uuid: str | None = reference("photo", "Ảnh chứng cứ", "Evidence photo")


@declare("photo_point", vi="Điểm chụp lặp", en="Photo point", title=("number",), shelf="monitoring")
@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoPoint(Record):
    """A place from which the same picture is taken again."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True, required_at=Stage.DRAFT)
    number: str | None = text("Số hiệu điểm chụp", "Number", in_list=True, required_at=Stage.DRAFT)
    position: Position | None = position("Vị trí máy", "Camera position", aliases=POSITION_ALIASES)
    camera_height_m: float | None = decimal("Độ cao máy (m)", "Camera height (m)")
    azimuth_deg: float | None = decimal("Hướng chụp (°)", "Bearing (°)", in_list=True)
    tilt_deg: float | None = decimal("Góc nghiêng (°)", "Tilt (°)")
    focal_length_mm: float | None = decimal("Tiêu cự (mm)", "Focal length (mm)")
    guide_vi: str | None = long_text(
        "Chỉ dẫn chụp lại (vật mốc) (tiếng Việt)", "Re-take guide (Vietnamese)", language="vi"
    )
    guide_en: str | None = long_text(
        "Chỉ dẫn chụp lại (vật mốc) (tiếng Anh)", "Re-take guide (English)", language="en"
    )
    scale_object: str | None = text("Vật tỷ lệ", "Scale object")
    reference_photo_uuid: str | None = reference("photo", "Ảnh gốc", "Reference photo")


@declare(
    "photo_repeat", vi="Ảnh chụp lại", en="Repeated photo", title=("taken_on",), shelf="monitoring"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRepeat(Record):
    """A picture taken again from a photo point."""

    photo_point_uuid: str | None = reference(
        "photo_point", "Điểm chụp", "Photo point", in_list=True
    )
    photo_uuid: str | None = reference("photo", "Ảnh", "Photo", in_list=True)
    taken_on: str | None = date("Ngày chụp", "Taken on", in_list=True)
    change_vi: str | None = long_text(
        "Thay đổi thấy được (tiếng Việt)", "Change seen (Vietnamese)", language="vi"
    )
    change_en: str | None = long_text(
        "Thay đổi thấy được (tiếng Anh)", "Change seen (English)", language="en"
    )


@declare(
    "conservation_action",
    vi="Biện pháp bảo tồn",
    en="Conservation action",
    title=("name_vi",),
    shelf="monitoring",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ConservationAction(Record):
    """A measure planned or done, at a site or for the whole geopark."""

    name_vi: str | None = text(
        "Biện pháp (tiếng Việt)",
        "Action (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    name_en: str | None = text(
        "Biện pháp (tiếng Anh)",
        "Action (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    action_kind: str | None = choice("action_kind", "Loại", "Kind", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    owner: str | None = text("Đơn vị thực hiện", "Carried out by", in_list=True)
    planned_on: str | None = date("Kế hoạch", "Planned", in_list=True)
    done_on: str | None = date("Hoàn thành", "Done", in_list=True)
    cost: Quantity | None = quantity("Kinh phí", "Cost", audience=Audience.EVALUATORS)
    effect_vi: str | None = long_text("Hiệu quả (tiếng Việt)", "Effect (Vietnamese)", language="vi")
    effect_en: str | None = long_text("Hiệu quả (tiếng Anh)", "Effect (English)", language="en")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "visitor_count",
    vi="Lượt khách",
    en="Visitor count",
    title=("period_start",),
    shelf="monitoring",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorCount(Record):
    """Visitors counted or estimated over a period."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    facility_uuid: str | None = reference("facility", "Hạ tầng", "Facility")
    period_start: str | None = date("Từ ngày", "From", in_list=True, required_at=Stage.DRAFT)
    period_end: str | None = date("Đến ngày", "To", in_list=True, required_at=Stage.DRAFT)
    count_method: str | None = choice(
        "count_method", "Cách đếm", "Method", in_list=True, required_at=Stage.DRAFT
    )
    total_visits: int | None = integer("Số lượt", "Visitors", in_list=True, required_at=Stage.DRAFT)
    group_count: int | None = integer("Số đoàn", "Groups")
    school_groups: int | None = integer("Đoàn học sinh", "School groups")
    foreign_percent: float | None = decimal("Khách quốc tế (%)", "Foreign visitors (%)")
    confidence: str | None = choice("confidence", "Độ tin cậy", "Confidence")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare("survey", vi="Khảo sát ý kiến", en="Survey", title=("name_vi",), shelf="monitoring")
@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Record):
    """A survey of visitors, residents or partners."""

    name_vi: str | None = text(
        "Tên khảo sát (tiếng Việt)",
        "Name (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    name_en: str | None = text(
        "Tên khảo sát (tiếng Anh)",
        "Name (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    asked: str | None = choice("survey_group", "Đối tượng hỏi", "Who was asked", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site")
    starts_on: str | None = date("Từ ngày", "From", in_list=True)
    ends_on: str | None = date("Đến ngày", "To")
    answers: int | None = integer("Số phiếu", "Answers", in_list=True)
    result_vi: str | None = long_text("Kết quả (tiếng Việt)", "Result (Vietnamese)", language="vi")
    result_en: str | None = long_text("Kết quả (tiếng Anh)", "Result (English)", language="en")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "patrol",
    vi="Lượt tuần tra, bảo dưỡng",
    en="Patrol or maintenance",
    title=("patrolled_on",),
    shelf="monitoring",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Patrol(Record):
    """A patrol or maintenance round."""

    patrolled_on: str | None = date("Ngày", "Date", in_list=True, required_at=Stage.DRAFT)
    patrol_kind: str | None = choice("patrol_kind", "Loại", "Kind", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    route_uuid: str | None = reference("route", "Tuyến", "Route")
    people: str | None = text("Người đi", "People", personal=True, audience=Audience.INTERNAL)
    finding_vi: str | None = long_text(
        "Ghi nhận (tiếng Việt)", "Findings (Vietnamese)", language="vi"
    )
    finding_en: str | None = long_text("Ghi nhận (tiếng Anh)", "Findings (English)", language="en")
    done_vi: str | None = long_text(
        "Việc đã làm (tiếng Việt)", "Work done (Vietnamese)", language="vi"
    )
    done_en: str | None = long_text("Việc đã làm (tiếng Anh)", "Work done (English)", language="en")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare("incident", vi="Sự cố", en="Incident", title=("happened_on",), shelf="monitoring")
@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """An accident, damage, theft or other incident and what was done."""

    happened_on: str | None = date(
        "Ngày xảy ra", "Happened on", in_list=True, required_at=Stage.DRAFT
    )
    incident_kind: str | None = choice("incident_kind", "Loại sự cố", "Kind", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    description_vi: str | None = long_text(
        "Diễn biến (tiếng Việt)",
        "What happened (Vietnamese)",
        language="vi",
        audience=Audience.EVALUATORS,
        in_list=True,
        searchable=True,
    )
    description_en: str | None = long_text(
        "Diễn biến (tiếng Anh)",
        "What happened (English)",
        language="en",
        audience=Audience.EVALUATORS,
        searchable=True,
    )
    action_vi: str | None = long_text(
        "Xử lý (tiếng Việt)",
        "Action taken (Vietnamese)",
        language="vi",
        audience=Audience.EVALUATORS,
    )
    action_en: str | None = long_text(
        "Xử lý (tiếng Anh)", "Action taken (English)", language="en", audience=Audience.EVALUATORS
    )
    reported_by: str | None = text(
        "Người báo", "Reported by", personal=True, audience=Audience.INTERNAL
    )
    resolved_on: str | None = date("Xử lý xong", "Resolved on", in_list=True)
    photo_uuid: str | None = reference("photo", "Ảnh", "Photo")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
