"""`site communes`: whether each site's commune is the one its position lies in."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import DONE, LEFT_FOR_A_PERSON
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.commune_check import CommuneCheck


def communes_command() -> click.Command:
    """Make `site communes`."""

    @click.command(
        "communes",
        help=_("Compare each site's commune with the imported polygons; nothing is changed."),
    )
    @click.argument("references", nargs=-1, metavar="[SITE]…")
    @click.option("--check", is_flag=True, help=_("Only look; this is what happens without it."))
    @click.option("--accept", is_flag=True, help=_("Take the commune found for the sites named."))
    @click.option("--accept-all", is_flag=True, help=_("Take it for all sites that differ."))
    @common_options
    @click.pass_context
    def compare(
        ctx: click.Context,
        output: Output,
        references: tuple[str, ...],
        check: bool,
        accept: bool,
        accept_all: bool,
    ) -> int:
        from geopark_app.operations.commune_check import accept_communes, check_communes
        from geopark_app.operations.sites import find_site

        if check and (accept or accept_all):
            raise click.UsageError(_("--check only looks; leave it out to accept."))
        if accept and not references:
            raise click.UsageError(_("Name the sites to accept, or say --accept-all."))
        with opened(ctx) as context:
            uuids = [find_site(context, reference).uuid for reference in references]
            checks = check_communes(context, uuids)
            taken = [one.site.uuid for one in checks if one.can_accept]
            if not (accept or accept_all):
                taken = []
            elif taken:
                accept_communes(context, taken, reason=_("Communes by position"))
        _show(output, checks, set(taken))
        left = [one for one in checks if one.can_accept and one.site.uuid not in taken]
        return LEFT_FOR_A_PERSON if left else DONE

    return compare


def _show(output: Output, checks: "list[CommuneCheck]", taken: set[str]) -> None:
    from geopark_app.wording.layers import commune_state_words, distance_words

    counts = Counter(one.state.value for one in checks)
    output.data(
        {
            "sites": [_as_json(one, taken) for one in checks],
            "count": len(checks),
            "counts": dict(counts),
            "accepted": len(taken),
        }
    )
    doubtful = [one for one in checks if one.state.value not in {"agrees", "no-position"}]
    if doubtful:
        output.table(
            (_("Code"), _("Name"), _("Commune chosen"), _("Position lies in"), _("Off by"), ""),
            [
                (
                    one.site.code or "",
                    one.site.name_vi or "",
                    one.chosen.name_vi or "" if one.chosen else "",
                    one.found.name_vi or "" if one.found else "",
                    distance_words(one.metres),
                    _("accepted") if one.site.uuid in taken else "",
                )
                for one in doubtful
            ],
        )
    words = ", ".join(f"{commune_state_words(state)} {count}" for state, count in counts.items())
    output.text(_("{count} sites: {words}").format(count=len(checks), words=words))


def _as_json(one: "CommuneCheck", taken: set[str]) -> dict[str, Any]:
    return {
        "uuid": one.site.uuid,
        "code": one.site.code,
        "state": one.state.value,
        "commune_code": one.chosen.code if one.chosen else None,
        "found_code": one.found.code if one.found else None,
        "found": one.found.name_vi if one.found else None,
        "outside_m": None if one.metres is None else round(one.metres, 1),
        "is_own_place": one.is_own_place,
        "accepted": one.site.uuid in taken,
    }
