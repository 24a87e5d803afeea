"""Encryption of an exchange folder with age: one folder key, wrapped for the laptops of the team.

Members' signing keys serve as age recipients (`ssh-ed25519`), so nobody has another key to keep.
What lies in the folder is encrypted to the folder key; a new laptop needs that key wrapped once
more, not every photo encrypted again. A key any former member ever had is only read with.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from geopark_app.domain.change import canonical
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.sync.signing import Sign, is_signed, message
from geopark_app.sync.strict_json import read_object, text_of

SUFFIX = ".age"
LARGEST_KEY = 1024 * 1024
_BEGINNING = b"age-encryption.org/"
_PURPOSE = "geopark-folder-key"
_CHUNK, _TAG = 64 * 1024, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderKey:
    """A key of an exchange folder.

    Attributes
    ----------
    secret : str
        The age identity.
    ever : frozenset of str
        Public keys of every laptop it was ever wrapped for.
    """

    secret: str
    ever: frozenset[str]

    @property
    def name(self) -> str:
        """Give a short name that tells nothing of the secret."""
        public = str(pyrage.x25519.Identity.from_str(self.secret).to_public())
        return hashlib.sha256(public.encode("ascii")).hexdigest()[:16]


class TeamCipher:
    """Opens with every key known, writes with one."""

    def __init__(self, keys: Iterable[FolderKey], writing: FolderKey) -> None:
        """Use `keys` to read and `writing` to write."""
        self._identities = [pyrage.x25519.Identity.from_str(key.secret) for key in keys]
        self._recipient = pyrage.x25519.Identity.from_str(writing.secret).to_public()

    def seal(self, raw: bytes) -> bytes:
        """Give the encrypted bytes."""
        return bytes(pyrage.encrypt(raw, [self._recipient]))

    def open(self, sealed: bytes) -> bytes:
        """Give the bytes; raises BAD_BUNDLE for what no key here opens, or was cut."""
        try:
            return bytes(pyrage.decrypt(sealed, self._identities))
        except pyrage.DecryptError as error:
            raise GeoparkError(ErrorCode.BAD_BUNDLE, reason="encrypted") from error

    def seal_file(self, source: Path, target: Path) -> None:
        """Encrypt a file into another."""
        pyrage.encrypt_file(str(source), str(target), [self._recipient])

    def open_file(self, source: Path, target: Path) -> bool:
        """Decrypt a file into another; False for what no key here opens, or was cut."""
        try:
            pyrage.decrypt_file(str(source), str(target), self._identities)
        except pyrage.DecryptError:
            return False
        except OSError as error:
            if error.errno is not None:  # the disk's trouble; without a number it is the cipher's
                raise
            return False
        return True


def is_sealed(raw: bytes) -> bool:
    """Say whether bytes are an age file."""
    return raw.startswith(_BEGINNING)


def least_sealed_size(size: int) -> int:
    """Give a size no whole encrypted file of so many bytes is below: a tag for each 64 KiB."""
    return size + _TAG * max(1, -(-size // _CHUNK))


def new_folder_key(members: Iterable[str]) -> FolderKey:
    """Make a key for the laptops with these public keys."""
    return FolderKey(secret=str(pyrage.x25519.Identity.generate()), ever=frozenset(members))


def seal_for(raw: bytes, members: Iterable[str]) -> bytes:
    """Give bytes that each of the laptops with these public keys opens with its own key."""
    return bytes(pyrage.encrypt(raw, [_recipient(key) for key in sorted(members)]))


def open_with(sealed: bytes, private: bytes) -> bytes | None:
    """Give what was sealed for a laptop, or None; `private` is its key in OpenSSH's form."""
    try:
        return bytes(pyrage.decrypt(sealed, [pyrage.ssh.Identity.from_buffer(private)]))
    except (pyrage.DecryptError, pyrage.IdentityError):
        return None


def wrap(key: FolderKey, members: frozenset[str], *, me: str, sign: Sign) -> bytes:
    """Give a key file for the members, signed inside, so that nobody slips in a key of his."""
    content = canonical(
        {"secret": key.secret, "ever": sorted(key.ever | members), "key": me}
    ).decode("utf-8")
    signed = {"content": content, "sig": sign(message(_PURPOSE, content.encode("utf-8")))}
    return seal_for(canonical(signed), members)


def unwrap(sealed: bytes, private: bytes, members: frozenset[str]) -> FolderKey | None:
    """Give the key of a file a member signed and this laptop can open, or None."""
    raw = open_with(sealed, private)
    if raw is None:
        return None
    try:
        outer = read_object(raw)
        content = text_of(outer, "content", longest=LARGEST_KEY)
        known = read_object(content.encode("utf-8"))
        signer, ever = text_of(known, "key", longest=64), known.get("ever")
        secret = text_of(known, "secret", longest=200)
        is_true = is_signed(signer, text_of(outer, "sig"), message(_PURPOSE, content.encode()))
        if signer not in members or not is_true or not isinstance(ever, list):
            return None
        pyrage.x25519.Identity.from_str(secret)
    except (GeoparkError, pyrage.IdentityError):
        return None
    return FolderKey(secret=secret, ever=frozenset(one for one in ever if isinstance(one, str)))


def _recipient(public_key: str) -> pyrage.ssh.Recipient:
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
    text = key.public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    ).decode("ascii")
    return pyrage.ssh.Recipient.from_str(text)


def seal_file_for(source: Path, target: Path, members: Iterable[str]) -> None:
    """Encrypt a file into another that each of the laptops opens with its own key."""
    pyrage.encrypt_file(str(source), str(target), [_recipient(key) for key in sorted(members)])


def open_file_with(source: Path, target: Path, private: bytes) -> bool:
    """Decrypt a file for a laptop; False for what is not for it, or was cut or changed."""
    try:
        pyrage.decrypt_file(str(source), str(target), [pyrage.ssh.Identity.from_buffer(private)])
    except (pyrage.DecryptError, pyrage.IdentityError):
        return False
    except OSError as error:
        if error.errno is not None:  # the disk's trouble; without a number it is the cipher's
            raise
        return False
    return True
