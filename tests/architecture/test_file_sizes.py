"""Files stay small enough to be read: over 500 lines a file is two."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 500
CODE = [
    *(ROOT / "geopark_app").rglob("*.py"),
    *(ROOT / "geopark_app").rglob("*.js"),
    *(ROOT / "resources" / "packaging").rglob("*.py"),
    *(ROOT / "tests").rglob("*.py"),
]
FORBIDDEN = {"utils", "helpers", "common", "misc"}


def test_there_is_code_to_look_at() -> None:
    assert len(CODE) > 100


def test_no_file_is_longer_than_500_lines() -> None:
    """Divide one that is by what its parts are about."""
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {path.name: count for path, count in lines.items() if count > LIMIT} == {}


def test_no_module_is_named_after_nothing() -> None:
    assert not [path for path in CODE if path.stem in FORBIDDEN or path.parent.name in FORBIDDEN]


def test_every_module_says_what_it_is_for() -> None:
    import ast

    for path in CODE:
        if path.suffix == ".py":
            sentence = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
            assert sentence, path
            assert sentence.split("\n\n")[0].rstrip().endswith((".", "…", "!", "?")), path
