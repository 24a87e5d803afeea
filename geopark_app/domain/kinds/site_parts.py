"""Lists that belong to a site: each row is one element, never a JSON column."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Merge,
    Record,
    Stage,
    boolean,
    choice,
    date,
    decimal,
    declare,
    geometry,
    integer,
    long_text,
    reference,
    text,
)


@declare(
    "site_code", vi="Mã khác của điểm", en="Other code of a site", title=("code",), shelf="site"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCode(Record):
    """A former code of the site, or its code in another inventory."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    code: str | None = text("Mã", "Code", in_list=True, required_at=Stage.DRAFT)
    code_kind: str | None = choice("code_kind", "Loại mã", "Kind of code", in_list=True)
    inventory: str | None = text("Danh mục, cơ quan", "Inventory, organisation", in_list=True)
    valid_until: str | None = date("Dùng đến ngày", "Used until")
    note: str | None = text("Ghi chú", "Note")


@declare(
    "site_extent", vi="Hình học của điểm", en="Extent of a site", title=("label",), shelf="site"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteExtent(Record):
    """A point, line or polygon of a site as GeoJSON in WGS 84."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    label: str | None = text("Tên hình", "Label", in_list=True)
    geojson: str | None = geometry(
        "Hình học (GeoJSON, WGS 84)", "Geometry (GeoJSON, WGS 84)", required_at=Stage.DRAFT
    )
    purpose: str | None = choice("extent_purpose", "Thể hiện", "Shows", in_list=True)
    method: str | None = choice("coord_method", "Cách lấy", "How captured")
    source_crs: str | None = text("Hệ tọa độ gốc", "CRS as captured")
    drawn_on: str | None = date("Ngày vẽ", "Drawn on")
    source: str | None = long_text("Nguồn", "Source", audience=Audience.EVALUATORS)


@declare(
    "site_former_commune",
    vi="Xã cũ của điểm",
    en="Former commune of a site",
    title=("former_commune_code",),
    shelf="site",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFormerCommune(Record):
    """One of several former communes a site lies in."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    former_commune_code: str | None = reference(
        "former_commune", "Xã / phường cũ", "Former commune / ward", in_list=True
    )
    source: str | None = text("Căn cứ", "Basis")


@declare(
    "site_lithology",
    vi="Thạch học của điểm",
    en="Lithology of a site",
    title=("lithology",),
    shelf="site",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLithology(Record):
    """A rock seen at a site, as a term of the CGI simple lithology."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    lithology: str | None = choice("lithology", "Thạch học", "Lithology", in_list=True)
    is_main: bool | None = boolean("Đá chính", "Main rock", in_list=True)
    note_vi: str | None = text("Ghi chú (tiếng Việt)", "Note (Vietnamese)", language="vi")
    note_en: str | None = text("Ghi chú (tiếng Anh)", "Note (English)", language="en")


@declare(
    "site_unit",
    vi="Phân vị địa chất của điểm",
    en="Geological unit of a site",
    title=("formation_uuid",),
    shelf="site",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteUnit(Record):
    """A geological unit exposed at a site."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    formation_uuid: str | None = reference(
        "formation", "Phân vị (hệ tầng)", "Unit (formation)", in_list=True
    )
    symbol: str | None = text("Ký hiệu trên bản đồ", "Map symbol", in_list=True)
    member: str | None = text("Tập, phần", "Member, part")
    source: str | None = long_text("Nguồn", "Source", audience=Audience.EVALUATORS)


