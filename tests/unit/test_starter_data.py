"""The Lạng Sơn starter: counts, fixed keys, references, sources, and nothing made up."""

import csv
import json
import re
import unicodedata
import uuid
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from geopark_app.domain.declaration import Record, kind_of
from geopark_app.domain.kinds import (
    Commune,
    Formation,
    FormerCommune,
    FormerCommunePart,
    FormerDistrict,
    Route,
    Site,
    SiteInterest,
    Stop,
)
from geopark_app.domain.position import Position, PositionQuality
from geopark_app.operations.editions import starter_edition

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
STARTER = RESOURCES / "starter" / "langson"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "geopark-inventory/starter")
COUNTS = {
    "sites": 96,
    "site_interests": 39,
    "communes": 65,
    "former_communes": 194,
    "former_commune_parts": 196,
    "former_districts": 11,
    "routes": 4,
    "stops": 38,
    "formations": 13,
}
KINDS: dict[str, type[Record]] = {
    "sites": Site,
    "site_interests": SiteInterest,
    "communes": Commune,
    "former_communes": FormerCommune,
    "former_commune_parts": FormerCommunePart,
    "former_districts": FormerDistrict,
    "routes": Route,
    "stops": Stop,
    "formations": Formation,
}
KEYS = {
    "sites": "site:{code}",
    "communes": "commune:{code}",
    "former_communes": "former_commune:{code}",
    "former_commune_parts": "former_commune_part:{former_commune_code}:{commune_code}",
    "former_districts": "former_district:{code}",
    "routes": "route:{number}",
    "stops": "stop:{slot}",
}

Row = dict[str, str]


@cache
def _rows(name: str) -> tuple[Row, ...]:
    lines = (STARTER / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)
    assert lines[0].startswith("# source: ")
    return tuple(csv.DictReader(lines[1].splitlines()))


def _by(name: str, column: str) -> dict[str, Row]:
    return {row[column]: row for row in _rows(name)}


