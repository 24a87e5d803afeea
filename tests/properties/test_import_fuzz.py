"""Damaged lists: a small fixed number of inputs here, many by `make soak` (tests/tools)."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geopark_app.domain.errors import GeoparkError
from geopark_app.domain.text import nfc
from geopark_app.exchange.legacy_vietnamese import _TCVN3, _VNI, from_tcvn3, from_vni
from geopark_app.exchange.reading_text_tables import read_text_table
from geopark_app.exchange.text_encodings import decode
from tests.tools.fuzz_import import fuzz

_LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ "
)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_sixty_damaged_files_end_well(tmp_path: Path) -> None:
    counts = fuzz(tmp_path, wanted=60, seed=3)
    assert counts["bug"] == 0
    assert counts["read"] + counts["refused"] == 60


@given(st.binary(max_size=4000))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        table = read_text_table(content, None)
    except GeoparkError:
        return
    assert all(len(row.cells) == len(table.header) for row in table.rows)


@given(st.text(max_size=300))
def test_utf8_text_stays_what_it_is(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    if "\x00" in text or content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return
    try:
        assert nfc(decode(content).text) == nfc(text)
    except GeoparkError:
        assert any("\ud800" <= char <= "\udfff" for char in text)


@given(st.text(alphabet=_LETTERS, min_size=1, max_size=80))
def test_old_fonts_there_and_back(text: str) -> None:
    there = {meant: typed for typed, meant in _TCVN3.items()}
    assert from_tcvn3("".join(there.get(char, char) for char in text)) == text


@given(st.sampled_from(sorted(_VNI.items())))
def test_each_letter_of_vni(pair: tuple[str, str]) -> None:
    typed, meant = pair
    assert from_vni(f"h{typed}p") == f"h{meant}p"
