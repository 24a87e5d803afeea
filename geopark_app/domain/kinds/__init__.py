"""Every record kind of the catalogue; table, form, list, import, export and JSON come from here."""

from geopark_app.domain.declaration import Record, RecordKind, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.kinds.checklist import (
    Answer,
    AnswerPhoto,
    Checklist,
    ChecklistGroup,
    ChecklistItem,
    Visit,
)
from geopark_app.domain.kinds.geology import Formation
from geopark_app.domain.kinds.photo import Photo
from geopark_app.domain.kinds.places import (
    Commune,
    FormerCommune,
    FormerCommunePart,
    FormerDistrict,
)
from geopark_app.domain.kinds.route import Route, Stop
from geopark_app.domain.kinds.setting import CatalogueSetting, Term
from geopark_app.domain.kinds.site import Site, SiteInterest

ALL_KINDS: tuple[type[Record], ...] = (
    Site,
    SiteInterest,
    Photo,
    Visit,
    Answer,
    AnswerPhoto,
    Route,
    Stop,
    Commune,
    FormerCommune,
    FormerCommunePart,
    FormerDistrict,
    Formation,
    Checklist,
    ChecklistGroup,
    ChecklistItem,
    Term,
    CatalogueSetting,
)
KINDS: dict[str, RecordKind] = {kind_of(record).name: kind_of(record) for record in ALL_KINDS}


def kind_named(name: str) -> RecordKind:
    """Give the declaration of a kind by its name, or raise `GeoparkError(UNKNOWN_KIND)`."""
    if name not in KINDS:
        raise GeoparkError(ErrorCode.UNKNOWN_KIND, kind=name, known=", ".join(sorted(KINDS)))
    return KINDS[name]


__all__ = [
    "ALL_KINDS",
    "KINDS",
    "Answer",
    "AnswerPhoto",
    "CatalogueSetting",
    "Checklist",
    "ChecklistGroup",
    "ChecklistItem",
    "Commune",
    "Formation",
    "FormerCommune",
    "FormerCommunePart",
    "FormerDistrict",
    "Photo",
    "Route",
    "Site",
    "SiteInterest",
    "Stop",
    "Term",
    "Visit",
    "kind_named",
]
