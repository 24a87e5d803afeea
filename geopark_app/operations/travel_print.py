"""The list for departure or return written as a PDF of one page."""

import tempfile
from pathlib import Path

from geopark_app.domain.progress import CancelToken
from geopark_app.domain.travel import TravelList
from geopark_app.dossier.travel_pdf import TravelSheet, typeset_travel
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.store.writing_files import translated_os_errors, write_atomically
from geopark_app.wording.travel import (
    instant_words,
    line_words,
    mark_words,
    travel_sum,
    travel_title,
)


def write_travel(found: TravelList, out: Path, cancel: CancelToken) -> None:
    """Write the list as PDF in the language chosen.

    Raises
    ------
    Cancelled, GeoparkError
        An environment code when the file cannot be written; nothing stays of it then.
    """
    at = instant_words(found.at)
    sheet = TravelSheet(
        words={
            "title": travel_title(found.trip),
            "subtitle": f"{found.person} · {found.device} · {at}",
            "sum": travel_sum(found),
            "author": found.person,
            "footer": _("Printed from the geopark inventory on {day}").format(day=at),
            "language": active(),
        },
        headings=("", _("What"), _("Found")),
        lines=tuple(
            (*line_words(line), line.mark.value, mark_words(line.mark)) for line in found.lines
        ),
        signatures=(_("Looked at by"), _("Seen at the office")),
        made_at=found.at.replace(microsecond=0),
    )
    with translated_os_errors(out), tempfile.TemporaryDirectory(prefix="geopark-travel-") as folder:
        (Path(folder) / "source").mkdir()
        made = Path(folder) / "travel.pdf"
        typeset_travel(sheet, folder=Path(folder) / "source", output=made, cancel=cancel)
        write_atomically(out, made.read_bytes())
