"""Administrative units: communes of July 2025 and the units they came from."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Record,
    boolean,
    choice,
    decimal,
    declare,
    position,
    reference,
    text,
)
from geopark_app.domain.position import Position

POSITION_ALIASES = {
    "lon": "lon",
    "lat": "lat",
    "lon_wgs84": "lon",
    "lat_wgs84": "lat",
    "coord_quality": "quality",
    "coord_method": "method",
    "coord_accuracy_m": "accuracy_m",
    "coord_source_crs": "source_crs",
    "coord_source": "source",
    "coord_as_typed": "as_typed",
}


@declare(
    "commune",
    vi="Xã / phường",
    en="Commune / ward",
    title=("name_vi",),
    code="code",
    shelf="places",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Commune(Record):
    """A commune or ward of July 2025 (Nghị quyết 1672/NQ-UBTVQH15)."""

    code: str | None = text("Mã", "Code", in_list=True, searchable=True)
    name_vi: str | None = text("Tên", "Name", language="vi", in_list=True, searchable=True)
    unit_type: str | None = choice("unit_type", "Loại", "Type", in_list=True)
    former_district_code: str | None = reference("former_district", "Huyện cũ", "Former district")
    border_commune: bool | None = boolean("Xã biên giới", "Border commune", in_list=True)
    in_geopark: str | None = choice("in_geopark", "Thuộc CVĐC", "In the geopark")
    in_geopark_basis: str | None = text("Căn cứ", "Basis")
    area_km2: float | None = decimal("Diện tích (km²)", "Area (km²)")
    position: Position | None = position(
        "Điểm đại diện", "Representative point", aliases=POSITION_ALIASES
    )
    source: str | None = text("Nguồn", "Source")


@declare(
    "former_commune",
    vi="Xã cũ",
    en="Former commune",
    title=("name_vi",),
    code="code",
    shelf="places",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class FormerCommune(Record):
    """A commune, ward or town that ended on 30 June 2025."""

    code: str | None = text("Mã", "Code", in_list=True, searchable=True)
    name_vi: str | None = text("Tên", "Name", language="vi", in_list=True, searchable=True)
    unit_type: str | None = choice("unit_type", "Loại", "Type")
    former_district_code: str | None = reference(
        "former_district", "Huyện cũ", "Former district", in_list=True
    )
    in_geopark: str | None = choice("in_geopark", "Thuộc CVĐC", "In the geopark")
    source: str | None = text("Nguồn", "Source")


@declare(
    "former_commune_part",
    vi="Phần xã cũ",
    en="Part of a former commune",
    title=("commune_code",),
    shelf="places",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class FormerCommunePart(Record):
    """Which commune of today a former commune, or a part of it, went to."""

    former_commune_code: str | None = reference(
        "former_commune", "Xã cũ", "Former commune", in_list=True
    )
    commune_code: str | None = reference("commune", "Xã / phường", "Commune / ward", in_list=True)
    share: str | None = text("Phần", "Share (whole, part or remainder)", in_list=True)


@declare(
    "former_district",
    vi="Huyện cũ",
    en="Former district",
    title=("name_vi",),
    code="code",
    shelf="places",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class FormerDistrict(Record):
    """A district or city that ended on 30 June 2025."""

    code: str | None = text("Mã", "Code", in_list=True, searchable=True)
    name_vi: str | None = text("Tên", "Name", language="vi", in_list=True, searchable=True)
    unit_type: str | None = choice("unit_type", "Loại", "Type")
    in_geopark: str | None = choice("in_geopark", "Thuộc CVĐC", "In the geopark")
    border_district: bool | None = boolean("Huyện biên giới", "Border district")
    source: str | None = text("Nguồn", "Source")
