"""Ed25519 over bytes with a purpose, so that a signature for one thing serves no other."""

from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Sign = Callable[[bytes], str]


def message(purpose: str, content: bytes) -> bytes:
    """Give the bytes that are signed."""
    return purpose.encode("ascii") + b"\0" + content


def is_signed(public_key: str, signature: str, signed: bytes) -> bool:
    """Say whether a hexadecimal signature is that of the key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), signed)
    except (InvalidSignature, ValueError):
        return False
    return True
