"""Dossiers and evaluation missions: recommendations, stops, questions and answers."""

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
    reference,
    text,
)


@declare(
    "recommendation",
    vi="Khuyến nghị",
    en="Recommendation",
    title=("number", "text_vi"),
    shelf="mission",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Record):
    """A recommendation of the Council or of evaluators, and how it is followed."""

    number: str | None = text("Số thứ tự", "Number", in_list=True)
    given_by: str | None = text("Bên nêu", "Given by", in_list=True)
    given_on: str | None = date("Ngày nêu", "Given on", in_list=True)
    text_vi: str | None = long_text(
        "Khuyến nghị (tiếng Việt)",
        "Recommendation (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    text_en: str | None = long_text(
        "Khuyến nghị (tiếng Anh)",
        "Recommendation (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    answer_vi: str | None = long_text(
        "Thực hiện (tiếng Việt)", "What was done (Vietnamese)", language="vi"
    )
    answer_en: str | None = long_text(
        "Thực hiện (tiếng Anh)", "What was done (English)", language="en"
    )
    status: str | None = choice("recommendation_status", "Tình trạng", "Status", in_list=True)
    due_on: str | None = date("Hạn", "Due on")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
    origin: str | None = choice("recommendation_origin", "Nguồn", "Origin", in_list=True)
    wording_status: str | None = choice("wording_status", "Tình trạng câu chữ", "Wording")
    source: str | None = long_text(
        "Nguồn của câu chữ", "Where the text was read", audience=Audience.EVALUATORS
    )
    organisation_uuid: str | None = reference(
        "organisation", "Đơn vị phụ trách", "Responsible unit", in_list=True
    )
    owner: str | None = text(
        "Người phụ trách", "Responsible person", personal=True, audience=Audience.INTERNAL
    )
    mission_uuid: str | None = reference("mission", "Đoàn nêu khuyến nghị", "Mission that gave it")


