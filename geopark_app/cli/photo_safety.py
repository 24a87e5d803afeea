"""`photos where|heal|export`: where originals are, what is found again, what leaves the house."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import INTERRUPTED, LEFT_FOR_A_PERSON
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.i18n import gettext as _
from geopark_app.rules.file_names import DEFAULT_PATTERN
from geopark_app.wording.photo_safety import handed_over_words, heal_words, withheld_words

if TYPE_CHECKING:
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.healing import HealReport
    from geopark_app.operations.photo_exporting import PhotoExportReport
    from geopark_app.operations.photo_selection import PhotoSelection
    from geopark_app.operations.whereabouts import Original
    from geopark_app.store.queries import FileOfRecord

AUDIENCES = ("internal", "evaluators", "public")
SIZES = ("original", "full", "print", "screen", "web")
FORMATS = ("jpeg", "png", "webp")


def add_safety_commands(group: click.Group) -> None:
    """Add the commands to `photos`."""
    for command in (_where(), _heal(), _export()):
        group.add_command(command)


def _where() -> click.Command:
    @click.command("where", help=_("Say where each original is and which has no second copy."))
    @click.option("--only-copies", is_flag=True, help=_("Only those without a second copy."))
    @click.option("--site", metavar="SITE", help=_("Only the photos of this site."))
    @click.option("--forget", metavar="ID", help=_("Count this backup no more; it is lost."))
    @common_options
    @click.pass_context
    def where(
        ctx: click.Context, output: Output, only_copies: bool, site: str | None, forget: str | None
    ) -> None:
        from geopark_app.operations.sites import find_site
        from geopark_app.operations.whereabouts import forget_backup, whereabouts

        with opened(ctx) as context:
            if forget is not None:
                forget_backup(context, forget)
            site_uuid = find_site(context, site).uuid if site else None
            report = whereabouts(context, site_uuid=site_uuid)
            names = _site_names(context)
        shown = report.only_copies if only_copies else report.originals
        output.data(
            {
                "count": len(report.originals),
                "only_copies": len(report.only_copies),
                "missing_or_damaged": len(report.troubled),
                "holders": [
                    {
                        "id": holding.holder_id,
                        "kind": "laptop" if holding.is_laptop else "backup",
                        "name": holding.name,
                        "place": holding.place,
                        "seen_at": holding.seen_at,
                        "originals": report.held_by(holding),
                    }
                    for holding in report.holdings
                ],
                "originals": [_original_json(original, names) for original in shown],
            }
        )
        output.table(
            (_("Site"), _("File"), _("Here"), _("Copies"), _("Also on"), _("Last read"), "UUID"),
            [
                (
                    names.get(original.site_uuid or "", "–"),
                    original.name,
                    here_words()[original.here.value],
                    str(original.copies),
                    ", ".join(holding.name for holding in original.holders) or "–",
                    original.checked_at[:10] or "–",
                    original.photo_uuid,
                )
                for original in shown
            ],
        )
        output.text(
            _("{count} of {total} originals have no second copy that is known.").format(
                count=len(report.only_copies), total=len(report.originals)
            )
        )

    return where


def here_words() -> dict[str, str]:
    """Give the words for the state of an original in this catalogue."""
    return {"whole": _("whole"), "missing": _("missing"), "damaged": _("damaged")}


def _original_json(original: "Original", names: dict[str, str]) -> dict[str, Any]:
    return {
        "uuid": original.photo_uuid,
        "site": names.get(original.site_uuid or "", original.site_uuid),
        "file_name": original.name,
        "sha256": original.sha256,
        "bytes": original.byte_count,
        "here": original.here.value,
        "copies": original.copies,
        "only_copy": original.is_only_copy,
        "last_read": original.checked_at or None,
        "holders": [holding.holder_id for holding in original.holders],
    }


def _heal() -> click.Command:
    @click.command(
        "heal", help=_("Find missing and damaged files again by their hash in a folder.")
    )
    @click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
    @click.option(
        "--check", "is_checking", is_flag=True, help=_("Read every stored file again first.")
    )
    @common_options
    @click.pass_context
    def heal(ctx: click.Context, output: Output, folder: Path, is_checking: bool) -> int:
        from geopark_app.operations.file_checking import check_files
        from geopark_app.operations.healing import heal_files

        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Photos")) as progress,
        ):
            if is_checking:
                check_files(context, progress=progress, cancel=cancel)
            report = heal_files(context, folder, progress=progress, cancel=cancel)
        output.data(
            {
                "wanted": report.wanted,
                "healed": [_file_json(file) for file in report.healed],
                "remade": report.remade,
                "missing": [_file_json(file) for file in report.missing],
                "damaged": [_file_json(file) for file in report.damaged],
                "seen": report.seen,
                "compared": report.compared,
                "cut": report.is_cut,
                "stopped": report.is_stopped,
            }
        )
        output.text(
            heal_words(
                wanted=report.wanted,
                healed=len(report.healed),
                remade=report.remade,
                missing=len(report.missing),
                damaged=len(report.damaged),
                seen=report.seen,
                is_cut=report.is_cut,
                is_stopped=report.is_stopped,
            )
        )
        for file in (*report.missing, *report.damaged):
            output.text(f"• {file.name or file.sha256} ({file.role})")
        return _heal_code(report)

    return heal


def _heal_code(report: "HealReport") -> int:
    if report.is_stopped:
        return INTERRUPTED
    return LEFT_FOR_A_PERSON if report.missing or report.damaged else 0


def _file_json(file: "FileOfRecord") -> dict[str, Any]:
    return {"kind": file.kind, "uuid": file.uuid, "file": file.role, "name": file.name,
            "sha256": file.sha256}  # fmt: skip


def _export() -> click.Command:
    @click.command(
        "export", help=_("Hand photos over: a folder of named pictures and a list of captions.")
    )
    @click.argument("out", metavar="DIR", type=click.Path(path_type=Path))
    @click.option(
        "--audience",
        type=click.Choice(AUDIENCES),
        default="evaluators",
        show_default=True,
        help=_("Who will have them; decides what leaves and what it tells."),
    )
    @click.option(
        "--pattern",
        default=DEFAULT_PATTERN,
        help=_(
            "Names of the files from code, name, date, number and photographer, each in curly "
            "braces."
        ),
    )
    @click.option(
        "--size",
        type=click.Choice(SIZES),
        default="screen",
        show_default=True,
        help=_("Longest side: print 3508, screen 1920, web 1200 pixels; full keeps all."),
    )
    @click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="jpeg",
        show_default=True,
        help=_("Format of the pictures; originals keep theirs."),
    )
    @click.option("--site", metavar="SITE", help=_("Only the photos of this site."))
    @click.option("--route", type=int, metavar="NUMBER", help=_("Only the sites of this route."))
    @click.option("--day", metavar="DATE", help=_("Only photos taken on this day."))
    @click.option("--for-dossier", is_flag=True, help=_("Only those chosen for the dossier."))
    @click.option("--rating", type=click.IntRange(1, 5), help=_("At least so many stars."))
    @click.option("--photo", "photos", multiple=True, metavar="UUID", help=_("Only this photo."))
    @click.option("--with-credit", is_flag=True, help=_("Write credit into the pictures."))
    @click.option("--with-position", is_flag=True, help=_("Write positions, where allowed."))
    @click.option("--dry-run", is_flag=True, help=_("Only say what would leave and what not."))
    @common_options
    @click.pass_context
    def export(
        ctx: click.Context, /, output: Output, out: Path, dry_run: bool, **typed: Any
    ) -> int:
        from geopark_app.domain.declaration import Audience
        from geopark_app.operations.photo_exporting import (
            PhotoExportOptions,
            PhotoSize,
            check_photo_export,
            export_photos,
        )
        from geopark_app.photos.released import ReleasedFormat

        options = PhotoExportOptions(
            audience=Audience(typed["audience"]),
            pattern=typed["pattern"],
            size=PhotoSize(typed["size"]),
            form=ReleasedFormat(typed["form"]),
            with_credit=typed["with_credit"],
            with_position=typed["with_position"],
        )
        with (
            opened(ctx) as context,
            cancel_on_interrupt() as cancel,
            output.progress(_("Photos")) as progress,
        ):
            selection = _selection(context, typed)
            if dry_run:
                report = check_photo_export(context, selection, options)
            else:
                report = export_photos(
                    context, out, selection, options, progress=progress, cancel=cancel
                )
        _show_export(output, report)
        return LEFT_FOR_A_PERSON if report.withheld or report.unreadable else 0

    return export


def _selection(context: "AppContext", typed: dict[str, Any]) -> "PhotoSelection":
    from geopark_app.operations.photo_selection import PhotoSelection
    from geopark_app.operations.sites import find_site

    return PhotoSelection(
        site_uuid=find_site(context, typed["site"]).uuid if typed["site"] else None,
        route=typed["route"],
        day=_day(typed["day"]),
        for_dossier=typed["for_dossier"],
        rating=typed["rating"],
        uuids=frozenset(typed["photos"]) or None,
    )


def _day(typed: str | None) -> str | None:
    from datetime import date

    if typed is None:
        return None
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--day", value=typed, expected="date"
        ) from None


def _show_export(output: Output, report: "PhotoExportReport") -> None:
    reasons = [
        withheld_words(
            photo=item.photo.file_name or item.photo.uuid,
            site=item.site_code,
            codes=[barrier.value for barrier in item.barriers],
        )
        for item in report.withheld
    ]
    output.data(
        {
            "out": None if report.out is None else str(report.out),
            "selected": report.selected,
            "written": [{"file": item.file, "uuid": item.photo.uuid} for item in report.written],
            "withheld": [
                {
                    "uuid": item.photo.uuid,
                    "site": item.site_code,
                    "file_name": item.photo.file_name,
                    "reasons": [barrier.value for barrier in item.barriers],
                    "message": message,
                }
                for item, message in zip(report.withheld, reasons, strict=True)
            ],
            "unreadable": [
                {"uuid": photo.uuid, "file_name": photo.file_name} for photo in report.unreadable
            ],
            "cleaned": report.cleaned,
        }
    )
    output.text(
        handed_over_words(
            selected=report.selected,
            written=len(report.written),
            withheld=len(report.withheld),
            unreadable=len(report.unreadable),
            cleaned=report.cleaned,
            path=report.out,
        )
    )
    for reason in reasons:
        output.text(f"• {reason}")
    for photo in report.unreadable:
        output.text(
            "• "
            + _("{photo}: no whole file of it is on this laptop.").format(
                photo=photo.file_name or photo.uuid
            )
        )


def _site_names(context: "AppContext") -> dict[str, str]:
    """Give code by uuid, as people and scripts name sites."""
    from geopark_app.domain.kinds import Site

    return {site.uuid: site.code or site.uuid for site in context.catalogue.records(Site)}
