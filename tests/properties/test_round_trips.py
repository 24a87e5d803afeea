"""What goes in comes out: records through rows, values through text, changes through hashes."""

import dataclasses
import json
import math
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geopark_app.domain.change import Op, OpId, OpKind, Save, canonical, save_hash, value_digest
from geopark_app.domain.declaration import FieldSpec, FieldType, kind_of
from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.kinds import ALL_KINDS, KINDS
from geopark_app.domain.position import Position, Quantity
from geopark_app.domain.text import clean, fold, sort_key
from geopark_app.rules.typed_values import read_value
from geopark_app.store.rows import columns_of_logged, from_row, logged_value, to_row

texts = st.text(min_size=1, max_size=30).map(clean).filter(lambda text: text.strip() != "")
degrees = st.floats(-180, 180).filter(lambda number: number != 0)
positions = st.builds(
    Position,
    lon=degrees,
    lat=st.floats(-90, 90),
    accuracy_m=st.none() | st.floats(0, 1e6),
    quality=st.none() | st.sampled_from(["exact", "approx", "commune-centroid"]),
    as_typed=st.none() | texts,
)
_VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.INTEGER: st.integers(-(2**53) + 1, 2**53 - 1),
    FieldType.DECIMAL: st.floats(allow_nan=False, allow_infinity=False),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.POSITION: positions,
    FieldType.QUANTITY: st.builds(Quantity, value=st.floats(-1e9, 1e9), unit=st.none() | texts),
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner,
                                                                max_size=3),
    max_leaves=6,
).filter(lambda value: "\ud800" not in repr(value))  # fmt: skip


def value_of(spec: FieldSpec) -> st.SearchStrategy[Any]:
    return st.none() | _VALUES.get(spec.type, texts)


@st.composite
def records(draw: st.DrawFn) -> Any:
    record_type = draw(st.sampled_from(ALL_KINDS))
    fields = {spec.name: draw(value_of(spec)) for spec in kind_of(record_type).fields}
    return record_type(uuid=draw(st.uuids().map(str)), deleted=draw(st.booleans()), **fields)


@settings(max_examples=60, deadline=None)
@given(records())
def test_a_record_comes_back_from_its_row(record: Any) -> None:
    row = to_row(record)
    assert all(value is None or isinstance(value, str | int | float) for value in row.values())
    assert from_row(type(record), row) == record


@settings(max_examples=60, deadline=None)
@given(records())
def test_a_record_comes_back_from_the_log(record: Any) -> None:
    """The values of the log make the same columns: rebuild equals state."""
    row = to_row(record)
    columns: dict[str, Any] = {"uuid": record.uuid, "deleted": int(record.deleted)}
    for spec in kind_of(record).fields:
        logged = json.loads(json.dumps(logged_value(spec, row)))
        columns.update(columns_of_logged(spec, logged))
    assert columns == row


@given(st.text())
def test_stored_text_is_nfc_without_controls_and_stays_so(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert all(char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"} for char in cleaned)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_search_form_does_not_hang_on_the_normal_form(text: str) -> None:
    forms = {fold(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@given(st.lists(st.text(max_size=8), max_size=12))
def test_dictionary_order_is_a_total_order(words: list[str]) -> None:
    once = sorted(words, key=sort_key)
    backwards = list(reversed(once))
    assert sorted(backwards, key=sort_key) == once


typed_specs = st.sampled_from([spec for kind in KINDS.values() for spec in kind.fields])


@settings(max_examples=200, deadline=None)
@given(typed_specs, st.text(max_size=40) | st.from_regex(r"[-+0-9eE.,/:TZ ]{1,24}", fullmatch=True))
def test_whatever_is_typed_is_a_value_or_a_refusal(spec: FieldSpec, typed: str) -> None:
    try:
        value = read_value(spec, typed)
    except GeoparkError:
        return
    assert value is None or isinstance(value, str | int | float)
    if isinstance(value, float):
        assert math.isfinite(value)
    if isinstance(value, str):
        assert value == value.strip() == clean(value) != ""


@settings(deadline=None)
@given(typed_specs, st.text(max_size=40))
def test_a_value_typed_again_as_it_is_shown_is_the_same(spec: FieldSpec, typed: str) -> None:
    try:
        value = read_value(spec, typed)
    except GeoparkError:
        return
    assert read_value(spec, "" if value is None else str(value)) == value


@given(json_values)
def test_the_hashed_form_is_one_form(value: Any) -> None:
    again = json.loads(canonical(value))
    assert canonical(again) == canonical(value)
    assert value_digest("00", value) == value_digest("00", again)
    assert value_digest("00", value) != value_digest("01", value)


OPERATION = Op(
    id=OpId(author="a.1", seq=1), table="site", row_uuid="r", kind=OpKind.UPDATE, field="code",
    values={"code": "x"}, salts={"code": "00"}, digests={"code": "d"},
    replaces=(OpId(author="b.1", seq=2),), seen={"a.1": 0},
)  # fmt: skip
SAVE = Save(author="a.1", first=1, n=1, hlc=5, wall="w", user="u", schema_version="1", note="n",
            prev_hash="")  # fmt: skip


@pytest.mark.parametrize("field", [item.name for item in dataclasses.fields(Save)])
def test_the_hash_covers_every_part_of_a_save(field: str) -> None:
    changed = 9 if isinstance(getattr(SAVE, field), int) else "other"
    other = dataclasses.replace(SAVE, **{field: changed})
    assert save_hash(other, (OPERATION,)) != save_hash(SAVE, (OPERATION,))


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("id", OpId(author="a.1", seq=2)),
        ("table", "photo"),
        ("row_uuid", "s"),
        ("kind", OpKind.INSERT),
        ("field", "name_vi"),
        ("digests", {"code": "e"}),
        ("digests", {"name_vi": "d"}),
        ("replaces", ()),
        ("replaces", (OpId(author="b.1", seq=3),)),
        ("seen", None),
        ("seen", {"a.1": 1}),
    ],
)
def test_the_hash_covers_every_part_of_an_operation(field: str, changed: Any) -> None:
    other = dataclasses.replace(OPERATION, **{field: changed})
    assert save_hash(SAVE, (other,)) != save_hash(SAVE, (OPERATION,))


@pytest.mark.parametrize("field", ["values", "salts"])
def test_the_hash_covers_digests_and_never_values(field: str) -> None:
    other = dataclasses.replace(OPERATION, **{field: {}})
    assert save_hash(SAVE, (other,)) == save_hash(SAVE, (OPERATION,))


def test_the_order_of_operations_is_covered() -> None:
    second = dataclasses.replace(OPERATION, row_uuid="s")
    assert save_hash(SAVE, (OPERATION, second)) != save_hash(SAVE, (second, OPERATION))
