"""The form that is hashed and signed: fixed for good, or old catalogues no longer verify."""

import hashlib
import math

import pytest

from geopark_app.domain.change import Op, OpId, OpKind, Save, canonical, save_hash, value_digest


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, b"null"),
        (True, b"true"),
        (1, b"1"),
        (1.0, b"1.0"),
        (0.1, b"0.1"),
        ("Đá", '"Đá"'.encode()),
        ({"b": 1, "a": [1, {"d": None, "c": ""}]}, b'{"a":[1,{"c":"","d":null}],"b":1}'),
    ],
)
def test_the_one_form(value: object, expected: bytes) -> None:
    assert canonical(value) == expected


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, [math.nan], {"a": math.inf}])
def test_numbers_that_are_none_have_no_form(value: object) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical(value)


def test_the_digest_of_a_value_is_fixed_for_good() -> None:
    assert value_digest("00ff", "Đá") == _sha256('00ff\0"Đá"'.encode())
    assert value_digest("00ff", None) == _sha256(b"00ff\0null")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_hash_of_a_save_is_fixed_for_good() -> None:
    """A golden value: if it changes, every catalogue made before fails its check."""
    op = Op(
        id=OpId(author="a.1", seq=1), table="site", row_uuid="r", kind=OpKind.INSERT, field="",
        values={"code": "LS-1"}, salts={"code": "00"}, digests={"code": "d1"},
    )  # fmt: skip
    save = Save(
        author="a.1", first=1, n=1, hlc=5, wall="2026-11-20T12:00:00+07:00", user="Hà",
        schema_version="0001", note="Thêm", prev_hash="",
    )  # fmt: skip
    text = (
        '[["geopark-save/1","a.1",1,1,5,"2026-11-20T12:00:00+07:00","Hà","0001","Thêm",""],'
        '[[1,"site","r","I","",{"code":"d1"},[],null]]]'
    )
    assert save_hash(save, (op,)) == _sha256(text.encode())
