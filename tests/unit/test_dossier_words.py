"""The words of the dossier: two languages, digits of positions, dates, problems in order."""

import pytest

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Commune, Reference, Route, Site, SiteProtection, Stop
from geopark_app.domain.position import Position
from geopark_app.dossier.annex_maps import AnnexMaps, marker_of
from geopark_app.dossier.bilingual import Bilingual, same, twin
from geopark_app.dossier.problems import Problem, in_order
from geopark_app.maps.drawing import locator_background
from geopark_app.operations.annex_sheets import (
    commune_words,
    date_words,
    geosite_sheet,
    position_words,
    route_words,
)
from geopark_app.operations.export_reading import ExportSite, Labels
from geopark_app.operations.site_citations import citation_of
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


def test_the_longer_texts_are_printed_where_one_language_is_filled_in() -> None:
    site = Site(
        uuid="u",
        code="1",
        interpretation_vi="Dễ hiểu",
        relevance_reason_en="Rare",
        history_of_study_vi="Từ 1920",
        history_of_study_en="Since 1920",
        recommended_measures_vi="Làm rào",
    )
    texts = geosite_sheet(item(site), NO_LABELS, epsg=9215).texts
    assert [(text.title.en, text.body.vi, text.body.en) for text in texts] == [
        ("In plain words", "Dễ hiểu", ""),
        ("Why this relevance", "", "Rare"),
        ("History of study", "Từ 1920", "Since 1920"),
        ("Recommended measures", "Làm rào", ""),
    ]


def test_decisions_and_references_stand_in_the_facts() -> None:
    decision = SiteProtection(
        uuid="p", status="national", decision_no="QĐ 1", decided_on="2019-12-31",
        authority_vi="Thủ tướng", authority_en="Prime Minister",
    )  # fmt: skip
    sheet = geosite_sheet(
        item(protections=(decision,), references=("A (2019). Karst", "B (2020). Cave, p. 3")),
        NO_LABELS,
        epsg=9215,
    )
    rows = {row.label.en: row.value for row in sheet.rows}
    assert rows["Protection decisions"] == Bilingual(
        "national, QĐ 1, 31/12/2019, Thủ tướng", "national, QĐ 1, 31 December 2019, Prime Minister"
    )
    assert rows["References"].vi == "A (2019). Karst; B (2020). Cave, p. 3"
    # The older text row is not asked for where decisions say it.
    assert "Protection" not in rows


@pytest.mark.parametrize(
    ("quality", "sign", "word"),
    [
        ("exact", "pin", "Dot:"),
        ("approx", "approximate", "Ring with a dot: approximate"),
        (None, "approximate", "Ring with a dot: position of the site, quality not stated"),
        ("commune-centroid", "commune", "Dashed ring:"),
    ],
)
def test_each_quality_has_its_own_sign_and_words(quality: str | None, sign: str, word: str) -> None:
    site = placed(lon=106.761, lat=21.853, quality=quality)
    place = geosite_sheet(item(site, commune=HUU_LIEN), NO_LABELS, epsg=9215).place
    maps = AnnexMaps(locator=locator_background((60.0, 62.0)), overview=None)
    marker = marker_of(place, maps)
    assert marker is not None
    assert marker["kind"] == sign
    assert place.note.en.startswith(word)


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (Reference(uuid="r", citation=" Đặng  (2019).\nKarst. "), "Đặng (2019). Karst"),
        (
            Reference(uuid="r", authors="Đặng A.", year=2019, title="Karst", container="J. Geol."),
            "Đặng A. (2019). Karst. J. Geol",
        ),
        (Reference(uuid="r", title_vi="Hang động"), "Hang động"),
        (Reference(uuid="r"), ""),
    ],
)
def test_citations(reference: Reference, words: str) -> None:
    assert citation_of(reference) == words
