"""The key this person signs with on this machine: kept outside every catalogue.

On Windows and macOS the private half lies in the system key store; elsewhere, and where that
store does not answer, in a file only its owner can read. The public half is a small file, so that
commands that only read never ask the key store.
"""

import base64
import json
import os
import platform
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from geopark_app import paths
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.store.writing_files import translated_os_errors

_SERVICE = "geopark-inventory"


class KeyStore(Protocol):
    """What is used of a `keyring` backend."""

    def get_password(self, service: str, username: str) -> str | None:
        """Give a kept secret."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""


@dataclass(frozen=True, kw_only=True)
class DeviceKey:
    """A signing key whose private half is read at the first signature.

    Attributes
    ----------
    public_key : str
        Hexadecimal.
    private_file : Path or None
        Where the private half lies, or None when `store` keeps it.
    store : KeyStore or None
        The system key store.
    """

    public_key: str
    private_file: Path | None
    store: KeyStore | None = None

    def sign(self, message: bytes) -> str:
        """Give the Ed25519 signature, hexadecimal.

        Raises
        ------
        GeoparkError
            MISSING_PART when the private half cannot be read any more.
        """
        return self._private.sign(message).hex()

    def secret(self) -> bytes:
        """Give the private half, to be written onto paper; raises like `sign`."""
        return self._private.private_bytes_raw()

    def openssh(self) -> bytes:
        """Give the private key in OpenSSH's form, which age opens files with.

        Raises
        ------
        GeoparkError
            MISSING_PART when the private half cannot be read any more.
        """
        return self._private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.OpenSSH,
            serialization.NoEncryption(),
        )

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        try:
            if self.private_file is not None:
                text: str | None = self.private_file.read_text(encoding="ascii")
            else:
                text = self.store.get_password(_SERVICE, self.public_key) if self.store else None
            key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(text or ""))
        except (OSError, ValueError) as error:
            raise GeoparkError(ErrorCode.MISSING_PART, path="device.key") from error
        return key


def device_key(store: KeyStore | None = None) -> DeviceKey:
    """Give this person's key on this machine; it is made at the first call.

    Parameters
    ----------
    store
        The system key store to use; the one of the system when None.
    """
    folder = paths.profile_dir()
    description = folder / "device.json"
    store = store or system_store()
    with translated_os_errors(folder):
        if not description.exists():
            _make_key(folder, description, store)
        text = description.read_text(encoding="utf-8")
    try:
        content = json.loads(text)
        public_key, kept_in = bytes.fromhex(content["public_key"]).hex(), content["kept_in"]
    except (ValueError, TypeError, KeyError) as error:
        raise GeoparkError(ErrorCode.MISSING_PART, path=description) from error
    private_file = None if kept_in == "system" else folder / f"device-{public_key[:16]}.key"
    return DeviceKey(public_key=public_key, private_file=private_file, store=store)


def system_store() -> KeyStore | None:
    """Give the key store of Windows or macOS, unless the profile was put elsewhere on purpose.

    Linux desktops may have a locked store or none: a command would stop and ask.
    """
    if os.environ.get("GEOPARK_PROFILE") or platform.system() not in {"Windows", "Darwin"}:
        return None
    import keyring

    store: KeyStore = keyring.get_keyring()
    return store


def _make_key(folder: Path, description: Path, store: KeyStore | None) -> None:
    """Make a key; when two programs make one at once, the first description stays."""
    private = Ed25519PrivateKey.generate()
    public_key = private.public_key().public_bytes_raw().hex()
    text = base64.b64encode(private.private_bytes_raw()).decode("ascii")
    folder.mkdir(parents=True, exist_ok=True)
    kept_in = "system" if kept_by(store, public_key, text) else "file"
    if kept_in == "file":
        write_secret(folder / f"device-{public_key[:16]}.key", text)
    temporary = folder / f".device.{secrets.token_hex(4)}"
    write_secret(temporary, json.dumps({"public_key": public_key, "kept_in": kept_in}))
    try:
        description.hardlink_to(temporary)
    except FileExistsError:
        pass
    except OSError:  # FAT and some network folders know no hard links
        if not description.exists():
            temporary.replace(description)
    temporary.unlink(missing_ok=True)


def kept_by(store: KeyStore | None, public_key: str, text: str) -> bool:
    """Say whether the store took the secret and gives it back."""
    if store is None:
        return False
    from keyring.errors import KeyringError

    try:
        store.set_password(_SERVICE, public_key, text)
        return store.get_password(_SERVICE, public_key) == text
    except KeyringError:
        return False


def kept_secret(store: KeyStore | None, name: str) -> str | None:
    """Give what the store keeps under a name, or None where it has nothing or does not answer."""
    if store is None:
        return None
    from keyring.errors import KeyringError

    try:
        return store.get_password(_SERVICE, name)
    except KeyringError:
        return None


def write_secret(path: Path, text: str) -> None:
    """Write a file only its owner can read, flushed to disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
