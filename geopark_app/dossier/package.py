"""The dossier folder: built beside its place in BagIt layout, then put there in one step."""

import glob
import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from geopark_app import version
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.writing_files import translated_os_errors

_MANIFEST = "manifest-sha256.txt"
_INFO = "bag-info.txt"
_DECLARATION = "bagit.txt"
_AGENT = "geopark-inventory"
_PART, _OLD = ".part", ".old"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file of the finished dossier.

    Attributes
    ----------
    path : Path
        Below the dossier folder, such as `data/geosites/annex-geosites.pdf`.
    sha256 : str
        Of its bytes.
    byte_count : int
        Its size.
    """

    path: Path
    sha256: str
    byte_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A dossier folder while it is built.

    Attributes
    ----------
    folder : Path
        The temporary folder; the payload belongs into `data`.
    out : Path
        Where it will stand.
    """

    folder: Path
    out: Path

    @property
    def data(self) -> Path:
        """The payload folder."""
        return self.folder / "data"


def check_place(out: Path) -> None:
    """Refuse a place that is no dossier of ours, before any work.

    Raises
    ------
    GeoparkError
        FOLDER_NOT_EMPTY for a file or a foreign folder with something in it; an environment code
        when it cannot be looked at.
    """
    with translated_os_errors(out):
        if not out.exists():
            return
        if not out.is_dir() or (any(out.iterdir()) and not _is_ours(out)):
            raise GeoparkError(ErrorCode.FOLDER_NOT_EMPTY, path=out)


@contextmanager
def package(out: Path) -> Iterator[Package]:
    """Give a temporary folder beside `out`; it is removed whatever happens in the block.

    `settle` puts the finished folder to its place.

    Raises
    ------
    GeoparkError
        FOLDER_NOT_EMPTY, LOCKED while another process builds there, or an environment code.
    """
    out = out.absolute()
    with _only_builder_of(out):
        with translated_os_errors(out):
            out.parent.mkdir(parents=True, exist_ok=True)
            _clear_after_crash(out)
        check_place(out)
        folder = out.with_name(f".{out.name}.{secrets.token_hex(4)}{_PART}")
        try:
            with translated_os_errors(out):
                (folder / "data").mkdir(parents=True)
                yield Package(folder=folder, out=out)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def settle(
    built: Package, *, title: str, organisation: str, made_at: datetime
) -> tuple[tuple[PackedFile, ...], Path | None]:
    """Write the manifest and put the folder to its place; an older dossier is replaced whole.

    An older dossier in which a person changed or added a file is not deleted but kept beside, under
    a name with the time.

    Returns
    -------
    tuple
        The files of the payload, and the folder that was kept, or None.
    """
    files = tuple(_packed(path, built.folder) for path in _files_of(built.data))
    _write_tags(built.folder, files, title, organisation, made_at)
    out = built.out
    older = out.with_name(f".{out.name}.{secrets.token_hex(4)}{_OLD}")
    kept = None
    if out.exists():
        if any(out.iterdir()) and not _is_untouched(out):
            kept = older = _free_name(out, made_at)
        out.replace(older)
    try:
        built.folder.replace(out)
    except BaseException:
        if older.exists():
            older.replace(out)
        raise
    if kept is None:
        shutil.rmtree(older, ignore_errors=True)
    return files, kept


@contextmanager
def _only_builder_of(out: Path) -> Iterator[None]:
    name = hashlib.sha256(str(out).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"{_AGENT}-{name}.lock")
    try:
        with translated_os_errors(out), lock.acquire(timeout=0):
            yield
    except Timeout:
        raise GeoparkError(ErrorCode.LOCKED, path=out) from None


def _clear_after_crash(out: Path) -> None:
    """Bring back an older dossier a crash left aside, and remove what was never finished."""
    for left in out.parent.glob(f".{glob.escape(out.name)}.*{_OLD}"):
        if out.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.replace(out)
    for left in out.parent.glob(f".{glob.escape(out.name)}.*{_PART}"):
        shutil.rmtree(left, ignore_errors=True)


def _packed(path: Path, folder: Path) -> PackedFile:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return PackedFile(path=path.relative_to(folder), sha256=sha256, byte_count=path.stat().st_size)


def _files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _write_tags(
    folder: Path, files: Sequence[PackedFile], title: str, organisation: str, made_at: datetime
) -> None:
    manifest = "".join(f"{file.sha256}  {file.path.as_posix()}\n" for file in files)
    octets = sum(file.byte_count for file in files)
    info = (
        f"Source-Organization: {organisation}\n"
        f"External-Description: {title}\n"
        f"Bagging-Date: {made_at:%Y-%m-%d}\n"
        f"Bag-Software-Agent: {_AGENT} {version()}\n"
        f"Payload-Oxum: {octets}.{len(files)}\n"
    )
    declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    for name, text in ((_MANIFEST, manifest), (_INFO, info), (_DECLARATION, declaration)):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _is_ours(folder: Path) -> bool:
    info = folder / _INFO
    if not (info.is_file() and (folder / _DECLARATION).is_file()):
        return False
    text = info.read_text(encoding="utf-8", errors="replace")
    return f"Bag-Software-Agent: {_AGENT}" in text


def _is_untouched(folder: Path) -> bool:
    """Say whether the folder holds exactly what its manifest says."""
    try:
        lines = (folder / _MANIFEST).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return False
    listed = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
    packed = (_packed(path, folder) for path in _files_of(folder))
    found = {file.path.as_posix(): file.sha256 for file in packed}
    tags = {_MANIFEST, _INFO, _DECLARATION}
    return {name: value for name, value in found.items() if name not in tags} == listed


def _free_name(out: Path, made_at: datetime) -> Path:
    stem = f"{out.name}-kept-{made_at:%Y%m%d-%H%M%S}"
    names = (f"{stem}{'' if number == 1 else f'-{number}'}" for number in range(1, 1000))
    return next(out.with_name(name) for name in names if not out.with_name(name).exists())
