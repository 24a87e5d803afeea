"""`locate …`: what typed or pasted coordinates can mean; nothing is written."""

from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import DONE, LEFT_FOR_A_PERSON, REFUSED
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import active
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.locating import Location, Place


def _epsg(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
    """Read "EPSG:9215" or "9215"."""
    if value is None:
        return None
    code = value.strip().upper().removeprefix("EPSG:").strip()
    if not (code.isascii() and code.isdigit() and len(code) <= 6):
        raise click.BadParameter(_("Write the coordinate system as EPSG:9215."))
    return int(code)


def locate_command() -> click.Command:
    """Make `locate`."""

    @click.command(
        "locate",
        help=_("Read coordinates as people type them, and say what they can mean."),
        # A text such as "-21.85, 106.76" is no option.
        context_settings={"ignore_unknown_options": True},
    )
    @click.argument("text")
    @click.option(
        "--crs",
        metavar="EPSG:n",
        callback=_epsg,
        help=_("The coordinate system, when it is known."),
    )
    @click.option(
        "--site", metavar="SITE", help=_("Compare with this site: commune, photos, position.")
    )
    @common_options
    @click.pass_context
    def find(
        ctx: click.Context, output: Output, text: str, crs: int | None, site: str | None
    ) -> int:
        from geopark_app.operations.locating import locate
        from geopark_app.operations.sites import find_site

        with opened(ctx) as context:
            meant = find_site(context, site) if site else None
            found = locate(context, text, epsg=crs, site=meant)
        output.data(_json(found))
        _show(output, found)
        codes = {"ask": LEFT_FOR_A_PERSON, "refused": REFUSED}
        return codes.get(found.verdict.value, DONE)

    return find


def _json(found: "Location") -> dict[str, Any]:
    problem = found.diagnosis.problem
    return {
        "typed": found.diagnosis.typed,
        "verdict": found.verdict.value,
        "candidates": [_place_json(place) for place in found.places],
        "question": problem.sentence(active()) if problem is not None else None,
        "problem": problem.problem.value if problem is not None else None,
    }


def _place_json(place: "Place") -> dict[str, Any]:
    from geopark_app.geo.doctor.words import note_sentence, reading_words

    one, near = place.candidate, place.commune
    return {
        "lon": one.lon,
        "lat": one.lat,
        "epsg": place.epsg,
        "easting_m": place.easting_m,
        "northing_m": place.northing_m,
        "commune_code": near.commune.code if near else None,
        "commune": near.commune.name_vi if near else None,
        "commune_point_m": round(near.metres) if near and not near.by_polygon else None,
        "commune_by": ("polygon" if near.by_polygon else "nearest-point") if near else None,
        "commune_outside_m": round(near.metres, 1) if near and near.by_polygon else None,
        "border_zone": place.in_border_zone,
        "road": place.road.name if place.road else None,
        "road_m": round(place.road.metres, 1) if place.road else None,
        "reading": reading_words(one, active()),
        "source_epsg": one.source_epsg,
        "certainty": one.certainty.value,
        "warnings": [note_sentence(note, active()) for note in one.notes],
        "warning_codes": [note.remark.value for note in one.notes],
    }


def _show(output: Output, found: "Location") -> None:
    from geopark_app.geo.doctor.words import (
        certainty_words,
        commune_words,
        nearest_commune_words,
        note_sentence,
        reading_words,
    )
    from geopark_app.wording.layers import distance_words

    for number, place in enumerate(found.places, start=1):
        one = place.candidate
        words = certainty_words(one.certainty, active())
        output.text(f"{number}. {one.lat:.7f}, {one.lon:.7f}  ({words})")
        output.text(f"   {reading_words(one, active())}")
        if place.easting_m is not None:
            output.text(f"   EPSG:{place.epsg}  E {place.easting_m:.3f}  N {place.northing_m:.3f}")
        if place.commune is not None:
            near = place.commune
            say = commune_words if near.by_polygon else nearest_commune_words
            words = say(near.commune.name_vi or "", near.metres, active())
            output.text(f"   {words} ({near.commune.code})")
        if place.road is not None:
            distance = distance_words(place.road.metres)
            words = _("nearest road or route: {name}, {distance}")
            output.text(f"   {words.format(name=place.road.name, distance=distance)}")
        for note in one.notes:
            output.text(f"   • {note_sentence(note, active())}")
    if found.diagnosis.problem is not None:
        output.text(found.diagnosis.problem.sentence(active()))
