"""The office key as digits on paper: groups of five, each line with a check group."""

import hashlib
import re

from geopark_app.domain.errors import ErrorCode, GeoparkError

KEY_BYTES = 32
_GROUPS_PER_LINE = 4
_LINE_BYTES = 2 * _GROUPS_PER_LINE


def digits_of(secret: bytes) -> tuple[str, ...]:
    """Give the lines of a key: four groups that say two bytes each, and one that checks them."""
    lines = []
    for number, start in enumerate(range(0, KEY_BYTES, _LINE_BYTES), start=1):
        part = secret[start : start + _LINE_BYTES]
        groups = [part[at : at + 2] for at in range(0, _LINE_BYTES, 2)]
        groups.append(_check(number, part))
        lines.append(" ".join(f"{int.from_bytes(group, 'big'):05d}" for group in groups))
    return tuple(lines)


def secret_of(typed: str) -> bytes:
    """Give the key of typed digits; spaces, line ends and other signs between do not matter.

    Raises
    ------
    GeoparkError
        BAD_RECOVERY naming the line that is wrong, or 0 for too few or too many digits.
    """
    digits = "".join(re.findall(r"[0-9]", typed))
    per_line = 5 * (_GROUPS_PER_LINE + 1)
    if len(digits) != per_line * KEY_BYTES // _LINE_BYTES:
        raise GeoparkError(ErrorCode.BAD_RECOVERY, line=0)
    secret = b""
    for number, start in enumerate(range(0, len(digits), per_line), start=1):
        groups = [int(digits[at : at + 5]) for at in range(start, start + per_line, 5)]
        if max(groups) > 0xFFFF:
            raise GeoparkError(ErrorCode.BAD_RECOVERY, line=number)
        raw = b"".join(group.to_bytes(2, "big") for group in groups)
        part, check = raw[:_LINE_BYTES], raw[_LINE_BYTES:]
        if _check(number, part) != check:
            raise GeoparkError(ErrorCode.BAD_RECOVERY, line=number)
        secret += part
    return secret


def _check(number: int, part: bytes) -> bytes:
    return hashlib.sha256(b"geopark-recovery" + bytes([number]) + part).digest()[:2]
