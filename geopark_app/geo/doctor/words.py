"""Remarks and certainties of the doctor in words."""

from collections.abc import Callable

from geopark_app.geo.crs import WGS84, crs_name
from geopark_app.geo.doctor.diagnosis import Candidate, Certainty, Note, Remark
from geopark_app.i18n import translator


def reading_words(candidate: Candidate, language: str) -> str:
    """Say in which system the numbers were read."""
    _ = translator(language)
    if candidate.source_epsg == WGS84:
        return _("WGS 84, degrees")
    return f"{crs_name(candidate.source_epsg)} (EPSG:{candidate.source_epsg})"


def certainty_words(certainty: Certainty, language: str) -> str:
    """Say how far a reading can be believed."""
    _ = translator(language)
    words = {
        Certainty.SURE: _("sure"),
        Certainty.LIKELY: _("likely"),
        Certainty.POSSIBLE: _("possible"),
        Certainty.UNLIKELY: _("unlikely"),
    }
    return words[certainty]


def nearest_commune_words(name: str, metres: float, language: str) -> str:
    """Say which commune's point is nearest; it need not be the commune around the place."""
    _ = translator(language)
    km = _local(f"{metres / 1000:.1f}", language)
    return _("nearest commune point: {commune}, {km} km").format(commune=name, km=km)


def commune_words(name: str, metres: float, language: str) -> str:
    """Say in which commune the place lies by its polygon, or which one is nearest."""
    _ = translator(language)
    if metres == 0:
        return _("commune: {commune}").format(commune=name)
    km = _local(f"{metres / 1000:.1f}", language)
    return _("outside of all communes; nearest: {commune}, {km} km").format(commune=name, km=km)


def _local(number: str, language: str) -> str:
    return number.replace(".", ",") if language == "vi" else number


def note_sentence(note: Note, language: str) -> str:
    """Say what was put right, or what is doubtful."""
    _ = translator(language)
    details = dict(note.details)
    for number in {"km", "metres"} & details.keys():
        details[number] = _local(details[number], language)
    if note.remark is Remark.ABROAD:
        details["country"] = details[f"country_{'en' if language == 'en' else 'vi'}"]
    return {**_reading_notes(_), **_place_notes(_), **_old_notes(_)}[note.remark].format(**details)


def _reading_notes(_: Callable[[str], str]) -> dict[Remark, str]:
    return {
        Remark.SWAPPED: _("Longitude stood first: read as latitude, longitude."),
        Remark.XY_EXCHANGED: _("X and Y, or east and north, were exchanged and are put right."),
        Remark.SIGN_CHANGED: _("Read without the minus sign, or with the opposite letter."),
        Remark.N_AS_SOUTH: _("N read as south (nam)."),
        Remark.T_AS_EAST: _("T read as a slip for east (Đông)."),
        Remark.MAP_CENTRE: _("The link shows only the middle of a map, not a marked place."),
        Remark.OTHER_ZONE: _("Only {system} brings these numbers into the geopark."),
        Remark.ZONE_SAID: _("The easting began with the zone number {zone}."),
        Remark.OTHER_DATUM: _(
            "Old datum HN-72, not VN-2000: known only to some metres by the transformation."
        ),
    }


def _place_notes(_: Callable[[str], str]) -> dict[Remark, str]:
    return {
        Remark.OUTSIDE: _("The point lies outside the geopark's area."),
        Remark.ABROAD: _("The point lies outside the geopark's area: {country}."),
        Remark.FITS_OTHER_SYSTEM: _(
            "Wrong central meridian or zone? In {systems} the numbers land in the geopark."
        ),
        Remark.FAR_FROM_COMMUNE: _(
            "{km} km from the point of the commune {commune}: farther than it reaches."
        ),
        Remark.OUTSIDE_COMMUNE: _("{km} km outside the commune {commune}."),
        Remark.OUTSIDE_BOUNDARY: _("{km} km outside the official boundary of the geopark."),
        Remark.BORDER_ZONE: _("In the border zone: border rules hold here."),
        Remark.COMMUNE_DECIDED: _(
            "Chosen by the commune {commune}; read in {systems} the point lies {km} km away."
        ),
        Remark.SAME_SPOT: _("The same spot as {other}."),
        Remark.FAR_FROM_PHOTOS: _("{km} km from the nearest place where its photos were taken."),
    }


def _old_notes(_: Callable[[str], str]) -> dict[Remark, str]:
    return {
        Remark.OLD_NO_SHIFT: _(
            "{metres} m from the position known so far: exactly what a missing shift between "
            "VN-2000 and WGS 84 makes."
        ),
        Remark.OLD_OTHER_ZONE: _(
            "{metres} m from the position known so far: one of the two was read in the wrong "
            "zone ({first}, {second})."
        ),
        Remark.OLD_ROTATION: _(
            "{metres} m from the position known so far: what the rotations of VN-2000 with the "
            "wrong sign make."
        ),
        Remark.OLD_SWAPPED: _("The position known so far has latitude and longitude exchanged."),
    }
