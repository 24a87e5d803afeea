"""Names of exported files from a pattern: right on every system, in NFC, no two the same."""

import re
from collections.abc import Mapping

from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.text import nfc

NAME_PARTS = ("code", "name", "date", "number", "photographer")
DEFAULT_PATTERN = "{code}_{name}_{date}_{number}"

_PART = re.compile(r"\{([^{}]*)\}")
# What Windows forbids in names, and what no name needs; the last are marks of writing direction.
_FORBIDDEN = re.compile('[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?:\..*)?",
    re.IGNORECASE,
)
_JOINTS = " _-.,"
_LONGEST_BYTES = 120
_NOTHING = "photo"


def check_pattern(pattern: str) -> str:
    """Give the pattern back when it names known parts only.

    Raises
    ------
    GeoparkError
        BAD_VALUE for an unknown part, a single brace, a folder sign, or a pattern without parts.
    """
    parts = _PART.findall(pattern)
    rest = _PART.sub("", pattern)
    is_fine = parts and not set(parts) - set(NAME_PARTS) and not _FORBIDDEN.search(rest)
    if not is_fine or "{" in rest or "}" in rest:
        known = " ".join(f"{{{name}}}" for name in NAME_PARTS)
        raise GeoparkError(ErrorCode.BAD_VALUE, field="pattern", value=pattern, expected=known)
    return pattern


def file_stem(pattern: str, parts: Mapping[str, str]) -> str:
    """Give the name without its ending; empty parts take the sign before them along.

    Parameters
    ----------
    pattern
        Such as `{code}_{name}_{date}_{number}`; see `check_pattern`.
    parts
        Text of each part; any writing is made harmless.
    """
    made = ""
    at = 0
    for match in _PART.finditer(pattern):
        text = _harmless(parts.get(match[1], ""))
        joint = pattern[at : match.start()]
        if text:
            made += joint + text if made else joint.lstrip(_JOINTS) + text
        elif joint.strip(_JOINTS):
            made += joint
        at = match.end()
    return safe_stem(made + pattern[at:])


def safe_stem(text: str) -> str:
    """Give a text as a file name that Windows, macOS and Linux take, in NFC, never empty."""
    stem = _cut(_harmless(text)).strip(" .") or _NOTHING
    return f"_{stem}" if _RESERVED.fullmatch(stem) else stem


class UniqueNames:
    """Gives each file of a folder a name of its own, also where upper and lower case are one."""

    def __init__(self) -> None:
        """Start with an empty folder."""
        self._taken: set[str] = set()

    def name(self, stem: str, ending: str) -> str:
        """Give `stem` with its ending, and a number behind it where the name is taken."""
        chosen = f"{stem}{ending}"
        number = 1
        while nfc(chosen.casefold()) in self._taken:
            number += 1
            chosen = f"{stem}-{number}{ending}"
        self._taken.add(nfc(chosen.casefold()))
        return chosen


def _harmless(text: str) -> str:
    return " ".join(_FORBIDDEN.sub(" ", nfc(text)).split())


def _cut(text: str) -> str:
    # In bytes: other systems count these, and a Vietnamese letter has up to three.
    return text.encode("utf-8")[:_LONGEST_BYTES].decode("utf-8", "ignore")
