"""Documents with files, and the bibliography."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Record,
    Stage,
    boolean,
    choice,
    date,
    declare,
    integer,
    long_text,
    reference,
    text,
)


@declare("document", vi="Tài liệu", en="Document", title=("number", "title_vi"), shelf="documents")
@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """A document, drawing or video with its file; nothing classified belongs here."""

    document_kind: str | None = choice(
        "document_kind", "Loại tài liệu", "Kind", in_list=True, required_at=Stage.DRAFT
    )
    number: str | None = text("Số, ký hiệu", "Number", in_list=True, searchable=True)
    title_vi: str | None = text(
        "Trích yếu, tên (tiếng Việt)",
        "Title (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    title_en: str | None = text(
        "Trích yếu, tên (tiếng Anh)",
        "Title (English)",
        language="en",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    issued_on: str | None = date("Ngày", "Date", in_list=True)
    issuer_vi: str | None = text(
        "Cơ quan, tác giả (tiếng Việt)", "Issuer, author (Vietnamese)", language="vi", in_list=True
    )
    issuer_en: str | None = text(
        "Cơ quan, tác giả (tiếng Anh)", "Issuer, author (English)", language="en"
    )
    valid_to: str | None = date("Hiệu lực đến", "Valid until", in_list=True)
    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True)
    route_uuid: str | None = reference("route", "Tuyến", "Route")
    languages: str | None = text("Ngôn ngữ", "Languages")
    url: str | None = text("Địa chỉ mạng", "Web address")
    not_classified: bool | None = boolean(
        "Đã xác nhận không mật", "Confirmed: not classified", audience=Audience.INTERNAL
    )
    readers: str | None = choice("readers", "Được xem bởi", "May be seen by")
    file_name: str | None = text(
        "Tên tệp", "File name", audience=Audience.EVALUATORS, in_list=True, in_form=False
    )
    sha256: str | None = text("SHA-256 của tệp", "SHA-256 of the file", in_form=False)
    media_type: str | None = text("Định dạng", "Format", in_form=False)
    byte_count: int | None = integer("Số byte", "Bytes", in_form=False)
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)


@declare(
    "reference",
    vi="Tài liệu tham khảo",
    en="Reference",
    title=("citation",),
    code="cite_key",
    shelf="documents",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Record):
    """A publication in the bibliography of the area."""

    cite_key: str | None = text("Khóa trích dẫn", "Citation key", in_list=True, searchable=True)
    reference_kind: str | None = choice("reference_kind", "Loại", "Kind", in_list=True)
    authors: str | None = text("Tác giả", "Authors", in_list=True, searchable=True)
    year: int | None = integer("Năm", "Year", in_list=True, required_at=Stage.DRAFT)
    title: str | None = text(
        "Nhan đề", "Title", in_list=True, searchable=True, required_at=Stage.DRAFT
    )
    title_vi: str | None = text(
        "Nhan đề (tiếng Việt)", "Title (Vietnamese)", language="vi", searchable=True
    )
    title_en: str | None = text(
        "Nhan đề (tiếng Anh)", "Title (English)", language="en", searchable=True
    )
    container: str | None = text("Tạp chí, sách", "Journal, book", searchable=True)
    volume: str | None = text("Tập", "Volume")
    issue: str | None = text("Số", "Issue")
    pages: str | None = text("Trang", "Pages")
    publisher: str | None = text("Nhà xuất bản", "Publisher")
    doi: str | None = text("DOI", "DOI", searchable=True)
    url: str | None = text("Địa chỉ mạng", "Web address")
    language: str | None = text("Ngôn ngữ", "Language")
    is_main_international: bool | None = boolean(
        "Bài quốc tế chính", "Main international paper", in_list=True
    )
    citation: str | None = long_text("Trích dẫn đầy đủ", "Full citation", searchable=True)
    document_uuid: str | None = reference("document", "Tệp", "File")
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
