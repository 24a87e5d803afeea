"""Which commune of the catalogue a polygon is: by its code, else by its name."""

import re

from geopark_app.domain.kinds import Commune
from geopark_app.domain.text import fold
from geopark_app.operations.context import AppContext
from geopark_app.store.new_keys import new_uuid

_UNIT = re.compile(r"^(?:xa|phuong|thi tran|dac khu|commune|ward)\s+")
_CODE_DIGITS = 5


class CommuneMatcher:
    """Matches polygons with the communes; a catalogue without any gets them from the file.

    Attributes
    ----------
    made : list of Commune
        Communes that would be made.
    """

    def __init__(self, context: AppContext) -> None:
        """Read the communes of the catalogue."""
        communes = context.catalogue.records(Commune)
        self._by_code = {commune.code or "": commune for commune in communes}
        self._by_name: dict[str, str] = {}
        for commune in communes:
            key = _key(commune.name_vi or "")
            known = self._by_name.get(key)
            self._by_name[key] = commune.code or "" if known is None else ""
        self._makes = not communes
        self._seen: set[str] = set()
        self.made: list[Commune] = []

    def match(self, code: str, name: str, *, area_km2: float) -> tuple[str, str]:
        """Give the commune's code and an empty text, or why there is none."""
        found = self._code_of(code, name)
        if not found and self._makes and code and name:
            made = Commune(uuid=new_uuid(), code=code, name_vi=name, area_km2=round(area_km2, 2))
            self.made.append(made)
            self._by_code[code] = made
            found = code
        if not found:
            return "", "unknown-commune" if code or name else "nameless"
        if found in self._seen:
            return "", "double-commune"
        self._seen.add(found)
        return found, ""

    def name_of(self, code: str) -> str:
        """Give the name the catalogue has for a code."""
        return self._by_code[code].name_vi or ""

    def missing(self) -> list[str]:
        """Give the names of the communes no polygon was found for."""
        return [
            commune.name_vi or code
            for code, commune in sorted(self._by_code.items())
            if code not in self._seen
        ]

    def _code_of(self, code: str, name: str) -> str:
        if code in self._by_code:
            return code
        # Spreadsheets and shapefiles lose leading zeros.
        padded = code.zfill(_CODE_DIGITS) if code.isdecimal() else ""
        if padded in self._by_code:
            return padded
        return self._by_name.get(_key(name), "") if not code or not code.isdecimal() else ""


def _key(name: str) -> str:
    return _UNIT.sub("", fold(name)).strip()
