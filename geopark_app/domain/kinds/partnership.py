"""Partners, their products and contracts, guides and tours."""

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


@declare("partner", vi="Đối tác", en="Partner", title=("name_vi",), shelf="partner")
@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Record):
    """A partner of the geopark: criteria, agreement, plate, no-sale declaration, figures."""

    partner_kind: str | None = choice(
        "partner_kind", "Loại đối tác", "Kind", in_list=True, required_at=Stage.DRAFT
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
    commune_code: str | None = reference("commune", "Xã / phường", "Commune / ward", in_list=True)
    position: Position | None = position("Vị trí", "Position", aliases=POSITION_ALIASES)
    site_uuid: str | None = reference("site", "Điểm", "Site")
    contact: str | None = text(
        "Người liên hệ", "Contact", personal=True, audience=Audience.INTERNAL
    )
    phone: str | None = text("Điện thoại", "Phone", personal=True, audience=Audience.INTERNAL)
    email: str | None = text("Thư điện tử", "E-mail", personal=True, audience=Audience.INTERNAL)
    website: str | None = text("Trang mạng", "Website")
    meets_criteria: bool | None = boolean(
        "Đạt tiêu chí đối tác", "Meets the criteria", in_list=True
    )
    criteria_checked_on: str | None = date("Ngày xét tiêu chí", "Criteria checked on")
    agreement_no: str | None = text(
        "Số thỏa thuận", "Agreement number", audience=Audience.EVALUATORS
    )
    agreement_on: str | None = date("Ngày ký", "Agreement signed on", in_list=True)
    agreement_until: str | None = date("Hiệu lực đến", "Agreement until", in_list=True)
    plate_given_on: str | None = date("Ngày trao biển đối tác", "Plate given on")
    declares_no_geomaterial_sale: bool | None = boolean(
        "Cam kết không bán mẫu địa chất", "Declares no sale of geological material", in_list=True
    )
    declared_on: str | None = date("Ngày cam kết", "Declared on")
    ocop_products: int | None = integer("Số sản phẩm OCOP", "OCOP products")
    rooms: int | None = integer("Số phòng", "Rooms")
    employees: int | None = integer("Số lao động", "Employees", audience=Audience.EVALUATORS)
    women: int | None = integer("Lao động nữ", "Women employed", audience=Audience.EVALUATORS)
    ethnic_minority: int | None = integer(
        "Lao động dân tộc thiểu số", "Employed from ethnic minorities", audience=Audience.EVALUATORS
    )
    is_local: bool | None = boolean("Của người địa phương", "Local")
    document_uuid: str | None = reference("document", "Thỏa thuận (bản quét)", "Agreement (scan)")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare("product", vi="Sản phẩm", en="Product", title=("name_vi",), shelf="partner")
@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Record):
    """A local product, with its label."""

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
    partner_uuid: str | None = reference("partner", "Đối tác", "Partner", in_list=True)
    product_label: str | None = choice("product_label", "Nhãn", "Label", in_list=True)
    ocop_stars: int | None = integer("Hạng OCOP (sao)", "OCOP stars", in_list=True)
    certificate_no: str | None = text("Số chứng nhận", "Certificate")
    certified_on: str | None = date("Ngày chứng nhận", "Certified on", in_list=True)
    valid_until: str | None = date("Hiệu lực đến", "Valid until")
    is_geoproduct: bool | None = boolean("Gắn với CVĐC", "Geoproduct", in_list=True)
    story_vi: str | None = long_text(
        "Câu chuyện sản phẩm (tiếng Việt)", "Story (Vietnamese)", language="vi"
    )
    story_en: str | None = long_text(
        "Câu chuyện sản phẩm (tiếng Anh)", "Story (English)", language="en"
    )
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare("contract", vi="Hợp đồng", en="Contract", title=("number", "subject_vi"), shelf="partner")
@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Record):
    """A contract, above all with local firms."""

    number: str | None = text(
        "Số hợp đồng", "Number", audience=Audience.EVALUATORS, in_list=True, searchable=True
    )
    subject_vi: str | None = text(
        "Nội dung (tiếng Việt)",
        "Subject (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    subject_en: str | None = text(
        "Nội dung (tiếng Anh)",
        "Subject (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    partner_uuid: str | None = reference("partner", "Đối tác", "Partner", in_list=True)
    firm: str | None = text("Đơn vị", "Firm", audience=Audience.EVALUATORS, in_list=True)
    is_local: bool | None = boolean(
        "Đơn vị trong vùng CVĐC", "Firm of the geopark area", in_list=True
    )
    contract_kind: str | None = choice("contract_kind", "Loại", "Kind", in_list=True)
    signed_on: str | None = date("Ngày ký", "Signed on", in_list=True, required_at=Stage.DRAFT)
    until_on: str | None = date("Đến ngày", "Until")
    amount: Quantity | None = quantity("Giá trị", "Value", audience=Audience.EVALUATORS)
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare("guide", vi="Hướng dẫn viên", en="Guide", title=("name",), shelf="partner")
@dataclass(frozen=True, slots=True, kw_only=True)
class Guide(Record):
    """A guide: languages, licence, training."""

    name: str | None = text(
        "Họ tên",
        "Name",
        personal=True,
        audience=Audience.INTERNAL,
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    person_uuid: str | None = reference(
        "person", "Trong danh bạ", "In the list of people", audience=Audience.INTERNAL
    )
    sex: str | None = choice("sex", "Giới", "Sex", personal=True, audience=Audience.INTERNAL)
    guide_kind: str | None = choice("guide_kind", "Loại", "Kind", in_list=True)
    languages: str | None = text("Ngôn ngữ", "Languages", in_list=True)
    licence_no: str | None = text(
        "Số thẻ", "Licence number", personal=True, audience=Audience.INTERNAL
    )
    licence_until: str | None = date("Thẻ có hạn đến", "Licence until", audience=Audience.INTERNAL)
    trained_on: str | None = date("Tập huấn gần nhất", "Last trained on", in_list=True)
    is_local: bool | None = boolean("Người địa phương", "Local", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare("tour", vi="Tua, chương trình tham quan", en="Tour", title=("name_vi",), shelf="partner")
@dataclass(frozen=True, slots=True, kw_only=True)
class Tour(Record):
    """A tour or programme offered to visitors."""

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
    tour_kind: str | None = choice("tour_kind", "Loại", "Kind", in_list=True)
    route_uuid: str | None = reference("route", "Tuyến", "Route", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site")
    partner_uuid: str | None = reference("partner", "Đơn vị tổ chức", "Operator", in_list=True)
    hours: float | None = decimal("Thời lượng (giờ)", "Duration (hours)", in_list=True)
    price: Quantity | None = quantity("Giá", "Price")
    languages: str | None = text("Ngôn ngữ", "Languages", in_list=True)
    since: str | None = date("Từ ngày", "Since")
    until: str | None = date("Đến ngày", "Until")
    description_vi: str | None = long_text(
        "Nội dung (tiếng Việt)", "Description (Vietnamese)", language="vi", searchable=True
    )
    description_en: str | None = long_text(
        "Nội dung (tiếng Anh)", "Description (English)", language="en", searchable=True
    )
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
