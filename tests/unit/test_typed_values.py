"""Typed text to values: the same reading for form, command line and import."""

import pytest

from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.rules.typed_values import read_value


def spec(field_type: FieldType) -> FieldSpec:
    return FieldSpec(name="f", type=field_type, label_vi="F", label_en="F")


@pytest.mark.parametrize(
    ("field_type", "typed", "expected"),
    [
        (FieldType.TEXT, "Hang Gió", "Hang Gió"),
        (FieldType.TEXT, "  a  ", "a"),
        (FieldType.TEXT, "", None),
        (FieldType.TEXT, " \t ", None),
        (FieldType.TEXT, "\x00", None),
        (FieldType.LONG_TEXT, "một\nhai", "một\nhai"),
        (FieldType.INTEGER, "312", 312),
        (FieldType.INTEGER, "-5", -5),
        (FieldType.INTEGER, "", None),
        (FieldType.INTEGER, "0", 0),
        (FieldType.INTEGER, str(2**53 - 1), 2**53 - 1),
        (FieldType.DECIMAL, "1.5", 1.5),
        (FieldType.DECIMAL, "1,5", 1.5),
        (FieldType.DECIMAL, "-0,25", -0.25),
        (FieldType.DECIMAL, "0", 0.0),
        (FieldType.BOOLEAN, "yes", True),
        (FieldType.BOOLEAN, "Có", True),
        (FieldType.BOOLEAN, "ĐÚNG", True),
        (FieldType.BOOLEAN, "1", True),
        (FieldType.BOOLEAN, "no", False),
        (FieldType.BOOLEAN, "không", False),
        (FieldType.BOOLEAN, "Sai", False),
        (FieldType.BOOLEAN, "0", False),
        (FieldType.BOOLEAN, "", None),
        (FieldType.DATE, "2026-11-20", "2026-11-20"),
        (FieldType.DATE, "20/11/2026", "2026-11-20"),
        (FieldType.DATE, "1/2/2026", "2026-02-01"),
        (FieldType.DATE, "29/02/2028", "2028-02-29"),
        (FieldType.INSTANT, "2026-11-20T09:00:00+07:00", "2026-11-20T09:00:00+07:00"),
    ],
)
def test_what_a_text_means(field_type: FieldType, typed: str, expected: object) -> None:
    value = read_value(spec(field_type), typed)
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("field_type", "typed"),
    [
        (FieldType.INTEGER, "1.5"),
        (FieldType.INTEGER, "ba"),
        (FieldType.INTEGER, str(2**53)),
        (FieldType.INTEGER, "9" * 5000),
        (FieldType.DECIMAL, "nan"),
        (FieldType.DECIMAL, "inf"),
        (FieldType.DECIMAL, "-Infinity"),
        (FieldType.DECIMAL, "1e999"),
        (FieldType.DECIMAL, "1,5,2"),
        (FieldType.DECIMAL, "1 m"),
        (FieldType.BOOLEAN, "maybe"),
        (FieldType.DATE, "29/02/2026"),
        (FieldType.DATE, "2026-13-01"),
        (FieldType.DATE, "1/2/26"),
        (FieldType.DATE, "1/2"),
        (FieldType.DATE, "1/2/3/2026"),
        (FieldType.DATE, "1/1/99999999999"),
        (FieldType.DATE, "hôm qua"),
        (FieldType.INSTANT, "now"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(field_type: FieldType, typed: str) -> None:
    with pytest.raises(GeoparkError) as caught:
        read_value(spec(field_type), typed)
    assert caught.value.code is ErrorCode.BAD_VALUE
    assert caught.value.details["field"] == "f"
    assert caught.value.details["value"] == typed
    assert caught.value.details["expected"] == field_type.value
