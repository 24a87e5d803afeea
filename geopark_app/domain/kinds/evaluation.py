"""Evaluation forms as versioned rows, the geopark's answers, and numbered evidence."""

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


@declare(
    "evaluation_form",
    vi="Biểu đánh giá",
    en="Evaluation form",
    title=("title_vi",),
    code="edition",
    is_seeded=True,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationForm(Record):
    """One edition of an evaluation form; its points count once the office has confirmed them."""

    edition: str | None = text("Ấn bản", "Edition", in_list=True)
    title_vi: str | None = text("Tên", "Title (Vietnamese)", language="vi", in_list=True)
    title_en: str | None = text("Tên (tiếng Anh)", "Title (English)", language="en")
    status_vi: str | None = long_text("Tình trạng", "Status (Vietnamese)", language="vi")
    status_en: str | None = long_text("Tình trạng (tiếng Anh)", "Status (English)", language="en")
    source: str | None = long_text("Nguồn", "Source")
    points_confirmed: bool | None = boolean(
        "Điểm đã đối chiếu với biểu chính thức", "Points confirmed by the official form"
    )
    confirmed_note: str | None = text("Căn cứ xác nhận", "What confirms the points")
    document: str | None = text("Loại biểu (A, B)", "Document (A, B)", in_list=True)


@declare(
    "form_category", vi="Phần của biểu", en="Form category", title=("label_vi",), is_seeded=True
)
@dataclass(frozen=True, slots=True, kw_only=True)
class FormCategory(Record):
    """A category: its weight, and its greatest number of points as printed in the form."""

    form_uuid: str | None = reference("evaluation_form", "Biểu", "Form")
    code: str | None = text("Mã phần", "Category code", in_list=True)
    label_vi: str | None = text("Phần", "Category (Vietnamese)", language="vi", in_list=True)
    label_en: str | None = text("Phần (tiếng Anh)", "Category (English)", language="en")
    weight: int | None = integer("Trọng số (%)", "Weight (%)", in_list=True)
    max_points: int | None = integer("Điểm tối đa", "Greatest points", in_list=True)
    minimum_percent: int | None = integer("Mức tối thiểu (%)", "Minimum (%)")
    points_status: str | None = text("Nguồn của điểm", "Where the points come from")
    sort_order: int | None = integer("Thứ tự", "Order")


@declare("form_group", vi="Nhóm của biểu", en="Form group", title=("label_vi",), is_seeded=True)
@dataclass(frozen=True, slots=True, kw_only=True)
class FormGroup(Record):
    """A group of items; its points are the smaller of their sum and its cap."""

    form_uuid: str | None = reference("evaluation_form", "Biểu", "Form")
    category_uuid: str | None = reference("form_category", "Phần", "Category")
    code: str | None = text("Mã nhóm", "Group code", in_list=True)
    label_vi: str | None = text("Nhóm", "Group (Vietnamese)", language="vi", in_list=True)
    label_en: str | None = text("Nhóm (tiếng Anh)", "Group (English)", language="en")
    max_points: int | None = integer("Điểm tối đa", "Greatest points", in_list=True)
    points_status: str | None = text("Nguồn của điểm", "Where the points come from")
    sort_order: int | None = integer("Thứ tự", "Order")


@declare(
    "form_item",
    vi="Mục của biểu",
    en="Form item",
    title=("code", "label_vi"),
    code="code",
    is_seeded=True,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class FormItem(Record):
    """One item: chosen once, several times, or counted; what feeds it and what proves it."""

    form_uuid: str | None = reference("evaluation_form", "Biểu", "Form")
    group_uuid: str | None = reference("form_group", "Nhóm", "Group")
    code: str | None = text("Mã mục", "Item code", in_list=True)
    label_vi: str | None = text(
        "Nội dung", "Item (Vietnamese)", language="vi", in_list=True, searchable=True
    )
    label_en: str | None = text(
        "Nội dung (tiếng Anh)", "Item (English)", language="en", searchable=True
    )
    answer_type: str | None = text("Kiểu trả lời", "Answer type (single, multi, count)")
    max_points: int | None = integer("Điểm tối đa", "Greatest points", in_list=True)
    per_unit: int | None = integer("Điểm mỗi đơn vị", "Points per unit")
    points_status: str | None = text("Nguồn của điểm", "Where the points come from")
    fed_by: str | None = text("Lấy từ", "Fed by")
    evidence_vi: str | None = text(
        "Bằng chứng cần có", "Evidence wanted (Vietnamese)", language="vi"
    )
    evidence_en: str | None = text(
        "Bằng chứng cần có (tiếng Anh)", "Evidence wanted (English)", language="en"
    )
    sort_order: int | None = integer("Thứ tự", "Order")


@declare(
    "form_option", vi="Lựa chọn của mục", en="Form option", title=("label_vi",), is_seeded=True
)
@dataclass(frozen=True, slots=True, kw_only=True)
class FormOption(Record):
    """One answer an item offers, and its points."""

    item_uuid: str | None = reference("form_item", "Mục", "Item")
    code: str | None = text("Mã lựa chọn", "Option code", in_list=True)
    label_vi: str | None = text("Lựa chọn", "Option (Vietnamese)", language="vi", in_list=True)
    label_en: str | None = text("Lựa chọn (tiếng Anh)", "Option (English)", language="en")
    points: int | None = integer("Điểm", "Points", in_list=True)
    sort_order: int | None = integer("Thứ tự", "Order")


@declare("form_answer", vi="Trả lời tự đánh giá", en="Self-evaluation answer", title=("chosen",))
@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswer(Record):
    """The geopark's answer to one item, and the evaluators' points; key: uuid5(item, answer)."""

    item_uuid: str | None = reference("form_item", "Mục", "Item", in_list=True)
    chosen: str | None = text("Lựa chọn", "Options chosen", in_list=True)
    counted: int | None = integer("Số lượng", "Number counted", in_list=True)
    evaluator_points: int | None = integer("Điểm của đoàn thẩm định", "Evaluators' points")
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.EVALUATORS)
    answered_on: str | None = date("Ngày trả lời", "Answered on")
    answered_by: str | None = text(
        "Người trả lời", "Answered by", personal=True, audience=Audience.INTERNAL
    )


@declare("form_file", vi="Tệp biểu của văn phòng", en="Form file of the office", title=("name",))
@dataclass(frozen=True, slots=True, kw_only=True)
class FormFile(Record):
    """A workbook or document the office fills in: which file, and what stands beside its places."""

    form_uuid: str | None = reference("evaluation_form", "Biểu", "Form")
    name: str | None = text("Tên tệp", "File name", in_list=True)
    file_sha256: str | None = text("Mã băm của tệp", "Hash of the file")
    layout: str | None = text("Mã băm của bố cục", "Hash of the layout")
    mapped_on: str | None = date("Ngày lập bảng ô", "Mapped on", in_list=True)


@declare("form_place", vi="Ô của tệp biểu", en="Place in a form file", title=("target", "place"))
@dataclass(frozen=True, slots=True, kw_only=True)
class FormPlace(Record):
    """Where one value of the form is written; key: uuid5(file, target)."""

    file_uuid: str | None = reference("form_file", "Tệp", "File")
    target: str | None = text("Giá trị", "Value", in_list=True)
    place: str | None = text("Ô", "Place", in_list=True)
    anchor: str | None = text("Chữ bên cạnh", "Text beside it")


@declare(
    "evidence", vi="Bằng chứng", en="Evidence", title=("number", "title_vi"), shelf="documents"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """One numbered piece of evidence: a file, photo, record, visit or address that proves."""

    number: str | None = text("Số hiệu", "Number", in_list=True)
    title_vi: str | None = text(
        "Tên bằng chứng",
        "Title (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    title_en: str | None = text(
        "Tên bằng chứng (tiếng Anh)", "Title (English)", language="en", searchable=True
    )
    evidence_kind: str | None = choice("evidence_kind", "Loại bằng chứng", "Kind", in_list=True)
    document_uuid: str | None = reference("document", "Tài liệu", "Document")
    photo_uuid: str | None = reference("photo", "Ảnh", "Photo")
    site_uuid: str | None = reference("site", "Điểm", "Site")
    visit_uuid: str | None = reference("visit", "Lượt khảo sát", "Visit")
    url: str | None = text("Địa chỉ web", "Web address")
    dated_on: str | None = date("Ngày của bằng chứng", "Date of the evidence", in_list=True)
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.EVALUATORS)
    contract_uuid: str | None = reference("contract", "Hợp đồng, thỏa thuận", "Contract")
    layer_uuid: str | None = reference("map_layer", "Lớp bản đồ", "Map layer")
    figure_vi: str | None = text(
        "Số liệu và cách đếm (tiếng Việt)",
        "Figure and how it was counted (Vietnamese)",
        language="vi",
    )
    figure_en: str | None = text(
        "Số liệu và cách đếm (tiếng Anh)", "Figure and how it was counted (English)", language="en"
    )
    freeze_uuid: str | None = reference(
        "evidence_freeze", "Số hiệu chốt ở", "Number fixed in", in_form=False
    )


@declare(
    "evidence_freeze",
    vi="Lần chốt số bằng chứng",
    en="Fixing of evidence numbers",
    title=("fixed_on", "title_vi"),
    shelf="documents",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFreeze(Record):
    """From here on the numbers given so far never change; `last_number` was the highest."""

    title_vi: str | None = text("Chốt cho", "Fixed for (Vietnamese)", language="vi", in_list=True)
    title_en: str | None = text("Chốt cho (tiếng Anh)", "Fixed for (English)", language="en")
    fixed_on: str | None = date("Ngày chốt", "Fixed on", in_list=True)
    fixed_by: str | None = text("Người chốt", "Fixed by", personal=True, audience=Audience.INTERNAL)
    last_number: int | None = integer("Số cuối", "Last number", in_list=True)


@declare(
    "evidence_use",
    vi="Chỗ dùng bằng chứng",
    en="Use of evidence",
    title=("target_code",),
    shelf="documents",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceUse(Record):
    """One place that points to a piece of evidence; key: uuid5(evidence, target)."""

    evidence_uuid: str | None = reference("evidence", "Bằng chứng", "Evidence", in_list=True)
    target_kind: str | None = text("Loại chỗ dùng", "Kind of place", in_list=True)
    target_code: str | None = text("Mã chỗ dùng", "Code of the place", in_list=True)
