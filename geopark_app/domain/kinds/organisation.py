"""The geopark as an organisation: bodies, members, staff, budget, projects, awards."""

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
    quantity,
    reference,
    text,
)
from geopark_app.domain.position import Quantity


@declare("person", vi="Người", en="Person", title=("name",), shelf="organisation")
@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """One person kept for a purpose, with consent; the one table of people."""

    name: str | None = text(
        "Họ tên",
        "Name",
        personal=True,
        audience=Audience.INTERNAL,
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    sex: str | None = choice(
        "sex", "Giới", "Sex", personal=True, audience=Audience.INTERNAL, in_list=True
    )
    role_vi: str | None = text(
        "Chức danh, vai trò (tiếng Việt)", "Role (Vietnamese)", language="vi", in_list=True
    )
    role_en: str | None = text("Chức danh, vai trò (tiếng Anh)", "Role (English)", language="en")
    organisation_name: str | None = text(
        "Cơ quan", "Organisation", personal=True, audience=Audience.INTERNAL, in_list=True
    )
    phone: str | None = text("Điện thoại", "Phone", personal=True, audience=Audience.INTERNAL)
    email: str | None = text("Thư điện tử", "E-mail", personal=True, audience=Audience.INTERNAL)
    address: str | None = text("Địa chỉ", "Address", personal=True, audience=Audience.INTERNAL)
    purpose_vi: str | None = text(
        "Mục đích lưu (tiếng Việt)",
        "Purpose of keeping (Vietnamese)",
        language="vi",
        audience=Audience.INTERNAL,
    )
    purpose_en: str | None = text(
        "Mục đích lưu (tiếng Anh)",
        "Purpose of keeping (English)",
        language="en",
        audience=Audience.INTERNAL,
    )
    consent: str | None = choice(
        "consent", "Đồng ý", "Consent", audience=Audience.INTERNAL, in_list=True
    )
    consent_on: str | None = date("Ngày đồng ý", "Consent given on", audience=Audience.INTERNAL)
    paper_held: bool | None = boolean("Có giấy đồng ý", "Paper held", audience=Audience.INTERNAL)
    document_uuid: str | None = reference(
        "document", "Bản quét giấy đồng ý", "Scan of the paper", audience=Audience.INTERNAL
    )
    keep_until: str | None = date("Lưu đến", "Keep until", audience=Audience.INTERNAL)
    note: str | None = long_text("Ghi chú", "Note", personal=True, audience=Audience.INTERNAL)


@declare(
    "organisation",
    vi="Tổ chức, đơn vị",
    en="Organisation or body",
    title=("name_vi",),
    shelf="organisation",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """The management body, its committees and other bodies: profile and legal basis."""

    body_kind: str | None = choice(
        "body_kind", "Loại tổ chức", "Kind", in_list=True, required_at=Stage.DRAFT
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
    mandate_vi: str | None = long_text(
        "Chức năng, nhiệm vụ (tiếng Việt)", "Mandate (Vietnamese)", language="vi"
    )
    mandate_en: str | None = long_text(
        "Chức năng, nhiệm vụ (tiếng Anh)", "Mandate (English)", language="en"
    )
    legal_basis_vi: str | None = text(
        "Căn cứ thành lập (tiếng Việt)", "Legal basis (Vietnamese)", language="vi"
    )
    legal_basis_en: str | None = text(
        "Căn cứ thành lập (tiếng Anh)", "Legal basis (English)", language="en"
    )
    established_on: str | None = date("Ngày thành lập", "Established on", in_list=True)
    ended_on: str | None = date("Kết thúc", "Ended on")
    address: str | None = text("Địa chỉ", "Address")
    phone: str | None = text("Điện thoại", "Phone")
    email: str | None = text("Thư điện tử", "E-mail")
    website: str | None = text("Trang mạng", "Website")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "governance_member",
    vi="Thành viên điều hành",
    en="Governance member",
    title=("position_vi",),
    shelf="organisation",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceMember(Record):
    """A seat in a governing body and who holds it."""

    organisation_uuid: str | None = reference("organisation", "Tổ chức", "Body", in_list=True)
    person_uuid: str | None = reference(
        "person", "Người", "Person", audience=Audience.INTERNAL, in_list=True
    )
    position_vi: str | None = text(
        "Chức vụ (tiếng Việt)",
        "Position (Vietnamese)",
        language="vi",
        in_list=True,
        required_at=Stage.DRAFT,
    )
    position_en: str | None = text(
        "Chức vụ (tiếng Anh)", "Position (English)", language="en", required_at=Stage.DOSSIER
    )
    represents_vi: str | None = text(
        "Đại diện cho (tiếng Việt)", "Represents (Vietnamese)", language="vi", in_list=True
    )
    represents_en: str | None = text(
        "Đại diện cho (tiếng Anh)", "Represents (English)", language="en"
    )
    is_community: bool | None = boolean(
        "Đại diện cộng đồng", "Represents a community", in_list=True
    )
    sex: str | None = choice("sex", "Giới", "Sex", audience=Audience.EVALUATORS, in_list=True)
    from_on: str | None = date("Từ ngày", "From", in_list=True)
    until_on: str | None = date("Đến ngày", "Until", in_list=True)
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "staff_post", vi="Vị trí công tác", en="Staff post", title=("title_vi",), shelf="organisation"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPost(Record):
    """A post of the geopark's staff: role, area, permanent or not, sex."""

    organisation_uuid: str | None = reference("organisation", "Tổ chức", "Body")
    person_uuid: str | None = reference(
        "person", "Người", "Person", audience=Audience.INTERNAL, in_list=True
    )
    title_vi: str | None = text(
        "Chức danh (tiếng Việt)",
        "Title (Vietnamese)",
        language="vi",
        in_list=True,
        required_at=Stage.DRAFT,
    )
    title_en: str | None = text(
        "Chức danh (tiếng Anh)", "Title (English)", language="en", required_at=Stage.DOSSIER
    )
    area: str | None = choice(
        "staff_area", "Mảng việc", "Area of work", in_list=True, required_at=Stage.DRAFT
    )
    is_permanent: bool | None = boolean("Biên chế, lâu dài", "Permanent", in_list=True)
    full_time_percent: float | None = decimal(
        "Thời gian làm việc (%)", "Working time (%)", in_list=True
    )
    sex: str | None = choice("sex", "Giới", "Sex", audience=Audience.EVALUATORS, in_list=True)
    qualification_vi: str | None = text(
        "Trình độ (tiếng Việt)", "Qualification (Vietnamese)", language="vi"
    )
    qualification_en: str | None = text(
        "Trình độ (tiếng Anh)", "Qualification (English)", language="en"
    )
    started_on: str | None = date("Bắt đầu", "Started on", in_list=True)
    ended_on: str | None = date("Kết thúc", "Ended on", in_list=True)
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "budget_line",
    vi="Dòng ngân sách",
    en="Budget line",
    title=("year", "label_vi"),
    shelf="organisation",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine(Record):
    """One line of the budget of a year; yearly totals are sums of lines."""

    year: int | None = integer("Năm", "Year", in_list=True, required_at=Stage.DRAFT)
    direction: str | None = choice(
        "budget_direction",
        "Thu / chi",
        "Income or expenditure",
        in_list=True,
        required_at=Stage.DRAFT,
    )
    label_vi: str | None = text(
        "Nội dung (tiếng Việt)",
        "Item (Vietnamese)",
        language="vi",
        in_list=True,
        required_at=Stage.DRAFT,
    )
    label_en: str | None = text(
        "Nội dung (tiếng Anh)", "Item (English)", language="en", required_at=Stage.DOSSIER
    )
    source_kind: str | None = choice(
        "budget_source", "Nguồn kinh phí", "Source of money", in_list=True
    )
    planned: Quantity | None = quantity(
        "Dự toán", "Planned", audience=Audience.EVALUATORS, in_list=True
    )
    actual: Quantity | None = quantity(
        "Thực hiện", "Actual", audience=Audience.EVALUATORS, in_list=True
    )
    organisation_uuid: str | None = reference("organisation", "Tổ chức", "Body")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare("project", vi="Dự án", en="Project", title=("name_vi",), shelf="organisation")
@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Record):
    """A project for or with the geopark."""

    name_vi: str | None = text(
        "Tên dự án (tiếng Việt)",
        "Name (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    name_en: str | None = text(
        "Tên dự án (tiếng Anh)",
        "Name (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    project_kind: str | None = choice("project_kind", "Loại", "Kind", in_list=True)
    partners: str | None = text("Đối tác", "Partners")
    funder: str | None = text("Nguồn tài trợ", "Funder", in_list=True)
    starts_on: str | None = date("Bắt đầu", "Starts on", in_list=True)
    ends_on: str | None = date("Kết thúc", "Ends on", in_list=True)
    budget: Quantity | None = quantity("Kinh phí", "Budget", audience=Audience.EVALUATORS)
    site_uuid: str | None = reference("site", "Điểm", "Site")
    result_vi: str | None = long_text("Kết quả (tiếng Việt)", "Result (Vietnamese)", language="vi")
    result_en: str | None = long_text("Kết quả (tiếng Anh)", "Result (English)", language="en")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare("award", vi="Giải thưởng, danh hiệu", en="Award", title=("name_vi",), shelf="organisation")
@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Record):
    """An award or label the geopark, a site or a partner received."""

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
    given_by_vi: str | None = text(
        "Đơn vị trao (tiếng Việt)", "Given by (Vietnamese)", language="vi", in_list=True
    )
    given_by_en: str | None = text("Đơn vị trao (tiếng Anh)", "Given by (English)", language="en")
    given_on: str | None = date("Ngày trao", "Given on", in_list=True, required_at=Stage.DRAFT)
    is_international: bool | None = boolean("Quốc tế", "International", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site")
    partner_uuid: str | None = reference("partner", "Đối tác", "Partner")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "overlap",
    vi="Phạm vi chồng lấn",
    en="Overlapping designation",
    title=("name_vi",),
    shelf="organisation",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap(Record):
    """Another designated area that overlaps the geopark."""

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
    designation: str | None = choice("protection_status", "Danh hiệu", "Designation", in_list=True)
    area_km2: float | None = decimal(
        "Diện tích chồng lấn (km²)", "Overlapping area (km²)", in_list=True
    )
    coordination_vi: str | None = long_text(
        "Cơ chế phối hợp (tiếng Việt)", "Coordination (Vietnamese)", language="vi"
    )
    coordination_en: str | None = long_text(
        "Cơ chế phối hợp (tiếng Anh)", "Coordination (English)", language="en"
    )
    since: str | None = date("Từ ngày", "Since")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
