"""The password of the office hub: in the system key store, else in a file only for its owner."""

import hashlib
import secrets
from pathlib import Path

from geopark_app import paths
from geopark_app.store.device_key import KeyStore, kept_by, kept_secret, system_store, write_secret
from geopark_app.store.hub_address import HubAddress
from geopark_app.store.writing_files import translated_os_errors


def keep_hub_password(address: HubAddress, password: str, store: KeyStore | None = None) -> None:
    """Keep the password of a login on this machine, in no catalogue and no settings."""
    store = store or system_store()
    file = _file(address)
    with translated_os_errors(file):
        if kept_by(store, _name(address), password):
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        write_secret(temporary, password)
        temporary.replace(file)


def hub_password(address: HubAddress, store: KeyStore | None = None) -> str:
    """Give the kept password, or an empty text."""
    store = store or system_store()
    found = kept_secret(store, _name(address))
    if found is not None:
        return found
    try:
        return _file(address).read_text(encoding="utf-8")
    except OSError:
        return ""


def _name(address: HubAddress) -> str:
    place = f"{address.user}@{address.host}:{address.port}/{address.database}"
    return f"hub-{hashlib.sha256(place.encode('utf-8')).hexdigest()[:16]}"


def _file(address: HubAddress) -> Path:
    return paths.profile_dir() / "hubs" / f"{_name(address)}.password"
