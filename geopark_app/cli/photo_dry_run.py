"""`photos add --dry-run`: what an import would do, with the site proposed for each picture."""

from typing import TYPE_CHECKING, Any

from geopark_app.cli.exit_codes import INTERRUPTED, LEFT_FOR_A_PERSON
from geopark_app.cli.output import Output
from geopark_app.i18n import gettext as _

if TYPE_CHECKING:
    from geopark_app.operations.photo_preview import PhotoPlan, PlannedPhoto


def show_plan(output: Output, plan: "PhotoPlan", names: dict[str, str]) -> int:
    """Show the plan and give the exit code."""
    from geopark_app.photos.importing import FileStatus

    output.data(
        {
            "dry_run": True,
            "read": len(plan.photos),
            **{status.value: plan.count(status) for status in FileStatus},
            "chat_copies": sum(photo.chat is not None for photo in plan.new),
            "not_reached": plan.not_reached,
            "files": [_json(photo, names) for photo in plan.photos],
        }
    )
    output.table(
        (_("File"), _("Result"), _("Taken at"), _("Site proposed"), _("Remarks")),
        [_cells(photo, names) for photo in plan.photos],
    )
    output.text(_("Nothing was copied: this was a look only."))
    if plan.not_reached:
        return INTERRUPTED
    bad = plan.count(FileStatus.DAMAGED) + plan.count(FileStatus.REFUSED)
    return LEFT_FOR_A_PERSON if bad else 0


def _json(photo: "PlannedPhoto", names: dict[str, str]) -> dict[str, Any]:
    from geopark_app.photos.reasons import reason_text

    exif, nearest = photo.exif, photo.nearest
    return {
        "path": str(photo.path),
        "status": photo.status.value,
        "reason": reason_text(photo.reason) if photo.reason else None,
        "reason_code": photo.reason.value if photo.reason else None,
        "sha256": photo.sha256,
        "uuid": photo.known_uuid,
        "twin": str(photo.twin) if photo.twin else None,
        "taken_at": exif.taken_at if exif else None,
        "taken_offset_assumed": exif.taken_offset_assumed if exif else None,
        "lon": exif.lon if exif else None,
        "lat": exif.lat if exif else None,
        "position_trusted": exif.position_trusted if exif else None,
        "direction_deg": exif.direction_deg if exif else None,
        "site": names.get(nearest.site_uuid, nearest.site_uuid) if nearest else None,
        "distance_m": round(nearest.distance_m, 1) if nearest else None,
        "chat_copy": photo.chat is not None,
        "chat_app": photo.chat.app if photo.chat else None,
        "sent_on": photo.chat.sent_on if photo.chat else None,
        "original": photo.original_uuid or None,
        "has_original": photo.has_original,
    }


def _cells(photo: "PlannedPhoto", names: dict[str, str]) -> tuple[str, ...]:
    from geopark_app.operations.photo_preview import remarks_on
    from geopark_app.photos.importing import FileStatus
    from geopark_app.photos.reasons import reason_text

    words = {
        FileStatus.NEW: _("new"),
        FileStatus.KNOWN: _("already here"),
        FileStatus.DAMAGED: _("damaged"),
        FileStatus.REFUSED: _("not taken"),
    }
    site = ""
    if photo.nearest is not None:
        name = names.get(photo.nearest.site_uuid, "")
        site = f"{name} ({round(photo.nearest.distance_m)} m)"
    remarks = reason_text(photo.reason) if photo.reason else "; ".join(remarks_on(photo))
    taken = (photo.exif.taken_at or "") if photo.exif else ""
    return (photo.path.name, words[photo.status], taken, site, remarks)
