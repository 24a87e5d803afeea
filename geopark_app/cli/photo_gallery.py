"""`photos list|set|rate|turn|crop|draw`: the gallery without a screen."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geopark_app.cli.output import Function, Output, common_options, opened, pairs
from geopark_app.cli.photo_comparing import comparing_commands
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.domain.change import Changes
    from geopark_app.operations.context import AppContext
    from geopark_app.operations.photo_gallery import PhotoQuery, PhotoRow

# As in the store's list; help must not load it.
_ORDERS = ("date", "site", "rating", "name")
_LACKS = ("caption", "credit", "licence", "alt", "site", "date", "photographer")


def gallery_commands() -> tuple[click.Command, ...]:
    """Make the commands of the gallery."""
    return (_list(), _set(), _rate(), _turn(), _crop(), _draw(), *comparing_commands())


def _narrowing(function: Function) -> Function:
    """Add the options that say which photos."""
    decorated: Any = function
    for option in (
        click.option("--text", metavar="WORDS", help=_("Words of the photo or of its site.")),
        click.option("--lacks", type=click.Choice(_LACKS), help=_("Only photos without this.")),
        click.option("--chat-copies", is_flag=True, help=_("Only copies that came by a chat.")),
        click.option("--for-dossier", is_flag=True, help=_("Only those for the dossier.")),
        click.option(
            "--rating",
            "least_rating",
            type=click.IntRange(0, 5),
            metavar="STARS",
            help=_("Only photos with at least so many stars."),
        ),
        click.option("--day", metavar="DAY", help=_("Only this day, month or year: 2026-03-15.")),
        click.option("--route", metavar="NUMBER", help=_("Only sites of this route.")),
        click.option("--no-site", is_flag=True, help=_("Only photos that belong to no site.")),
        click.option("--site", metavar="SITE", help=_("Only the photos of this site.")),
    ):
        decorated = option(decorated)
    result: Function = decorated
    return result


def _query(context: "AppContext", asked: dict[str, Any], order: str = "site") -> "PhotoQuery":
    from geopark_app.domain.errors import ErrorCode, GeoparkError
    from geopark_app.domain.kinds import Route
    from geopark_app.operations.photo_gallery import NO_SITE, PhotoQuery
    from geopark_app.operations.sites import find_site

    if asked["site"] and asked["no_site"]:
        raise click.UsageError(_("Give either --site or --no-site, not both."))
    site = find_site(context, asked["site"]).uuid if asked["site"] else ""
    route = ""
    if asked["route"]:
        found = [r for r in context.catalogue.records(Route) if str(r.number) == asked["route"]]
        if not found:
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="route", reference=asked["route"])
        route = found[0].uuid
    return PhotoQuery(
        site=NO_SITE if asked["no_site"] else site,
        route=route,
        day=asked["day"] or "",
        least_rating=asked["least_rating"] or 0,
        for_dossier=asked["for_dossier"],
        chat_copies=asked["chat_copies"],
        lacks=asked["lacks"] or "",
        text=asked["text"] or "",
        order=order,
    )


def _list() -> click.Command:
    @click.command("list", help=_("List photos; without options all, those without a site last."))
    @_narrowing
    @click.option(
        "--sort", type=click.Choice(_ORDERS), default="site", help=_("Order of the list.")
    )
    @click.option("--limit", type=click.IntRange(min=1), metavar="N", help=_("At most N photos."))
    @common_options
    @click.pass_context
    def show_all(
        ctx: click.Context, /, output: Output, sort: str, limit: int | None, **asked: Any
    ) -> None:
        from geopark_app.cli.photos import photo_json
        from geopark_app.domain.kinds import Photo
        from geopark_app.operations.photo_gallery import find_photos, read_rows

        with opened(ctx) as context:
            keys = find_photos(context, _query(context, asked, sort))
            shown = keys[:limit]
            rows = read_rows(context, shown)
            if output.as_json:
                names = {row.site_uuid or "": row.site_code or row.site_uuid or "" for row in rows}
                records = {
                    photo.uuid: photo
                    for at in range(0, len(shown), 500)
                    for photo in context.catalogue.records(
                        Photo, where={"uuid": shown[at : at + 500]}
                    )
                }
                content: dict[str, Any] = {
                    "photos": [photo_json(records[key], names) for key in shown if key in records],
                    "count": len(keys),
                }
                if len(shown) < len(keys):
                    content["truncated"] = True
                output.data(content)
        output.table(
            (
                _("Site"),
                _("File"),
                _("Taken at"),
                _("Rating"),
                _("Caption"),
                _("Credit line"),
                "UUID",
            ),
            [_cells(row) for row in rows],
        )

    return show_all


def _cells(row: "PhotoRow") -> tuple[str, ...]:
    return (
        row.site_code or "–",
        row.file_name or "",
        row.taken_at or "",
        "★" * (row.rating or 0),
        row.caption_vi or "",
        row.credit or "",
        row.uuid,
    )


def _chosen(
    context: "AppContext", references: tuple[str, ...], asked: dict[str, Any] | None = None
) -> list[str]:
    """Give the photos named, or those that pass the filters; never all by mistake."""
    from geopark_app.operations.photo_gallery import find_photos
    from geopark_app.operations.photos import find_photo

    is_narrowed = any((asked or {}).values())
    if bool(references) == is_narrowed:
        raise click.UsageError(_("Name photos, or say which by options such as --site."))
    if references:
        return [find_photo(context, reference).uuid for reference in references]
    return find_photos(context, _query(context, asked or {}))


def _tell(output: Output, keys: list[str], changes: "Changes") -> None:
    changed = len([1 for kind, _uuid in changes.touched if kind == "photo"])
    output.data({"photos": keys, "count": len(keys), "changed": changed})
    output.text(
        _("{count} photos, {changed} of them changed.").format(count=len(keys), changed=changed)
    )


def _set() -> click.Command:
    @click.command("set", help=_("Change fields of many photos, as one save."))
    @click.argument("references", metavar="[PHOTO]…", nargs=-1)
    @_narrowing
    @click.option(
        "--field",
        "-f",
        "fields",
        multiple=True,
        required=True,
        metavar="NAME=VALUE",
        help=_("Value of a field; may be repeated."),
    )
    @click.option("--dry-run", is_flag=True, help=_("Show which photos; save nothing."))
    @common_options
    @click.pass_context
    def set_many(
        ctx: click.Context,
        /,
        output: Output,
        references: tuple[str, ...],
        fields: tuple[str, ...],
        dry_run: bool,
        **asked: Any,
    ) -> None:
        from geopark_app.domain.change import Changes
        from geopark_app.operations.photo_gallery import set_photos
        from geopark_app.operations.sites import find_site
        from geopark_app.wording.errors import field_label

        typed = pairs(fields)
        with opened(ctx) as context:
            keys = _chosen(context, references, asked)
            if "site" in typed:
                code = typed.pop("site")
                typed["site_uuid"] = find_site(context, code).uuid if code.strip() else ""
            changes = Changes()
            if keys and not dry_run:
                labels = ", ".join(field_label(name) for name in typed)
                reason = _("Edit {field} of {count} photos").format(field=labels, count=len(keys))
                changes = set_photos(context, keys, typed, reason=reason)
        _tell(output, keys, changes)

    return set_many


def _rate() -> click.Command:
    @click.command("rate", help=_("Give photos 0 to 5 stars."))
    @click.argument("references", metavar="PHOTO…", nargs=-1, required=True)
    @click.option("--stars", type=click.IntRange(0, 5), required=True, help=_("How many stars."))
    @common_options
    @click.pass_context
    def rate(ctx: click.Context, output: Output, references: tuple[str, ...], stars: int) -> None:
        from geopark_app.operations.photo_gallery import set_photos

        with opened(ctx) as context:
            keys = _chosen(context, references)
            changes = set_photos(
                context, keys, {"rating": str(stars)}, reason=_("Rate photos: {n}").format(n=stars)
            )
        _tell(output, keys, changes)

    return rate


def _turn() -> click.Command:
    @click.command("turn", help=_("Turn photos clockwise as they are shown; files stay."))
    @click.argument("references", metavar="PHOTO…", nargs=-1, required=True)
    @click.option(
        "--by",
        "degrees",
        type=click.Choice(("90", "180", "270")),
        default="90",
        help=_("Degrees clockwise, from where the photo is now."),
    )
    @common_options
    @click.pass_context
    def turn(ctx: click.Context, output: Output, references: tuple[str, ...], degrees: str) -> None:
        from geopark_app.operations.photo_gallery import turn_photos

        with opened(ctx) as context:
            keys = _chosen(context, references)
            changes = turn_photos(context, keys, int(degrees), reason=_("Turn photos"))
        _tell(output, keys, changes)

    return turn


def _crop() -> click.Command:
    @click.command("crop", help=_("Show a part of a photo only; the file stays."))
    @click.argument("reference", metavar="PHOTO")
    @click.option(
        "--box",
        metavar="L,T,W,H",
        help=_("Left, top, width and height as shares of the upright picture: 0.1,0,0.8,1."),
    )
    @click.option("--none", "whole", is_flag=True, help=_("Show the whole picture again."))
    @common_options
    @click.pass_context
    def crop(
        ctx: click.Context, output: Output, reference: str, box: str | None, whole: bool
    ) -> None:
        from geopark_app.operations.photo_gallery import set_photos

        if bool(box) == whole:
            raise click.UsageError(_("Give either --box or --none."))
        with opened(ctx) as context:
            keys = _chosen(context, (reference,))
            changes = set_photos(context, keys, {"crop": box or ""}, reason=_("Crop a photo"))
        _tell(output, keys, changes)

    return crop


def _draw() -> click.Command:
    @click.command("draw", help=_("Keep arrows, lines and words drawn on a photo; the file stays."))
    @click.argument("reference", metavar="PHOTO")
    @click.option(
        "--drawing", type=Path, metavar="FILE", help=_("JSON file with the marks; see the docs.")
    )
    @click.option("--none", "clear", is_flag=True, help=_("Take the drawing away."))
    @common_options
    @click.pass_context
    def draw(
        ctx: click.Context, output: Output, reference: str, drawing: Path | None, clear: bool
    ) -> None:
        from geopark_app.operations.photo_gallery import set_photos
        from geopark_app.photos.instructions import LONGEST_DRAWING
        from geopark_app.store.writing_files import translated_os_errors

        if (drawing is not None) == clear:
            raise click.UsageError(_("Give either --drawing or --none."))
        text = ""
        if drawing is not None:
            with translated_os_errors(drawing), drawing.open(encoding="utf-8") as file:
                text = file.read(LONGEST_DRAWING + 1)
        with opened(ctx) as context:
            keys = _chosen(context, (reference,))
            changes = set_photos(context, keys, {"drawing": text}, reason=_("Draw on a photo"))
        _tell(output, keys, changes)

    return draw
