"""What a gesture on the map saves, in words: one named save each, and the question after it."""

from dataclasses import dataclass

from geopark_app.domain.change import Changes
from geopark_app.domain.kinds import KINDS, Route, Site
from geopark_app.geo.doctor.diagnosis import Remark
from geopark_app.geo.doctor.words import commune_words, nearest_commune_words, note_sentence
from geopark_app.gui.messages import Keys
from geopark_app.gui.session import Session
from geopark_app.i18n import active, pick
from geopark_app.i18n import gettext as _
from geopark_app.operations.context import AppContext
from geopark_app.operations.locating import Place
from geopark_app.operations.map_editing import (
    ChosenPoint,
    PlaceOffer,
    ShapeReport,
    accept_place,
    move_site,
    place_offer,
)
from geopark_app.operations.records import get_record, write_values
from geopark_app.wording.layers import distance_words, number
from geopark_app.wording.measuring import area_words, length_words
from geopark_app.wording.places import place_offer_words

_GENTLE = {Remark.BORDER_ZONE}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedSite:
    """A site that was moved, its save, and what its new place asks."""

    changes: Changes
    offer: PlaceOffer | None


def title_of_site(site: Site) -> str:
    """Give code and name of a site."""
    name = pick(site.name_vi, site.name_en)
    return " ".join(part for part in (site.code, name) if part)


def title_of_route(route: Route) -> str:
    """Give number and name of a route."""
    name = pick(route.name_vi, route.name_en)
    return f"{route.number}. {name}" if route.number else name


def save_move(context: AppContext, site: Site, to: ChosenPoint) -> MovedSite:
    """Move a site and look at its new place; on the catalogue lane."""
    reason = _("Move {site} on the map").format(site=title_of_site(site))
    changes = move_site(context, site, to, reason=reason)
    return MovedSite(changes=changes, offer=place_offer(context, site.uuid))


def offer_place(session: Session, offer: PlaceOffer | None, saved: Changes) -> None:
    """Ask in the notification bar whether the record takes over what the place says.

    The question goes when the save that raised it is turned back.
    """
    if offer is None:
        return
    uuid, name = offer.site.uuid, title_of_site(offer.site)
    reason = _("Take over the place of {site}").format(site=name)

    def accept() -> None:
        session.run(lambda context: accept_place(context, uuid, reason=reason))

    session.messages.warning(
        offer_words(offer), action=_("Take over"), on_action=accept, about=saved.touched
    )


def offer_words(offer: PlaceOffer) -> str:
    """Say what the place says and the record does not."""
    return place_offer_words(
        site=title_of_site(offer.site),
        found=(offer.commune.name_vi or "") if offer.commune is not None else "",
        before=(offer.before.name_vi or "") if offer.before is not None else "",
        border_zone=offer.border_zone,
    )


def place_words(place: Place) -> tuple[str, bool]:
    """Say what lies around a point, and whether anything of it is a warning."""
    language, one = active(), place.candidate
    parts = []
    if place.commune is not None:
        say = commune_words if place.commune.by_polygon else nearest_commune_words
        parts.append(say(place.commune.commune.name_vi or "", place.commune.metres, language))
    if place.road is not None:
        words = _("nearest road or route: {name}, {distance}")
        distance = distance_words(place.road.metres)
        parts.append(words.format(name=place.road.name, distance=distance))
    around = " · ".join(parts)
    notes = [note_sentence(note, language) for note in one.notes]
    is_alarming = any(note.remark not in _GENTLE for note in one.notes)
    return " ".join(part for part in (f"{around}." if around else "", *notes) if part), is_alarming


def shape_words(report: ShapeReport, *, is_area: bool) -> str:
    """Give the measures of a shape: an area with its outline, or a length."""
    if not is_area:
        return length_words(report.length_m)
    if report.crossing is not None:
        # The halves of a bow tie take each other away: their sum says nothing.
        return _("outline {length}").format(length=length_words(report.length_m))
    return _("{area} · outline {length}").format(
        area=area_words(report.area_m2), length=length_words(report.length_m)
    )


def shape_remarks(report: ShapeReport) -> str:
    """Say what speaks against a shape; empty when nothing does."""
    if report.crossing is not None:
        lon, lat = report.crossing
        words = _("The outline crosses itself near {lat}, {lon}. Move the corners there apart.")
        return words.format(lat=number(lat, 5), lon=number(lon, 5))
    parts = []
    if not report.is_near:
        parts.append(_("It reaches outside the geopark's area."))
    if report.outside:
        percent = number(report.outside * 100, 1)
        words = _("{percent} % of it lies outside the official boundary.")
        parts.append(words.format(percent=percent))
    return " ".join(parts)


def offer_measure(
    session: Session,
    record: Route | Site | None,
    report: ShapeReport,
    *,
    is_area: bool,
    saved: Changes,
) -> None:
    """Say that a shape is saved; its measure is offered to the record that has a field for it."""
    if isinstance(record, Route):
        _offer_value(
            session,
            record,
            "length_km",
            round(report.length_m / 1000, 1),
            said=_("The line of route {route} is saved: {length}.").format(
                route=title_of_route(record), length=length_words(report.length_m)
            ),
            action=_("Take over as the route's length"),
            about=saved.touched,
        )
    elif is_area and isinstance(record, Site):
        _offer_value(
            session,
            record,
            "area_ha",
            round(report.area_m2 / 10_000, 2),
            said=_("The area of {site} is saved: {area}.").format(
                site=title_of_site(record), area=area_words(report.area_m2)
            ),
            action=_("Take over as the site's area"),
            about=saved.touched,
        )
    else:
        session.messages.done(
            _("Saved: {measure}.").format(measure=shape_words(report, is_area=is_area)),
            about=saved.touched,
        )


def _offer_value(
    session: Session,
    record: Route | Site,
    field: str,
    value: float,
    *,
    said: str,
    action: str,
    about: Keys,
) -> None:
    if getattr(record, field) == value:
        session.messages.done(said, about=about)
        return
    kind = "route" if isinstance(record, Route) else "site"
    uuid, reason = record.uuid, action

    def take(context: AppContext) -> Changes:
        fresh = get_record(context, KINDS[kind], uuid)
        return write_values(context, fresh, {field: value}, reason=reason)

    def accept() -> None:
        session.run(take)

    session.messages.done(said, action=action, on_action=accept, about=about)
