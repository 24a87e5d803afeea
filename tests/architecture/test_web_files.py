"""Third-party web files and fonts: only the listed ones, unaltered, licensed, never committed."""

import hashlib
import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from resources.packaging import collect_web

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "resources" / "web"
DIST = WEB / "dist"
FILES = collect_web.read_list()
FONTS = ("Regular", "Bold", "Italic", "SemiBold")

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def vietnamese_letters() -> set[str]:
    """Every letter Vietnamese has, precomposed, small and capital, and its tone marks."""
    import unicodedata

    toned = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES}
    small = toned | set(VOWELS) | {"đ"}
    return small | {letter.upper() for letter in small} | set(TONES) | set("′″°₫–“”×")


def test_dist_holds_exactly_the_listed_files() -> None:
    assert collect_web.is_complete(FILES, DIST), "run `make setup`"


def test_every_listed_file_has_its_licence_beside_it() -> None:
    targets = {file.target for file in FILES}
    for file in FILES:
        assert file.licence_file in targets
        assert file.licence_file.split("/")[0] == file.target.split("/")[0]
        assert (DIST / file.licence_file).read_text(encoding="utf-8").strip()


def test_every_listed_package_is_locked() -> None:
    wanted = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {file.package for file in FILES} == set(wanted)


def test_every_listed_package_has_its_notice() -> None:
    notices = (ROOT / "docs" / "third-party-notices.md").read_text(encoding="utf-8")
    for package in {file.package for file in FILES}:
        assert package in notices


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    for file in FILES:
        target = tmp_path / file.target
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((DIST / file.target).read_bytes())
    assert collect_web.is_complete(FILES, tmp_path)
    with (tmp_path / "leaflet" / "leaflet.js").open("ab") as leaflet:
        leaflet.write(b" ")
    assert not collect_web.is_complete(FILES, tmp_path)


def test_an_unlisted_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "stranger.js").write_text("alert(1)", encoding="utf-8")
    assert not collect_web.is_complete([], tmp_path)


def test_a_fetched_file_with_other_content_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collect_web, "WORK", tmp_path)
    listed = replace(FILES[0], sha256="0" * 64)
    listed.fetched.parent.mkdir(parents=True)
    listed.fetched.write_text("something else", encoding="utf-8")
    with pytest.raises(collect_web.CollectError, match="is not the file"):
        collect_web.copy_listed([listed], tmp_path / "dist")


def test_no_third_party_file_is_committed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if tracked.returncode != 0:
        pytest.skip("not a git checkout")
    listed = {file.sha256 for file in FILES}
    for name in filter(None, tracked.stdout.decode().split("\0")):
        path = ROOT / name
        if not path.is_file():
            continue
        assert path.suffix not in {".ttf", ".otf", ".woff", ".woff2"}, name
        assert hashlib.sha256(path.read_bytes()).hexdigest() not in listed, name


@pytest.mark.parametrize("style", FONTS)
def test_the_fonts_have_every_vietnamese_letter(style: str) -> None:
    with TTFont(DIST / "fonts" / f"NotoSans-{style}.ttf") as font:
        known = font.getBestCmap()
    assert {letter for letter in vietnamese_letters() if ord(letter) not in known} == set()
