"""What the columns of a foreign table may become, from the declarations."""

from dataclasses import dataclass

from geopark_app.domain.declaration import FieldType, kind_of
from geopark_app.domain.kinds import Reference, Site, Stop
from geopark_app.domain.kinds.places import POSITION_ALIASES
from geopark_app.dossier.bilingual import both as _
from geopark_app.rules.column_mapping import Target

UUID, INTERESTS, EASTING, NORTHING = "uuid", "interests", "easting_m", "northing_m"
ROUTE, SITE_CODE = "route", "site_code"
POSITION_PARTS = {
    name: part for name, part in POSITION_ALIASES.items() if name not in {"lon_wgs84", "lat_wgs84"}
}
_SPELLINGS = {
    "code": ("mã", "mã số", "ký hiệu", "mã di sản", "id điểm", "site_code", "ref"),
    "name_vi": ("tên", "tên điểm", "tên di sản", "tên tiếng việt", "name", "địa danh",
                "ten_diem", "tên di tích", "tiêu đề"),
    "name_en": ("tên tiếng anh", "english name", "tên (en)"),
    "site_kind": ("loại", "loại hình", "type", "kiểu", "phân loại"),
    "summary_vi": ("tóm tắt", "ghi chú ngắn", "summary"),
    "description_vi": ("mô tả", "description", "desc", "nội dung", "mô tả khoa học", "cmt"),
    "description_en": ("mô tả tiếng anh", "english description"),
    "commune_code": ("xã", "phường", "xã phường", "mã xã", "commune", "ward"),
    "former_commune_code": ("xã cũ", "mã xã cũ"),
    "former_admin": ("huyện", "huyện xã cũ", "huyện cũ", "địa chỉ cũ", "district"),
    "village": ("thôn", "bản", "xóm", "thôn bản", "hamlet"),
    "altitude_m": ("độ cao", "cao độ", "elevation", "altitude", "ele", "z"),
    "area_ha": ("diện tích", "area"),
    "main_interest": ("giá trị chính", "interest", "kiểu di sản"),
    "surveyors": ("người khảo sát", "surveyor"),
    "survey_date": ("ngày khảo sát", "date"),
    "source_note": ("nguồn", "source", "nguồn tài liệu", "tài liệu tham khảo"),
    "remarks": ("ghi chú", "note", "remark", "notes"),
    "lon": ("kinh độ", "longitude", "long", "lng", "kinhdo", "kinh độ (wgs84)", "lon_wgs84",
            "longitude (wgs 84, degrees)"),
    "lat": ("vĩ độ", "latitude", "vido", "vĩ độ (wgs84)", "lat_wgs84",
            "latitude (wgs 84, degrees)"),
    EASTING: ("y (m)", "tọa độ y", "easting", "e (m)", "đông", "hoành độ"),
    NORTHING: ("x (m)", "tọa độ x", "northing", "n (m)", "bắc", "tung độ"),
    "position": ("tọa độ", "coordinates", "vị trí gps", "toạ độ"),
    "coord_quality": ("chất lượng vị trí", "quality of the position", "độ tin cậy tọa độ"),
    "uuid": ("khóa", "guid", "id duy nhất"),
}  # fmt: skip
_STOP_SPELLINGS = {
    "slot": ("dòng", "row", "stt"),
    "official_number": ("số hiệu chính thức", "official number", "số hiệu"),
    "name_vi": ("tên", "tên điểm dừng", "name (vietnamese)", "tên (tiếng việt)"),
    "name_en": ("name (english)", "tên (tiếng anh)"),
    "source": ("nguồn",),
}
_STOP_FIELDS = ("slot", "official_number", "name_vi", "name_en", "source")


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of record that lists can be brought in for."""

    name: str
    record_type: type[Site] | type[Stop] | type[Reference]
    targets: tuple[Target, ...]


def import_kind(name: str) -> ImportKind:
    """Give the targets of `sites`, `stops` or `references`."""
    if name == "references":
        return ImportKind(name, Reference, _reference_targets())
    if name == "stops":
        return ImportKind(name, Stop, _stop_targets())
    return ImportKind(name, Site, _site_targets())


def _site_targets() -> tuple[Target, ...]:
    targets = [
        Target(name=spec.name, label_vi=spec.label_vi, label_en=spec.label_en,
               spellings=(*_SPELLINGS.get(spec.name, ()), *spec.aliases))
        for spec in kind_of(Site).fields
        if spec.type is not FieldType.POSITION
    ]  # fmt: skip
    words = {
        "position": _("Position, as text"),
        "lon": _("Longitude (degrees)"),
        "lat": _("Latitude (degrees)"),
        EASTING: _("East, Y (m)"),
        NORTHING: _("North, X (m)"),
        "coord_quality": _("Quality of the position"),
        "coord_method": _("Position: method"),
        "coord_accuracy_m": _("Position: accuracy (m)"),
        "coord_source_crs": _("Position: system it was taken in"),
        "coord_source": _("Position: source"),
        "coord_as_typed": _("Position: as typed"),
        INTERESTS: _("Further interests"),
        UUID: _("Key (uuid)"),
    }
    for name, label in words.items():
        targets.append(
            Target(name=name, label_vi=label.vi, label_en=label.en,
                   spellings=_SPELLINGS.get(name, ()))
        )  # fmt: skip
    return tuple(targets)


def _reference_targets() -> tuple[Target, ...]:
    return tuple(
        Target(name=spec.name, label_vi=spec.label_vi, label_en=spec.label_en)
        for spec in kind_of(Reference).fields
        if spec.type is not FieldType.REFERENCE
    )


def _stop_targets() -> tuple[Target, ...]:
    kind = kind_of(Stop)
    targets = []
    for name in _STOP_FIELDS:
        spec = kind.field(name)
        assert spec is not None
        targets.append(Target(name=name, label_vi=spec.label_vi, label_en=spec.label_en,
                              spellings=_STOP_SPELLINGS.get(name, ())))  # fmt: skip
    for name, label in ((ROUTE, _("Route")), (SITE_CODE, _("Site code"))):
        targets.append(Target(name=name, label_vi=label.vi, label_en=label.en, spellings=(name,)))
    return tuple(targets)
