"""The lists for departure and return in plain words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from geopark_app.domain.travel import Mark, TravelLine, TravelList, Trip
from geopark_app.i18n import gettext as _


def travel_title(trip: Trip) -> str:
    """Give the heading of a list."""
    return _("Before leaving") if trip is Trip.DEPARTURE else _("After coming back")


def travel_sum(found: TravelList) -> str:
    """Say in one sentence how the laptop stands."""
    if not found.to_do:
        return (
            _("This laptop is ready to leave.")
            if found.trip is Trip.DEPARTURE
            else _("Everything was handed over.")
        )
    return _("{count} points to look at first.").format(count=found.to_do)


def mark_words(mark: Mark) -> str:
    """Give a mark as a word, for whoever does not see its colour."""
    return {
        Mark.GOOD: _("In order"),
        Mark.LOOK: _("To do"),
        Mark.UNKNOWN: _("Unknown"),
        Mark.BY_HAND: _("By hand"),
    }[mark]


def line_words(line: TravelLine) -> tuple[str, str]:
    """Give what was looked at and, in a sentence, what was found and what to do."""
    details: Mapping[str, Any] = line.details
    is_good = line.mark is Mark.GOOD
    match line.name:
        case "fresh":
            return _("The copy here is fresh"), _fresh(line)
        case "arrived":
            return _("Everything has arrived here"), (
                _("All saves and files are on this laptop.")
                if is_good
                else _("{files} files and {parked} parts of the work are still on the way.").format(
                    **details
                )
            )
        case "handed-over":
            return _("Own work handed over"), (
                _("Colleagues have everything written here.")
                if is_good
                else _(
                    "Of {count} saves no colleague is known to have a copy: exchange, and let a "
                    "colleague exchange too."
                ).format(**details)
            )
        case "conflicts":
            return _("Differing values settled"), (
                _("Nothing waits for a decision.")
                if is_good
                else _("{count} values wait for a decision on the page Conflicts.").format(
                    **details
                )
            )
        case "only-copies" if line.mark is Mark.UNKNOWN:
            return _("Photos kept twice"), _("This laptop belongs to no team yet.")
        case "only-copies":
            return _("Photos kept twice"), (
                _("Every original is with a colleague too.")
                if is_good
                else _(
                    "{count} original photos are on this laptop only: exchange or back up."
                ).format(**details)
            )
        case "backup":
            return _("Backup on another disk"), _backup(line)
        case _:
            return _laptop_words(line) or _hand_words(line.name)


def _fresh(line: TravelLine) -> str:
    at = line.details.get("at")
    if line.mark is Mark.UNKNOWN and not line.details.get("member"):
        return _("This laptop belongs to no team yet.")
    if line.mark is Mark.UNKNOWN:
        return _("There is no other laptop in the team.")
    if not isinstance(at, datetime):
        return _("No colleague was ever heard of: exchange now.")
    words = _("Last heard of a colleague: {person}, {at}.").format(
        person=line.details.get("person"), at=instant_words(at)
    )
    return words if line.mark is Mark.GOOD else " ".join((words, _("Exchange now.")))


def _backup(line: TravelLine) -> str:
    at = line.details.get("at")
    if not isinstance(at, datetime):
        return _("None is known: plug in a disk and back up with photos.")
    words = _("The newest is of {at} ({place}).").format(
        at=instant_words(at), place=line.details.get("place")
    )
    return words if line.mark is Mark.GOOD else " ".join((words, _("Back up again.")))


def _laptop_words(line: TravelLine) -> tuple[str, str] | None:
    details: Mapping[str, Any] = line.details
    is_unknown, is_good = line.mark is Mark.UNKNOWN, line.mark is Mark.GOOD
    match line.name:
        case "base-map":
            title = _("Base map of the routes")
            if is_unknown:
                return title, _("There is no base map on this laptop; the map shows the outline.")
            return title, (
                _("It covers every route.")
                if is_good
                else _("It has holes on route {routes}: see “Cover for tomorrow”.").format(
                    **details
                )
            )
        case "space":
            title = _("Room for photos")
            if is_unknown:
                return title, _("The disk does not say how much is free.")
            return title, (
                _("{gb} GB are free.")
                if is_good
                else _("{gb} GB are free, {wanted} GB are wanted.")
            ).format(**details)
        case "battery" if is_unknown:
            return _("Battery"), _("This computer does not say how full it is.")
        case "battery":
            return _("Battery"), (
                _("{percent} % full.") if is_good else _("{percent} % full: plug in the charger.")
            ).format(**details)
        case "battery-charging":
            return _("Battery"), _("{percent} % full, charging.").format(**details)
        case "clock":
            words = _("This laptop says {at}.").format(at=instant_words(details["at"]))
            if line.mark is Mark.LOOK:
                words = " ".join((words, _("A clock of the team is wrong: see the page Exchange.")))
            return _("Clock"), words
        case _:
            return None


def _hand_words(name: str) -> tuple[str, str]:
    return {
        "camera-clock": (
            _("Clocks of cameras and GPS"),
            _("They show the same time as this laptop, to the minute."),
        ),
        "stick": (_("Stick with the team's folder"), _("Packed, and exchanged through once.")),
        "chargers": (
            _("Chargers, memory cards, spare batteries"),
            _("Packed; the cards are empty or their photos are in the catalogue."),
        ),
        "cards-copied": (
            _("Photos and tracks taken in"),
            _("Everything of cameras, phones and GPS is in the catalogue."),
        ),
        "cards-kept": (
            _("Memory cards kept as they are"),
            _("Not emptied before every original is with a colleague too."),
        ),
    }[name]


def instant_words(at: datetime) -> str:
    """Give an instant in the laptop's own time, to the minute."""
    return at.astimezone().strftime("%d/%m/%Y %H:%M")
