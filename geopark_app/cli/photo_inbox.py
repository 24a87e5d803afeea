"""`photos inbox|assign|match-track`: photos without a site or a place find theirs."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.domain.kinds import Photo
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.photo_tracks import ClockOffsets, MatchedPhoto, TrackMatch


def inbox_commands() -> Sequence[click.Command]:
    """Make the commands."""
    return (_inbox(), _assign(), _match_track())


def _inbox() -> click.Command:
    @click.command("inbox", help=_("List the photos without a site, with the site proposed."))
    @click.option("--day", metavar="YYYY-MM-DD", help=_("Only photos taken on this day."))
    @common_options
    @click.pass_context
    def inbox(ctx: click.Context, output: Output, day: str | None) -> None:
        from geopark_app.operations.photo_inbox import inbox_photos

        with opened(ctx) as context:
            rows = inbox_photos(context, day=day)
            names = _site_names(context)
        output.data(
            {
                "photos": [
                    {
                        "uuid": row.photo.uuid,
                        "file_name": row.photo.file_name,
                        "taken_at": row.photo.taken_at,
                        "chat_copy": bool(row.photo.chat_copy),
                        "original": row.photo.original_photo_uuid,
                        "site": names.get(row.nearest.site_uuid) if row.nearest else None,
                        "distance_m": round(row.nearest.distance_m, 1) if row.nearest else None,
                    }
                    for row in rows
                ],
                "count": len(rows),
            }
        )
        output.table(
            (_("Taken at"), _("File"), _("Site proposed"), _("Distance (m)"), "UUID"),
            [
                (
                    row.photo.taken_at or "",
                    row.photo.file_name or "",
                    names.get(row.nearest.site_uuid, "") if row.nearest else "",
                    str(round(row.nearest.distance_m)) if row.nearest else "",
                    row.photo.uuid,
                )
                for row in rows
            ],
        )

    return inbox


def _assign() -> click.Command:
    @click.command("assign", help=_("Give photos to a site; several are one save."))
    @click.argument("photos", metavar="PHOTO…", nargs=-1, required=True)
    @click.option("--site", metavar="SITE", help=_("The site the photos belong to."))
    @click.option("--nearest", is_flag=True, help=_("Each photo to the nearest site within 2 km."))
    @click.option("--inbox", is_flag=True, help=_("Back to the photos without a site."))
    @common_options
    @click.pass_context
    def assign(
        ctx: click.Context,
        output: Output,
        photos: tuple[str, ...],
        site: str | None,
        nearest: bool,
        inbox: bool,
    ) -> None:
        if (site is not None) + nearest + inbox != 1:
            raise click.UsageError(_("Give one of --site, --nearest and --inbox."))
        from geopark_app.operations.photo_inbox import AssignTo, assign_photos
        from geopark_app.operations.photos import find_photo
        from geopark_app.operations.sites import find_site

        with opened(ctx) as context:
            to = AssignTo.NEAREST if nearest else AssignTo.INBOX
            uuids = [find_photo(context, photo).uuid for photo in photos]
            changes = assign_photos(
                context,
                uuids,
                find_site(context, site).uuid if site else to,
                reason=_("Assign photos"),
            )
        moved = sum(kind == "photo" for kind, _uuid in changes.touched)
        output.data({"assigned": moved, "unchanged": len(set(uuids)) - moved})
        output.text(_("{count} photos assigned.").format(count=moved))

    return assign


def _match_track() -> click.Command:
    @click.command(
        "match-track", help=_("Take the places of photos from a GPX track, by the camera's clock.")
    )
    @click.argument("track", metavar="GPX", type=Path)
    @click.option("--offset", metavar="±H:MM:SS", help=_("Add this to the camera's clock."))
    @click.option(
        "--camera-offset",
        "camera_offsets",
        metavar="CAMERA=±H:MM:SS",
        multiple=True,
        help=_("Add this to the clock of this camera; may be repeated."),
    )
    @click.option("--clock-photo", metavar="PHOTO", help=_("A photo of a GPS clock …"))
    @click.option("--clock-time", metavar="HH:MM:SS", help=_("… and the time seen on it."))
    @click.option("--photo", "photos", metavar="PHOTO", multiple=True, help=_("Only this photo."))
    @click.option(
        "--max-gap",
        metavar="SECONDS",
        type=click.FloatRange(min=1),
        help=_("Do not guess between two points further apart in time (300)."),
    )
    @click.option("--dry-run", is_flag=True, help=_("Only show what would change."))
    @common_options
    @click.pass_context
    def match(
        ctx: click.Context,
        output: Output,
        track: Path,
        offset: str | None,
        camera_offsets: tuple[str, ...],
        clock_photo: str | None,
        clock_time: str | None,
        photos: tuple[str, ...],
        max_gap: float | None,
        dry_run: bool,
    ) -> None:
        if (clock_photo is None) != (clock_time is None) or (clock_photo and offset):
            raise click.UsageError(
                _("Give --clock-photo and --clock-time together, and no --offset beside them.")
            )
        from geopark_app.operations.photo_tracks import (
            keep_match,
            match_track,
            photos_without_place,
            read_track,
        )
        from geopark_app.operations.photos import find_photo
        from geopark_app.photos.track_places import MOST_GAP_S

        with opened(ctx) as context:
            offsets = _offsets(context, offset, camera_offsets, clock_photo, clock_time)
            wanted = [find_photo(context, name) for name in photos] or photos_without_place(context)
            with cancel_on_interrupt() as cancel:
                points = read_track(context, track, cancel=cancel)
            found = match_track(
                context, points, wanted, offsets=offsets, most_gap_s=max_gap or MOST_GAP_S
            )
            if not dry_run:
                reason = _("Places from track {name}").format(name=track.name)
                found = keep_match(context, found, source=track.name, reason=reason)
            names = _site_names(context)
        _show_match(output, found, names, dry_run=dry_run)

    return match


def _offsets(
    context: "AppContext",
    offset: str | None,
    camera_offsets: Sequence[str],
    clock_photo: str | None,
    clock_time: str | None,
) -> "ClockOffsets":
    from geopark_app.operations.photo_tracks import (
        ClockOffsets,
        offset_of_clock_photo,
        typed_offset,
    )
    from geopark_app.operations.photos import find_photo

    by_camera: dict[str, int] = {}
    for given in camera_offsets:
        camera, equals, value = given.rpartition("=")
        if not equals:
            raise click.UsageError(_("Write --camera-offset as CAMERA=±H:MM:SS."))
        by_camera[camera] = typed_offset(value)
    if clock_photo is not None and clock_time is not None:
        seconds = offset_of_clock_photo(find_photo(context, clock_photo), clock_time)
    else:
        seconds = typed_offset(offset) if offset else 0
    return ClockOffsets(seconds=seconds, by_camera=by_camera)


def _show_match(
    output: Output, found: "TrackMatch", names: dict[str, str], *, dry_run: bool
) -> None:
    from geopark_app.photos.track_places import offset_text
    from geopark_app.wording.photos import no_place_words

    output.data(
        {
            "dry_run": dry_run,
            "track": {
                "points": found.points,
                "first": found.first.isoformat(),
                "last": found.last.isoformat(),
            },
            "placed": len(found.placed),
            "not_placed": len(found.rows) - len(found.placed),
            "photos": [_match_json(row, names) for row in found.rows],
        }
    )
    output.table(
        (_("File"), _("Taken at"), _("Clock"), _("Place"), _("Accuracy (m)"), _("Nearest site")),
        [
            (
                _file(row.photo),
                row.taken_at or "",
                offset_text(row.offset_s),
                f"{row.place.lat:.5f}, {row.place.lon:.5f}"
                if row.place
                else no_place_words(row.reason.value if row.reason else ""),
                str(round(row.place.accuracy_m)) if row.place else "",
                names.get(row.nearest.site_uuid, "") if row.nearest else "",
            )
            for row in found.rows
        ],
    )
    output.text(
        _("{placed} of {count} photos have a place on the track.").format(
            placed=len(found.placed), count=len(found.rows)
        )
    )


def _match_json(row: "MatchedPhoto", names: dict[str, str]) -> dict[str, Any]:
    place = row.place
    return {
        "uuid": row.photo.uuid,
        "file_name": row.photo.file_name,
        "taken_at": row.taken_at,
        "clock_offset_s": row.offset_s,
        "lon": round(place.lon, 7) if place else None,
        "lat": round(place.lat, 7) if place else None,
        "accuracy_m": round(place.accuracy_m, 1) if place else None,
        "reason": row.reason.value if row.reason else None,
        "site": names.get(row.nearest.site_uuid) if row.nearest else None,
        "distance_m": round(row.nearest.distance_m, 1) if row.nearest else None,
    }


def _file(photo: "Photo") -> str:
    return photo.file_name or photo.uuid


def _site_names(context: "AppContext") -> dict[str, str]:
    from geopark_app.domain.kinds import Site

    return {site.uuid: site.code or site.uuid for site in context.catalogue.records(Site)}