@declare(
    "site_other_value",
    vi="Giá trị khác của điểm",
    en="Other value of a site",
    title=("term",),
    shelf="site",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOtherValue(Record):
    """One element of the set of other values of a site; key: uuid5(site, term)."""

    site_uuid: str | None = reference("site", "Điểm", "Site", merge=Merge.SET)
    term: str | None = choice("other_value", "Giá trị khác", "Other value", merge=Merge.SET)


@declare(
    "site_current_use",
    vi="Sử dụng hiện tại của điểm",
    en="Current use of a site",
    title=("term",),
    shelf="site",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCurrentUse(Record):
    """One element of the set of current uses of a site; key: uuid5(site, term)."""

    site_uuid: str | None = reference("site", "Điểm", "Site", merge=Merge.SET)
    term: str | None = choice("current_use", "Sử dụng", "Use", merge=Merge.SET)


@declare(
    "site_protection",
    vi="Quyết định bảo vệ điểm",
    en="Protection decision of a site",
    title=("status", "decision_no"),
    shelf="site",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProtection(Record):
    """One protection status of a site with the decision that gives it."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    status: str | None = choice(
        "protection_status",
        "Hình thức bảo vệ",
        "Protection status",
        in_list=True,
        required_at=Stage.DRAFT,
    )
    relic_type: str | None = choice("relic_type", "Loại di tích", "Type of relic")
    decision_no: str | None = text(
        "Số quyết định", "Decision number", in_list=True, searchable=True
    )
    decided_on: str | None = date("Ngày ký", "Date", in_list=True)
    authority_vi: str | None = text(
        "Cơ quan ban hành (tiếng Việt)", "Authority (Vietnamese)", language="vi"
    )
    authority_en: str | None = text(
        "Cơ quan ban hành (tiếng Anh)", "Authority (English)", language="en"
    )
    zone: str | None = choice("protection_zone", "Khu vực bảo vệ", "Zone")
    area_ha: float | None = decimal("Diện tích (ha)", "Area (ha)")
    valid_until: str | None = date("Hiệu lực đến", "Valid until")
    document_uuid: str | None = reference("document", "Văn bản (bản quét)", "Decision (scan)")
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "site_sample",
    vi="Mẫu vật của điểm",
    en="Sample of a site",
    title=("number", "name_vi"),
    shelf="site",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSample(Record):
    """A sample, fossil or specimen and where it is kept."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    number: str | None = text("Số hiệu mẫu", "Sample number", in_list=True, searchable=True)
    name_vi: str | None = text(
        "Tên mẫu (tiếng Việt)", "Name (Vietnamese)", language="vi", in_list=True, searchable=True
    )
    name_en: str | None = text(
        "Tên mẫu (tiếng Anh)", "Name (English)", language="en", searchable=True
    )
    kept_at: str | None = text("Nơi lưu giữ", "Kept at", audience=Audience.EVALUATORS, in_list=True)
    collected_on: str | None = date("Ngày lấy", "Collected on")
    collector: str | None = text(
        "Người lấy", "Collector", personal=True, audience=Audience.INTERNAL
    )
    analysis_vi: str | None = long_text(
        "Kết quả phân tích (tiếng Việt)", "Analyses (Vietnamese)", language="vi"
    )
    analysis_en: str | None = long_text(
        "Kết quả phân tích (tiếng Anh)", "Analyses (English)", language="en"
    )
    document_uuid: str | None = reference("document", "Báo cáo, phiếu phân tích", "Report")


@declare(
    "site_reference",
    vi="Tài liệu viết về điểm",
    en="Reference of a site",
    title=("reference_uuid",),
    shelf="site",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReference(Record):
    """A publication that is about a site."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    reference_uuid: str | None = reference(
        "reference", "Tài liệu tham khảo", "Reference", in_list=True
    )
    pages: str | None = text("Trang", "Pages", in_list=True)
    note_vi: str | None = text(
        "Nội dung liên quan (tiếng Việt)", "What it says (Vietnamese)", language="vi"
    )
    note_en: str | None = text(
        "Nội dung liên quan (tiếng Anh)", "What it says (English)", language="en"
    )


@declare(
    "site_link", vi="Điểm liên quan", en="Associated site", title=("other_site_uuid",), shelf="site"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLink(Record):
    """Another site near or tied to a site, with its distance."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    other_site_uuid: str | None = reference("site", "Điểm liên quan", "Other site", in_list=True)
    distance_km: float | None = decimal("Khoảng cách (km)", "Distance (km)", in_list=True)
    relation_vi: str | None = text(
        "Mối liên hệ địa chất – sinh thái – văn hóa (tiếng Việt)",
        "Geology, ecology and culture link (Vietnamese)",
        language="vi",
        searchable=True,
    )
    relation_en: str | None = text(
        "Mối liên hệ địa chất – sinh thái – văn hóa (tiếng Anh)",
        "Geology, ecology and culture link (English)",
        language="en",
        searchable=True,
    )


@declare("site_person", vi="Người của điểm", en="Person of a site", title=("role",), shelf="site")
@dataclass(frozen=True, slots=True, kw_only=True)
class SitePerson(Record):
    """Who surveyed, compiled, reviewed or looks after a site."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    person_uuid: str | None = reference(
        "person", "Người", "Person", audience=Audience.INTERNAL, in_list=True
    )
    role: str | None = choice("site_role", "Vai trò", "Role", in_list=True)
    since: str | None = date("Từ ngày", "Since")
    until: str | None = date("Đến ngày", "Until")


@declare("site_cave", vi="Số liệu hang", en="Cave survey", title=("name_vi",), shelf="site")
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCave(Record):
    """Measured figures of a cave."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    name_vi: str | None = text(
        "Tên hang (tiếng Việt)", "Name (Vietnamese)", language="vi", in_list=True, searchable=True
    )
    name_en: str | None = text(
        "Tên hang (tiếng Anh)", "Name (English)", language="en", searchable=True
    )
    length_m: float | None = decimal("Chiều dài (m)", "Length (m)", in_list=True)
    depth_m: float | None = decimal("Độ sâu (m)", "Depth (m)", in_list=True)
    entrances: int | None = integer("Số cửa", "Entrances")
    surveyed_on: str | None = date("Ngày đo vẽ", "Surveyed on")
    survey_grade: str | None = text("Cấp đo vẽ", "Survey grade")
    surveyors: str | None = text(
        "Người đo vẽ", "Surveyors", personal=True, audience=Audience.INTERNAL
    )
    document_uuid: str | None = reference("document", "Bản vẽ hang", "Cave map")


@declare(
    "review_comment", vi="Ý kiến thẩm tra", en="Reviewer comment", title=("comment",), shelf="site"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewComment(Record):
    """What a reviewer asks about a record, and what was answered."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    field_name: str | None = text("Trường", "Field", in_list=True)
    comment: str | None = long_text(
        "Ý kiến", "Comment", audience=Audience.INTERNAL, in_list=True, required_at=Stage.DRAFT
    )
    reviewer: str | None = text(
        "Người thẩm tra", "Reviewer", personal=True, audience=Audience.INTERNAL
    )
    made_on: str | None = date("Ngày", "Date", in_list=True)
    answer: str | None = long_text("Trả lời", "Answer", audience=Audience.INTERNAL)
    resolved: bool | None = boolean("Đã xử lý", "Resolved", in_list=True)
