"""Pictures that came with the submissions of a field form: found by name, brought one by one."""

import os
import shutil
import zipfile
from pathlib import Path, PurePosixPath
from zlib import error as ZlibError  # noqa: N812 - a class of that module

from geopark_app.exchange.file_trouble import refused
from geopark_app.exchange.safe_archives import check_archive

_MOST_FILES = 20_000
_LARGEST = 200 * 1024 * 1024
_PICTURES = {".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff", ".webp"}


class MediaFiles:
    """The pictures below a folder or in an archive; nothing else of them is looked at."""

    def __init__(self, path: Path) -> None:
        """List the pictures; raises REFUSED_FILE for an archive that is not safe to open."""
        self._path = path
        self._is_archive = path.is_file()
        self._members: dict[str, list[str]] = {}
        for member in self._listed():
            name = PurePosixPath(member.replace("\\", "/")).name
            if PurePosixPath(name).suffix.lower() in _PICTURES:
                self._members.setdefault(name.lower(), []).append(member)

    def __len__(self) -> int:
        return sum(len(held) for held in self._members.values())

    def find(self, name: str, instance: str) -> str | None:
        """Give the member of a name; of several the one beside which the submission is named."""
        base = PurePosixPath(name.replace("\\", "/")).name.lower()
        held = self._members.get(base, [])
        return next((one for one in held if instance and instance in one), next(iter(held), None))

    def bring(self, member: str, into: Path, number: int) -> Path:
        """Copy a member into a folder of ours and give the file; raises REFUSED_FILE."""
        target = into / f"{number:05d}-{PurePosixPath(member.replace(chr(92), '/')).name}"
        if not self._is_archive:
            return Path(shutil.copyfile(self._path / member, target))
        try:
            with zipfile.ZipFile(self._path) as archive:
                if archive.getinfo(member).file_size > _LARGEST:
                    raise refused("too-large")
                with archive.open(member) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file, 1024 * 1024)
        except (
            zipfile.BadZipFile,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ZlibError,
        ) as error:
            raise refused("damaged") from error
        return target

    def _listed(self) -> list[str]:
        if self._is_archive:
            return [one.filename for one in check_archive(self._path) if not one.is_dir()]
        found: list[str] = []
        for folder, _folders, names in os.walk(self._path):
            found.extend(str((Path(folder) / name).relative_to(self._path)) for name in names)
            if len(found) > _MOST_FILES:
                raise refused("too-many", rows=_MOST_FILES)
        return [name for name in found if not (self._path / name).is_symlink()]
