"""`photos duplicates|pairs`: photos that look nearly the same, and fixed-point photos."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.exit_codes import LEFT_FOR_A_PERSON
from geopark_app.cli.output import Output, common_options, opened
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.photo_duplicates import AlikePhotos


def comparing_commands() -> tuple[click.Command, ...]:
    """Make the commands that lay photos side by side."""
    return (_duplicates(), _pairs())


def _duplicates() -> click.Command:
    @click.command("duplicates", help=_("List photos that look nearly the same, in groups."))
    @click.option(
        "--distance",
        type=click.IntRange(0, 7),
        default=5,
        metavar="BITS",
        help=_("How many of 64 bits may differ, 0 to 7."),
    )
    @common_options
    @click.pass_context
    def duplicates(ctx: click.Context, output: Output, distance: int) -> int:
        from geopark_app.operations.photo_duplicates import add_likeness, find_alike

        with opened(ctx) as context:
            if not context.catalogue.is_read_only:
                with output.progress(_("Photos")) as progress:
                    add_likeness(context, progress=progress)
            found = find_alike(context, most_bits=distance)
        output.data({"groups": [_group_json(group) for group in found], "count": len(found)})
        output.table(
            (_("Group"), _("Bits"), _("Site"), _("File"), _("Taken at"), "UUID"),
            [
                (
                    str(number),
                    str(bits),
                    row.site_code or "–",
                    row.file_name or "",
                    row.taken_at or "",
                    row.uuid,
                )
                for number, group in enumerate(found, start=1)
                for row, bits in zip(group.photos, group.bits, strict=True)
            ],
        )
        if not found:
            output.text(_("No photos look nearly the same."))
        return LEFT_FOR_A_PERSON if found else 0

    return duplicates


def _group_json(group: "AlikePhotos") -> list[dict[str, Any]]:
    return [
        {
            "uuid": row.uuid,
            "site": row.site_code,
            "file_name": row.file_name,
            "taken_at": row.taken_at,
            "rating": row.rating,
            "bits": bits,
        }
        for row, bits in zip(group.photos, group.bits, strict=True)
    ]


def _pairs() -> click.Command:
    @click.command("pairs", help=_("List fixed-point photos and their repeats; or print them."))
    @click.option("--site", metavar="SITE", help=_("Only the photo points of this site."))
    @click.option("--pdf", type=Path, metavar="FILE", help=_("Write them before and after as PDF."))
    @click.option(
        "--pictures", type=Path, metavar="DIR", help=_("Write each pair as a JPEG picture.")
    )
    @click.option(
        "--language",
        type=click.Choice(("vi", "en", "both")),
        default="both",
        help=_("Language of the PDF."),
    )
    @common_options
    @click.pass_context
    def show_pairs(
        ctx: click.Context,
        output: Output,
        site: str | None,
        pdf: Path | None,
        pictures: Path | None,
        language: str,
    ) -> None:
        from geopark_app.operations.photo_pairs import (
            photo_series,
            write_pair_pictures,
            write_pairs_pdf,
        )
        from geopark_app.operations.sites import find_site

        languages = ("vi", "en") if language == "both" else (language,)
        content: dict[str, Any] = {}
        with opened(ctx) as context:
            site_uuid = find_site(context, site).uuid if site else None
            series = photo_series(context, site_uuid=site_uuid)
            if pdf is not None:
                pages = write_pairs_pdf(context, series, pdf, languages=languages)
                content["pdf"] = {"path": str(pdf), "pages": pages}
            if pictures is not None:
                written = write_pair_pictures(context, series, pictures)
                content["pictures"] = [str(path) for path in written]
        content["points"] = [one.as_json() for one in series]
        content["count"] = len(series)
        output.data(content)
        output.table(
            (_("Site"), _("Number"), _("Reference photo"), _("Repeats")),
            [
                (
                    one.site_code,
                    one.point.number or "",
                    one.views[0].date if one.has_reference else "–",
                    ", ".join(view.date for view in one.repeats),
                )
                for one in series
            ],
        )
        if pdf is not None:
            output.remark(_("Written: {path}").format(path=pdf))

    return show_pairs
