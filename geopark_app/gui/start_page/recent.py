"""What is known of the catalogues opened last, kept in the profile for when a stick is missing."""

import json
from dataclasses import asdict, dataclass, fields
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from geopark_app import paths

if TYPE_CHECKING:  # the start page is shown before the database library is loaded
    from geopark_app.store.catalogue import Catalogue

_LIMIT = 20


class Presence(Enum):
    """Whether a catalogue opened before can be opened now."""

    THERE = "there"
    DRIVE_MISSING = "drive-missing"
    FOLDER_MISSING = "folder-missing"
    NO_CATALOGUE = "no-catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentCatalogue:
    """One catalogue as it was when it was open last.

    Attributes
    ----------
    folder : str
        Where it lay.
    title_vi, title_en : str
        Short name of its geopark.
    opened_at : str
        ISO 8601 with offset.
    byte_count : int
        Size of the whole folder.
    own_saves : int
        Saves of this laptop that no colleague is known to have.
    is_sample : bool
        Whether it is sample data.
    picture : str
        Small picture in the profile, or empty.
    """

    folder: str
    title_vi: str = ""
    title_en: str = ""
    opened_at: str = ""
    byte_count: int = 0
    own_saves: int = 0
    is_sample: bool = False
    picture: str = ""

    @property
    def presence(self) -> Presence:
        """Look whether it is there now."""
        folder = Path(self.folder)
        if folder.is_dir():
            has_marker = next(folder.glob("*.geopark"), None) is not None
            return Presence.THERE if has_marker else Presence.NO_CATALOGUE
        return Presence.FOLDER_MISSING if folder.parent.is_dir() else Presence.DRIVE_MISSING


def recent_catalogues(folders: tuple[str, ...]) -> list[RecentCatalogue]:
    """Give what is known of these folders, in their order."""
    known = _read()
    return [known.get(folder, RecentCatalogue(folder=folder)) for folder in folders]


def keep_recent(catalogue: RecentCatalogue) -> None:
    """Write down one catalogue, replacing what was known of it."""
    from geopark_app.store.writing_files import write_atomically

    known = {catalogue.folder: catalogue, **_without(_read(), catalogue.folder)}
    content = [asdict(entry) for entry in list(known.values())[:_LIMIT]]
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    _file().parent.mkdir(parents=True, exist_ok=True)
    write_atomically(_file(), text.encode("utf-8"))


def picture_of(catalogue: "Catalogue") -> str:
    """Copy a cover picture of the catalogue into the profile; gives its path, or an empty text."""
    from geopark_app.domain.kinds import Photo, Site

    covers = [site.cover_photo_uuid for site in catalogue.records(Site) if site.cover_photo_uuid]
    for uuid in covers[:_LIMIT]:
        photo = catalogue.get(Photo, uuid)
        if photo is None or photo.deleted or not photo.thumb_sha256:
            continue
        source = catalogue.files.path_of(photo.thumb_sha256)
        if source.is_file():
            return _copied(source, catalogue.folder.catalogue_id)
    return ""


def _copied(source: Path, catalogue_id: str) -> str:
    from geopark_app.store.writing_files import write_atomically

    name = sha256(catalogue_id.encode("utf-8")).hexdigest()[:16]
    target = paths.profile_dir() / "recent" / f"{name}.jpg"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(target, source.read_bytes())
    return str(target)


def _without(known: dict[str, RecentCatalogue], folder: str) -> dict[str, RecentCatalogue]:
    return {key: entry for key, entry in known.items() if key != folder}


def _file() -> Path:
    return paths.profile_dir() / "recent.json"


def _read() -> dict[str, RecentCatalogue]:
    try:
        content = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    defaults = {
        field.name: type(getattr(RecentCatalogue(folder=""), field.name))
        for field in fields(RecentCatalogue)
    }
    known: dict[str, RecentCatalogue] = {}
    for entry in content if isinstance(content, list) else []:
        if not isinstance(entry, dict) or not isinstance(entry.get("folder"), str):
            continue
        values = {k: v for k, v in entry.items() if isinstance(v, defaults.get(k, type(None)))}
        known[values["folder"]] = RecentCatalogue(**values)
    return known
