"""The photo: one picture file with where, when, by whom and under what licence."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Record,
    Stage,
    boolean,
    choice,
    decimal,
    declare,
    instant,
    integer,
    long_text,
    position,
    reference,
    text,
)
from geopark_app.domain.kinds.places import POSITION_ALIASES
from geopark_app.domain.position import Position

_WORDS, _RIGHTS, _USE, _FILE = "words", "rights", "use", "file"


@declare(
    "photo",
    vi="Ảnh",
    en="Photo",
    title=("caption_vi", "file_name"),
    groups=(
        (_WORDS, "Chú thích", "Captions"),
        (_RIGHTS, "Tác giả, bản quyền", "Author and rights"),
        (_USE, "Sử dụng", "Use"),
        (_FILE, "Tệp ảnh", "File"),
    ),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Photo(Record):
    """A picture; the original, thumbnail and rendition are files named by their SHA-256."""

    site_uuid: str | None = reference("site", "Điểm", "Site", group=_FILE, in_form=False)
    caption_vi: str | None = text(
        "Chú thích (tiếng Việt)",
        "Caption (Vietnamese)",
        group=_WORDS,
        language="vi",
        required_at=Stage.DOSSIER,
        searchable=True,
        in_list=True,
    )
    caption_en: str | None = text(
        "Chú thích (tiếng Anh)",
        "Caption (English)",
        group=_WORDS,
        language="en",
        required_at=Stage.DOSSIER,
        searchable=True,
    )
    alt_vi: str | None = text(
        "Mô tả thay thế (tiếng Việt)",
        "Alternative text (Vietnamese)",
        group=_WORDS,
        language="vi",
        required_at=Stage.DOSSIER,
    )
    alt_en: str | None = text(
        "Mô tả thay thế (tiếng Anh)",
        "Alternative text (English)",
        group=_WORDS,
        language="en",
        required_at=Stage.DOSSIER,
    )
    photographer: str | None = text(
        "Người chụp",
        "Photographer",
        group=_RIGHTS,
        personal=True,
        required_at=Stage.VALIDATION,
        in_list=True,
    )
    credit: str | None = text(
        "Ghi nguồn", "Credit line", group=_RIGHTS, personal=True, required_at=Stage.DOSSIER
    )
    rights_holder: str | None = text(
        "Chủ sở hữu quyền", "Rights holder", group=_RIGHTS, personal=True
    )
    licence: str | None = choice(
        "licence", "Giấy phép sử dụng", "Licence", group=_RIGHTS, required_at=Stage.DOSSIER
    )
    permission_note: str | None = text(
        "Văn bản cho phép", "Permission paper", group=_RIGHTS, audience=Audience.INTERNAL
    )
    people_shown: bool | None = boolean(
        "Có người trong ảnh", "People are shown", group=_RIGHTS, audience=Audience.INTERNAL
    )
    consent_note: str | None = text(
        "Sự đồng ý của người trong ảnh",
        "Consent of people shown",
        group=_RIGHTS,
        personal=True,
        audience=Audience.INTERNAL,
    )
    children_shown: bool | None = boolean(
        "Có trẻ em trong ảnh", "Children are shown", group=_RIGHTS, audience=Audience.INTERNAL
    )
    guardian_consent_note: str | None = text(
        "Sự đồng ý của người giám hộ",
        "Consent of a guardian",
        group=_RIGHTS,
        personal=True,
        audience=Audience.INTERNAL,
    )
    rating: int | None = integer("Xếp hạng (0–5)", "Rating (0–5)", group=_USE, in_list=True)
    for_dossier: bool | None = boolean("Dùng cho hồ sơ", "For the dossier", group=_USE)
    turn_deg: int | None = integer(
        "Xoay thêm (°, theo chiều kim đồng hồ)",
        "Further turn (°, clockwise)",
        group=_USE,
        in_form=False,
    )
    crop: str | None = text(
        "Khung cắt (trái, trên, rộng, cao; phần của ảnh đứng thẳng)",
        "Crop (left, top, width, height; shares of the upright picture)",
        group=_USE,
        in_form=False,
    )
    drawing: str | None = long_text(
        "Hình vẽ trên ảnh", "Drawing on the picture", group=_USE, in_form=False
    )
    scale_object: str | None = text("Vật tỷ lệ trong ảnh", "Scale object", group=_FILE)
    taken_at: str | None = instant("Thời điểm chụp", "Taken at", group=_FILE, in_list=True)
    taken_offset_assumed: bool | None = boolean(
        "Múi giờ giả định +07:00", "Offset assumed +07:00", group=_FILE, in_form=False
    )
    taken_source: str | None = text(
        "Nguồn của thời điểm chụp", "How the date is known", group=_FILE, in_form=False
    )
    clock_offset_s: int | None = integer(
        "Hiệu chỉnh đồng hồ máy ảnh (giây)",
        "Correction of the camera's clock (s)",
        group=_FILE,
        in_form=False,
    )
    position: Position | None = position(
        "Vị trí máy ảnh", "Camera position", group=_FILE, in_form=False, aliases=POSITION_ALIASES
    )
    position_trusted: bool | None = boolean(
        "Vị trí đáng tin", "Position trusted", group=_FILE, in_form=False
    )
    altitude_m: float | None = decimal("Độ cao (m)", "Altitude (m)", group=_FILE, in_form=False)
    direction_deg: float | None = decimal(
        "Hướng chụp (°)", "Direction (°)", group=_FILE, in_form=False
    )
    camera_make: str | None = text("Hãng máy", "Camera make", group=_FILE, in_form=False)
    camera_model: str | None = text("Máy ảnh", "Camera model", group=_FILE, in_form=False)
    file_name: str | None = text(
        "Tên tệp gốc",
        "Original file name",
        group=_FILE,
        in_form=False,
        audience=Audience.EVALUATORS,
    )
    media_type: str | None = text("Định dạng", "Format", group=_FILE, in_form=False)
    byte_count: int | None = integer("Số byte", "Bytes", group=_FILE, in_form=False)
    width: int | None = integer("Rộng (px)", "Width (px)", group=_FILE, in_form=False)
    height: int | None = integer("Cao (px)", "Height (px)", group=_FILE, in_form=False)
    orientation: int | None = integer("Hướng EXIF", "EXIF orientation", group=_FILE, in_form=False)
    sha256: str | None = text("SHA-256 ảnh gốc", "SHA-256", group=_FILE, in_form=False)
    thumb_sha256: str | None = text(
        "SHA-256 ảnh nhỏ", "SHA-256 of the thumbnail", group=_FILE, in_form=False
    )
    rendition_sha256: str | None = text(
        "SHA-256 bản 1.600 px", "SHA-256 of the 1,600-pixel rendition", group=_FILE, in_form=False
    )
    jpeg_sha256: str | None = text(
        "SHA-256 bản JPEG nguyên cỡ", "SHA-256 of the full-size JPEG", group=_FILE, in_form=False
    )
    likeness: str | None = text(
        "Dấu vân hình (để tìm ảnh gần giống)",
        "Likeness hash (to find near-duplicates)",
        group=_FILE,
        in_form=False,
    )
    chat_copy: bool | None = boolean(
        "Bản nén lại (qua ứng dụng nhắn tin)",
        "Recompressed copy (came through a chat)",
        group=_FILE,
    )
    original_photo_uuid: str | None = reference(
        "photo", "Ảnh gốc đang giữ", "Original that is held", group=_FILE, in_form=False
    )
    sort_order: int | None = integer("Thứ tự", "Order", group=_FILE, in_form=False)
    sample: bool | None = boolean("Ảnh mẫu", "Sample picture", group=_FILE, in_form=False)
