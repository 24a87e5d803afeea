"""The second part of a site: its geology, values and what they mean, in both languages."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Stage,
    boolean,
    choice,
    decimal,
    long_text,
    reference,
    text,
)
from geopark_app.domain.kinds.site_draft import SiteDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteScience(SiteDraft):
    """Fields of science and significance."""

    representative_title_vi: str | None = text(
        "Tiêu đề tiêu biểu (tiếng Việt)",
        "Representative title (Vietnamese)",
        language="vi",
        group="identification",
        searchable=True,
        aliases={"representative_title": ""},
    )
    representative_title_en: str | None = text(
        "Tiêu đề tiêu biểu (tiếng Anh)",
        "Representative title (English)",
        language="en",
        group="identification",
        searchable=True,
    )
    parent_site_uuid: str | None = reference(
        "site",
        "Điểm, cụm cha",
        "Parent site (complex area)",
        group="identification",
        aliases={"parent_site": ""},
    )
    province_code: str | None = choice(
        "province",
        "Tỉnh",
        "Province",
        group="location",
        required_at=Stage.DRAFT,
        implied_by="commune_code",
    )
    nearest_support_point_vi: str | None = text(
        "Điểm hỗ trợ gần nhất (tiếng Việt)",
        "Nearest support point (Vietnamese)",
        language="vi",
        group="location",
        aliases={"nearest_support_point": ""},
    )
    nearest_support_point_en: str | None = text(
        "Điểm hỗ trợ gần nhất (tiếng Anh)",
        "Nearest support point (English)",
        language="en",
        group="location",
    )
    map_sheet: str | None = text("Mảnh bản đồ", "Map sheet", group="location")
    main_interest_reason_vi: str | None = text(
        "Lý do chọn giá trị chính (tiếng Việt)",
        "Why this is the main interest (Vietnamese)",
        language="vi",
        group="geology",
        required_at=Stage.VALIDATION,
        aliases={"main_interest_reason": ""},
    )
    main_interest_reason_en: str | None = text(
        "Lý do chọn giá trị chính (tiếng Anh)",
        "Why this is the main interest (English)",
        language="en",
        group="geology",
        required_at=Stage.DOSSIER,
    )
    tt50_type: str | None = choice(
        "tt50_type",
        "Kiểu di sản địa chất (TT 50/2017)",
        "Heritage type (Circular 50/2017)",
        group="geology",
        required_at=Stage.VALIDATION,
    )
    gilges_code: str | None = choice("gilges", "Kiểu theo GILGES", "GILGES letter", group="geology")
    framework_vi: str | None = text(
        "Khung địa chất (bối cảnh) (tiếng Việt)",
        "Geological framework (Vietnamese)",
        language="vi",
        group="geology",
        required_at=Stage.VALIDATION,
        aliases={"framework": ""},
    )
    framework_en: str | None = text(
        "Khung địa chất (bối cảnh) (tiếng Anh)",
        "Geological framework (English)",
        language="en",
        group="geology",
        required_at=Stage.DOSSIER,
    )
    age_oldest: str | None = choice(
        "geological_time",
        "Tuổi già nhất của đá",
        "Oldest age of the terrain",
        group="geology",
        required_at=Stage.VALIDATION,
    )
    age_youngest: str | None = choice(
        "geological_time",
        "Tuổi trẻ nhất của đá",
        "Youngest age of the terrain",
        group="geology",
        required_at=Stage.VALIDATION,
    )
    phenomenon_vi: str | None = text(
        "Hiện tượng địa chất (tiếng Việt)",
        "Geological phenomenon (Vietnamese)",
        language="vi",
        group="geology",
        searchable=True,
        aliases={"phenomenon": ""},
    )
    phenomenon_en: str | None = text(
        "Hiện tượng địa chất (tiếng Anh)",
        "Geological phenomenon (English)",
        language="en",
        group="geology",
        searchable=True,
    )
    phenomenon_age_oldest: str | None = choice(
        "geological_time", "Tuổi hiện tượng (già nhất)", "Phenomenon: oldest age", group="geology"
    )
    phenomenon_age_youngest: str | None = choice(
        "geological_time", "Tuổi hiện tượng (trẻ nhất)", "Phenomenon: youngest age", group="geology"
    )
    numeric_age_ma: float | None = decimal(
        "Tuổi đo (triệu năm)", "Measured age (Ma)", group="geology"
    )
    numeric_age_method: str | None = text(
        "Phương pháp đo, tài liệu", "Method and reference of the measured age", group="geology"
    )
    minerals_vi: str | None = text(
        "Khoáng vật (tiếng Việt)",
        "Minerals (Vietnamese)",
        language="vi",
        group="geology",
        searchable=True,
        aliases={"minerals": ""},
    )
    minerals_en: str | None = text(
        "Khoáng vật (tiếng Anh)",
        "Minerals (English)",
        language="en",
        group="geology",
        searchable=True,
    )
    structures_vi: str | None = text(
        "Cấu tạo, thế nằm (tiếng Việt)",
        "Structures, attitude (dip, strike) (Vietnamese)",
        language="vi",
        group="geology",
        searchable=True,
        aliases={"structures": ""},
    )
    structures_en: str | None = text(
        "Cấu tạo, thế nằm (tiếng Anh)",
        "Structures, attitude (dip, strike) (English)",
        language="en",
        group="geology",
        searchable=True,
    )
    thickness_size_vi: str | None = text(
        "Kích thước, bề dày (tiếng Việt)",
        "Size, thickness (Vietnamese)",
        language="vi",
        group="geology",
        aliases={"thickness_size": ""},
    )
    thickness_size_en: str | None = text(
        "Kích thước, bề dày (tiếng Anh)",
        "Size, thickness (English)",
        language="en",
        group="geology",
    )
    geomorphology_vi: str | None = long_text(
        "Đặc điểm địa mạo (tiếng Việt)",
        "Landform description (Vietnamese)",
        language="vi",
        group="geology",
        searchable=True,
        aliases={"geomorphology": ""},
    )
    geomorphology_en: str | None = long_text(
        "Đặc điểm địa mạo (tiếng Anh)",
        "Landform description (English)",
        language="en",
        group="geology",
        searchable=True,
    )
    hydrogeology_vi: str | None = long_text(
        "Đặc điểm nước (tiếng Việt)",
        "Water (Vietnamese)",
        language="vi",
        group="geology",
        searchable=True,
        aliases={"hydrogeology": ""},
    )
    hydrogeology_en: str | None = long_text(
        "Đặc điểm nước (tiếng Anh)",
        "Water (English)",
        language="en",
        group="geology",
        searchable=True,
    )
    process_state: str | None = choice(
        "process_state",
        "Quá trình đang hoạt động / đã ngừng",
        "Active or relict process",
        group="geology",
    )
    interpretation_vi: str | None = long_text(
        "Diễn giải phổ thông (tiếng Việt)",
        "Plain-language interpretation (Vietnamese)",
        language="vi",
        group="description",
        searchable=True,
        aliases={"interpretation": ""},
    )
    interpretation_en: str | None = long_text(
        "Diễn giải phổ thông (tiếng Anh)",
        "Plain-language interpretation (English)",
        language="en",
        group="description",
        searchable=True,
    )
    history_of_study_vi: str | None = long_text(
        "Lịch sử nghiên cứu (tiếng Việt)",
        "History of study (Vietnamese)",
        language="vi",
        group="description",
        searchable=True,
        aliases={"history_of_study": ""},
    )
    history_of_study_en: str | None = long_text(
        "Lịch sử nghiên cứu (tiếng Anh)",
        "History of study (English)",
        language="en",
        group="description",
        searchable=True,
    )
    relevance_reason_vi: str | None = long_text(
        "Luận chứng cấp ý nghĩa (tiếng Việt)",
        "Justification of the relevance (Vietnamese)",
        language="vi",
        group="relevance",
        searchable=True,
        required_at=Stage.VALIDATION,
        aliases={"relevance_reason": ""},
    )
    relevance_reason_en: str | None = long_text(
        "Luận chứng cấp ý nghĩa (tiếng Anh)",
        "Justification of the relevance (English)",
        language="en",
        group="relevance",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    international_significance: bool | None = boolean(
        "Thuộc nhóm giá trị quốc tế",
        "Among sites of international significance",
        group="relevance",
        required_at=Stage.DOSSIER,
    )
    comparison_sites_vi: str | None = long_text(
        "Điểm so sánh trong và ngoài nước (tiếng Việt)",
        "Comparable sites elsewhere (Vietnamese)",
        language="vi",
        group="relevance",
        required_at=Stage.DOSSIER,
        aliases={"comparison_sites": ""},
    )
    comparison_sites_en: str | None = long_text(
        "Điểm so sánh trong và ngoài nước (tiếng Anh)",
        "Comparable sites elsewhere (English)",
        language="en",
        group="relevance",
        required_at=Stage.DOSSIER,
    )
    type_locality_vi: str | None = text(
        "Mặt cắt chuẩn, nơi mẫu chuẩn (tiếng Việt)",
        "Stratotype, type locality, fossil type (Vietnamese)",
        language="vi",
        group="relevance",
        searchable=True,
        aliases={"type_locality": ""},
    )
    type_locality_en: str | None = text(
        "Mặt cắt chuẩn, nơi mẫu chuẩn (tiếng Anh)",
        "Stratotype, type locality, fossil type (English)",
        language="en",
        group="relevance",
        searchable=True,
    )
