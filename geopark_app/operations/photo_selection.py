"""Which photos are meant: by site, route, day, flag, stars or key; conditions add up."""

from dataclasses import dataclass

from geopark_app.domain.kinds import Photo, Route, Stop
from geopark_app.operations.context import AppContext
from geopark_app.operations.photos import list_photos


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSelection:
    """Conditions that a photo must all fulfil; None and False leave one out.

    Attributes
    ----------
    site_uuid : str or None
        Photos of this site.
    route : int or None
        Photos of the sites of this route's stops, by its number.
    day : str or None
        Taken on this day, ISO 8601, in the camera's time zone.
    for_dossier : bool
        Only those chosen for the dossier.
    rating : int or None
        At least so many stars.
    uuids : frozenset of str or None
        Only these photos.
    """

    site_uuid: str | None = None
    route: int | None = None
    day: str | None = None
    for_dossier: bool = False
    rating: int | None = None
    uuids: frozenset[str] | None = None

    def takes(self, photo: Photo, sites: frozenset[str] | None) -> bool:
        """Say whether a photo fulfils the conditions; `sites` are those of the route."""
        return (
            (self.site_uuid is None or photo.site_uuid == self.site_uuid)
            and (sites is None or photo.site_uuid in sites)
            and (self.day is None or (photo.taken_at or "")[:10] == self.day)
            and (not self.for_dossier or bool(photo.for_dossier))
            and (self.rating is None or (photo.rating or 0) >= self.rating)
            and (self.uuids is None or photo.uuid in self.uuids)
        )


def select_photos(context: AppContext, selection: PhotoSelection) -> list[Photo]:
    """Give the photos meant, by site and in their order, those without a site last."""
    sites = None if selection.route is None else _sites_of_route(context, selection.route)
    return [photo for photo in list_photos(context) if selection.takes(photo, sites)]


def _sites_of_route(context: AppContext, number: int) -> frozenset[str]:
    routes = {route.uuid for route in context.catalogue.records(Route, where={"number": number})}
    stops = context.catalogue.records(Stop)
    return frozenset(
        stop.site_uuid for stop in stops if stop.site_uuid and stop.route_uuid in routes
    )
