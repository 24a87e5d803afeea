"""Put the read-only files into the wheel, compiled translations and fetched web files included."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = "geopark_app/_bundled"
# What only the build needs; everything else under resources/ and db/ ships.
LEFT_OUT_FOLDERS = {"resources/packaging"}
LEFT_OUT_FILES = {
    "resources/web/.npmrc",
    "resources/web/files.json",
    "resources/web/package-lock.json",
    "resources/web/package.json",
}
LEFT_OUT_SUFFIXES = {".po", ".pot", ".pyc", ".tmp"}


class ResourcesHook(BuildHookInterface[Any]):
    """Fill `geopark_app/_bundled/` of the wheel from `resources/` and `db/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the translations and name every file that goes into the wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "resources/web/dist/leaflet/leaflet.js").is_file():
            message = "resources/web/dist/ is empty: run `make setup` first."
            raise FileNotFoundError(message)
        packaging = root / "resources/packaging"
        runpy.run_path(str(packaging / "compile_translations.py"))["compile_all"]()
        for path in shipped_files(root):
            name = path.relative_to(root).as_posix()
            build_data["force_include"][str(path)] = f"{BUNDLED}/{name}"


def shipped_files(root: Path) -> list[Path]:
    """Give the files of `resources/` and `db/` that ship, in a fixed order."""
    found = [path for top in ("resources", "db") for path in (root / top).rglob("*")]
    return sorted(path for path in found if path.is_file() and ships(path.relative_to(root)))


def ships(path: Path) -> bool:
    """Say whether a file, given relative to the root, belongs into the wheel."""
    name = path.as_posix()
    return not (
        name in LEFT_OUT_FILES
        or path.suffix in LEFT_OUT_SUFFIXES
        or any(name.startswith(f"{folder}/") for folder in LEFT_OUT_FOLDERS)
    )
