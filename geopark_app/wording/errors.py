"""What went wrong, what is safe and what to do next, for every foreseen trouble."""

from collections.abc import Mapping
from dataclasses import dataclass

from geopark_app.domain.errors import ErrorCode, GeoparkError, WordedError
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _
from geopark_app.wording.checklists import checklist_trouble
from geopark_app.wording.field_names import field_label, kind_label
from geopark_app.wording.importing import file_reason
from geopark_app.wording.syncing import sync_trouble

_LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorWords:
    """One trouble in words.

    Attributes
    ----------
    message : str
        What is wrong.
    safe : str
        What was not changed.
    next : str
        What to do.
    """

    message: str
    safe: str
    next: str


def error_sentence(error: GeoparkError) -> ErrorWords:
    """Give the words for an error in the chosen language."""
    if isinstance(error, WordedError):
        return ErrorWords(
            message=error.sentence(active()),
            safe=_("Nothing was changed."),
            next=_(
                "“locate” shows every reading; lon and lat store a doubtful one that is meant. "
                "An unknown position stays empty."
            ),
        )
    if error.code is ErrorCode.REFUSED_FILE:
        message, next_step = file_reason(error.details)
        return ErrorWords(message=message, safe=_("Nothing was changed."), next=next_step)
    trouble = sync_trouble(error.code, error.details)
    if error.code is ErrorCode.CHECKLIST:
        trouble = checklist_trouble(error.details)
    message, next_step = trouble or _templates()[error.code]
    if error.code is ErrorCode.NOT_FOUND and "path" in error.details:
        next_step = _(
            "Check the name; when it lies on a stick or network disk, connect that first."
        )
    details = _Details(error.details)
    return ErrorWords(
        message=message.format_map(details),
        safe=_("Nothing was changed."),
        next=next_step.format_map(details),
    )