@cache
def _profile(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _langson() -> dict[str, Any]:
    return _profile(STARTER / "profile.json")


@cache
def _terms(vocabulary: str) -> frozenset[str]:
    text = (RESOURCES / "vocabularies" / f"{vocabulary}.json").read_text(encoding="utf-8")
    return frozenset(term["id"] for term in json.loads(text)["terms"])


@pytest.mark.parametrize("name", COUNTS)
def test_each_file_has_its_number_of_rows(name: str) -> None:
    assert len(_rows(name)) == COUNTS[name]


@pytest.mark.parametrize("name", COUNTS)
def test_text_is_nfc_trimmed_and_free_of_stray_characters(name: str) -> None:
    for row in _rows(name):
        for value in row.values():
            assert value == unicodedata.normalize("NFC", value).strip()
            assert not set(value) & {"\ufeff", "\u200b", "\u00a0", "\ufffd", "\n"}


def test_every_uuid_is_used_once() -> None:
    uuids = Counter(row["uuid"] for name in COUNTS for row in _rows(name))
    assert len(uuids) == sum(COUNTS.values())
    assert all(uuid.UUID(text).version == 5 for text in uuids)


@pytest.mark.parametrize("name", KEYS)
def test_uuids_follow_from_the_readable_key(name: str) -> None:
    for row in _rows(name):
        assert row["uuid"] == str(uuid.uuid5(NAMESPACE, KEYS[name].format(**row)))


def test_a_further_interest_has_the_key_that_any_laptop_would_give_it() -> None:
    for row in _rows("site_interests"):
        assert row["uuid"] == str(uuid.uuid5(uuid.UUID(row["site_uuid"]), row["term"]))


NOTES = {
    "commune_code",
    "in_geopark_basis",
    "route_evidence",
    "route_number",
    "stop_evidence",
    "type_locality_in_province",
}


@pytest.mark.parametrize("name", KINDS)
def test_columns_are_fields_of_the_record_or_known_notes(name: str) -> None:
    kind = kind_of(KINDS[name])
    columns = set(_rows(name)[0]) - {"uuid"}
    assert {column for column in columns if kind.field(column) is None} <= NOTES


def test_every_row_becomes_a_record() -> None:
    counts = Counter(type(record) for record in starter_edition("langson").records)
    assert {name: counts[kind] for name, kind in KINDS.items()} == COUNTS


def test_site_codes_run_from_001_to_096() -> None:
    assert [row["code"] for row in _rows("sites")] == [f"LS-{n:03}" for n in range(1, 97)]


@pytest.mark.parametrize(
    ("column", "vocabulary"),
    [
        ("site_kind", "site_kind"),
        ("main_interest", "interest"),
        ("coord_quality", "coord_quality"),
        ("coord_method", "coord_method"),
        ("workflow_status", "workflow_status"),
        ("disclosure_level", "disclosure"),
        ("data_acquisition", "data_acquisition"),
        ("stop_evidence", "evidence"),
        ("route_evidence", "evidence"),
    ],
)
def test_choices_of_sites_are_terms(column: str, vocabulary: str) -> None:
    assert {row[column] for row in _rows("sites")} - {""} <= _terms(vocabulary)


def test_further_interests_are_terms_and_never_repeat_the_main_one() -> None:
    sites = _by("sites", "uuid")
    for row in _rows("site_interests"):
        assert row["term"] in _terms("interest")
        assert row["term"] != sites[row["site_uuid"]]["main_interest"]


def test_no_main_interest_is_archaeology() -> None:
    assert "archaeology" not in {row["main_interest"] for row in _rows("sites")}


def test_every_site_has_both_names_both_summaries_and_a_source() -> None:
    for row in _rows("sites"):
        for column in ("name_vi", "name_en", "summary_vi", "summary_en", "source_note"):
            assert row[column], (row["code"], column)


def test_texts_come_in_both_languages() -> None:
    pairs = [("protection_vi", "protection_en"), ("access_vi", "access_en"), ("age_vi", "age_en")]
    for row in _rows("sites"):
        for one, other in pairs:
            assert bool(row[one]) == bool(row[other]), (row["code"], one)


def test_printed_texts_hold_no_notes_of_the_research() -> None:
    notes = re.compile(r"not found|to check|inferred|recalled|assumed|chưa tìm|cần kiểm tra")
    for row in _rows("sites"):
        assert not notes.search(row["summary_vi"] + row["summary_en"]), row["code"]


@pytest.mark.parametrize("name", ["sites", "communes", "formations"])
def test_positions_lie_inside_the_province_or_are_empty(name: str) -> None:
    bounds = _langson()["bounds"]
    for row in _rows(name):
        assert bool(row["lon"]) == bool(row["lat"])
        if not row["lon"] or row.get("type_locality_in_province") == "false":
            continue
        assert bounds["west"] < float(row["lon"]) < bounds["east"], row
        assert bounds["south"] < float(row["lat"]) < bounds["north"], row


def test_a_position_is_empty_exactly_where_its_quality_is_unknown() -> None:
    for row in (*_rows("sites"), *_rows("formations")):
        assert (row["lon"] == "") == (row["coord_quality"] == "unknown"), row["uuid"]
        assert (row["lon"] == "") == (row["coord_source"] == ""), row["uuid"]


def test_no_starter_position_claims_to_be_measured() -> None:
    qualities = Counter(row["coord_quality"] for row in _rows("sites"))
    assert qualities == {"commune-centroid": 68, "approx": 12, "unknown": 16}


def test_positions_can_be_built_as_the_record_wants_them() -> None:
    for row in _rows("sites"):
        position = Position(
            lon=float(row["lon"]) if row["lon"] else None,
            lat=float(row["lat"]) if row["lat"] else None,
            quality=row["coord_quality"],
        )
        assert row["coord_quality"] in {quality.value for quality in PositionQuality}
        assert position.is_pin == (row["coord_quality"] == "approx")


def test_a_commune_level_position_is_the_point_of_its_commune() -> None:
    communes = _by("communes", "code")
    for row in _rows("sites"):
        if row["coord_quality"] == "commune-centroid":
            commune = communes[row["commune_code"]]
            assert float(row["lon"]) == float(commune["lon"]), row["code"]
            assert float(row["lat"]) == float(commune["lat"]), row["code"]


def test_site_communes_exist_and_came_from_the_former_commune() -> None:
    communes = _by("communes", "code")
    parts = {
        (row["former_commune_code"], row["commune_code"]) for row in _rows("former_commune_parts")
    }
    for row in _rows("sites"):
        assert not row["commune_code"] or row["commune_code"] in communes
        if row["former_commune_code"]:
            assert (row["former_commune_code"], row["commune_code"]) in parts, row["code"]


def test_border_flag_of_a_site_is_the_flag_of_its_commune() -> None:
    communes = _by("communes", "code")
    for row in _rows("sites"):
        assert row["border_zone"] in {"yes", "no", ""}
        if row["commune_code"]:
            flag = communes[row["commune_code"]]["border_commune"]
            assert row["border_zone"] == {"true": "yes", "false": "no"}[flag], row["code"]


def test_inside_the_geopark_only_with_a_reason() -> None:
    for row in _rows("sites"):
        assert row["in_geopark"] in {"true", ""}
        assert bool(row["in_geopark"]) == bool(row["in_geopark_basis"]), row["code"]


def test_fossil_and_archaeological_places_do_not_disclose_their_position() -> None:
    themes: dict[str, set[str]] = {row["uuid"]: {row["main_interest"]} for row in _rows("sites")}
    for row in _rows("site_interests"):
        themes[row["site_uuid"]].add(row["term"])
    for row in _rows("sites"):
        exposed = bool(themes[row["uuid"]] & {"palaeontology", "archaeology"})
        assert row["disclosure_level"] == ("B" if exposed else "A"), row["code"]


def test_the_resolution_left_61_communes_and_4_wards() -> None:
    assert Counter(row["unit_type"] for row in _rows("communes")) == {"xã": 61, "phường": 4}


def test_commune_flags() -> None:
    assert sum(row["border_commune"] == "true" for row in _rows("communes")) == 11
    counts = Counter(row["in_geopark"] for row in _rows("communes"))
    assert counts == {"yes": 33, "part": 7, "no": 16, "unknown": 9}


def test_areas_of_communes_sum_to_the_area_of_the_province() -> None:
    total = sum(float(row["area_km2"]) for row in _rows("communes"))
    assert total == pytest.approx(8310.18, abs=1)


def test_every_former_commune_went_to_communes_that_exist() -> None:
    communes, former = _by("communes", "code"), _by("former_communes", "code")
    shares: dict[str, list[Row]] = {}
    for row in _rows("former_commune_parts"):
        assert row["commune_code"] in communes
        shares.setdefault(row["former_commune_code"], []).append(row)
    assert set(shares) == set(former)
    split = {former[code]["name_vi"] for code, parts in shares.items() if len(parts) == 2}
    assert split == {"Bính Xá", "Kiên Mộc"}
    for code, parts in shares.items():
        main = [row for row in parts if row["share"] in {"whole", "remainder"}]
        assert [row["commune_code"] for row in main] == [former[code]["commune_code"]]


def test_every_commune_took_something_over() -> None:
    taken = {row["commune_code"] for row in _rows("former_commune_parts")}
    assert taken == set(_by("communes", "code"))


def test_a_commune_made_of_one_former_district_names_it() -> None:
    former, districts = _by("former_communes", "code"), _by("former_districts", "code")
    origin: dict[str, set[str]] = {}
    for row in _rows("former_commune_parts"):
        district = former[row["former_commune_code"]]["former_district_code"]
        assert district in districts
        origin.setdefault(row["commune_code"], set()).add(district)
    for row in _rows("communes"):
        found = origin[row["code"]]
        assert row["former_district_code"] == (next(iter(found)) if len(found) == 1 else "")
    assert sum(len(found) == 2 for found in origin.values()) == 4


def test_no_area_or_point_of_the_former_districts_is_shipped() -> None:
    assert not set(_rows("former_districts")[0]) & {"area_km2", "lon", "lat", "population"}


def test_stop_rows_are_numbered_1_to_38_and_only_two_have_a_number() -> None:
    assert [row["slot"] for row in _rows("stops")] == [str(n) for n in range(1, 39)]
    numbers = {row["official_number"]: row["number_evidence"] for row in _rows("stops")}
    assert numbers == {"1": "inferred", "35": "stated", "": ""}


def test_unknown_stops_hold_nothing_but_that_they_are_unknown() -> None:
    unknown = [row for row in _rows("stops") if row["evidence"] == "none"]
    assert len(unknown) == 12
    empty = ("official_number", "route_uuid", "site_uuid", "name_vi", "name_en")
    assert not any(row[column] for row in unknown for column in empty)


def test_stops_point_to_routes_and_sites_that_agree() -> None:
    routes, sites = _by("routes", "uuid"), _by("sites", "uuid")
    for row in _rows("stops"):
        assert bool(row["route_uuid"]) == bool(row["route_evidence"])
        assert row["known_vi"]
        assert row["known_en"]
        assert row["source"]
        if row["site_uuid"]:
            site = sites[row["site_uuid"]]
            number = routes[row["route_uuid"]]["number"] if row["route_uuid"] else ""
            assert site["route_number"] == number
            assert site["stop_evidence"] == row["evidence"]


def test_every_site_with_evidence_of_a_stop_has_its_row() -> None:
    wanted = {row["uuid"] for row in _rows("sites") if row["stop_evidence"]}
    assert wanted == {row["site_uuid"] for row in _rows("stops")} - {""}


def test_official_stop_names_of_the_district_page() -> None:
    names = {row["name_vi"] for row in _rows("stops")}
    assert {
        "Thế giới Cúc đá",
        "Phun trào lục địa",
        "Ải Chi Lăng",
        "Hang Gió",
        "Điểm dừng nghỉ Hoa Hồi",
        "Sự sống cổ dưới đại dương",
    } <= names


def test_routes_have_their_names_and_say_what_is_inferred() -> None:
    for row in _rows("routes"):
        assert row["name_vi"]
        assert row["name_en"]
        assert row["evidence"] == "stated"
        assert re.fullmatch(r"#[0-9a-f]{6}", row["colour"])
    assert [row["colour_evidence"] for row in _rows("routes")] == ["stated", *["inferred"] * 3]


def test_every_row_names_its_source() -> None:
    for name in ("communes", "former_communes", "former_districts", "routes", "formations"):
        assert all(row["source"] for row in _rows(name))


def test_profile_of_langson() -> None:
    profile = _langson()
    assert profile["edition"] == "langson-2026.1"
    assert profile["crs"] == {
        **profile["crs"],
        "storage": "EPSG:4326",
        "display": "EPSG:9215",
        "other": ["EPSG:3405", "EPSG:5897", "EPSG:5898"],
    }
    assert profile["area_km2"] == 4842.58
    assert (profile["code_prefix"], profile["province_code"]) == ("LS", "20")
    assert profile["timezone"] == "Asia/Ho_Chi_Minh"
    assert profile["logo_file"] is None
    assert (RESOURCES / profile["map_outline"]).is_file()
    assert (RESOURCES / profile["map_towns"]).is_file()


def test_dates_of_the_label() -> None:
    dates = {date["id"]: date for date in _langson()["dates"]}
    assert dates["designated"]["date"] == "2025-04-17"
    assert (dates["validity"]["start"], dates["validity"]["end"]) == ("2025-04-17", "2029-04-16")
    assert dates["one_page_summary"]["date"] == "2027-07-31"
    assert dates["progress_report"]["date"] == "2028-01-31"
    mission = dates["revalidation_mission"]
    assert (mission["start"], mission["end"]) == ("2028-03-01", "2028-08-31")
    assert all(date["status"] == "stated" and date["source"] for date in dates.values())


@pytest.mark.parametrize(
    "path",
    [RESOURCES / "profiles" / "empty.json", ROOT / "tests" / "data" / "profiles" / "southern.json"],
    ids=["empty", "southern"],
)
def test_another_geopark_has_the_same_settings_and_nothing_of_langson(path: Path) -> None:
    profile = _profile(path)
    assert set(profile) == set(_langson())
    text = json.dumps(profile, ensure_ascii=False)
    assert not re.search(r"Lạng Sơn|langson|EPSG:9215|4842", text)
    bounds = profile["bounds"]
    assert bounds["west"] < bounds["east"]
    assert bounds["south"] < bounds["north"]


def test_the_page_about_the_data_tells_the_true_numbers() -> None:
    qualities = Counter(row["coord_quality"] for row in _rows("sites"))
    inside = sum(row["in_geopark"] == "true" for row in _rows("sites"))
    english = (RESOURCES / "starter" / "ABOUT_DATA.en.md").read_text(encoding="utf-8")
    vietnamese = (RESOURCES / "starter" / "ABOUT_DATA.vi.md").read_text(encoding="utf-8")
    for sentence in (
        f"{qualities['approx']} are approximate",
        f"{qualities['commune-centroid']} are known to the commune only",
        f"{qualities['unknown']} have no position",
        f"({inside} sites)",
        "26 rows hold something",
    ):
        assert sentence in english
    for sentence in (
        f"{qualities['approx']} điểm gần đúng",
        f"{qualities['commune-centroid']} điểm chỉ biết đến xã",
        f"{qualities['unknown']} điểm chưa có tọa độ",
        f"({inside} điểm)",
        "26 dòng có thông tin",
    ):
        assert sentence in vietnamese
    assert unicodedata.is_normalized("NFC", vietnamese)


def test_credits_that_the_licences_ask_for() -> None:
    shown = json.dumps(_langson()["credits"], ensure_ascii=False)
    for words in ("GeoNames", "CC BY 4.0", "Natural Earth", "Thang Le Quoc", "MIT"):
        assert words in shown
