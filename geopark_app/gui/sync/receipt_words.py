"""An exchange in plain words: what came, what went, who has what up to when."""

from datetime import datetime

from PySide6.QtCore import QLocale

from geopark_app.gui.editing.value_words import when_words
from geopark_app.gui.formats import shown_instant
from geopark_app.i18n import gettext as _
from geopark_app.operations.exchanging import Receipt
from geopark_app.operations.sync_status import Colleague, Status
from geopark_app.wording import error_sentence


def receipt_lines(receipt: Receipt, status: Status) -> list[str]:
    """Give what an exchange did, a sentence a line."""
    photos = receipt.photos
    lines = [
        _("{received} saves came from colleagues, {sent} saves were left for them.").format(
            received=_number(receipt.received), sent=_number(receipt.sent)
        )
    ]
    if photos.received or photos.sent:
        lines.append(
            _("{received} files came (photos, documents), {sent} were left.").format(
                received=_number(photos.received), sent=_number(photos.sent)
            )
        )
    if photos.waiting:
        lines.append(
            _("{count} files found no room in the folder and wait for the next exchange.").format(
                count=_number(photos.waiting)
            )
        )
    if photos.missing:
        lines.append(
            _("{count} files of the records are not on this laptop yet.").format(
                count=_number(photos.missing)
            )
        )
    lines += [has_words(one) for one in status.colleagues if one.heard_at]
    lines += _left_over(receipt)
    return lines


def has_words(colleague: Colleague) -> str:
    """Say what a colleague has, such as "Lan has everything of Minh up to Tuesday 17:40"."""
    name = _name(colleague.person, colleague.device)
    if not colleague.lacks_saves and not colleague.lacks_files:
        return _("{name} has everything that is here.").format(name=name)
    parts = [
        _("{saves} saves of {person} after {at}").format(
            saves=_number(one.lacks), person=_name(one.person, one.device), at=when_words(one.at)
        )
        if one.at
        else _("all {saves} saves of {person}").format(
            saves=_number(one.lacks), person=_name(one.person, one.device)
        )
        for one in colleague.has_up_to
        if one.lacks
    ]
    if colleague.lacks_files:
        parts.append(_("{count} files").format(count=_number(colleague.lacks_files)))
    return _("{name} does not have yet: {parts}.").format(name=name, parts="; ".join(parts))


def warning_lines(status: Status) -> list[str]:
    """Give what a person should look after: clocks, versions, laptops that are no members."""
    lines = [
        _("The clock of {name} is wrong: it says {says}. Saves are not lost by it.").format(
            name=_name(one.person, one.device), says=_instant(one.says)
        )
        for one in status.wrong_clocks
    ]
    lines += [
        _("{name} works with an older version of the program.").format(
            name=_name(one.person, one.device)
        )
        for one in status.colleagues
        if one.is_older
    ]
    lines += [
        _(
            "{name} works with a newer version; what this one does not know is kept and handed on."
        ).format(name=_name(one.person, one.device))
        for one in status.colleagues
        if one.is_newer
    ]
    lines += [
        _("Saves of {name} stay on this laptop: that laptop is not in the team.").format(
            name=_name(one.user, one.device)
        )
        for one in status.held_back
    ]
    lines += [
        _("Still needed before everything can be shown: saves of {name}.").format(
            name=_name(one.person, one.device)
        )
        for one in status.waiting
    ]
    if status.only_copies:
        lines.append(
            _("{count} original photos are on this laptop only.").format(
                count=_number(status.only_copies)
            )
        )
    return lines


def _left_over(receipt: Receipt) -> list[str]:
    lines = []
    if receipt.half:
        lines.append(
            _("{count} bundles are not whole yet or damaged; they are read again.").format(
                count=_number(len(receipt.half))
            )
        )
    if receipt.photos.damaged:
        lines.append(
            _("{count} files are damaged and were not copied.").format(
                count=_number(len(receipt.photos.damaged))
            )
        )
    lines += [f"{one.name}: {error_sentence(one.error).message}" for one in receipt.refused]
    if receipt.foreign:
        lines.append(
            _("Left alone, for they are not ours: {names}").format(names=", ".join(receipt.foreign))
        )
    return lines


def _name(person: str, device: str) -> str:
    return f"{person} ({device})" if person and device else person or device


def _number(count: int) -> str:
    return QLocale().toString(count)


def _instant(instant: datetime) -> str:
    return shown_instant(instant) if instant.year < 9999 else str(instant.year)
