"""Things around a site: facilities, papers, villages, ambassadors, heritage, border rules."""

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
    reference,
    text,
)
from geopark_app.domain.kinds.places import POSITION_ALIASES
from geopark_app.domain.position import Position


@declare("facility", vi="Hạ tầng", en="Facility", title=("name_vi",), shelf="around")
@dataclass(frozen=True, slots=True, kw_only=True)
class Facility(Record):
    """A panel, sign, centre, car park, toilet, trail or viewpoint, planned or standing."""

    facility_kind: str | None = choice(
        "facility_kind", "Loại hạ tầng", "Kind", in_list=True, required_at=Stage.DRAFT
    )
    name_vi: str | None = text(
        "Tên (tiếng Việt)",
        "Name (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    name_en: str | None = text(
        "Tên (tiếng Anh)",
        "Name (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    route_uuid: str | None = reference("route", "Tuyến", "Route")
    commune_code: str | None = reference("commune", "Xã / phường", "Commune / ward")
    position: Position | None = position("Vị trí", "Position", aliases=POSITION_ALIASES)
    standing: str | None = choice(
        "facility_state", "Tình trạng xây dựng", "State of building", in_list=True
    )
    size_text: str | None = text("Kích thước", "Size")
    languages: str | None = text("Ngôn ngữ thể hiện", "Languages shown", in_list=True)
    logo_edition: str | None = text("Mẫu logo", "Logo edition")
    condition: str | None = choice("facility_condition", "Chất lượng", "Condition", in_list=True)
    land_status: str | None = text("Tình trạng đất", "Land status", audience=Audience.EVALUATORS)
    permit_no: str | None = text("Giấy phép", "Permit", audience=Audience.EVALUATORS)
    built_on: str | None = date("Ngày hoàn thành", "Built on")
    last_checked_on: str | None = date("Kiểm tra gần nhất", "Last checked on", in_list=True)
    manager: str | None = text("Đơn vị phụ trách", "Responsible unit")
    capacity_persons: int | None = integer("Sức chứa (người)", "Capacity (persons)")
    accessible: bool | None = boolean("Người khuyết tật dùng được", "Usable by disabled visitors")
    length_km: float | None = decimal("Chiều dài (km, đường mòn)", "Length (km, trails)")
    photo_uuid: str | None = reference("photo", "Ảnh", "Photo")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "permission_paper",
    vi="Giấy tờ bảo vệ, cho phép",
    en="Protection or permission paper",
    title=("number", "title_vi"),
    shelf="around",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionPaper(Record):
    """A protection, land or permission paper with its scan and expiry."""

    number: str | None = text("Số", "Number", in_list=True, searchable=True)
    title_vi: str | None = text(
        "Trích yếu (tiếng Việt)",
        "Subject (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    title_en: str | None = text(
        "Trích yếu (tiếng Anh)",
        "Subject (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    paper_kind: str | None = choice("paper_kind", "Loại giấy tờ", "Kind", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    facility_uuid: str | None = reference("facility", "Hạ tầng", "Facility")
    issued_on: str | None = date("Ngày ban hành", "Date", in_list=True)
    authority_vi: str | None = text(
        "Cơ quan ban hành (tiếng Việt)", "Authority (Vietnamese)", language="vi", in_list=True
    )
    authority_en: str | None = text(
        "Cơ quan ban hành (tiếng Anh)", "Authority (English)", language="en"
    )
    expires_on: str | None = date("Hết hạn", "Expires on", in_list=True)
    document_uuid: str | None = reference("document", "Bản quét", "Scan")
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "tourism_village",
    vi="Làng du lịch cộng đồng, homestay",
    en="Community-tourism village or homestay",
    title=("name_vi",),
    shelf="around",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class TourismVillage(Record):
    """A village or homestay that receives visitors."""

    name_vi: str | None = text(
        "Tên (tiếng Việt)",
        "Name (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    name_en: str | None = text(
        "Tên (tiếng Anh)",
        "Name (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    village_kind: str | None = choice("village_kind", "Loại", "Kind", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site")
    commune_code: str | None = reference("commune", "Xã / phường", "Commune / ward", in_list=True)
    position: Position | None = position("Vị trí", "Position", aliases=POSITION_ALIASES)
    ethnic_groups: str | None = text("Dân tộc", "Ethnic groups", searchable=True)
    households: int | None = integer("Số hộ làm du lịch", "Households in tourism", in_list=True)
    rooms: int | None = integer("Số phòng", "Rooms")
    beds: int | None = integer("Số giường", "Beds", in_list=True)
    women_led: int | None = integer("Số hộ do phụ nữ làm chủ", "Led by women")
    recognised_on: str | None = date("Ngày công nhận", "Recognised on")
    label_vi: str | None = text("Danh hiệu (tiếng Việt)", "Label (Vietnamese)", language="vi")
    label_en: str | None = text("Danh hiệu (tiếng Anh)", "Label (English)", language="en")
    contact: str | None = text("Liên hệ", "Contact", personal=True, audience=Audience.INTERNAL)
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "ambassador", vi="Đại sứ du lịch", en="Tourism ambassador", title=("name",), shelf="around"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Ambassador(Record):
    """A person who speaks for the geopark."""

    name: str | None = text(
        "Họ tên",
        "Name",
        personal=True,
        audience=Audience.INTERNAL,
        in_list=True,
        required_at=Stage.DRAFT,
    )
    person_uuid: str | None = reference(
        "person", "Trong danh bạ", "In the list of people", audience=Audience.INTERNAL
    )
    site_uuid: str | None = reference("site", "Điểm", "Site")
    field_vi: str | None = text(
        "Lĩnh vực (tiếng Việt)", "Field (Vietnamese)", language="vi", in_list=True
    )
    field_en: str | None = text("Lĩnh vực (tiếng Anh)", "Field (English)", language="en")
    named_on: str | None = date("Ngày công nhận", "Named on", in_list=True)
    until: str | None = date("Đến ngày", "Until")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "heritage_item",
    vi="Di sản, lễ hội",
    en="Heritage item or festival",
    title=("name_vi",),
    shelf="around",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class HeritageItem(Record):
    """Natural, cultural or intangible heritage beside the geological one; festivals too."""

    heritage_kind: str | None = choice(
        "heritage_kind", "Loại di sản", "Kind", in_list=True, required_at=Stage.DRAFT
    )
    name_vi: str | None = text(
        "Tên (tiếng Việt)",
        "Name (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    name_en: str | None = text(
        "Tên (tiếng Anh)",
        "Name (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    name_local: str | None = text("Tên địa phương", "Local name", searchable=True)
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    commune_code: str | None = reference("commune", "Xã / phường", "Commune / ward", in_list=True)
    position: Position | None = position("Vị trí", "Position", aliases=POSITION_ALIASES)
    season_vi: str | None = text(
        "Thời gian trong năm (âm lịch, dương lịch) (tiếng Việt)",
        "Time of the year (Vietnamese)",
        language="vi",
    )
    season_en: str | None = text(
        "Thời gian trong năm (âm lịch, dương lịch) (tiếng Anh)",
        "Time of the year (English)",
        language="en",
    )
    people_vi: str | None = text("Cộng đồng (tiếng Việt)", "Community (Vietnamese)", language="vi")
    people_en: str | None = text("Cộng đồng (tiếng Anh)", "Community (English)", language="en")
    description_vi: str | None = long_text(
        "Mô tả (tiếng Việt)", "Description (Vietnamese)", language="vi", searchable=True
    )
    description_en: str | None = long_text(
        "Mô tả (tiếng Anh)", "Description (English)", language="en", searchable=True
    )
    geology_link_vi: str | None = long_text(
        "Liên hệ với địa chất (tiếng Việt)", "Link with geology (Vietnamese)", language="vi"
    )
    geology_link_en: str | None = long_text(
        "Liên hệ với địa chất (tiếng Anh)", "Link with geology (English)", language="en"
    )
    recognition_vi: str | None = text(
        "Xếp hạng, ghi danh (tiếng Việt)", "Recognition (Vietnamese)", language="vi"
    )
    recognition_en: str | None = text(
        "Xếp hạng, ghi danh (tiếng Anh)", "Recognition (English)", language="en"
    )
    recognised_on: str | None = date("Ngày ghi danh", "Recognised on")
    decision_no: str | None = text("Số quyết định", "Decision number")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "border_rule",
    vi="Quy định biên giới của xã",
    en="Border rule of a commune",
    title=("commune_code",),
    shelf="around",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BorderRule(Record):
    """Which paper a visitor needs in a border commune, from whom and how early."""

    commune_code: str | None = reference(
        "commune", "Xã / phường", "Commune / ward", in_list=True, required_at=Stage.DRAFT
    )
    border_area: str | None = choice(
        "border_area", "Khu vực", "Zone or belt", in_list=True, required_at=Stage.DRAFT
    )
    paper_vietnamese_vi: str | None = long_text(
        "Giấy tờ với khách Việt Nam (tiếng Việt)",
        "Paper for Vietnamese visitors (Vietnamese)",
        language="vi",
    )
    paper_vietnamese_en: str | None = long_text(
        "Giấy tờ với khách Việt Nam (tiếng Anh)",
        "Paper for Vietnamese visitors (English)",
        language="en",
    )
    paper_foreign_vi: str | None = long_text(
        "Giấy tờ với khách nước ngoài (tiếng Việt)",
        "Paper for foreign visitors (Vietnamese)",
        language="vi",
    )
    paper_foreign_en: str | None = long_text(
        "Giấy tờ với khách nước ngoài (tiếng Anh)",
        "Paper for foreign visitors (English)",
        language="en",
    )
    issued_by_vi: str | None = text("Nơi cấp (tiếng Việt)", "Issued by (Vietnamese)", language="vi")
    issued_by_en: str | None = text("Nơi cấp (tiếng Anh)", "Issued by (English)", language="en")
    days_ahead: int | None = integer("Xin trước (ngày)", "Days ahead", in_list=True)
    checked_on: str | None = date(
        "Ngày kiểm tra", "Date checked", in_list=True, required_at=Stage.DRAFT
    )
    source: str | None = long_text("Nguồn", "Source", required_at=Stage.DRAFT)
