"""Lines typed from a paper form."""

import pytest

from geopark_app.rules.paper_entry import FormItem, PaperEntry, read_entry

ITEMS = (FormItem(number=2, code="B01"), FormItem(number=12, code="B11", is_measured=True))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2 1", PaperEntry(code="B01", status="met")),
        ("b01=3", PaperEntry(code="B01", status="not_met")),
        ("12 2 4,5", PaperEntry(code="B11", status="partly", value=4.5)),
        ("12 2 4.5 old  post", PaperEntry(code="B11", status="partly", value=4.5, note="old post")),
        ("B11 4 no panel", PaperEntry(code="B11", status="na", note="no panel")),
        ("B11 4 nan", PaperEntry(code="B11", status="na", note="nan")),
        ("B01 5 3", PaperEntry(code="B01", status="not_checked", note="3")),
        ("B01", None),
        ("B01 6", None),
        ("99 1", None),
        ("", None),
    ],
)  # fmt: skip
def test_lines_are_read(typed: str, expected: PaperEntry | None) -> None:
    assert read_entry(typed, ITEMS) == expected
