"""An exchange in plain words: what came, what went, who has what up to when."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QLocale

from geopark_app.gui.editing.value_words import when_words
from geopark_app.gui.formats import shown_instant
from geopark_app.i18n import gettext as _
from geopark_app.operations.exchanging import Receipt
from geopark_app.operations.sync_status import Colleague, HasUpTo, Status
from geopark_app.wording import error_sentence

_PEOPLE_NAMED = 4


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
    """Say what a colleague has: "Lan has everything of Minh up to Tuesday 24/11/2026 17:40"."""
    name = _name(colleague.person, colleague.device)
    lacked = [one for one in _by_person(colleague.has_up_to) if one.lacks]
    words = _has_everything(name, colleague) if not lacked else _has_part(name, lacked)
    on_the_way = _on_the_way(colleague)
    if not on_the_way:
        return words
    return _("{words} Still on the way: {what}.").format(words=words, what=", ".join(on_the_way))


def _has_everything(name: str, colleague: Colleague) -> str:
    newest = max(colleague.has_up_to, key=lambda one: one.at, default=None)
    if newest is None or not newest.at:
        return _("{name} has all saves that are here.").format(name=name)
    return _("{name} has all saves that are here, the newest of {person}, {at}.").format(
        name=name, person=newest.person, at=day_words(newest.at)
    )


def _has_part(name: str, lacked: list[HasUpTo]) -> str:
    parts = [
        _("everything of {person} up to {at}").format(
            person=_name(one.person, one.device), at=day_words(one.at)
        )
        if one.at
        else _("nothing of {person} yet").format(person=_name(one.person, one.device))
        for one in lacked[:_PEOPLE_NAMED]
    ]
    if len(lacked) > _PEOPLE_NAMED:
        parts.append(_("not all of {count} others").format(count=len(lacked) - _PEOPLE_NAMED))
    return _("{name} has {parts}.").format(name=name, parts=", ".join(parts))


def _on_the_way(colleague: Colleague) -> list[str]:
    parts = [
        (_("{count} saves"), colleague.lacks_saves),
        (_("{count} photos"), colleague.lacks_photos),
    ]
    if not colleague.lacks_photos:
        parts.append((_("{count} files"), colleague.lacks_files))
    return [words.format(count=_number(count)) for words, count in parts if count]


def _by_person(has_up_to: tuple[HasUpTo, ...]) -> list[HasUpTo]:
    """Put the lives of one laptop together: it has everything only up to the first gap."""
    found: dict[tuple[str, str], HasUpTo] = {}
    for one in has_up_to:
        known = found.get((one.person, one.device))
        if known is None or (one.lacks and (not known.lacks or one.at < known.at)):
            lacks = one.lacks + (known.lacks if known else 0)
            found[one.person, one.device] = replace(one, lacks=lacks)
        elif one.lacks or not known.lacks:
            at = known.at if known.lacks else max(known.at, one.at)
            found[one.person, one.device] = replace(known, at=at, lacks=known.lacks + one.lacks)
    return sorted(found.values(), key=lambda one: one.at, reverse=True)


def day_words(at: str) -> str:
    """Give an instant of the log with its day of the week, which people remember."""
    try:
        day = datetime.fromisoformat(at).isoweekday()
    except ValueError:
        return when_words(at)
    return f"{QLocale().dayName(day)} {when_words(at)}"


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
            _(
                "{count} files are damaged and were not copied; whoever has them whole leaves "
                "them again."
            ).format(count=_number(len(receipt.photos.damaged)))
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
