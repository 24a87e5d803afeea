"""Which photo may leave the house, and what it may tell: one pure rule for every way out."""

import math
from dataclasses import replace
from enum import Enum

from geopark_app.domain.declaration import Audience
from geopark_app.domain.kinds import Photo
from geopark_app.domain.position import Position, PositionQuality
from geopark_app.rules.audience import NOT_PUBLIC, hides_position

_DECIMALS = {Audience.EVALUATORS: 4, Audience.PUBLIC: 2}
_METRES_PER_DEGREE = 111_320.0


class Barrier(Enum):
    """Why a photo stays in the house; the value is the code of the finding."""

    NO_CONSENT = "no-consent"
    NO_GUARDIAN_CONSENT = "no-guardian-consent"
    LICENCE = "licence-forbids"


def lacks_consent(photo: Photo) -> bool:
    """Say whether people are shown and nobody recorded that they agree."""
    return bool(photo.people_shown) and not (photo.consent_note or "").strip()


def lacks_guardian_consent(photo: Photo) -> bool:
    """Say whether children are shown and no guardian's agreement is recorded."""
    return bool(photo.children_shown) and not (photo.guardian_consent_note or "").strip()


def barriers(
    photo: Photo, audience: Audience, *, licence_allows: bool = True
) -> tuple[Barrier, ...]:
    """Give what keeps a photo from an audience; none means that it may leave.

    Parameters
    ----------
    photo
        The record as the office has it: after the audience rule the consent is gone.
    audience
        Who will have it. Colleagues (`INTERNAL`) may see every photo.
    licence_allows
        Whether the vocabulary lets pictures of this licence leave.
    """
    if audience is Audience.INTERNAL:
        return ()
    found = (
        (Barrier.LICENCE, not licence_allows),
        (Barrier.NO_CONSENT, lacks_consent(photo)),
        (Barrier.NO_GUARDIAN_CONSENT, lacks_guardian_consent(photo)),
    )
    return tuple(barrier for barrier, holds in found if holds)


def photo_disclosure(site_uuid: str | None, site_level: str | None) -> str | None:
    """Give the disclosure level a photo is treated by; one without a site is told nowhere."""
    return site_level if site_uuid else NOT_PUBLIC


def released_position(
    position: Position | None, audience: Audience, disclosure: str | None
) -> Position | None:
    """Give the camera's position as an audience may have it, or None.

    Evaluators get 4 decimals of a degree (11 m), the public 2 (about 1 km); of sensitive sites
    nobody outside the office gets any.
    """
    if position is None or position.lon is None or position.lat is None:
        return None
    if hides_position(audience, disclosure):
        return None
    decimals = _DECIMALS.get(audience)
    if decimals is None:
        return position
    lon, lat = round(position.lon, decimals), round(position.lat, decimals)
    if lon == 0 and lat == 0:
        return None
    coarse = _METRES_PER_DEGREE / math.pow(10, decimals)
    return replace(
        position,
        lon=lon,
        lat=lat,
        accuracy_m=max(position.accuracy_m or 0.0, round(coarse)),
        quality=PositionQuality.APPROX.value,
        as_typed=None,
        source=None,
    )


def original_may_leave(
    photo: Photo, audience: Audience, disclosure: str | None, *, with_metadata: bool
) -> bool:
    """Say whether the very file of the camera may be handed over, with all its EXIF tags.

    Outside the office only where somebody asked for the tags, the position is no secret and
    nothing was cut off the picture; else a cleaned picture of full size takes its place.
    """
    if audience is Audience.INTERNAL:
        return True
    return (
        with_metadata
        and audience is Audience.EVALUATORS
        and not photo.crop
        and not hides_position(audience, disclosure)
    )
