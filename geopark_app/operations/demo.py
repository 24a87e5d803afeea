"""The whole main job once, on a catalogue marked as sample: photos, visits, annexes.

Running it again adds only what was never there: what a person changed, moved or trashed stays.
"""

import random
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from geopark_app.domain.clock import VIETNAM, Clock, system_clock
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds import Photo, Visit
from geopark_app.domain.progress import Progress, ReportProgress, no_progress
from geopark_app.i18n import gettext as _
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.checklists import checklist_for
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.photos import PhotoDefaults, add_photos, list_photos, set_cover
from geopark_app.operations.sites import SiteSummary, list_sites
from geopark_app.operations.visits import record_visit
from geopark_app.photos.samples import Sample, draw_sample, scene_for

# Sites with sample pictures, and how many; among them long names, a border commune, no position.
_PICTURES = {
    "LS-001": 1,
    "LS-002": 3,
    "LS-006": 2,
    "LS-008": 1,
    "LS-009": 3,
    "LS-011": 2,
    "LS-012": 2,
    "LS-017": 3,
    "LS-019": 2,
    "LS-020": 1,
    "LS-031": 2,
    "LS-036": 3,
    "LS-053": 2,
    "LS-092": 1,
}
_VISITED = ("LS-002", "LS-006", "LS-009", "LS-017", "LS-019", "LS-036", "1", "park")
_ORIENTATIONS = (1, 6, 3)
_SAMPLE_NOTE = "MẪU / SAMPLE"


def make_demo(
    folder: Path,
    *,
    person: str,
    device: str,
    clock: Clock = system_clock,
    progress: ReportProgress = no_progress,
) -> AppContext:
    """Make the demo catalogue, or complete an older one, and open it.

    Parameters
    ----------
    folder
        New folder, or a demo made before.
    person, device
        Who works, and the name of the laptop.
    clock
        The clock.
    progress
        Told of each picture and visit.

    Raises
    ------
    GeoparkError
        FOLDER_NOT_EMPTY when the folder is something else than a demo.
    """
    context = _open_or_create(folder, person=person, device=device, clock=clock)
    try:
        _add_pictures(context, progress)
        _add_visits(context, progress)
    except BaseException:
        context.catalogue.close()
        raise
    return context


def _open_or_create(folder: Path, *, person: str, device: str, clock: Clock) -> AppContext:
    if folder.is_dir() and any(folder.glob("*.geopark")):
        context = open_context(folder, person=person, device=device, clock=clock)
        if not context.catalogue.folder.is_sample:
            context.catalogue.close()
            raise GeoparkError(ErrorCode.FOLDER_NOT_EMPTY, path=folder)
        return context
    return create_new(
        folder, starter="langson", person=person, device=device, is_sample=True, clock=clock
    )


def _add_pictures(context: AppContext, progress: ReportProgress) -> None:
    """Draw and import the pictures of sites that never had any."""
    photos = context.catalogue.records(Photo, include_deleted=True)
    served = {photo.site_uuid for photo in photos if photo.sample}
    sites = {item.site.code: item for item in list_sites(context)}
    wanted = [
        (sites[code], count)
        for code, count in _PICTURES.items()
        if code in sites and sites[code].site.uuid not in served
    ]
    for done, (summary, count) in enumerate(wanted):
        progress(Progress(done=done, total=len(wanted), current=summary.site.name_vi or ""))
        _add_pictures_of(context, summary, count)


def _add_pictures_of(context: AppContext, summary: SiteSummary, count: int) -> None:
    site = summary.site
    defaults = PhotoDefaults(
        photographer="geopark-inventory",
        credit=f"{_SAMPLE_NOTE}: tranh vẽ bằng máy / drawn by a script",
        licence="cc0",
        caption_vi=f"Ảnh mẫu vẽ bằng máy: {site.name_vi}",
        caption_en=f"Sample picture drawn by a script: {site.name_en}",
    )
    with tempfile.TemporaryDirectory() as folder:
        for path, sample in _samples(Path(folder), summary, count):
            draw_sample(path, sample)
        add_photos(context, [Path(folder)], site_uuid=site.uuid, sample=True, defaults=defaults)
    photos = list_photos(context, site_uuid=site.uuid)
    if photos and site.cover_photo_uuid is None:
        set_cover(context, site.uuid, photos[0].uuid, reason=_("Choose cover photo"))


def _samples(folder: Path, summary: SiteSummary, count: int) -> Iterator[tuple[Path, Sample]]:
    site = summary.site
    scene = scene_for(name_vi=site.name_vi or "", interest=site.main_interest, kind=site.site_kind)
    for number in range(count):
        seed = int((site.code or "0")[-3:]) * 10 + number
        yield (
            folder / f"{site.code}-{number + 1}.jpg",
            Sample(
                scene=scene,
                name=site.name_vi or "",
                seed=seed,
                taken_at=datetime(2026, 3, 14, 8 + number, 20, tzinfo=VIETNAM),
                position=site.position if site.position and site.position.is_pin else None,
                orientation=_ORIENTATIONS[number % 3],
            ),
        )


def _add_visits(context: AppContext, progress: ReportProgress) -> None:
    """Record the sample visits, unless any visit was ever recorded here."""
    if context.catalogue.records(Visit, include_deleted=True):
        return
    for done, place in enumerate(_VISITED):
        progress(Progress(done=done, total=len(_VISITED), current=place))
        scope = {"park": "park", "1": "route"}.get(place, "site")
        record_visit(
            context,
            place,
            _sample_answers(context, scope, seed=done),
            visited_on="2026-03-14",
            sample=True,
            reason=_("Record visit: {place}").format(place=place),
        )


def _sample_answers(context: AppContext, scope: str, *, seed: int) -> dict[str, dict[str, object]]:
    """Give made-up answers, the same at every run; some items stay unanswered."""
    chance = random.Random(seed)
    answers: dict[str, dict[str, object]] = {}
    for item in checklist_for(context, scope).items:
        status = chance.choices(
            ("met", "partly", "not_met", "na", None), weights=(45, 20, 8, 7, 20)
        )[0]
        if status is not None:
            answers[item.code or ""] = {"status": status, "note": _SAMPLE_NOTE}
    return answers
