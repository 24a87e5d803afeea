"""What the columns of a foreign table may become, from the declarations."""

from collections.abc import Sequence
from dataclasses import dataclass

from geopark_app.domain.declaration import FieldSpec, FieldType, Record, RecordKind, kind_of
from geopark_app.domain.kinds import KINDS, Site, Stop, kind_named
from geopark_app.domain.kinds.places import POSITION_ALIASES
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.rules.column_mapping import Target

UUID, INTERESTS, EASTING, NORTHING = "uuid", "interests", "easting_m", "northing_m"
ROUTE, SITE_CODE = "route", "site_code"
QUANTITY_PARTS = ("value", "unit")
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
    "site_uuid": ("site_code", "site", "điểm", "mã điểm"),
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
LISTS = {"sites": "site", "stops": "stop", "references": "reference"}
"""Names people know for the lists that are brought in most."""
_BY_OTHER_WAYS = frozenset(
    {"site", "site_interest", "photo", "visit", "answer", "answer_photo", "own_value",
     "own_choice", "catalogue_setting"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of record that lists can be brought in for."""

    name: str
    record_type: type[Record]
    targets: tuple[Target, ...]


def importable_kinds() -> tuple[str, ...]:
    """Give every name `import --kind` knows: sites, stops, references, the record kinds by name.

    Photos come with their files, answers with their checklist, own values as columns.
    """
    more = [
        kind.name
        for kind in KINDS.values()
        if kind.name not in _BY_OTHER_WAYS and not kind.is_seeded
    ]
    return (*LISTS, *more)


def exportable_kinds() -> tuple[str, ...]:
    """Give the record kinds that go into a file by themselves: all that lists come in for."""
    return tuple(name for name in importable_kinds() if name not in LISTS)


def import_kind(name: str, own: Sequence[FieldSpec] = ()) -> ImportKind:
    """Give the targets of a kind, with the own fields it has besides the declared ones.

    Raises
    ------
    GeoparkError
        UNKNOWN_KIND.
    """
    more = tuple(
        Target(name=spec.name, label_vi=spec.label_vi, label_en=spec.label_en) for spec in own
    )
    if name == "stops":
        return ImportKind(name, Stop, (*_stop_targets(), *more))
    kind = kind_named(LISTS.get(name, name))
    return ImportKind(name, kind.record_type, (*_targets(kind), *more))


def code_field(record_type: type[Record]) -> str | None:
    """Give the field rows are recognised by besides their key, or None."""
    return "slot" if record_type is Stop else kind_of(record_type).code_field


def position_field(kind: RecordKind) -> FieldSpec | None:
    """Give the field that holds the place of a record, or None."""
    return next((spec for spec in kind.fields if spec.type is FieldType.POSITION), None)


def geometry_field(kind: RecordKind) -> FieldSpec | None:
    """Give the field that holds the shape of a record, or None."""
    return next((spec for spec in kind.fields if spec.type is FieldType.GEOMETRY), None)


def _targets(kind: RecordKind) -> tuple[Target, ...]:
    targets: list[Target] = []
    for spec in kind.fields:
        if spec.type is FieldType.QUANTITY:
            targets.extend(_quantity_targets(spec))
        elif spec.type is not FieldType.POSITION:
            targets.append(
                Target(name=spec.name, label_vi=spec.label_vi, label_en=spec.label_en,
                       spellings=(*_spellings(spec), *spec.aliases))
            )  # fmt: skip
    words = {UUID: _("Key (uuid)")}
    if position_field(kind) is not None:
        words = {**place_words(), **words}
    if kind.record_type is Site:
        words[INTERESTS] = _("Further interests")
    for name, label in words.items():
        targets.append(
            Target(name=name, label_vi=label.vi, label_en=label.en,
                   spellings=_SPELLINGS.get(name, ()))
        )  # fmt: skip
    return tuple(targets)


def _spellings(spec: FieldSpec) -> tuple[str, ...]:
    if spec.refers_to is None or spec.name in _SPELLINGS:
        return _SPELLINGS.get(spec.name, ())
    # "partner_uuid" is written "partner_code" or "partner" where people fill in a list.
    stem = spec.name.removesuffix("_uuid")
    return () if stem == spec.name else (f"{stem}_code", stem)


def _quantity_targets(spec: FieldSpec) -> list[Target]:
    unit = _("unit")
    return [
        Target(name=f"{spec.name}.value", label_vi=spec.label_vi, label_en=spec.label_en),
        Target(
            name=f"{spec.name}.unit",
            label_vi=f"{spec.label_vi}: {unit.vi}",
            label_en=f"{spec.label_en}: {unit.en}",
        ),
    ]


def place_words() -> dict[str, Bilingual]:
    """Give the words for what a position consists of, by the names used outside."""
    return {
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
    }


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
