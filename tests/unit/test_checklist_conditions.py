"""Which items are asked, which must be answered, which values cannot be; editions before use."""

import pytest

from geopark_app.rules.checklist_conditions import (
    Breach,
    Conditions,
    Given,
    ItemConditions,
    names_of,
)
from geopark_app.rules.checklist_edition import (
    MOST_ITEMS,
    EditionProblem,
    PlannedItem,
    edition_order,
    is_code,
    is_edition_name,
    next_edition,
    problems_of,
)

FACTS = {"site_kind": "geosite", "stop": "yes"}
CODES = ("B01", "B02", "B03", "C03")
CONDITIONS = Conditions(
    [
        ItemConditions(code="B01", required="yes"),
        ItemConditions(code="B02", relevant="${B01} = 'met'", required="${stop} = 'yes'"),
        ItemConditions(code="B03", relevant="${B02} = 'met' and ${site_kind} = 'geosite'"),
        ItemConditions(
            code="C03", relevant="${site_kind} != 'cave'", constraint=". >= 0 and . <= 100"
        ),
    ]
)


def asked(**answers: str) -> frozenset[str]:
    return CONDITIONS.asked(
        CODES, {code: Given(status=told) for code, told in answers.items()}, FACTS
    )


def test_items_are_asked_by_answers_and_by_the_place() -> None:
    assert asked() == {"B01", "C03"}
    assert asked(B01="met") == {"B01", "B02", "C03"}
    assert asked(B01="met", B02="met") == {"B01", "B02", "B03", "C03"}
    assert CONDITIONS.asked(CODES, {}, {"site_kind": "cave"}) == {"B01"}


def test_what_is_not_asked_counts_as_unanswered_for_the_others() -> None:
    # B02 was answered once, but B01 is not met any more: B03 hangs on an item not asked
    assert asked(B01="not_met", B02="met") == {"B01", "C03"}


def test_on_paper_open_conditions_are_printed_and_facts_decide() -> None:
    assert CONDITIONS.asked(CODES, {}, FACTS, on_paper=True) == set(CODES)
    other = CONDITIONS.asked(CODES, {}, {"site_kind": "cave"}, on_paper=True)
    assert other == {"B01", "B02"}
    assert CONDITIONS.relevant_to("B02") == "${B01} = 'met'"
    assert CONDITIONS.relevant_to("B01") == ""


@pytest.mark.parametrize(
    ("value", "allowed"), [("0", True), ("100", True), ("100.5", False), ("-1", False), ("", True)]
)
def test_measured_values_keep_to_their_condition(value: str, allowed: bool) -> None:
    assert CONDITIONS.allows("C03", value, {}, FACTS) is allowed
    assert CONDITIONS.allows("B01", value, {}, FACTS)


def test_breaches_of_a_visit() -> None:
    given = {"B02": Given(status="met"), "C03": Given(status="met", value="120")}
    assert CONDITIONS.breaches(CODES, given, FACTS) == [
        Breach(code="B01", kind="required"),
        Breach(code="B02", kind="not-asked"),
        Breach(code="C03", kind="constraint"),
    ]
    assert CONDITIONS.breaches(CODES, {}, FACTS, is_finished=False) == []
    half = {"B01": Given(status="met"), "B02": Given(status="not_checked")}
    assert CONDITIONS.breaches(CODES, half, FACTS) == [Breach(code="B02", kind="required")]
    assert CONDITIONS.breaches(CODES, half, {**FACTS, "stop": "no"}) == []
    assert not CONDITIONS.is_required("C03", {}, FACTS)
    assert not CONDITIONS.is_empty
    assert Conditions([ItemConditions(code="A")]).is_empty


def test_a_condition_on_a_measured_value() -> None:
    held = Conditions([ItemConditions(code="B", relevant="${C03_value} > 2")])
    many = {"C03": Given(status="met", value="3")}
    assert held.asked(("B",), many, {}) == {"B"}
    assert held.asked(("B",), {"C03": Given(status="met")}, {}) == set()


