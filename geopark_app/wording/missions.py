"""Words about a mission: what speaks against its plan, how drives are known, its versions."""

from collections.abc import Mapping

from geopark_app.i18n import gettext as _


def conflict_words(code: str, details: Mapping[str, str], place: str) -> str:
    """Say what speaks against the plan; `place` names the entry it is about."""
    return _sentences().get(code, code).format(place=place or "–", **details)


def _sentences() -> dict[str, str]:
    return {
        "day-too-long": _("The day takes {minutes} minutes; the longest day is {longest}."),
        "overlap": _("{place}: the group comes {minutes} minutes after {time}."),
        "time-unreadable": _("{place}: “{time}” is no time; write it as 08:30."),
        "minutes-missing": _("{place}: minutes on the spot are missing."),
        "drive-unknown": _(
            "{place}: the drive from the stop before is not known; enter it, or enter positions."
        ),
        "twice": _("{place}: stands twice on this day."),
        "red-stop": _("{place}: red today, a critical item is not met."),
        "never-checked": _("{place}: was never checked with the checklist."),
        "not-open": _("{place}: is not open to visitors."),
        "closed-season": _("{place}: open in the dry season only (taken as November to April)."),
        "closed-in-rain": _("{place}: closed in heavy rain; choose another stop for wet weather."),
        "border-permit": _("{place}: foreign visitors need a border-area permit."),
        "no-speaker": _("{place}: nobody is named who speaks."),
        "no-opening": _("There is no opening meeting."),
        "no-closing": _("There is no closing meeting."),
        "day-outside": _("This day lies outside the dates of the mission."),
    }


def weather_words(weather: str) -> str:
    """Name a version of a day; both versions have no name."""
    return {"dry": _("dry weather"), "wet": _("wet weather")}.get(weather, "")


def drive_words(minutes: int, source: str) -> str:
    """Give the minutes of a drive, and how they are known."""
    if source == "unknown":
        return _("not known")
    return _("{minutes} min, {source}").format(minutes=minutes, source=source_words(source))


def source_words(source: str) -> str:
    """Say how a drive is known."""
    return {
        "entered": _("entered"),
        "measured": _("measured"),
        "estimated": _("estimated"),
        "unknown": _("not known"),
    }.get(source, source)


def pace_words(speed_kmh: float, detour: float) -> str:
    """Say by what drives are estimated."""
    return _(
        "Estimated drives: straight distance × {detour} at {speed} km/h, rounded up to 5 minutes; "
        "a place known by commune only counts as the middle of its commune."
    ).format(detour=f"{detour:g}", speed=f"{speed_kmh:g}")