class _Details(dict[str, str]):
    """Details for a sentence: what is missing is left out, what is long cut, fields named."""

    def __init__(self, details: Mapping[str, str]) -> None:
        super().__init__(
            (name, text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
            for name, text in details.items()
        )
        if "field" in details:
            self["field"] = field_label(details["field"])
        if not any(details.get(name) for name in ("reference", "path", "uuid")):
            # Nothing of the kind is there: its name is all there is to say.
            self["reference"] = kind_label(details.get("kind", ""))
        expected = details.get("expected", "")
        self["expected"] = _shapes().get(expected, expected)

    def __missing__(self, key: str) -> str:
        return ""


def _shapes() -> dict[str, str]:
    """Give what a value must look like, for the shapes of fields."""
    return {
        "integer": _("a whole number"),
        "decimal": _("a number, such as 12.5"),
        "boolean": _("yes or no"),
        "date": _("a date, such as 2027-07-31 or 31/07/2027"),
        "instant": _("a date with time, such as 2027-07-31T08:30:00+07:00"),
        "other-disk": _("a folder outside the catalogue, best on another disk"),
    }


def _templates() -> dict[ErrorCode, tuple[str, str]]:
    return {**_record_templates(), **_file_templates(), **_place_templates()}


def _record_templates() -> dict[ErrorCode, tuple[str, str]]:
    return {
        ErrorCode.BAD_VALUE: (
            _("“{value}” cannot be used for {field}."),
            _("Expected: {expected}. Correct the value and try again."),
        ),
        ErrorCode.BAD_POSITION: (
            _("These coordinates are not possible: {lon}, {lat}."),
            _(
                "Type longitude and latitude in WGS 84 degrees, for example 106.761, 21.853. "
                "An unknown position stays empty."
            ),
        ),
        ErrorCode.CROSSING_SHAPE: (
            _("The outline crosses itself near {lat}, {lon}."),
            _("Move the corners there apart, then save again."),
        ),
        ErrorCode.UNKNOWN_FIELD: (
            _("There is no field “{field}”."),
            _("List the fields with: record --kinds."),
        ),
        ErrorCode.UNKNOWN_KIND: (
            _("There is no record kind “{kind}”."),
            _("Known kinds: {known}."),
        ),
        ErrorCode.AMBIGUOUS: (
            _("Several records carry the code {reference}."),
            _("Use one of these keys: {uuids}."),
        ),
        ErrorCode.NOT_FOUND: (
            _("Not found: {reference}{path}{uuid}."),
            _("Check the spelling; search finds names without accents too."),
        ),
        ErrorCode.HIDDEN_YET: (
            _("The points of this assessment stay hidden until you have submitted yours."),
            _("Score the site and submit, or say that you score no site by this method."),
        ),
        ErrorCode.ALREADY_SUBMITTED: (
            _("This assessment is submitted: its points stand as they are."),
            _("Make a new assessment; the history keeps both."),
        ),
        ErrorCode.NOT_FINAL: (
            _("The final dossier cannot be built; nothing was written. {reasons}"),
            _("Settle these points, leave the parts out, or build without “final”."),
        ),
        ErrorCode.NO_LAYER: (
            _("No polygons of the communes were imported yet."),
            _("Import them with: import FILE --kind communes, or “Import a map layer…”."),
        ),
        ErrorCode.LAYER_MISSING: (
            _("The file of the layer “{name}” is not on this laptop."),
            _("Receive it from a colleague, or import the layer again."),
        ),
        ErrorCode.CHANGED_BY_OTHERS: (
            _("“{step}” cannot be undone: the value was changed again since, elsewhere."),
            _("Open the history of the record to bring an older value back."),
        ),
    }


def _file_templates() -> dict[ErrorCode, tuple[str, str]]:
    return {
        ErrorCode.UNREADABLE_PHOTO: (
            _("This picture is damaged and cannot be read: {path}."),
            _("Copy it again from the camera or phone."),
        ),
        ErrorCode.UNSUPPORTED_FORMAT: (
            _("This kind of file cannot be used here: {path}."),
            _("Choose a file of the kind asked for; save pictures as JPEG, PNG, TIFF or WebP."),
        ),
        ErrorCode.TOO_LARGE: (
            _("This file is larger than the limit: {path}."),
            _("Use a smaller copy."),
        ),
        ErrorCode.WORKER_FAILED: (
            _("The helper program could not finish: {reason}."),
            _("Try again; if it happens again, send the log file."),
        ),
        ErrorCode.UNTYPESETTABLE: (
            _("The document could not be laid out: {reason}."),
            _("Look at the list of problems, correct the texts named there and build again."),
        ),
    }


def _place_templates() -> dict[ErrorCode, tuple[str, str]]:
    return {
        ErrorCode.NOT_A_CATALOGUE: (
            _("This is not a catalogue: {path}."),
            _("Choose the folder that holds a .geopark file, or make a new catalogue."),
        ),
        ErrorCode.DAMAGED_CATALOGUE: (
            _("This catalogue is damaged: {path}."),
            _("Restore the newest copy from its folder “backups”. Keep the damaged folder."),
        ),
        ErrorCode.NEWER_FORMAT: (
            _("This catalogue was made by a newer version of the program."),
            _("Install the newer version on this laptop, then open the catalogue again."),
        ),
        ErrorCode.FOLDER_NOT_EMPTY: (
            _("There are files in this folder already: {path}."),
            _("Choose a new or empty folder."),
        ),
        ErrorCode.LOCKED: (
            _("The catalogue is being used by another program right now."),
            _("Close the other window or wait a moment, then try again."),
        ),
        ErrorCode.READ_ONLY: (
            _("This place can only be read, not written: {path}."),
            _("Copy the catalogue folder to the laptop's own disk and open it there."),
        ),
        ErrorCode.NO_PERMISSION: (
            _("The system does not allow writing or reading here: {path}."),
            _("Choose a folder of your own, or ask for the permission."),
        ),
        ErrorCode.DISK_FULL: (
            _("The disk is full."),
            _("Free some space on the disk and try again; what was saved before is safe."),
        ),
        ErrorCode.MISSING_PART: (
            _("A part of the program is missing: {path}{reason}."),
            _("Run “make setup”, or install the program again."),
        ),
    }


__all__ = ["ErrorWords", "error_sentence", "field_label"]
