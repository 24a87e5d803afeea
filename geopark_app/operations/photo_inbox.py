"""The inbox: photos that belong to no site yet, by day, with what is proposed for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Site
from geopark_app.operations.context import AppContext
from geopark_app.operations.photo_import import check_site
from geopark_app.operations.photo_places import NearestSite, nearest_site
from geopark_app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPhoto:
    """One photo without a site.

    Attributes
    ----------
    photo : Photo
        The photo.
    day : str
        ISO date it was taken, empty when it is not known.
    nearest : NearestSite or None
        The site proposed; only a trusted position proposes one.
    """

    photo: Photo
    day: str
    nearest: NearestSite | None


class AssignTo(Enum):
    """Where photos go when no site is named."""

    NEAREST = "nearest"
    INBOX = "inbox"


def inbox_photos(context: AppContext, *, day: str | None = None) -> list[InboxPhoto]:
    """Give the photos without a site in the order they were taken, those without date last."""
    photos = context.catalogue.records(Photo, where={"site_uuid": None})
    sites = context.catalogue.records(Site) if photos else []
    rows = [
        InboxPhoto(photo=photo, day=(photo.taken_at or "")[:10], nearest=_nearest(sites, photo))
        for photo in photos
    ]
    rows.sort(key=lambda row: (row.day == "", row.photo.taken_at or "", row.photo.uuid))
    return rows if day is None else [row for row in rows if row.day == day]


def assign_photos(
    context: AppContext, uuids: Sequence[str], to: str | AssignTo, *, reason: str
) -> Changes:
    """Give photos to a site, each to its nearest one, or back to the inbox, as one save.

    Photos for which no site is near stay where they are.

    Raises
    ------
    GeoparkError
        NOT_FOUND for a photo or site that is not there; then nothing is written.
    """
    if isinstance(to, str):
        check_site(context, to)
    sites = context.catalogue.records(Site) if to is AssignTo.NEAREST else []
    last_order: dict[str | None, int] = {}
    for key in context.catalogue.photo_keys():
        last_order[key.site_uuid] = max(last_order.get(key.site_uuid, 0), key.sort_order or 0)
    with context.work(reason) as work:
        for uuid in dict.fromkeys(uuids):
            photo = work.get(Photo, uuid)
            if photo is None or photo.deleted:
                raise GeoparkError(ErrorCode.NOT_FOUND, kind="photo", uuid=uuid)
            site_uuid = _target(to, sites, photo)
            if site_uuid == photo.site_uuid:
                continue
            _take_cover_off(work, photo)
            last_order[site_uuid] = last_order.get(site_uuid, 0) + 1
            work.put(replace(photo, site_uuid=site_uuid, sort_order=last_order[site_uuid]))
    return work.changes


def _take_cover_off(work: UnitOfWork, photo: Photo) -> None:
    """Let a site have no cover that is no longer its own photo."""
    site = work.get(Site, photo.site_uuid) if photo.site_uuid else None
    if site is not None and site.cover_photo_uuid == photo.uuid:
        work.set_columns(kind_of(Site), site.uuid, {"cover_photo_uuid": None})


def _target(to: str | AssignTo, sites: list[Site], photo: Photo) -> str | None:
    if isinstance(to, str):
        return to
    if to is AssignTo.INBOX:
        return None
    nearest = _nearest(sites, photo)
    return nearest.site_uuid if nearest else photo.site_uuid


def _nearest(sites: list[Site], photo: Photo) -> NearestSite | None:
    if not photo.position_trusted or photo.position is None:
        return None
    return nearest_site(sites, photo.position)
