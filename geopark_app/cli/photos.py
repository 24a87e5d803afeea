"""`photos add|check|show`: pictures into the catalogue, and whether they are still whole."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import INTERRUPTED, LEFT_FOR_A_PERSON, REFUSED, exit_code_of
from geopark_app.cli.interrupt import cancel_on_interrupt
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.cli.photo_gallery import gallery_commands
from geopark_app.cli.photo_inbox import inbox_commands
from geopark_app.cli.photo_safety import add_safety_commands
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.domain.errors import GeoparkError
    from geopark_app.domain.kinds import Photo
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.photos import AddedFile, AddPhotosReport, PhotoProblem


def photos_command() -> click.Group:
    """Make `photos`."""
    group = click.Group("photos", help=_("Add, list, check, show, change and compare photos."))
    for command in (_add(), _check(), _show(), *gallery_commands(), *inbox_commands()):
        group.add_command(command)
    add_safety_commands(group)
    return group


def _add() -> click.Command:
    @click.command("add", help=_("Add pictures, and the pictures in folders; originals stay."))
    @click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=Path)
    @click.option("--site", metavar="SITE", help=_("The site the photos belong to."))
    @click.option("--auto", is_flag=True, help=_("Take the nearest site within 2 km, if any."))
    @click.option(
        "--move-nothing", is_flag=True, help=_("Leave originals where they are (always so).")
    )
    @click.option("--photographer", metavar="NAME", help=_("Who took the photos."))
    @click.option("--credit", metavar="TEXT", help=_("Credit line of the photos."))
    @click.option("--licence", metavar="ID", help=_("Licence of the photos."))
    @click.option(
        "--taken-at", metavar="DATE", help=_("Date of pictures that carry none (from a chat).")
    )
    @click.option("--dry-run", is_flag=True, help=_("Only show what would be added."))
    @common_options
    @click.pass_context
    def add(
        ctx: click.Context,
        output: Output,
        paths: tuple[Path, ...],
        site: str | None,
        auto: bool,
        move_nothing: bool,
        photographer: str | None,
        credit: str | None,
        licence: str | None,
        taken_at: str | None,
        dry_run: bool,
    ) -> int:
        if site and auto:
            raise click.UsageError(_("Give either --site or --auto, not both."))
        if dry_run:
            return _look(ctx, output, paths)
        from geopark_app.operations.photos import PhotoDefaults, add_photos, typed_taken_at
        from geopark_app.operations.sites import find_site

        defaults = PhotoDefaults(
            photographer=photographer,
            credit=credit,
            licence=licence,
            taken_at=typed_taken_at(taken_at or ""),
        )
        with opened(ctx) as context:
            site_uuid = find_site(context, site).uuid if site else None
            with cancel_on_interrupt() as cancel, output.progress(_("Photos")) as progress:
                report = add_photos(
                    context,
                    paths,
                    site_uuid=site_uuid,
                    auto=auto,
                    defaults=defaults,
                    reason=_("Add photo"),
                    progress=progress,
                    cancel=cancel,
                )
            names = _site_names(context)
        _show_report(output, report, names)
        return _exit_code(report)

    return add


def _look(ctx: click.Context, output: Output, paths: tuple[Path, ...]) -> int:
    """Show what an import would do; nothing is written."""
    from geopark_app.cli.photo_dry_run import show_plan
    from geopark_app.operations.photo_preview import plan_photos

    with opened(ctx) as context:
        with cancel_on_interrupt() as cancel, output.progress(_("Photos")) as progress:
            plan = plan_photos(context, paths, progress=progress, cancel=cancel)
        return show_plan(output, plan, _site_names(context))


def _show_report(output: Output, report: "AddPhotosReport", names: dict[str, str]) -> None:
    from geopark_app.photos.importing import FileStatus
    from geopark_app.photos.reasons import reason_text

    content: dict[str, Any] = {
        "read": report.read,
        **{status.value: report.count(status) for status in FileStatus},
        "originals_wanted": [file.path.name for file in report.wanted_originals],
        "files": [_file_json(file, names) for file in report.files],
    }
    if report.not_reached:
        content["not_reached"] = report.not_reached
    refused = [file for file in report.files if file.reason is not None]
    if report.trouble is not None:
        content["error"] = _trouble_json(report, report.trouble)
        output.remark(f"{content['error']['message']} {content['error']['safe']}")
    elif refused and _exit_code(report) == REFUSED:
        content["error"] = _refused_json(refused[0])
    output.data(content)
    output.text(
        _(
            "Read {read}: {added} added, {known} already known, "
            "{damaged} damaged, {refused} refused."
        ).format(
            read=report.read,
            added=report.count(FileStatus.NEW),
            known=report.count(FileStatus.KNOWN),
            damaged=report.count(FileStatus.DAMAGED),
            refused=report.count(FileStatus.REFUSED),
        )
    )
    for file in report.files:
        if file.distance_m is not None:
            output.text(
                _("{name}: nearest site {site}, {metres} m away.").format(
                    name=file.path.name,
                    site=names.get(file.site_uuid or "", ""),
                    metres=round(file.distance_m),
                )
            )
    wanted = report.wanted_originals
    if wanted:
        output.text(
            _(
                "{count} pictures came through a chat and are smaller than their originals. "
                "Ask for the originals: {names}."
            ).format(count=len(wanted), names=", ".join(file.path.name for file in wanted))
        )
    for file in refused:
        if file.reason is not None:
            output.remark(f"{file.path}: {reason_text(file.reason)}")
    if report.not_reached and report.trouble is None:
        output.remark(
            _("Stopped: {count} files were not read. What was added stays.").format(
                count=report.not_reached
            )
        )


def _trouble_json(report: "AddPhotosReport", trouble: "GeoparkError") -> dict[str, Any]:
    from geopark_app.photos.importing import FileStatus
    from geopark_app.wording import error_sentence

    words = error_sentence(trouble)
    return {
        "code": trouble.code.value,
        "message": words.message,
        "safe": _("The {count} photos added before are safe; originals were not touched.").format(
            count=report.count(FileStatus.NEW)
        ),
        "next": words.next,
    }


def _refused_json(file: "AddedFile") -> dict[str, Any]:
    from geopark_app.photos.reasons import Reason, reason_text

    reason = file.reason or Reason.UNREADABLE
    return {
        "code": reason.error_code.value,
        "message": f"{file.path.name}: {reason_text(reason)}",
        "safe": _("The catalogue was not changed."),
        "next": _("Repair or replace the files listed and add them again."),
    }


def _exit_code(report: "AddPhotosReport") -> int:
    from geopark_app.photos.importing import FileStatus

    if report.trouble is not None:
        return exit_code_of(report.trouble)
    if report.not_reached:
        return INTERRUPTED
    bad = report.count(FileStatus.DAMAGED) + report.count(FileStatus.REFUSED)
    if bad == 0:
        return 0
    return REFUSED if bad == report.read else LEFT_FOR_A_PERSON


def _file_json(file: "AddedFile", names: dict[str, str]) -> dict[str, Any]:
    from geopark_app.photos.reasons import reason_text

    return {
        "path": str(file.path),
        "status": file.status.value,
        "reason": reason_text(file.reason) if file.reason else None,
        "reason_code": file.reason.value if file.reason else None,
        "sha256": file.sha256,
        "uuid": file.photo_uuid,
        "site": names.get(file.site_uuid or "", file.site_uuid),
        "distance_m": None if file.distance_m is None else round(file.distance_m, 1),
        "chat_copy": file.chat_copy,
        "original": file.original_uuid,
    }


def _check() -> click.Command:
    @click.command("check", help=_("Read every stored file again and name the missing or damaged."))
    @common_options
    @click.pass_context
    def check(ctx: click.Context, output: Output) -> int:
        from geopark_app.operations.photos import check_photos, list_photos

        with opened(ctx) as context:
            with cancel_on_interrupt() as cancel, output.progress(_("Photos")) as progress:
                problems = check_photos(context, progress=progress, cancel=cancel)
            count = len(list_photos(context))
            names = _site_names(context)
        output.data(
            {
                "ok": not problems,
                "photos": count,
                "findings": [_problem_json(problem, names) for problem in problems],
            }
        )
        for problem in problems:
            output.text(_problem_sentence(problem))
        if not problems:
            output.text(_("All files of {count} photos are whole.").format(count=count))
        return LEFT_FOR_A_PERSON if problems else 0

    return check


def _problem_json(problem: "PhotoProblem", names: dict[str, str]) -> dict[str, Any]:
    return {
        "uuid": problem.photo.uuid,
        "site": names.get(problem.photo.site_uuid or "", problem.photo.site_uuid),
        "file_name": problem.photo.file_name,
        "file": problem.file.value,
        "sha256": problem.sha256,
        "problem": "missing" if problem.is_missing else "damaged",
        "message": _problem_sentence(problem),
    }


def _problem_sentence(problem: "PhotoProblem") -> str:
    sentence = (
        _("{name}: the stored {file} is missing. Add the same photo again to put it back.")
        if problem.is_missing
        else _("{name}: the stored {file} is damaged. Add the same photo again to put it back.")
    )
    return sentence.format(name=problem.photo.file_name or "?", file=_file_words(problem))


def _file_words(problem: "PhotoProblem") -> str:
    from geopark_app.operations.photos import StoredFile

    return {
        StoredFile.ORIGINAL: _("original"),
        StoredFile.FULL_SIZE: _("full-size JPEG"),
        StoredFile.RENDITION: _("1,600-pixel picture"),
        StoredFile.THUMBNAIL: _("thumbnail"),
    }[problem.file]


def _show() -> click.Command:
    @click.command("show", help=_("Show one photo: its file, camera, position and rights."))
    @click.argument("reference", metavar="PHOTO")
    @common_options
    @click.pass_context
    def show(ctx: click.Context, output: Output, reference: str) -> None:
        from geopark_app.cli.records import show_fields
        from geopark_app.domain.kinds import KINDS
        from geopark_app.operations.photos import find_photo
        from geopark_app.operations.vocabularies import all_labels

        with opened(ctx) as context:
            photo = find_photo(context, reference)
            content = photo_json(photo, _site_names(context))
            terms = all_labels(context)
        output.data(content)
        show_fields(output, KINDS["photo"], content, terms)

    return show


def photo_json(photo: "Photo", names: dict[str, str]) -> dict[str, Any]:
    """Give a photo as the contract names its keys, and every field of the record."""
    from geopark_app.cli.record_json import record_json

    return record_json(photo) | {
        "site": names.get(photo.site_uuid or "", photo.site_uuid),
        "format": (photo.media_type or "").removeprefix("image/") or None,
        "position_trusted": bool(photo.position_trusted),
        "make": photo.camera_make,
        "model": photo.camera_model,
    }


def _site_names(context: "AppContext") -> dict[str, str]:
    """Give code by uuid, as people and scripts name sites."""
    from geopark_app.domain.kinds import Site

    return {site.uuid: site.code or site.uuid for site in context.catalogue.records(Site)}
