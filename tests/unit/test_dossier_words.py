"""The words of the dossier: two languages, digits of positions, dates, problems in order."""

import pytest

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Commune, Route, Site, Stop
from geopark_app.domain.position import Position
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.problems import Problem, in_order
from geopark_app.operations.annex_sheets import (
    commune_words,
    date_words,
    geosite_sheet,
    position_words,
    route_words,
)
from geopark_app.operations.export_reading import ExportSite, Labels
from geopark_app.operations.site_tables import degree_decimals, metre_decimals

NO_LABELS = Labels({})


def item(site: Site | None = None, **fields: object) -> ExportSite:
    given: dict[str, object] = {
        "site": site or Site(uuid="u", code="LS-001", name_vi="Hang Gió"),
        "commune": None, "former_commune": "", "route": None, "stop": None, "interests": (),
        "readiness": None, "visit": None, "has_sample_visit": False, "photos": (),
        "is_withheld": False,
    }  # fmt: skip
    return ExportSite(**{**given, **fields})  # type: ignore[arg-type]


def placed(**fields: object) -> Site:
    return Site(uuid="u", code="LS-001", position=Position(**fields))  # type: ignore[arg-type]


HUU_LIEN = Commune(uuid="c", code="06400", name_vi="Hữu Liên", unit_type="xã")


def test_nfd_becomes_nfc_and_control_characters_go() -> None:
    assert twin("Lạng Sơn\x07", None) == Bilingual("Lạng Sơn", "")


def test_the_same_words_are_printed_once() -> None:
    assert same("CC0").joined(("vi", "en")) == "CC0"
    assert Bilingual("xã", "commune").joined(("vi", "en")) == "xã / commune"
    assert Bilingual("xã", "commune").joined(("en",)) == "commune"
    assert Bilingual("xã", "").joined(("vi", "en")) == "xã"
    assert Bilingual().joined(("vi", "en")) == ""


def test_each_language_gets_its_own_words() -> None:
    words = Bilingual("tại {place}", "at {place}").format(place=Bilingual("hang", "cave"))
    assert words == Bilingual("tại hang", "at cave")


@pytest.mark.parametrize(
    ("iso", "vi", "en"),
    [
        ("2026-03-05", "05/03/2026", "5 March 2026"),
        ("2026-03-05T08:00:00+07:00", "05/03/2026", "5 March 2026"),
        ("năm 2021", "năm 2021", "năm 2021"),
        (None, "", ""),
    ],
)
def test_dates(iso: str | None, vi: str, en: str) -> None:
    assert date_words(iso) == Bilingual(vi, en)


@pytest.mark.parametrize(
    ("quality", "accuracy_m", "decimals"),
    [
        ("exact", 5.0, 5),
        ("exact", None, 4),
        ("exact", 0.01, 6),
        ("approx", None, 2),
        ("approx", 3000.0, 2),
        ("approx", 6000.0, 1),
        (None, None, 2),
    ],
)
def test_digits_follow_the_quality(
    quality: str | None, accuracy_m: float | None, decimals: int
) -> None:
    position = Position(lon=106.7, lat=21.8, quality=quality, accuracy_m=accuracy_m)
    assert degree_decimals(position) == decimals


@pytest.mark.parametrize(
    ("quality", "accuracy_m", "decimals"),
    [("exact", 5.0, -1), ("exact", 0.5, 0), ("exact", 0.005, 2), ("approx", None, -3)],
)
def test_metres_follow_the_quality(quality: str, accuracy_m: float | None, decimals: int) -> None:
    position = Position(lon=106.7, lat=21.8, quality=quality, accuracy_m=accuracy_m)
    assert metre_decimals(position) == decimals


def test_a_commune_point_prints_as_the_commune() -> None:
    site = placed(lon=106.374, lat=21.672, quality="commune-centroid")
    words = position_words(item(site, commune=HUU_LIEN), NO_LABELS)
    assert "Hữu Liên" in words.vi
    assert not any(char.isdigit() for char in words.vi + words.en)


def test_an_unknown_position_says_so() -> None:
    assert position_words(item(), NO_LABELS).en == "unknown, not surveyed yet"
    assert item().point is None


def test_a_withheld_position_says_so_and_prints_the_commune() -> None:
    words = position_words(item(commune=HUU_LIEN, is_withheld=True), NO_LABELS)
    assert words.en == "Hữu Liên commune; exact position not disclosed"
    assert position_words(item(is_withheld=True), NO_LABELS).en == "not disclosed"


def test_an_approximate_position_has_minutes_only() -> None:
    site = placed(lon=106.123456, lat=21.987654, quality="approx")
    assert "″" not in position_words(item(site), NO_LABELS).vi


def test_communes_and_wards() -> None:
    ward = Commune(uuid="c", code="1", name_vi="Tam Thanh", unit_type="phường")
    assert commune_words(item(commune=HUU_LIEN)).en == "Hữu Liên commune"
    assert commune_words(item(commune=ward)).en == "Tam Thanh ward"
    assert commune_words(item()).is_empty


def test_what_is_inferred_of_a_route_says_so() -> None:
    route = Route(uuid="r", number=1, name_vi="Thượng ngàn", name_en="Upper Realm")
    stop = Stop(uuid="s", official_number=1, number_evidence="inferred", route_evidence="stated")
    assert route_words(item(route=route, stop=stop)).en == (
        "Route 1: Upper Realm; stop no. 1 (inferred)"
    )
    assert route_words(item()).is_empty


def test_sources_are_cited_by_host() -> None:
    site = Site(uuid="u", code="1", source_note="https://a.vn/x?y=1; báo cáo; https://a.vn/z")
    sheet = geosite_sheet(item(site), NO_LABELS, epsg=9215)
    values = [row.value.vi for row in sheet.rows]
    assert "a.vn; báo cáo" in values


def test_a_very_long_value_is_cut() -> None:
    site = Site(uuid="u", code="1", manager="rất dài " * 100)
    sheet = geosite_sheet(item(site), NO_LABELS, epsg=9215)
    assert max(len(row.value.vi) for row in sheet.rows) < 300


def test_problems_stand_in_order_and_once() -> None:
    def problem(severity: Severity, site: str) -> Problem:
        message = Bilingual("a", "a")
        return Problem(code="x", severity=severity, site=site, field="", message=message)

    note, error = problem(Severity.NOTE, "LS-001"), problem(Severity.ERROR, "LS-009")
    assert in_order([note, error, note]) == (error, note)
