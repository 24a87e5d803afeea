"""Where the office hub is: typed once, kept on this machine, its password apart; and its set-up."""

from pathlib import Path

from geopark_app import settings
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.operations.context import AppContext
from geopark_app.operations.hub_exchange import HubPlace
from geopark_app.operations.teams import require_team
from geopark_app.store.hub_address import HubAddress, read_address
from geopark_app.store.hub_password import hub_password, keep_hub_password
from geopark_app.store.hub_setup import HubRole, add_login, prepare_hub, remove_login


def hub_place(typed: str = "", *, password: str = "", photos: Path | None = None) -> HubPlace:
    """Give the hub that was typed, or else the one of the last exchange.

    A password is the one typed, else the one in the address, else the one kept for that login;
    with none of these libpq looks where it always does (a `.pgpass` file).

    Raises
    ------
    GeoparkError
        NOT_FOUND when none was ever typed; BAD_VALUE for what is no address.
    """
    known = settings.load()
    text = typed.strip() or known.hub_address
    if not text:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="hub", reference="")
    address, written = read_address(text)
    is_known = address.text == known.hub_address
    if photos is None and known.hub_photos and is_known:
        photos = Path(known.hub_photos)
    return HubPlace(
        address=address, password=password or written or hub_password(address), photos=photos
    )


def keep_hub(place: HubPlace) -> None:
    """Remember the hub for the next exchange, without its password."""
    known = settings.load()
    photos = str(place.photos) if place.photos else ""
    changed = known.changed(hub_address=place.address.text, hub_photos=photos)
    if changed != known:
        settings.save(changed)


def keep_password(place: HubPlace) -> None:
    """Keep the password on this machine, apart from settings and catalogues."""
    if place.password:
        keep_hub_password(place.address, place.password)


def prepare(context: AppContext, place: HubPlace) -> None:
    """Make the roles and tables of this catalogue's team on the hub.

    Raises
    ------
    GeoparkError
        NO_TEAM, NOT_A_MEMBER; HUB_UNPREPARED for another team's hub; HUB_LOGIN for a login that
        may not make roles.
    """
    team = require_team(context)
    prepare_hub(place.address, place.password, team_id=team.membership.team_id)


def new_login(place: HubPlace, name: str, role: HubRole) -> tuple[HubAddress, str]:
    """Make a login, or give one a new password: the address its owner types, and the password.

    Raises
    ------
    GeoparkError
        BAD_VALUE for a name, HUB_LOGIN, HUB_REFUSED.
    """
    password = add_login(place.address, place.password, name=name, role=role)
    address, _none = read_address(place.address.text.replace(place.address.user, name, 1))
    return address, password


def end_login(place: HubPlace, name: str) -> None:
    """Let a login come no more.

    Raises
    ------
    GeoparkError
        HUB_LOGIN, HUB_REFUSED.
    """
    remove_login(place.address, place.password, name=name)
