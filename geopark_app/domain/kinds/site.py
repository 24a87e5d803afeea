"""The site: geosites and the other places of the geopark, with all 130 fields of the research.

Field names follow `site_record_fields.json` of the research (GEOSSIT, Brilha 2016, INPG, ISPRA,
Thông tư 50/2017/TT-BTNMT); names of the research that are spelt otherwise here are aliases. A
table of all of them is in docs/records.md, made by tests/tools/make_record_table.py.
"""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Merge,
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
from geopark_app.domain.kinds.site_lists import DERIVED, LISTS
from geopark_app.domain.kinds.site_science import SiteScience


@declare(
    "site",
    vi="Điểm",
    en="Site",
    title=("code", "name_vi"),
    code="code",
    groups=(
        ("identification", "Nhận diện", "Identification"),
        ("location", "Vị trí", "Location"),
        ("description", "Mô tả", "Description"),
        ("geology", "Địa chất", "Geology"),
        ("relevance", "Ý nghĩa", "Significance"),
        ("access", "Tiếp cận, sử dụng", "Access and use"),
        ("protection", "Bảo vệ, hiện trạng", "Protection and state"),
        ("scores", "Điểm số đánh giá", "Scores"),
        ("media", "Ảnh, tài liệu", "Media"),
        ("record", "Lưu hồ sơ", "Record keeping"),
        ("monitoring", "Theo dõi", "Monitoring"),
    ),
    derived=DERIVED,
    lists=LISTS,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Site(SiteScience):
    """A place of the inventory. Positions are WGS 84 degrees; unknown is None."""

    distance_paved_road_m: int | None = integer(
        "Khoảng cách đến đường nhựa (m)", "Distance to a paved road (m)", group="access"
    )
    distance_bus_road_m: int | None = integer(
        "Khoảng cách đến đường xe buýt (m)", "Distance to a bus road (m)", group="access"
    )
    bus_parking: bool | None = boolean("Chỗ đỗ xe buýt", "Bus parking", group="access")
    public_transport_vi: str | None = text(
        "Phương tiện công cộng (tiếng Việt)",
        "Public transport (Vietnamese)",
        language="vi",
        group="access",
        aliases={"public_transport": ""},
    )
    public_transport_en: str | None = text(
        "Phương tiện công cộng (tiếng Anh)",
        "Public transport (English)",
        language="en",
        group="access",
    )
    walk_grade: str | None = choice("walk_grade", "Độ khó đi bộ", "Walking grade", group="access")
    opening_season: str | None = choice("season", "Mùa", "Season", group="access")
    permission_needed: str | None = choice(
        "permission", "Điều kiện vào", "Permission", group="access", required_at=Stage.VALIDATION
    )
    safety_facilities: bool | None = boolean("Công trình an toàn", "Safety works", group="access")
    mobile_coverage: bool | None = boolean("Sóng di động", "Phone coverage", group="access")
    emergency_km: float | None = decimal(
        "Khoảng cách cơ sở cấp cứu (km)", "Distance to emergency service (km)", group="access"
    )
    lodging_50_km: float | None = decimal(
        "Lưu trú, ăn uống cho đoàn 50 (km)",
        "Lodging and restaurants for groups of 50 (km)",
        group="access",
    )
    population_density: int | None = integer(
        "Mật độ dân số (người/km²)", "Inhabitants per km²", group="access"
    )
    population_year: int | None = integer(
        "Năm của mật độ dân số", "Year of the density", group="access"
    )
    population_source: str | None = text(
        "Nguồn của mật độ dân số", "Source of the density", group="access"
    )
    recreation_km: float | None = decimal(
        "Khu vui chơi gần nhất (km)", "Nearest recreational area (km)", group="access"
    )
    observation_conditions_vi: str | None = text(
        "Điều kiện quan sát (tiếng Việt)",
        "Observation conditions (Vietnamese)",
        language="vi",
        group="access",
        aliases={"observation_conditions": ""},
    )
    observation_conditions_en: str | None = text(
        "Điều kiện quan sát (tiếng Anh)",
        "Observation conditions (English)",
        language="en",
        group="access",
    )
    education_use: bool | None = boolean("Dùng cho giáo dục", "Used for education", group="access")
    capacity_persons: int | None = integer(
        "Sức chứa (người cùng lúc)", "Capacity (persons at once)", group="access"
    )
    annual_visitors: int | None = integer("Khách mỗi năm", "Visitors per year", group="access")
    annual_visitors_year: int | None = integer(
        "Năm của số khách", "Year of the visitors", group="access"
    )
    annual_visitors_source: str | None = text(
        "Nguồn của số khách", "Source of the visitors", group="access", audience=Audience.EVALUATORS
    )
    access_control: bool | None = boolean(
        "Có kiểm soát ra vào",
        "Access controlled (guard, gate, fence)",
        group="protection",
        required_at=Stage.VALIDATION,
    )
    land_ownership: str | None = choice(
        "land_ownership",
        "Chủ sử dụng đất",
        "Land holder",
        group="protection",
        required_at=Stage.VALIDATION,
    )
    land_use_vi: str | None = text(
        "Hiện trạng, quy hoạch đất (tiếng Việt)",
        "Land use, planning (Vietnamese)",
        language="vi",
        group="protection",
        aliases={"land_use": ""},
    )
    land_use_en: str | None = text(
        "Hiện trạng, quy hoạch đất (tiếng Anh)",
        "Land use, planning (English)",
        language="en",
        group="protection",
    )
    collecting_policy_vi: str | None = text(
        "Quy định lấy mẫu (tiếng Việt)",
        "Rule on collecting (Vietnamese)",
        language="vi",
        group="protection",
        aliases={"collecting_policy": ""},
    )
    collecting_policy_en: str | None = text(
        "Quy định lấy mẫu (tiếng Anh)",
        "Rule on collecting (English)",
        language="en",
        group="protection",
    )
    fragility: str | None = choice(
        "level_0_3",
        "Độ mong manh (tự nhiên, 0–3)",
        "Fragility (natural, 0–3)",
        group="protection",
        required_at=Stage.VALIDATION,
    )
    vulnerability: str | None = choice(
        "level_0_3",
        "Độ tổn thương (con người, 0–3)",
        "Vulnerability (human, 0–3)",
        group="protection",
        required_at=Stage.VALIDATION,
    )
    distance_to_threat_m: int | None = integer(
        "Khoảng cách đến hoạt động gây hại (m)",
        "Distance to the nearest degrading activity (m)",
        group="protection",
    )
    conservation_need: str | None = choice(
        "conservation_need",
        "Nhu cầu bảo tồn",
        "Conservation need",
        group="protection",
        required_at=Stage.VALIDATION,
    )
    recommended_measures_vi: str | None = long_text(
        "Biện pháp đề xuất (tiếng Việt)",
        "Recommended measures (Vietnamese)",
        language="vi",
        group="protection",
        searchable=True,
        required_at=Stage.VALIDATION,
        aliases={"recommended_measures": ""},
    )
    recommended_measures_en: str | None = long_text(
        "Biện pháp đề xuất (tiếng Anh)",
        "Recommended measures (English)",
        language="en",
        group="protection",
        searchable=True,
        required_at=Stage.DOSSIER,
    )
    compiled_on: str | None = date(
        "Ngày lập phiếu", "Compiled on", group="record", required_at=Stage.DRAFT
    )
    reviewers: str | None = text(
        "Người thẩm tra",
        "Reviewers",
        group="record",
        personal=True,
        audience=Audience.INTERNAL,
        required_at=Stage.VALIDATION,
    )
    validated_on: str | None = date(
        "Ngày duyệt", "Validated on", group="record", required_at=Stage.VALIDATION
    )
    next_check_due: str | None = date(
        "Hạn kiểm tra tiếp", "Next check due", group="monitoring", required_at=Stage.VALIDATION
    )


@declare("site_interest", vi="Giá trị phụ", en="Further interest", title=("term",))
@dataclass(frozen=True, slots=True, kw_only=True)
class SiteInterest(Record):
    """One element of the set of further interests of a site; key: uuid5(site, term)."""

    site_uuid: str | None = reference("site", "Điểm", "Site", merge=Merge.SET)
    term: str | None = choice("interest", "Giá trị", "Interest", merge=Merge.SET)
