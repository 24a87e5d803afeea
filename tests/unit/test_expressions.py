"""Conditions of checklist items: what they mean, and what is refused."""

import pytest

from geopark_app.rules.expressions import (
    DEEPEST,
    LONGEST,
    MOST_WORDS,
    ExpressionError,
    is_true,
    parse,
    words_of,
)

VALUES = {"A": "met", "B": "not_met", "C_value": "3.5", "E": "", "M": "one two"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${A} = 'met'", True),
        ('${ A } = "met"', True),
        ("${A} != 'met'", False),
        ("${B} = 'met' or ${A} = 'met'", True),
        ("${B} = 'met' and ${A} = 'met'", False),
        # "and" binds closer than "or": true or (false and false)
        ("true() or false() and false()", True),
        ("(true() or false()) and false()", False),
        ("not(${B} = 'met')", True),
        ("not(${A})", False),
        ("${C_value} >= 3.5", True),
        ("${C_value} < 3.5", False),
        ("${C_value} <= 3 or ${C_value} > 4", False),
        # an empty value is no number: every comparison with it is false, "!=" is true (XPath 1.0)
        ("${E} < 1", False),
        ("${E} >= 0", False),
        ("${E} = 0", False),
        ("${E} != 0", True),
        ("${E} = ''", True),
        ("${nothing} = ''", True),
        ("2 + 3 * 2 = 8", True),
        ("(2 + 3) * 2 = 10", True),
        ("7 mod 4 = 3", True),
        ("7 div 2 = 3.5", True),
        ("1 div 0 = 1 div 0", False),
        ("1 mod 0 = 0", False),
        ("-${C_value} = -3.5", True),
        ("5 - 2 - 1 = 2", True),
        (". > 10", True),
        (". = 12 and .5 < 1", True),
        ("selected(${M}, 'two')", True),
        ("selected(${M}, 'tw')", False),
        ("number(${C_value}) = 3.5", True),
        ("string-length(${A}) = 3", True),
        ("string-length(12) = 2", True),
        ("string-length(true()) = 4", True),
        # a truth compared with a text is compared as a truth: "met" is not empty, so true
        ("${A} = true()", True),
        ("${E} = false()", True),
        ("0", False),
        ("1 div 0", False),
        ("'words'", True),
        ("${A} = 'met' = true()", True),
        ("1 < 2 < 3", True),
    ],
)
def test_conditions_mean_what_xlsform_says(source: str, expected: bool) -> None:
    assert is_true(parse(source), VALUES, current="12") is expected


def test_names_are_told() -> None:
    assert parse("${A} = 'met' and . > ${C_value}").names == {"A", "C_value", "."}
    assert parse("true()").names == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("${site_kind} = 'cave'", False),
        ("${site_kind} = 'geosite'", True),
        # what is not known yet stays open, unless the rest settles it
        ("${B01} = 'met'", None),
        ("${site_kind} = 'cave' and ${B01} = 'met'", False),
        ("${B01} = 'met' and ${site_kind} = 'cave'", False),
        ("${site_kind} = 'geosite' or ${B01} = 'met'", True),
        ("${site_kind} = 'geosite' and ${B01} = 'met'", None),
        ("not(${B01} = 'met')", None),
    ],
)
def test_on_paper_answers_are_not_known_yet(source: str, expected: bool | None) -> None:
    assert is_true(parse(source), {"site_kind": "geosite"}, given=False) is expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "incomplete"),
        ("${A} =", "incomplete"),
        ("(${A} = 'met'", "incomplete"),
        ("not(", "incomplete"),
        ("${A} = 'met' extra", "unknown-word"),
        ("A = 1", "unknown-word"),
        ("${A} == 1", "unknown-word"),
        ("${A} = 'met", "unknown-word"),
        ("__import__('os')", "unknown-word"),
        ("not ${A}", "unknown-word"),
        ("selected(${A} 'x')", "unknown-word"),
        ("${A} = ;", "unknown-word"),
        (") = 1", "unknown-word"),
        ("'" + "x" * LONGEST + "'", "too-long"),
        ("1" + " + 1" * MOST_WORDS, "too-long"),
        ("(" * 60 + "1" + ")" * 60, "too-deep"),
        ("not(" * (DEEPEST + 2) + "1" + ")" * (DEEPEST + 2), "too-deep"),
        ("- " * (DEEPEST + 2) + "1", "too-deep"),
        ("(" * (DEEPEST + 1), "too-deep"),
    ],
)
def test_anything_else_is_refused_with_its_place(source: str, reason: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert caught.value.reason == reason
    assert 0 <= caught.value.at <= max(len(source), LONGEST)


def test_words_keep_their_kind_and_place() -> None:
    words = words_of("${A} >= 1.5")
    assert [(word.kind, word.text, word.at) for word in words] == [
        ("name", "${A}", 0),
        ("sign", ">=", 5),
        ("number", "1.5", 8),
    ]
