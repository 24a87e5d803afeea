"""Archives from outside: counted, measured and laid flat in our own folder before any reading."""

import stat
import zipfile
from pathlib import Path, PurePosixPath

from geopark_app.exchange.file_trouble import refused

MOST_BYTES = 300 * 1024 * 1024
_MOST_MEMBERS = 5_000
_SUSPECT_FROM = 20 * 1024 * 1024
_MOST_RATIO = 200
_CHUNK = 1024 * 1024


def check_archive(path: Path) -> list[zipfile.ZipInfo]:
    """Give the members of an archive that is safe to unpack.

    Raises
    ------
    GeoparkError
        REFUSED_FILE: damaged, locked by a password, too many or too large members (a bomb), or a
        name that leads out of the folder.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refused("damaged") from error
    if len(members) > _MOST_MEMBERS:
        raise refused("bomb")
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if unpacked > MOST_BYTES or (unpacked > _SUSPECT_FROM and unpacked / packed > _MOST_RATIO):
        raise refused("bomb")
    for member in members:
        _check_member(member)
    return members


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    is_outside = name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\0" in name
    if is_outside or stat.S_ISLNK(member.external_attr >> 16):
        raise refused("archive-path", name=name[:120])
    if member.flag_bits & 0x1:
        raise refused("password")


def unpack_flat(path: Path, folder: Path) -> list[Path]:
    """Unpack all files side by side into `folder`; of equal names the first stays."""
    made: list[Path] = []
    budget = MOST_BYTES
    try:
        with zipfile.ZipFile(path) as archive:
            for member in check_archive(path):
                target = folder / PurePosixPath(member.filename).name
                if member.is_dir() or target.exists() or not target.name:
                    continue
                budget -= _copy(archive, member, target, budget)
                made.append(target)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise refused("damaged") from error
    except Exception as error:
        # zlib.error is no OSError, and zlib itself may be missing.
        if type(error).__module__ != "zlib":
            raise
        raise refused("damaged") from error
    return made


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, budget: int) -> int:
    # What a member says of its size may be a lie; the bytes are counted as they come.
    written = 0
    with archive.open(member) as source, target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > budget:
                raise refused("bomb")
            file.write(chunk)
    return written
