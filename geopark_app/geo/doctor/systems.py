"""Words that name a datum, a zone or an EPSG code beside the numbers."""

import re
from dataclasses import dataclass

from geopark_app.geo.doctor.region import Region, grid_of

VN2000, WGS84, HN72 = 4756, 4326, 4147
_EPSG = re.compile(r"EPSG\s*:*\s*(\d{4,6})")
_DATUMS = (
    (re.compile(r"VN[\s_-]*(?:2000|2K)(?!\d)"), VN2000),
    (re.compile(r"WGS[\s_-]*(?:19)?84(?!\d)"), WGS84),
    (re.compile(r"(?:HN|HA NOI|HANOI)[\s_-]*(?:19)?72(?!\d)|GAUSS[\s-]*KR[A-Z]*|PULKOVO"), HN72),
)
_MERIDIAN = re.compile(
    r"(?:KINH TUYEN (?:TRUC|TRUNG UONG)|KTTW?|CENTRAL MERIDIAN|TM-?3)\s*[:=]*\s*"
    r"(1\d\d)(?:\s*[°-]\s*(\d{2})?'?(?!\d))?"
)
_IN_BRACKETS = re.compile(r"\(\s*(1\d\d)\s*°\s*(?:(\d{2})\s*'?)?\s*\)")
_UTM = re.compile(r"UTM(?:\s*(?:ZONE|MUI)?\s*(\d{2})(?!\d)(?:[C-HJ-NP-X](?=[\s;,):]|$))?)?")
_BARE_ZONE = re.compile(r"^(\d{2})(?:\s?[C-HJ-NP-X][\s,;:]+|\s+)(?=\d{6})")
# Zones of Gauss-Krüger over Vietnam; UTM counts the same ground as 48 and 49.
_GAUSS_KRUGER_ZONES = {"18", "19"}
_WIDTH = re.compile(r"(?:MUI|ZONE)\s*(?:CHIEU\s*)?([36])\s*(?:°|[ĐD]O)?(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the person said of the system, as far as they did.

    Attributes
    ----------
    epsg : int or None
        The system itself.
    datum : int or None
        EPSG code of the datum's geographic system.
    meridian : float or None
        Central meridian in degrees.
    is_utm : bool or None
        Whether it is UTM, or a three-degree zone.
    """

    epsg: int | None = None
    datum: int | None = None
    meridian: float | None = None
    is_utm: bool | None = None

    @property
    def is_anything(self) -> bool:
        """Say whether anything was said."""
        return any(part is not None for part in (self.epsg, self.datum, self.meridian, self.is_utm))

    def systems(self, region: Region) -> tuple[int, ...]:
        """Give the projected systems that agree with what was said."""
        if self.epsg is not None:
            return (self.epsg,)
        return tuple(epsg for epsg in region.all_systems() if self._agrees(epsg))

    def _agrees(self, epsg: int) -> bool:
        grid = grid_of(epsg)
        return (
            grid is not None
            and self.datum in {None, grid.geodetic_epsg}
            and (self.meridian is None or abs(self.meridian - grid.meridian) < 1e-6)
            and self.is_utm in {None, grid.is_utm}
        )


def take_systems(text: str) -> tuple[Said, str]:
    """Take the words about the system out of capitals; give them and the rest."""
    epsg, datum, meridian, is_utm = None, None, None, None
    if match := _EPSG.search(text):
        epsg, text = int(match.group(1)), _without(text, match)
    for pattern, code in _DATUMS:
        if match := pattern.search(text):
            datum, text = code, _without(text, match)
    if match := _MERIDIAN.search(text) or _IN_BRACKETS.search(text):
        meridian = int(match.group(1)) + int(match.group(2) or 0) / 60
        is_utm, text = False, _without(text, match)
    if match := _WIDTH.search(text):
        is_utm, text = match.group(1) == "6", _without(text, match)
    if (match := _BARE_ZONE.search(text)) and match.group(1) in _GAUSS_KRUGER_ZONES:
        datum, text = HN72, _without(text, match)
    elif match := _UTM.search(text) or match:
        is_utm = True
        if match.group(1):
            meridian = int(match.group(1)) * 6.0 - 183.0
        text = _without(text, match)
    return Said(epsg=epsg, datum=datum, meridian=meridian, is_utm=is_utm), text.strip(" ;,:/")


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"
