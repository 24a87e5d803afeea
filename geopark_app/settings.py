"""Settings of this person on this machine: one small TOML file in the profile."""

import os
import platform
import secrets
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from geopark_app import paths

RECENT_LIMIT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineSettings:
    """What is remembered between two starts.

    Attributes
    ----------
    language : str
        `vi` or `en`.
    person, device : str
        Who works, and the name of the laptop.
    text_percent : int
        Text size, 80 to 200.
    high_contrast : bool
        Whether black on white with strong frames is shown.
    recent : tuple of str
        Catalogue folders, newest first.
    exchange_folder : str
        Where colleagues were met last.
    hub_address, hub_photos : str
        The office hub, without its password, and the server's folder of photos.
    dossier : str
        What was chosen for the last dossier, as JSON.
    """

    language: str = "vi"
    person: str = ""
    device: str = field(default_factory=lambda: platform.node() or "laptop")
    text_percent: int = 100
    high_contrast: bool = False
    recent: tuple[str, ...] = ()
    exchange_folder: str = ""
    hub_address: str = ""
    hub_photos: str = ""
    dossier: str = ""

    def with_recent(self, folder: str) -> "MachineSettings":
        """Give the settings with this folder as the newest."""
        others = tuple(path for path in self.recent if path != folder)
        return self.changed(recent=(folder, *others)[:RECENT_LIMIT])

    def changed(self, **values: Any) -> "MachineSettings":
        """Give the settings with some values changed."""
        return MachineSettings(**{**asdict(self), **values})


def load() -> MachineSettings:
    """Read the settings; a missing or damaged file gives the defaults."""
    try:
        content = tomllib.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return MachineSettings()
    defaults = MachineSettings()
    known = {
        name: content[name]
        for name, value in asdict(defaults).items()
        if isinstance(content.get(name), list if name == "recent" else type(value))
    }
    known["recent"] = tuple(str(item) for item in known.get("recent", ()))
    return defaults.changed(**known)


def save(settings: MachineSettings) -> None:
    """Write the settings whole or not at all."""
    import tomlkit  # only writing needs it

    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(tomlkit.dumps({**asdict(settings), "recent": list(settings.recent)}))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _path() -> Path:
    return paths.profile_dir() / "settings.toml"
