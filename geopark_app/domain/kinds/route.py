"""Routes of the geopark and their numbered stops."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Record,
    decimal,
    declare,
    geometry,
    integer,
    long_text,
    reference,
    text,
)


@declare(
    "route", vi="Tuyến", en="Route", title=("number", "name_vi"), code="number", shelf="places"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Record):
    """A visitor route with its official name."""

    number: int | None = integer("Số tuyến", "Route number", in_list=True)
    name_vi: str | None = text(
        "Tên tuyến", "Name (Vietnamese)", language="vi", in_list=True, searchable=True
    )
    name_en: str | None = text(
        "Tên tuyến (tiếng Anh)", "Name (English)", language="en", in_list=True, searchable=True
    )
    name_en_status: str | None = text("Tình trạng tên tiếng Anh", "Status of the English name")
    colour: str | None = text("Màu", "Colour")
    colour_evidence: str | None = text("Căn cứ màu", "Evidence of the colour")
    theme_vi: str | None = text("Chủ đề", "Theme (Vietnamese)", language="vi")
    theme_en: str | None = text("Chủ đề (tiếng Anh)", "Theme (English)", language="en")
    starts_at: str | None = text("Điểm đầu", "Starts at")
    length_km: float | None = decimal("Chiều dài (km)", "Length (km)")
    # A line can lead to a stop whose place is kept back: operations/map_shapes.py lets it out.
    geojson: str | None = geometry(
        "Đường của tuyến (GeoJSON, WGS 84)",
        "Line of the route (GeoJSON, WGS 84)",
        audience=Audience.INTERNAL,
    )
    evidence: str | None = text("Mức tin cậy", "Evidence")
    source: str | None = long_text("Nguồn", "Source")


@declare("stop", vi="Điểm dừng", en="Stop", title=("slot", "name_vi"), shelf="places")
@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Record):
    """One of the 38 stops. `slot` is its row in our list, `official_number` only as evidenced."""

    slot: int | None = integer("Dòng", "Row", in_list=True)
    official_number: int | None = integer("Số hiệu chính thức", "Official number", in_list=True)
    number_evidence: str | None = text("Căn cứ số hiệu", "Evidence of the number")
    route_uuid: str | None = reference("route", "Tuyến", "Route", in_list=True)
    route_evidence: str | None = text("Căn cứ tuyến", "Evidence of the route")
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    name_vi: str | None = text(
        "Tên điểm dừng", "Name (Vietnamese)", language="vi", in_list=True, searchable=True
    )
    name_en: str | None = text(
        "Tên điểm dừng (tiếng Anh)", "Name (English)", language="en", searchable=True
    )
    evidence: str | None = text("Căn cứ", "Evidence (stated, inferred or none)", in_list=True)
    minutes: int | None = integer("Thời gian dừng (phút)", "Minutes at the stop")
    drive_minutes: int | None = integer(
        "Chạy xe từ điểm trước (phút)", "Drive from the stop before"
    )
    known_vi: str | None = long_text("Điều đã biết", "What is known (Vietnamese)", language="vi")
    known_en: str | None = long_text(
        "Điều đã biết (tiếng Anh)", "What is known (English)", language="en"
    )
    source: str | None = long_text("Nguồn", "Source")
