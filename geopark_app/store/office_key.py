"""The key that signs a team's membership list: on the founder's machine, in no catalogue."""

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from geopark_app import paths
from geopark_app.store.device_key import DeviceKey, KeyStore, kept_by, system_store, write_secret
from geopark_app.store.writing_files import translated_os_errors, write_atomically


def new_office_key(store: KeyStore | None = None) -> DeviceKey:
    """Make a key and keep its private half as the device key's is kept."""
    return keep_office_key(Ed25519PrivateKey.generate().private_bytes_raw(), store)


def public_key_of(secret: bytes) -> str:
    """Give the public half of a key."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw().hex()


def keep_office_key(secret: bytes, store: KeyStore | None = None) -> DeviceKey:
    """Keep a key on this machine; one that is here already stays as it is."""
    public_key = public_key_of(secret)
    known = office_key(public_key, store)
    if known is not None:
        return known
    store = store or system_store()
    text = base64.b64encode(secret).decode("ascii")
    folder = _folder()
    with translated_os_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        kept_in = "system" if kept_by(store, public_key, text) else "file"
        if kept_in == "file":
            write_secret(_private_file(public_key), text)
    description = json.dumps({"public_key": public_key, "kept_in": kept_in})
    write_atomically(_description(public_key), description.encode("ascii"))
    return _key(public_key, kept_in, store)


def office_key(public_key: str, store: KeyStore | None = None) -> DeviceKey | None:
    """Give the office key when this machine holds it."""
    try:
        content = json.loads(_description(public_key).read_text(encoding="ascii"))
        kept_in = str(content["kept_in"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return _key(public_key, kept_in, store or system_store())


def _key(public_key: str, kept_in: str, store: KeyStore | None) -> DeviceKey:
    private_file = None if kept_in == "system" else _private_file(public_key)
    return DeviceKey(public_key=public_key, private_file=private_file, store=store)


def _folder() -> Path:
    return paths.profile_dir() / "offices"


def _description(public_key: str) -> Path:
    return _folder() / f"{public_key[:16]}.json"


def _private_file(public_key: str) -> Path:
    return _folder() / f"{public_key[:16]}.key"
