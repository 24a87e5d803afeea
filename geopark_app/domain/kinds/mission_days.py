"""Days of an evaluation mission: people met, drive times, and the log of test drives."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Record,
    choice,
    date,
    declare,
    instant,
    integer,
    long_text,
    reference,
    text,
)


@declare(
    "mission_day",
    vi="Ngày của đoàn",
    en="Mission day",
    title=("day_on", "title_vi"),
    shelf="mission",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MissionDay(Record):
    """One day of a mission; its stops carry the same date. Key: uuid5(mission, day)."""

    mission_uuid: str | None = reference("mission", "Đoàn", "Mission", in_list=True)
    day_on: str | None = date("Ngày", "Day", in_list=True)
    title_vi: str | None = text(
        "Chủ đề ngày (tiếng Việt)", "Theme (Vietnamese)", language="vi", in_list=True
    )
    title_en: str | None = text("Chủ đề ngày (tiếng Anh)", "Theme (English)", language="en")
    starts_at: str | None = text("Giờ khởi hành", "Departure", in_list=True)
    starts_from_vi: str | None = text("Đi từ (tiếng Việt)", "From (Vietnamese)", language="vi")
    starts_from_en: str | None = text("Đi từ (tiếng Anh)", "From (English)", language="en")
    hotel: str | None = text("Khách sạn", "Hotel", audience=Audience.EVALUATORS)
    vehicle: str | None = text("Xe", "Vehicle", audience=Audience.EVALUATORS)
    interpreter: str | None = text(
        "Phiên dịch", "Interpreter", personal=True, audience=Audience.EVALUATORS
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "mission_person",
    vi="Người gặp đoàn",
    en="Person met",
    title=("name", "organisation_vi"),
    shelf="mission",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MissionPerson(Record):
    """Somebody the evaluators meet, at a stop or in the whole mission."""

    mission_uuid: str | None = reference("mission", "Đoàn", "Mission", in_list=True)
    stop_uuid: str | None = reference(
        "mission_stop", "Điểm dừng của đoàn", "Mission stop", in_list=True
    )
    name: str | None = text(
        "Họ và tên", "Name", personal=True, audience=Audience.EVALUATORS, in_list=True
    )
    sex: str | None = choice("sex", "Giới", "Sex", audience=Audience.EVALUATORS, in_list=True)
    organisation_vi: str | None = text(
        "Đơn vị (tiếng Việt)", "Organisation (Vietnamese)", language="vi", in_list=True
    )
    organisation_en: str | None = text(
        "Đơn vị (tiếng Anh)", "Organisation (English)", language="en"
    )
    role_vi: str | None = text("Vai trò (tiếng Việt)", "Role (Vietnamese)", language="vi")
    role_en: str | None = text("Vai trò (tiếng Anh)", "Role (English)", language="en")
    phone: str | None = text("Điện thoại", "Phone", personal=True, audience=Audience.INTERNAL)


@declare("drive_time", vi="Thời gian chạy xe", en="Drive time", title=("minutes",), shelf="mission")
@dataclass(frozen=True, slots=True, kw_only=True)
class DriveTime(Record):
    """How long the drive between two stops takes; no first stop: from the place of departure.

    Key: uuid5(second stop, first stop or "start").
    """

    from_stop_uuid: str | None = reference("mission_stop", "Từ điểm dừng", "From stop")
    to_stop_uuid: str | None = reference("mission_stop", "Đến điểm dừng", "To stop", in_list=True)
    minutes: int | None = integer("Số phút", "Minutes", in_list=True)
    drive_source: str | None = choice("drive_source", "Cách có", "How it is known", in_list=True)
    measured_on: str | None = date("Ngày đo", "Measured on", in_list=True)


@declare(
    "rehearsal_step",
    vi="Nhật ký chạy thử",
    en="Test drive log",
    title=("run_on", "arrived_at"),
    shelf="mission",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalStep(Record):
    """When a test drive came to a stop and left it; without a stop: when it departed.

    Key: uuid5(stop, date of the test drive), of the departure uuid5(mission, date/day).
    """

    mission_uuid: str | None = reference("mission", "Đoàn", "Mission", in_list=True)
    day_on: str | None = date("Ngày của lịch trình", "Day of the agenda", in_list=True)
    stop_uuid: str | None = reference(
        "mission_stop", "Điểm dừng của đoàn", "Mission stop", in_list=True
    )
    run_on: str | None = date("Ngày chạy thử", "Test drive on", in_list=True)
    weather: str | None = choice("mission_weather", "Phương án", "Version")
    arrived_at: str | None = instant("Đến lúc", "Arrived at", in_list=True)
    left_at: str | None = instant("Rời lúc", "Left at", in_list=True)
    ticked_by: str | None = text(
        "Người bấm giờ", "Timed by", personal=True, audience=Audience.INTERNAL
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
