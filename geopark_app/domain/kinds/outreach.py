"""Activities, publications, teaching material, media: what the geopark does and says."""

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
    "activity",
    vi="Hoạt động, cuộc họp",
    en="Activity or meeting",
    title=("name_vi",),
    shelf="activity",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Record):
    """Education, event, network, training or meeting, with participants."""

    activity_kind: str | None = choice(
        "activity_kind", "Loại hoạt động", "Kind", in_list=True, required_at=Stage.DRAFT
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
    starts_on: str | None = date("Từ ngày", "From", in_list=True, required_at=Stage.DRAFT)
    ends_on: str | None = date("Đến ngày", "To")
    place: str | None = text("Nơi tổ chức", "Place", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site")
    organisation_uuid: str | None = reference("organisation", "Đơn vị tổ chức", "Organised by")
    partner_uuid: str | None = reference("partner", "Đối tác", "Partner")
    participants: int | None = integer("Số người dự", "Participants", in_list=True)
    women: int | None = integer("Trong đó nữ", "Of them women")
    pupils: int | None = integer("Trong đó học sinh, sinh viên", "Of them pupils and students")
    hours: float | None = decimal("Số giờ", "Hours")
    is_network: bool | None = boolean(
        "Thuộc mạng lưới CVĐC", "Of the geopark networks", in_list=True
    )
    is_international: bool | None = boolean("Có quốc tế", "International")
    topic: str | None = choice("activity_topic", "Chủ đề", "Topic", in_list=True)
    description_vi: str | None = long_text(
        "Nội dung (tiếng Việt)", "Description (Vietnamese)", language="vi", searchable=True
    )
    description_en: str | None = long_text(
        "Nội dung (tiếng Anh)", "Description (English)", language="en", searchable=True
    )
    result_vi: str | None = long_text("Kết quả (tiếng Việt)", "Result (Vietnamese)", language="vi")
    result_en: str | None = long_text("Kết quả (tiếng Anh)", "Result (English)", language="en")
    photo_uuid: str | None = reference("photo", "Ảnh", "Photo")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare("publication", vi="Ấn phẩm", en="Publication", title=("title_vi",), shelf="activity")
@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Record):
    """A book, leaflet, map, film, article or application of the geopark."""

    publication_kind: str | None = choice(
        "publication_kind", "Loại ấn phẩm", "Kind", in_list=True, required_at=Stage.DRAFT
    )
    title_vi: str | None = text(
        "Nhan đề (tiếng Việt)",
        "Title (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    title_en: str | None = text(
        "Nhan đề (tiếng Anh)",
        "Title (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    authors: str | None = text("Tác giả", "Authors", searchable=True)
    published_on: str | None = date("Ngày phát hành", "Published on", in_list=True)
    publisher: str | None = text("Nơi xuất bản", "Publisher")
    languages: str | None = text("Ngôn ngữ", "Languages", in_list=True)
    for_whom: str | None = choice("readership", "Người đọc", "Readers", in_list=True)
    copies: int | None = integer("Số bản", "Copies", in_list=True)
    url: str | None = text("Địa chỉ mạng", "Web address")
    isbn: str | None = text("ISBN, DOI", "ISBN, DOI")
    site_uuid: str | None = reference("site", "Điểm", "Site")
    route_uuid: str | None = reference("route", "Tuyến", "Route")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "teaching_material",
    vi="Tài liệu giáo dục",
    en="Teaching material",
    title=("title_vi",),
    shelf="activity",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class TeachingMaterial(Record):
    """Material made for schools and groups."""

    material_kind: str | None = choice(
        "material_kind", "Loại", "Kind", in_list=True, required_at=Stage.DRAFT
    )
    title_vi: str | None = text(
        "Tên (tiếng Việt)",
        "Title (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    title_en: str | None = text(
        "Tên (tiếng Anh)",
        "Title (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    school_level: str | None = choice("school_level", "Cấp học", "School level", in_list=True)
    topic: str | None = choice("activity_topic", "Chủ đề", "Topic")
    languages: str | None = text("Ngôn ngữ", "Languages", in_list=True)
    made_on: str | None = date("Ngày làm", "Made on", in_list=True)
    copies: int | None = integer("Số bản", "Copies")
    used_by: str | None = text("Nơi dùng", "Used by")
    site_uuid: str | None = reference("site", "Điểm", "Site")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "website",
    vi="Trang mạng, mạng xã hội",
    en="Website or social media",
    title=("name",),
    shelf="activity",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Website(Record):
    """A website or social-media account."""

    name: str | None = text("Tên", "Name", in_list=True, searchable=True, required_at=Stage.DRAFT)
    channel_kind: str | None = choice("channel_kind", "Loại", "Kind", in_list=True)
    url: str | None = text("Địa chỉ", "Address", in_list=True, required_at=Stage.DRAFT)
    languages: str | None = text("Ngôn ngữ", "Languages", in_list=True)
    started_on: str | None = date("Bắt đầu", "Started on")
    followers: int | None = integer("Người theo dõi", "Followers", in_list=True)
    visits_per_year: int | None = integer("Lượt xem/năm", "Visits per year", in_list=True)
    counted_on: str | None = date("Ngày đếm", "Counted on")
    has_bookings: bool | None = boolean("Đặt được dịch vụ", "Takes bookings")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "media_item",
    vi="Tin, bài, chương trình",
    en="Media item",
    title=("title_vi",),
    shelf="activity",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem(Record):
    """A report about the geopark in press, radio, television or online."""

    title_vi: str | None = text(
        "Nhan đề (tiếng Việt)",
        "Title (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    title_en: str | None = text(
        "Nhan đề (tiếng Anh)",
        "Title (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    outlet: str | None = text("Cơ quan báo chí", "Outlet", in_list=True)
    media_kind: str | None = choice("media_kind", "Loại", "Kind", in_list=True)
    published_on: str | None = date(
        "Ngày đăng", "Published on", in_list=True, required_at=Stage.DRAFT
    )
    url: str | None = text("Địa chỉ mạng", "Web address")
    languages: str | None = text("Ngôn ngữ", "Languages")
    is_international: bool | None = boolean("Quốc tế", "International")
    site_uuid: str | None = reference("site", "Điểm", "Site")
    evidence: str | None = long_text(
        "Minh chứng, nguồn", "Evidence, source", audience=Audience.EVALUATORS
    )
    document_uuid: str | None = reference(
        "document", "Văn bản, tệp minh chứng", "Evidence document"
    )
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
