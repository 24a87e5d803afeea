"""The locks pin every package by hash, agree with each other, and name no registry."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("linux.txt", "windows.txt", "dev.txt")
WEB = ROOT / "resources" / "web"

# Written as patterns, so that this file does not hold what it looks for.
FORBIDDEN = re.compile(
    rb"py[p]i\.org|files\.pythonhoste[d]|registry\.(npmj[s]|yarnpk[g])|deb\.debia[n]"
    rb"|/wor[k]/(main|shared)|/roo[t]/[\w.]"
)


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def pinned(name: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ \\]+)", lock_text(name), flags=re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def source_files() -> list[Path]:
    """Every file of the source that is, or may be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_one_version_and_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=\S)", lock_text(name).strip())
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ ", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_packages_and_hashes_only(name: str) -> None:
    for line in lock_text(name).splitlines():
        assert re.match(r"([a-z0-9.-]+==|    --hash=sha256:[0-9a-f]{64})", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_every_dependency_in_an_allowed_version(name: str) -> None:
    versions = pinned(name)
    for text in project()["project"]["dependencies"]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), text


def test_the_development_lock_has_every_tool() -> None:
    versions = pinned("dev.txt")
    for text in project()["dependency-groups"]["dev"]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), text


@pytest.mark.parametrize("name", ["windows.txt", "dev.txt"])
def test_locks_agree_on_every_version(name: str) -> None:
    linux = pinned("linux.txt")
    differing = {
        package: (version, linux[package])
        for package, version in pinned(name).items()
        if package in linux and linux[package] != version
    }
    assert differing == {}


def test_the_web_lock_names_versions_and_hashes_but_no_addresses() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all("integrity" in entry for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())


def test_the_web_lock_has_the_versions_that_are_asked_for() -> None:
    wanted = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    locked = {name: packages[f"node_modules/{name}"]["version"] for name in wanted}
    assert locked == wanted


def test_npm_runs_no_scripts_and_records_no_addresses() -> None:
    lines = (WEB / ".npmrc").read_text(encoding="utf-8").splitlines()
    assert "ignore-scripts=true" in lines
    assert "omit-lockfile-registry-resolved=true" in lines


def test_no_source_file_names_a_registry_or_a_place_on_our_machines() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in source_files()
        if (match := FORBIDDEN.search(path.read_bytes()))
    }
    assert found == set()


def test_the_notices_name_every_package_in_its_locked_version() -> None:
    notices = (ROOT / "docs" / "third-party-notices.md").read_text(encoding="utf-8")
    for name, version in {**pinned("windows.txt"), **pinned("linux.txt")}.items():
        assert f"| {name} | {version} |" in notices
