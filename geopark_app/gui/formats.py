"""Dates and instants as the window's language writes them."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime


def shown_date(day: date) -> str:
    """Give a date as 31/01/2028, the order Vietnamese and British English share."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "dd/MM/yyyy")


def shown_day(iso: str | None) -> str:
    """Give a stored ISO day as people read it; what is no day is given as it is."""
    try:
        return shown_date(date.fromisoformat(iso or ""))
    except ValueError:
        return iso or ""


def shown_instant(instant: datetime) -> str:
    """Give an instant in the laptop's own time, to the minute."""
    local = instant.astimezone()
    moment = QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute))
    return QLocale().toString(moment, "dd/MM/yyyy HH:mm")
