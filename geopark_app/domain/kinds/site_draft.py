"""The first part of a site: what the earliest version of the record had."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Record,
    Stage,
    boolean,
    choice,
    date,
    decimal,
    integer,
    long_text,
    position,
    reference,
    text,
)
from geopark_app.domain.kinds.places import POSITION_ALIASES
from geopark_app.domain.position import Position

_IDENTITY, _LOCATION, _GEOLOGY = "identification", "location", "geology"
_WORDS, _VALUE, _ACCESS = "description", "relevance", "access"
_STATE, _KEEPING = "protection", "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDraft(Record):
    """The fields of the first version of the site."""

    code: str | None = text(
        "Mã điểm",
        "Site code",
        group=_IDENTITY,
        required_at=Stage.DRAFT,
        in_list=True,
        searchable=True,
    )
    name_vi: str | None = text(
        "Tên điểm (tiếng Việt)",
        "Name (Vietnamese)",
        group=_IDENTITY,
        language="vi",
        required_at=Stage.DRAFT,
        in_list=True,
        searchable=True,
    )
    name_en: str | None = text(
        "Tên điểm (tiếng Anh)",
        "Name (English)",
        group=_IDENTITY,
        language="en",
        required_at=Stage.DOSSIER,
        in_list=True,
        searchable=True,
    )
    name_local: str | None = text(
        "Tên địa phương (Tày, Nùng…)", "Local name (Tày, Nùng…)", group=_IDENTITY, searchable=True
    )
    alias_code: str | None = text("Mã cũ", "Former code", group=_IDENTITY, searchable=True)
    site_kind: str | None = choice(
        "site_kind",
        "Loại điểm",
        "Kind of site",
        group=_IDENTITY,
        required_at=Stage.DRAFT,
        in_list=True,
        aliases={"kind": ""},
    )
    in_geopark: bool | None = boolean(
        "Thuộc ranh giới CVĐC",
        "Inside the geopark boundary",
        group=_IDENTITY,
        required_at=Stage.DRAFT,
    )

    position: Position | None = position(
        "Tọa độ", "Position", group=_LOCATION, required_at=Stage.DRAFT, aliases=POSITION_ALIASES
    )
    altitude_m: int | None = integer(
        "Độ cao (m)", "Altitude (m)", group=_LOCATION, required_at=Stage.VALIDATION
    )
    geometry_type: str | None = choice(
        "geometry_type", "Dạng điểm", "Site form", group=_LOCATION, required_at=Stage.DRAFT
    )
    area_ha: float | None = decimal(
        "Diện tích (ha)", "Area (ha)", group=_LOCATION, required_at=Stage.VALIDATION
    )
    commune_code: str | None = reference(
        "commune",
        "Xã / phường",
        "Commune / ward",
        group=_LOCATION,
        required_at=Stage.DRAFT,
        in_list=True,
        aliases={"commune": ""},
    )
    former_commune_code: str | None = reference(
        "former_commune",
        "Xã / phường cũ",
        "Former commune / ward",
        group=_LOCATION,
        aliases={"former_commune": ""},
    )
    former_admin: str | None = text(
        "Huyện, xã cũ (trước 7/2025)",
        "Former district and commune (before July 2025)",
        group=_LOCATION,
        searchable=True,
    )
    village: str | None = text("Thôn, bản", "Village", group=_LOCATION, searchable=True)
    disclosure_level: str | None = choice(
        "disclosure",
        "Mức công khai tọa độ",
        "Disclosure of coordinates",
        group=_LOCATION,
        required_at=Stage.VALIDATION,
    )

    summary_vi: str | None = long_text(
        "Tóm tắt (tiếng Việt)",
        "Summary (Vietnamese)",
        group=_WORDS,
        language="vi",
        required_at=Stage.DRAFT,
        searchable=True,
    )
    summary_en: str | None = long_text(
        "Tóm tắt (tiếng Anh)",
        "Summary (English)",
        group=_WORDS,
        language="en",
        required_at=Stage.DOSSIER,
        searchable=True,
    )
    description_vi: str | None = long_text(
        "Mô tả khoa học (tiếng Việt)",
        "Scientific description (Vietnamese)",
        group=_WORDS,
        language="vi",
        required_at=Stage.VALIDATION,
        searchable=True,
    )
    description_en: str | None = long_text(
        "Mô tả khoa học (tiếng Anh)",
        "Scientific description (English)",
        group=_WORDS,
        language="en",
        required_at=Stage.DOSSIER,
        searchable=True,
    )

    main_interest: str | None = choice(
        "interest",
        "Giá trị địa chất chính",
        "Main geological interest",
        group=_GEOLOGY,
        required_at=Stage.DRAFT,
        in_list=True,
    )
    age_vi: str | None = text(
        "Tuổi (tiếng Việt)",
        "Age (Vietnamese)",
        group=_GEOLOGY,
        language="vi",
        searchable=True,
        aliases={"age_text_vi": ""},
    )
    age_en: str | None = text(
        "Tuổi (tiếng Anh)",
        "Age (English)",
        group=_GEOLOGY,
        language="en",
        searchable=True,
        aliases={"age_text": ""},
    )
    fossils_vi: str | None = text(
        "Hóa thạch (tiếng Việt)",
        "Fossils (Vietnamese)",
        group=_GEOLOGY,
        language="vi",
        searchable=True,
        aliases={"fossils": ""},
    )
    fossils_en: str | None = text(
        "Hóa thạch (tiếng Anh)", "Fossils (English)", group=_GEOLOGY, language="en", searchable=True
    )
    lithology_vi: str | None = text(
        "Thạch học (tiếng Việt)",
        "Lithology (Vietnamese)",
        group=_GEOLOGY,
        language="vi",
        searchable=True,
    )
    lithology_en: str | None = text(
        "Thạch học (tiếng Anh)",
        "Lithology (English)",
        group=_GEOLOGY,
        language="en",
        searchable=True,
    )

    relevance_claimed: str | None = choice(
        "relevance",
        "Cấp ý nghĩa (chuyên gia)",
        "Relevance claimed by experts",
        group=_VALUE,
        required_at=Stage.VALIDATION,
    )
    significance_vi: str | None = long_text(
        "Ý nghĩa, so sánh (tiếng Việt)",
        "Significance and comparison (Vietnamese)",
        group=_VALUE,
        language="vi",
        required_at=Stage.VALIDATION,
        searchable=True,
        aliases={"significance": ""},
    )
    significance_en: str | None = long_text(
        "Ý nghĩa, so sánh (tiếng Anh)",
        "Significance and comparison (English)",
        group=_VALUE,
        language="en",
        required_at=Stage.DOSSIER,
        searchable=True,
    )

    access_vi: str | None = long_text(
        "Chỉ dẫn đường đi (tiếng Việt)",
        "How to get there (Vietnamese)",
        group=_ACCESS,
        language="vi",
        required_at=Stage.VALIDATION,
        searchable=True,
        aliases={"access_text": ""},
    )
    access_en: str | None = long_text(
        "Chỉ dẫn đường đi (tiếng Anh)",
        "How to get there (English)",
        group=_ACCESS,
        language="en",
        required_at=Stage.DOSSIER,
        searchable=True,
    )
    road_access: str | None = choice(
        "road_access", "Đường tiếp cận", "Road access", group=_ACCESS, required_at=Stage.VALIDATION
    )
    walk_minutes: int | None = integer(
        "Thời gian đi bộ (phút)", "Walking time (min)", group=_ACCESS
    )
    border_zone: bool | None = boolean(
        "Trong khu vực biên giới",
        "In a land-border zone",
        group=_ACCESS,
        required_at=Stage.VALIDATION,
    )
    hazards_vi: str | None = text(
        "Nguy hiểm cho khách (tiếng Việt)",
        "Hazards for visitors (Vietnamese)",
        group=_ACCESS,
        language="vi",
        required_at=Stage.VALIDATION,
        aliases={"hazards": ""},
    )
    hazards_en: str | None = text(
        "Nguy hiểm cho khách (tiếng Anh)",
        "Hazards for visitors (English)",
        group=_ACCESS,
        language="en",
        required_at=Stage.DOSSIER,
    )

    protection_vi: str | None = text(
        "Tình trạng bảo vệ (tiếng Việt)",
        "Protection status (Vietnamese)",
        group=_STATE,
        language="vi",
        required_at=Stage.VALIDATION,
        searchable=True,
    )
    protection_en: str | None = text(
        "Tình trạng bảo vệ (tiếng Anh)",
        "Protection status (English)",
        group=_STATE,
        language="en",
        required_at=Stage.DOSSIER,
        searchable=True,
    )
    manager: str | None = text(
        "Đơn vị quản lý",
        "Manager in charge",
        group=_STATE,
        required_at=Stage.VALIDATION,
        searchable=True,
    )
    condition_state: str | None = choice(
        "condition", "Tình trạng", "Condition state", group=_STATE, required_at=Stage.VALIDATION
    )
    condition_date: str | None = date(
        "Ngày đánh giá tình trạng",
        "Date of condition check",
        group=_STATE,
        required_at=Stage.VALIDATION,
    )

    workflow_status: str | None = choice(
        "workflow_status",
        "Trạng thái hồ sơ",
        "Workflow status",
        group=_KEEPING,
        required_at=Stage.DRAFT,
        in_list=True,
    )
    data_acquisition: str | None = choice(
        "data_acquisition",
        "Khảo sát mới / tổng hợp tài liệu",
        "New survey or literature",
        group=_KEEPING,
        required_at=Stage.DRAFT,
        audience=Audience.EVALUATORS,
    )
    surveyors: str | None = text(
        "Người khảo sát",
        "Surveyors",
        group=_KEEPING,
        required_at=Stage.DRAFT,
        personal=True,
        audience=Audience.INTERNAL,
    )
    survey_date: str | None = date(
        "Ngày khảo sát", "Survey date", group=_KEEPING, required_at=Stage.DRAFT
    )
    compiler: str | None = text(
        "Người lập phiếu",
        "Compiler",
        group=_KEEPING,
        required_at=Stage.DRAFT,
        personal=True,
        audience=Audience.INTERNAL,
    )
    source_note: str | None = long_text(
        "Nguồn thông tin", "Sources", group=_KEEPING, searchable=True, audience=Audience.EVALUATORS
    )
    remarks: str | None = long_text(
        "Ghi chú", "Remarks", group=_KEEPING, searchable=True, audience=Audience.INTERNAL
    )
    cover_photo_uuid: str | None = reference(
        "photo",
        "Ảnh đại diện",
        "Cover photo",
        group="media",
        aliases={"cover_photo": ""},
        required_at=Stage.VALIDATION,
    )