def test_circles_and_conditions_of_later_programs_do_no_harm() -> None:
    circle = Conditions(
        [
            ItemConditions(code="A", relevant="${B} = 'met'"),
            ItemConditions(code="B", relevant="${A} = 'met'"),
            ItemConditions(code="C", relevant="later-function(1)"),
        ]
    )
    answers = {code: Given(status="met") for code in "AB"}
    assert circle.asked(("A", "B", "C"), answers, {}) == {"A", "B", "C"}
    chain = Conditions(
        ItemConditions(code=f"I{n}", relevant=f"${{I{n + 1}}} = 'met'") for n in range(400)
    )
    met = {f"I{n}": Given(status="met") for n in range(401)}
    assert chain.asked(("I0",), met, {}) == {"I0"}


def test_names_a_condition_looks_at() -> None:
    assert names_of("${A} = 'met' and . > 1") == {"A"}
    assert names_of("yes") == names_of("") == names_of("no") == set()


# Editions -------------------------------------------------------------------------------------


def planned(code: str = "B01", **more: object) -> PlannedItem:
    values: dict[str, object] = {
        "group": "B", "scope": "site", "label_vi": "Bảng", "label_en": "Panel", "weight": 3,
    }  # fmt: skip
    return PlannedItem(code=code, **(values | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "reason", "detail"),
    [
        (planned("b 1"), "bad-code", ""),
        (planned("scope"), "bad-code", ""),
        (planned("B01_value"), "bad-code", ""),
        (planned("g_site"), "bad-code", ""),
        (planned(label_en=""), "no-label", "label_en"),
        (planned(label_vi=""), "no-label", "label_vi"),
        (planned(scope="country"), "bad-scope", "country"),
        (planned(weight=None), "bad-weight", "None"),
        (planned(weight=101), "bad-weight", "101"),
        (planned(group="Z"), "no-group", "Z"),
        (planned(constraint=". > 1"), "no-measure", ""),
        (planned(relevant="${X09} = 'met'"), "unknown-name", "X09"),
        (planned(required="${P01} = 'met'"), "other-scope", "P01"),
        (planned(relevant="oh no"), "bad-condition", "relevant: oh no"),
        (planned(relevant="${B01} = 'met'"), "circle", ""),
    ],
)
def test_what_must_be_put_right(item: PlannedItem, reason: str, detail: str) -> None:
    found = problems_of([item, planned("P01", scope="park")], ["B"])
    assert EditionProblem(code=item.code, reason=reason, detail=detail) in found


def test_a_good_edition_has_no_problems() -> None:
    items = [
        planned(),
        planned("B02", relevant="${B01} = 'met' and ${site_kind} = 'geosite'", required="yes"),
        planned("B03", is_measured=True, constraint=". >= ${B04_value}"),
        planned("B04", is_measured=True),
        planned("B05", is_retired=True, label_vi="", weight=None),
    ]
    assert problems_of(items, ["B"]) == []


def test_problems_of_the_whole() -> None:
    assert problems_of([planned(is_retired=True)], ["B"])[0].reason == "no-items"
    many = [planned(f"B{n:03}") for n in range(MOST_ITEMS + 1)]
    assert problems_of(many, ["B"])[0].reason == "too-many"
    assert problems_of([planned("B01"), planned("b01")], ["B"])[0].reason == "double-code"
    round_about = [
        planned("B01", relevant="${B02_value} > 1"),
        planned("B02", relevant="${B01} = 'met'"),
        planned("B03", relevant="${B02} = 'met'"),
    ]
    reasons = {(one.code, one.reason) for one in problems_of(round_about, ["B"])}
    assert reasons == {("B01", "circle"), ("B02", "circle"), ("B03", "circle")}


def test_names_of_editions() -> None:
    assert next_edition("readiness-2026.1", ["readiness-2026.1"]) == "readiness-2026.2"
    assert next_edition("readiness-2026.1", ["readiness-2026.2"]) == "readiness-2026.3"
    assert next_edition("water-beta", []) == "water-beta.1"
    assert is_edition_name("readiness-2027.1")
    assert not is_edition_name("Readiness 2027")
    names = ["readiness-2026.9", "readiness-2026.10", "readiness-2026.beta"]
    assert max(names, key=edition_order) == "readiness-2026.10"
    assert min(names, key=edition_order) == "readiness-2026.beta"
    assert is_code("B07")
    assert not is_code("7B")