@declare("mission", vi="Đoàn thẩm định", en="Mission", title=("name_vi",), shelf="mission")
@dataclass(frozen=True, slots=True, kw_only=True)
class Mission(Record):
    """An evaluation mission: days, people, logistics."""

    name_vi: str | None = text(
        "Tên đoàn (tiếng Việt)",
        "Name (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    name_en: str | None = text(
        "Tên đoàn (tiếng Anh)",
        "Name (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    starts_on: str | None = date("Từ ngày", "From", in_list=True, required_at=Stage.DRAFT)
    ends_on: str | None = date("Đến ngày", "To", in_list=True)
    evaluators: str | None = text(
        "Chuyên gia", "Evaluators", personal=True, audience=Audience.EVALUATORS
    )
    opening_vi: str | None = long_text(
        "Họp mở đầu (tiếng Việt)", "Opening meeting (Vietnamese)", language="vi"
    )
    opening_en: str | None = long_text(
        "Họp mở đầu (tiếng Anh)", "Opening meeting (English)", language="en"
    )
    closing_vi: str | None = long_text(
        "Họp kết thúc (tiếng Việt)", "Closing meeting (Vietnamese)", language="vi"
    )
    closing_en: str | None = long_text(
        "Họp kết thúc (tiếng Anh)", "Closing meeting (English)", language="en"
    )
    hotel: str | None = text("Khách sạn", "Hotel", audience=Audience.EVALUATORS)
    vehicle: str | None = text("Xe", "Vehicle", audience=Audience.EVALUATORS)
    interpreter: str | None = text(
        "Phiên dịch", "Interpreter", personal=True, audience=Audience.EVALUATORS
    )
    emergency_numbers: str | None = long_text(
        "Số khẩn cấp", "Emergency numbers", audience=Audience.EVALUATORS
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
    accompanying: str | None = long_text(
        "Người đi cùng", "Accompanying people", personal=True, audience=Audience.EVALUATORS
    )
    foreign_visitors: bool | None = boolean("Có khách nước ngoài", "Foreign visitors")
    longest_day_minutes: int | None = integer("Ngày dài nhất (phút)", "Longest day (minutes)")
    speed_kmh: int | None = integer(
        "Tốc độ để ước tính (km/giờ)", "Speed for estimates (km per hour)"
    )
    detour_factor: float | None = decimal(
        "Hệ số đường vòng để ước tính", "Detour factor for estimates"
    )
    result_card: str | None = choice("result_card", "Kết quả", "Result", in_list=True)
    result_on: str | None = date("Ngày có kết quả", "Date of the result")
    result_source: str | None = text("Nguồn của kết quả", "Source of the result")


@declare(
    "mission_stop",
    vi="Điểm dừng của đoàn",
    en="Mission stop",
    title=("day_on", "starts_at"),
    shelf="mission",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MissionStop(Record):
    """A stop of the mission's agenda."""

    mission_uuid: str | None = reference("mission", "Đoàn", "Mission", in_list=True)
    day_on: str | None = date("Ngày", "Day", in_list=True)
    starts_at: str | None = text("Giờ", "Time", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    purpose_vi: str | None = text(
        "Mục đích (tiếng Việt)", "Purpose (Vietnamese)", language="vi", in_list=True
    )
    purpose_en: str | None = text("Mục đích (tiếng Anh)", "Purpose (English)", language="en")
    speaker: str | None = text(
        "Người giới thiệu", "Speaker", personal=True, audience=Audience.EVALUATORS
    )
    minutes: int | None = integer("Số phút", "Minutes", in_list=True)
    drive_minutes: int | None = integer(
        "Chạy xe từ điểm trước (phút)", "Drive from the stop before (minutes)"
    )
    wet_weather_vi: str | None = text(
        "Phương án mưa (tiếng Việt)", "Wet-weather version (Vietnamese)", language="vi"
    )
    wet_weather_en: str | None = text(
        "Phương án mưa (tiếng Anh)", "Wet-weather version (English)", language="en"
    )
    sort_order: int | None = integer("Thứ tự", "Order")
    stop_kind: str | None = choice("mission_stop_kind", "Loại mục", "Kind of entry", in_list=True)
    weather: str | None = choice("mission_weather", "Dùng khi", "Used when")
    place_vi: str | None = text(
        "Nơi (tiếng Việt)", "Place (Vietnamese)", language="vi", in_list=True
    )
    place_en: str | None = text("Nơi (tiếng Anh)", "Place (English)", language="en")
    caretaker: str | None = text(
        "Người trông coi", "Caretaker", personal=True, audience=Audience.EVALUATORS
    )
    permit_ready: bool | None = boolean(
        "Đã có giấy phép khu vực biên giới", "Border-area permit is ready"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "mission_note", vi="Nhật ký hỏi đáp", en="Mission log", title=("question_vi",), shelf="mission"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MissionNote(Record):
    """A question, an answer, an oral recommendation of a mission."""

    mission_uuid: str | None = reference("mission", "Đoàn", "Mission", in_list=True)
    asked_on: str | None = date("Ngày", "Date", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site")
    asked_by: str | None = text("Người hỏi", "Asked by", personal=True, audience=Audience.INTERNAL)
    question_vi: str | None = long_text(
        "Câu hỏi, ý kiến (tiếng Việt)",
        "Question (Vietnamese)",
        language="vi",
        audience=Audience.EVALUATORS,
        in_list=True,
    )
    question_en: str | None = long_text(
        "Câu hỏi, ý kiến (tiếng Anh)",
        "Question (English)",
        language="en",
        audience=Audience.EVALUATORS,
    )
    answer_vi: str | None = long_text(
        "Trả lời (tiếng Việt)", "Answer (Vietnamese)", language="vi", audience=Audience.EVALUATORS
    )
    answer_en: str | None = long_text(
        "Trả lời (tiếng Anh)", "Answer (English)", language="en", audience=Audience.EVALUATORS
    )
    is_recommendation: bool | None = boolean("Là khuyến nghị", "Is a recommendation", in_list=True)
    stop_uuid: str | None = reference("mission_stop", "Điểm dừng của đoàn", "Mission stop")
    recommendation_uuid: str | None = reference(
        "recommendation", "Thành khuyến nghị", "Became the recommendation"
    )
