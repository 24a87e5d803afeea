"""How full the battery of this laptop is, as the system tells it; Qt and Python do not."""

import ctypes
import sys
from dataclasses import dataclass
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")
_NO_BATTERY, _UNKNOWN_PERCENT, _ON_MAINS = 128, 255, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """What the system says.

    Attributes
    ----------
    percent : int
        Of all batteries together, 0 to 100.
    is_charging : bool
        Whether the charger is plugged in.
    """

    percent: int
    is_charging: bool


def read_battery(supplies: Path = SUPPLIES) -> Battery | None:
    """Give the state of the battery, or None where there is none or nobody says."""
    return _of_windows() if sys.platform == "win32" else _of_linux(supplies)


def _of_linux(supplies: Path) -> Battery | None:
    percents, is_charging = [], False
    try:
        for supply in sorted(supplies.iterdir()):
            kind = _line(supply / "type")
            # a mouse has a battery too; it says that it is a device's
            if kind == "Battery" and _line(supply / "scope") != "Device":
                percents.append(min(100, max(0, int(_line(supply / "capacity")))))
                is_charging |= _line(supply / "status") in {"Charging", "Full"}
            elif kind in {"Mains", "USB"}:
                is_charging |= _line(supply / "online") == "1"
    except (OSError, ValueError):
        return None
    if not percents:
        return None
    return Battery(percent=round(sum(percents) / len(percents)), is_charging=is_charging)


def _line(path: Path) -> str:
    return path.read_text("ascii", errors="replace").strip() if path.is_file() else ""


if sys.platform == "win32":

    class _PowerStatus(ctypes.Structure):
        """`SYSTEM_POWER_STATUS` of Windows."""

        _fields_ = (
            ("line", ctypes.c_ubyte),
            ("flag", ctypes.c_ubyte),
            ("percent", ctypes.c_ubyte),
            ("saver", ctypes.c_ubyte),
            ("life", ctypes.c_ulong),
            ("full_life", ctypes.c_ulong),
        )

    def _of_windows() -> Battery | None:
        status = _PowerStatus()
        if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
            return None
        if status.flag & _NO_BATTERY or status.percent == _UNKNOWN_PERCENT:
            return None
        return Battery(percent=min(100, status.percent), is_charging=status.line == _ON_MAINS)

else:

    def _of_windows() -> Battery | None:
        return None
