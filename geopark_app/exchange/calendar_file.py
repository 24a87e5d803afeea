"""Writes days as an iCalendar file (RFC 5545) that phones and mail programs take in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from geopark_app.store.writing_files import translated_os_errors, write_atomically

_LONGEST_LINE = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One entry over whole days.

    Attributes
    ----------
    key : str
        Stays the same, so that a calendar that has the entry takes the new dates.
    first, last : date
        Both counted.
    title, note : str
        What it is.
    days_before : tuple of int
        Reminders.
    """

    key: str
    first: date
    last: date
    title: str
    note: str = ""
    days_before: tuple[int, ...] = ()


def write_calendar(
    path: Path, entries: Sequence[CalendarEntry], *, name: str, made_at: datetime
) -> None:
    """Write the entries.

    Raises
    ------
    GeoparkError
        An environment code when the file cannot be written.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Geopark inventory//plan//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for entry in entries for line in _entry(entry, made_at)),
        "END:VCALENDAR",
    ]
    content = "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))
    with translated_os_errors(path):
        write_atomically(path, content.encode("utf-8"))


def _entry(entry: CalendarEntry, made_at: datetime) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.key)}@geopark"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
    # The end of whole days is the day after the last.
    yield f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.note:
        yield f"DESCRIPTION:{_text(entry.note)}"
    yield "TRANSP:TRANSPARENT"
    for days in entry.days_before:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"TRIGGER:-P{days}D"
        yield f"DESCRIPTION:{_text(entry.title)}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def _fold(line: str) -> Iterable[str]:
    """Break a line after 75 bytes, never inside a letter; what follows begins with a blank."""
    part, room = "", _LONGEST_LINE
    for letter in line:
        size = len(letter.encode("utf-8"))
        if size > room:
            yield part
            part, room = " ", _LONGEST_LINE - 1
        part += letter
        room -= size
    yield part
