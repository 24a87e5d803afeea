"""Merge the `.po` files of each language into the one `.mo` file the program reads."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
I18N = ROOT / "resources" / "i18n"
DOMAIN = "geopark"


class TranslationError(Exception):
    """Two files translate one text differently, or a file cannot be read."""


def po_files(language_folder: Path) -> list[Path]:
    """Give the language's `.po` files, in the order of their names."""
    return sorted(language_folder.glob("*.po"))


def target_of(language_folder: Path) -> Path:
    """Give the place of the language's compiled file."""
    return language_folder / "LC_MESSAGES" / f"{DOMAIN}.mo"


def merged(language_folder: Path) -> Catalog:
    """Merge the `.po` files of one language; a text translated in two ways is an error."""
    whole = Catalog(locale=language_folder.name, domain=DOMAIN)
    for path in po_files(language_folder):
        with path.open("rb") as file:
            part = read_po(file, locale=language_folder.name, domain=DOMAIN, abort_invalid=True)
        for message in part:
            if not message.id or not message.string or message.fuzzy:
                continue
            known = whole.get(message.id, message.context)
            if known is not None and known.string != message.string:
                raise TranslationError(
                    f"{path.name}: {message.id!r} is {message.string!r} here "
                    f"and {known.string!r} in another file."
                )
            whole.add(message.id, message.string, context=message.context)
    return whole


def is_current(language_folder: Path) -> bool:
    """Say whether the compiled file is newer than all it is made of (and than this script)."""
    target = target_of(language_folder)
    if not target.exists():
        return False
    # The folder itself counts: removing a file changes only the folder's time.
    inputs = [*po_files(language_folder), language_folder, Path(__file__)]
    made_at = target.stat().st_mtime_ns
    return all(path.stat().st_mtime_ns <= made_at for path in inputs)


def compile_language(language_folder: Path) -> Path:
    """Write the compiled file of one language and give its path."""
    catalogue = merged(language_folder)
    target = target_of(language_folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".tmp")
    with temporary.open("wb") as file:
        write_mo(file, catalogue)
    temporary.replace(target)
    return target


def compile_all(i18n: Path = I18N) -> list[Path]:
    """Compile every language whose files changed; give the files that were written."""
    folders = sorted(path for path in i18n.glob("*") if path.is_dir() and po_files(path))
    return [compile_language(folder) for folder in folders if not is_current(folder)]


def main() -> int:
    """Run as a script; the exit code says whether every language could be compiled."""
    try:
        written = compile_all()
    except (TranslationError, ValueError) as error:
        print(f"Translations: {error}", file=sys.stderr)
        return 1
    for path in written:
        print(f"Translations: {path.relative_to(ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
