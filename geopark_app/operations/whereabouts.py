"""Where each original is: here, on backups, on laptops; and which has no second copy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from geopark_app.domain.kinds import Site
from geopark_app.operations.context import AppContext
from geopark_app.store.whereabouts import Holding, Whereabouts


class Here(Enum):
    """The state of an original in this catalogue."""

    WHOLE = "whole"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One original and everybody known to hold it.

    Attributes
    ----------
    photo_uuid, site_uuid : str, str or None
        The photo, and its site.
    name : str
        File name it came under.
    sha256 : str
        Its content.
    byte_count : int or None
        Its size.
    here : Here
        Damaged is what the last reading found; a file never read counts as whole.
    checked_at : str
        When it was last read from end to end; empty for never.
    holders : tuple of Holding
        Backups and laptops known to hold it.
    """

    photo_uuid: str
    site_uuid: str | None
    name: str
    sha256: str
    byte_count: int | None
    here: Here
    checked_at: str
    holders: tuple[Holding, ...]

    @property
    def copies(self) -> int:
        """How many whole copies are known, this catalogue's included."""
        return len(self.holders) + (self.here is Here.WHOLE)

    @property
    def is_only_copy(self) -> bool:
        """Say whether one more accident would lose it, or it is lost already."""
        return self.copies < 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereaboutsReport:
    """Every original of the photos that are not in the trash.

    Attributes
    ----------
    originals : tuple of Original
        Those in danger first: missing, damaged, only copies, then by code of the site and name.
    holdings : tuple of Holding
        Every backup and laptop known.
    """

    originals: tuple[Original, ...]
    holdings: tuple[Holding, ...]

    @property
    def only_copies(self) -> tuple[Original, ...]:
        """Originals without a second copy anywhere known."""
        return tuple(original for original in self.originals if original.is_only_copy)

    @property
    def troubled(self) -> tuple[Original, ...]:
        """Originals that are missing or damaged here."""
        return tuple(item for item in self.originals if item.here is not Here.WHOLE)

    def held_by(self, holding: Holding) -> int:
        """Give how many of these originals a backup or laptop holds."""
        return sum(original.sha256 in holding.files for original in self.originals)


def whereabouts(context: AppContext, *, site_uuid: str | None = None) -> WhereaboutsReport:
    """Say where the originals are; nothing is read from end to end here."""
    catalogue = context.catalogue
    known = Whereabouts(catalogue)
    own = context.author.author_id.partition(".")[0]
    holdings = [holding for holding in known.holdings() if holding.holder_id != own]
    checks, here = known.checks(), catalogue.files.names()
    originals = []
    for file in catalogue.files_of_records():
        if file.kind != "photo" or not file.is_original or file.in_trash:
            continue
        if site_uuid is not None and file.site_uuid != site_uuid:
            continue
        check = checks.get(file.sha256)
        is_damaged = check is not None and not check.is_whole
        state = Here.DAMAGED if is_damaged else Here.WHOLE
        originals.append(
            Original(
                photo_uuid=file.uuid,
                site_uuid=file.site_uuid,
                name=file.name,
                sha256=file.sha256,
                byte_count=file.byte_count,
                here=state if file.sha256 in here else Here.MISSING,
                checked_at=check.at if check else "",
                holders=tuple(one for one in holdings if file.sha256 in one.files),
            )
        )
    codes = {site.uuid: site.code or "" for site in catalogue.records(Site)}
    return WhereaboutsReport(originals=_in_danger_first(originals, codes), holdings=tuple(holdings))


def forget_backup(context: AppContext, holder_id: str) -> None:
    """Count a backup no more, because it was lost or emptied."""
    Whereabouts(context.catalogue).forget(holder_id)


def _in_danger_first(
    originals: Sequence[Original], codes: Mapping[str, str]
) -> tuple[Original, ...]:
    order = {Here.MISSING: 0, Here.DAMAGED: 1, Here.WHOLE: 2}
    return tuple(
        sorted(
            originals,
            key=lambda item: (
                order[item.here],
                item.copies,
                codes.get(item.site_uuid or "", "\uffff"),
                item.name,
            ),
        )
    )
