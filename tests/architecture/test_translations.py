"""Every text people read exists in Vietnamese, with the same fields and nothing left over."""

import re
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from resources.packaging.compile_translations import merged

ROOT = Path(__file__).resolve().parents[2]
I18N = ROOT / "resources" / "i18n"
PO_FILES = sorted((I18N / "vi").glob("*.po"))
# Words click itself prints are asked for by click, not by our code.
FROM_OUTSIDE = {"click.po"}


@cache
def used() -> dict[str, str]:
    """Give every text asked for in the program, with the place of its first use."""
    found: dict[str, str] = {}
    for name, line, message, _, _ in extract_from_dir(
        ROOT / "geopark_app",
        method_map=[("**.py", "python")],
        keywords={"_": None, "gettext": None, "N_": None, "translate": None},
    ):
        texts = (message,) if isinstance(message, str) else message
        for text in texts:
            if text:
                found.setdefault(text, f"{name}:{line}")
    return found


@cache
def translated() -> dict[str, str]:
    return {str(message.id): str(message.string) for message in merged(I18N / "vi") if message.id}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_texts_are_found() -> None:
    assert len(used()) > 150


def test_every_text_has_a_vietnamese_translation() -> None:
    missing = {text: place for text, place in used().items() if not translated().get(text)}
    assert missing == {}


def test_translations_have_the_fields_of_the_source() -> None:
    unequal = {
        text: vietnamese
        for text, vietnamese in translated().items()
        if fields_or_empty(text) != fields_or_empty(vietnamese)
        # The two forms of a plural of click name their value differently; either will do.
        and not (_is_plural(text) and fields_or_empty(vietnamese) < fields_or_empty(text))
    }
    assert unequal == {}


def _is_plural(text: str) -> bool:
    return text.startswith("('")


def fields_or_empty(text: str) -> set[str]:
    try:
        return fields(text)
    except ValueError:  # a brace that is no field, such as in an example of JSON
        return set()


def test_percent_signs_of_click_stay() -> None:
    for text, vietnamese in translated().items():
        assert sorted(re.findall(r"%\(\w+\)s", text)) == sorted(
            re.findall(r"%\(\w+\)s", vietnamese)
        ), text


def test_no_text_is_formatted_before_it_is_translated() -> None:
    """`_(f"…")` would never be found in a catalogue."""
    for path in (ROOT / "geopark_app").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b_\(\s*f[\"']", text), path


@pytest.mark.parametrize("path", PO_FILES, ids=lambda path: path.name)
def test_a_file_of_translations_is_whole(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale="vi", abort_invalid=True)
    ids = [str(message.id) for message in catalogue if message.id]
    assert ids
    for message in catalogue:
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id


def test_nothing_is_translated_that_nobody_reads() -> None:
    left_over = {}
    for path in PO_FILES:
        if path.name in FROM_OUTSIDE:
            continue
        with path.open("rb") as file:
            for message in read_po(file, locale="vi"):
                if message.id and str(message.id) not in used():
                    left_over[str(message.id)] = path.name
    assert left_over == {}


def test_vietnamese_is_vietnamese_and_composed() -> None:
    import unicodedata

    for text, vietnamese in translated().items():
        assert unicodedata.is_normalized("NFC", vietnamese), text
        assert "..." not in vietnamese, text


@pytest.mark.parametrize(
    ("source", "translation", "same"),
    [
        ("{count} photos", "{count} ảnh", True),
        ("{count} photos", "{soluong} ảnh", False),
        ("{a} and {b}", "{b} và {a}", True),
        ("{a} and {b}", "{a}", False),
        ("100 %", "100 %", True),
    ],
)
def test_fields_are_compared_by_name(source: str, translation: str, same: bool) -> None:
    assert (fields(source) == fields(translation)) is same
