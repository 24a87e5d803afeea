"""Write the table of Python packages in `docs/third-party-notices.md` from what is installed."""

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTICES = ROOT / "docs" / "third-party-notices.md"
BEGIN = "<!-- table of Python packages: written by `make lock` -->"
END = "<!-- end of the table -->"
LONGEST_LICENCE_NAME = 60
# Packages that only Windows installs cannot be asked on Linux.
WINDOWS_ONLY = {"colorama": "BSD-3-Clause", "pywin32-ctypes": "BSD-3-Clause"}
# Packages whose metadata name no licence; read in the source they are built from.
UNDECLARED = {"pyrage": "MIT"}


def locked_packages() -> list[tuple[str, str]]:
    """Give name and version of every package that the program installs, on any system."""
    locks = (ROOT / "requirements" / name for name in ("linux.txt", "windows.txt"))
    text = "\n".join(lock.read_text(encoding="utf-8") for lock in locks)
    return sorted(set(re.findall(r"^([a-z0-9.-]+)==([^ ]+)", text, flags=re.MULTILINE)))


def licence_of(name: str) -> str:
    """Give the licence that a package declares in its own metadata."""
    told = WINDOWS_ONLY | UNDECLARED
    if name in told:
        return told[name]
    package = metadata.metadata(name)
    stated = [*package.get_all("License-Expression", []), *package.get_all("License", [])]
    declared = stated[0] if stated else ""
    if declared and "\n" not in declared and len(declared) <= LONGEST_LICENCE_NAME:
        return declared
    classifiers = package.get_all("Classifier", [])
    names = [text.split(" :: ")[-1] for text in classifiers if text.startswith("License ::")]
    return ", ".join(names) or declared.splitlines()[0]


def table() -> str:
    """Give the table as Markdown."""
    rows = [f"| {name} | {version} | {licence_of(name)} |" for name, version in locked_packages()]
    return "\n".join(["| Package | Version | Licence |", "|---|---|---|", *rows])


def main() -> int:
    """Run as a script: replace the table, leave the rest."""
    before, rest = NOTICES.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    NOTICES.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
