"""Map layers of the office: communes, boundaries, overlays, tracks, base maps; files by hash."""

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
    text,
)


@declare(
    "map_layer",
    vi="Lớp bản đồ",
    en="Map layer",
    groups=(("main", "Lớp", "The layer"), ("style", "Cách vẽ", "How it is drawn")),
    title=("name_vi",),
    shelf="places",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class MapLayer(Record):
    """What is known of a layer; its shapes or tiles lie in `layers/` under their SHA-256.

    A base map (`layer_kind` basemap) is a large file of tiles: only its definition is exchanged.
    """

    name_vi: str | None = text(
        "Tên (tiếng Việt)",
        "Name (Vietnamese)",
        language="vi",
        in_list=True,
        searchable=True,
        required_at=Stage.DRAFT,
    )
    name_en: str | None = text("Tên (tiếng Anh)", "Name (English)", language="en", searchable=True)
    layer_kind: str | None = choice(
        "layer_kind", "Loại lớp", "Kind of layer", in_list=True, required_at=Stage.DRAFT
    )
    source: str | None = text(
        "Nguồn", "Source", in_list=True, searchable=True, required_at=Stage.DOSSIER
    )
    licence: str | None = text("Giấy phép", "Licence", required_at=Stage.DOSSIER)
    dated_on: str | None = date("Ngày hiệu lực", "In force from", in_list=True)
    is_official: bool | None = boolean("Chính thức", "Official", in_list=True)
    area_km2: float | None = decimal("Diện tích (km²)", "Area (km²)", in_list=True, in_form=False)
    feature_count: int | None = integer("Số đối tượng", "Features", in_list=True, in_form=False)
    file_name: str | None = text(
        "Tệp gốc", "Original file", audience=Audience.INTERNAL, in_form=False
    )
    sha256: str | None = text("SHA-256 của lớp", "SHA-256 of the layer", in_form=False)
    byte_count: int | None = integer("Số byte", "Bytes", in_form=False)
    tile_format: str | None = text("Dạng ô bản đồ", "Form of the tiles", in_form=False)
    min_zoom: int | None = integer("Mức phóng nhỏ nhất", "Lowest zoom", in_form=False)
    max_zoom: int | None = integer("Mức phóng lớn nhất", "Highest zoom", in_form=False)
    west: float | None = decimal("Cạnh tây (độ)", "West edge (degrees)", in_form=False)
    south: float | None = decimal("Cạnh nam (độ)", "South edge (degrees)", in_form=False)
    east: float | None = decimal("Cạnh đông (độ)", "East edge (degrees)", in_form=False)
    north: float | None = decimal("Cạnh bắc (độ)", "North edge (degrees)", in_form=False)
    colour: str | None = text("Màu", "Colour", group="style")
    line_width: float | None = decimal("Nét (điểm ảnh)", "Line (pixels)", group="style")
    has_labels: bool | None = boolean("Ghi tên", "Labels", group="style")
    label_field: str | None = choice(
        "layer_label", "Chữ ghi trên bản đồ", "What the labels say", group="style"
    )
    sort_order: int | None = integer("Thứ tự (lớn ở trên)", "Order (higher lies above)",
                                     group="style")  # fmt: skip
    opacity: float | None = decimal("Độ đậm (0–1)", "Opacity (0–1)", group="style")
    is_visible: bool | None = boolean("Hiện trên bản đồ", "Shown on the map", group="style")
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.INTERNAL)
