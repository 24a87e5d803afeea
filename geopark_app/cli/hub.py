"""`sync hub`: exchange through the office's PostgreSQL server, and its set-up."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geopark_app.cli.output import Output, common_options, opened
from geopark_app.cli.sync_words import say_receipt
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.hub_exchange import HubPlace

_ROLES = ("member", "office", "reader")


def hub_command() -> click.Command:
    """Make `sync hub`."""

    @click.command("hub", help=_("Exchange through the office hub, a PostgreSQL server."))
    @click.argument("url", metavar="[URL]", default="")
    @click.option(
        "--photos",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help=_("The server's folder of photos, as this machine sees it."),
    )
    @click.option(
        "--budget",
        type=click.IntRange(min=0),
        metavar="MB",
        help=_("Write at most so many megabytes of photos."),
    )
    @click.option(
        "--ask-password", is_flag=True, help=_("Ask for the password, and keep it on this machine.")
    )
    @click.option(
        "--prepare",
        is_flag=True,
        help=_("Make roles and tables; as an administrator of the server."),
    )
    @click.option(
        "--add-login",
        "added",
        metavar="NAME",
        default="",
        help=_("Make a login and print its password; as an administrator of the server."),
    )
    @click.option(
        "--role",
        type=click.Choice(_ROLES),
        default="member",
        show_default=True,
        help=_("What the new login may do: exchange; also make the tables for QGIS; only read."),
    )
    @click.option(
        "--end-login",
        "ended",
        metavar="NAME",
        default="",
        help=_("Let a login come no more; as an administrator of the server."),
    )
    @common_options
    @click.pass_context
    def hub(
        ctx: click.Context,
        output: Output,
        url: str,
        photos: Path | None,
        budget: int | None,
        ask_password: bool,
        prepare: bool,
        added: str,
        role: str,
        ended: str,
    ) -> int:
        from geopark_app.operations.hubs import hub_place, keep_hub, keep_password

        password = click.prompt(_("Password"), hide_input=True, err=True) if ask_password else ""
        place = hub_place(url, password=password, photos=photos)
        done: dict[str, str] = {}
        if prepare:
            done |= _prepare(ctx, output, place)
        if added:
            done |= _add(output, place, added, role)
        if ended:
            done |= _end(output, place, ended)
        if done:
            output.data(done)
            return 0
        code = _exchange(ctx, output, place, budget)
        keep_hub(place)
        if ask_password:
            keep_password(place)
        return code

    return hub


def _prepare(ctx: click.Context, output: Output, place: "HubPlace") -> dict[str, str]:
    from geopark_app.operations.hubs import prepare

    with opened(ctx) as context:
        prepare(context, place)
    output.text(_("The hub is ready: {address}").format(address=place.address.text))
    return {"prepared": place.address.text}


def _add(output: Output, place: "HubPlace", name: str, role: str) -> dict[str, str]:
    from geopark_app.operations.hubs import new_login
    from geopark_app.store.hub_setup import HubRole

    address, password = new_login(place, name, HubRole(role))
    output.text(_("Address: {address}").format(address=address.text))
    output.text(_("Password (shown only now): {password}").format(password=password))
    return {"login": name, "role": role, "address": address.text, "password": password}


def _end(output: Output, place: "HubPlace", name: str) -> dict[str, str]:
    from geopark_app.operations.hubs import end_login

    end_login(place, name)
    output.text(_("{name} can come no more.").format(name=name))
    return {"ended": name}


def _exchange(ctx: click.Context, output: Output, place: "HubPlace", budget: int | None) -> int:
    from geopark_app.operations.hub_exchange import exchange_hub
    from geopark_app.operations.sync_status import sync_status

    with opened(ctx) as context, output.progress(_("Exchanging")) as progress:
        receipt = exchange_hub(
            context,
            place,
            budget=None if budget is None else budget * 1024 * 1024,
            progress=progress,
        )
        status = sync_status(context)
    return say_receipt(output, receipt, status)
