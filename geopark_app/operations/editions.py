"""Shipped editions as records: starter rows, checklists, vocabularies, from resources/.

An edition enters the log as one save that is the same on every laptop: fixed uuids, salts computed
from the edition, a fixed clock; the program lists its hash and refuses files that were changed.
"""

import csv
import dataclasses
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from geopark_app import paths
from geopark_app.domain.declaration import COMPOSITES, FieldType, Record, RecordKind, kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import setting_uuid
from geopark_app.domain.kinds import (
    CatalogueSetting,
    Checklist,
    ChecklistGroup,
    ChecklistItem,
    Commune,
    Formation,
    FormerCommune,
    FormerCommunePart,
    FormerDistrict,
    Recommendation,
    Route,
    Site,
    SiteInterest,
    Stop,
    Term,
)
from geopark_app.domain.trusted_editions import LATER_EDITIONS, TRUSTED_EDITIONS
from geopark_app.operations.form_rows import form_records
from geopark_app.rules.typed_values import read_value
from geopark_app.store.authorship import EditionAuthor
from geopark_app.store.catalogue import Catalogue

_STARTER_FILES: tuple[tuple[str, type[Record]], ...] = (
    ("former_districts.csv", FormerDistrict),
    ("former_communes.csv", FormerCommune),
    ("communes.csv", Commune),
    ("former_commune_parts.csv", FormerCommunePart),
    ("formations.csv", Formation),
    ("routes.csv", Route),
    ("sites.csv", Site),
    ("site_interests.csv", SiteInterest),
    ("stops.csv", Stop),
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One shipped set of records.

    Attributes
    ----------
    id : str
        Name and version; also the author id in the log.
    made_at : datetime
        Fixed instant of the edition.
    records : tuple of Record
        Its rows, in file order.
    """

    id: str
    made_at: datetime
    records: tuple[Record, ...]


def vocabulary_edition() -> Edition:
    """Give the vocabularies every catalogue starts with."""
    records: list[Record] = []
    for path in sorted(paths.bundled("resources", "vocabularies").glob("*.json")):
        records.extend(_terms(_json(path)))
    return Edition(id="edition:vocabularies-2026.1", made_at=_EDITION_DAY, records=tuple(records))


def vocabulary_additions() -> tuple[Edition, ...]:
    """Give the later vocabulary editions, oldest first; an edition once shipped never changes."""
    editions = []
    for folder in sorted(paths.bundled("resources", "vocabularies").glob("*/")):
        records = [term for path in sorted(folder.glob("*.json")) for term in _terms(_json(path))]
        name = f"edition:vocabularies-{folder.name}"
        editions.append(Edition(id=name, made_at=_EDITION_DAY, records=tuple(records)))
    return tuple(editions)


def later_editions() -> tuple[Edition, ...]:
    """Give what every catalogue receives beyond the first vocabularies, in its order."""
    return (*vocabulary_additions(), evaluation_edition(), progress_edition())


def seed_missing(catalogue: Catalogue) -> None:
    """Write the later editions an older catalogue does not have yet; free when it has."""
    missing = {name for name in LATER_EDITIONS if not catalogue.tail_hash(name)}
    if missing:
        for edition in later_editions():
            if edition.id in missing:
                seed(catalogue, edition)
    if catalogue.tail_hash(_LANGSON) and not catalogue.tail_hash(_RECOMMENDATIONS):
        seed(catalogue, recommendations_edition())


def recommendations_edition() -> Edition:
    """Give the recommendations known for Lạng Sơn, each with source and state of its wording."""
    path = paths.bundled("resources", "recommendations", "langson-2026.1.csv")
    return Edition(
        id=_RECOMMENDATIONS, made_at=_EDITION_DAY, records=tuple(_csv_records(path, Recommendation))
    )


def starter_additions(starter: str) -> tuple[Edition, ...]:
    """Give what came to a starter after its first edition was released."""
    return (recommendations_edition(),) if starter == "langson" else ()


def evaluation_edition() -> Edition:
    """Give the self-evaluation form every catalogue starts with."""
    content = _json(paths.bundled("resources", "forms", "form_a.json"))
    return Edition(
        id=f"edition:{content['id']}", made_at=_EDITION_DAY, records=tuple(form_records(content))
    )


def progress_edition() -> Edition:
    """Give the progress evaluation (document B) every catalogue starts with."""
    content = _json(paths.bundled("resources", "forms", "form_b.json"))
    return Edition(
        id=f"edition:{content['id']}", made_at=_EDITION_DAY, records=tuple(form_records(content))
    )


def checklist_edition() -> Edition:
    """Give the readiness checklist every catalogue starts with."""
    content = _json(paths.bundled("resources", "checklists", "readiness.json"))
    return Edition(
        id=f"edition:{content['id']}", made_at=_EDITION_DAY, records=tuple(_checklist(content))
    )


def starter_edition(starter: str) -> Edition:
    """Give the rows and the profile of a starter catalogue: `langson` or `empty`."""
    folder = paths.bundled("resources", "starter", starter)
    if not folder.is_dir():
        profile = paths.bundled("resources", "profiles", f"{starter}.json")
        if not profile.is_file():
            raise GeoparkError(ErrorCode.NOT_FOUND, kind="starter", reference=starter)
        return profile_edition(profile)
    base = profile_edition(folder / "profile.json")
    rows = tuple(
        record
        for name, record_type in _STARTER_FILES
        for record in _csv_records(folder / name, record_type)
    )
    return dataclasses.replace(base, records=base.records + rows)


def profile_edition(profile: Path) -> Edition:
    """Give the settings of a geopark profile file, for any geopark in any zone.

    Raises
    ------
    GeoparkError
        BAD_VALUE when the file is no such profile.
    """
    try:
        content = _json(profile)
    except (ValueError, TypeError, RecursionError) as error:
        raise GeoparkError(
            ErrorCode.BAD_VALUE, field="--profile", value=profile.name, expected="JSON"
        ) from error
    name = str(content.get("edition") or content.get("id") or profile.stem)
    setting = CatalogueSetting(
        uuid=setting_uuid("profile"),
        name="profile",
        value=json.dumps(content, ensure_ascii=False, sort_keys=True),
    )
    return Edition(id=f"edition:{name}", made_at=_EDITION_DAY, records=(setting,))


def seed(catalogue: Catalogue, edition: Edition) -> str:
    """Write an edition into the catalogue and give the hash of its save.

    Raises
    ------
    GeoparkError
        DAMAGED_CATALOGUE when the program lists another hash for this edition: the resource
        files were changed. An edition the program does not list (another geopark's own profile)
        is taken as it is.
    """
    author = EditionAuthor(author_id=edition.id)
    hlc = int(edition.made_at.timestamp() * 1000) << 16
    with catalogue.unit_of_work(
        author=author, now=edition.made_at, reason=edition.id, hlc=hlc
    ) as work:
        work.add_all(list(edition.records))
    found = catalogue.tail_hash(edition.id)
    listed = TRUSTED_EDITIONS.get(edition.id)
    if listed is not None and listed != found:
        raise GeoparkError(ErrorCode.DAMAGED_CATALOGUE, path=edition.id, reason="edition hash")
    return found


_LANGSON = "edition:langson-2026.1"
_RECOMMENDATIONS = "edition:langson-recommendations-2026.1"
_EDITION_DAY = datetime.fromisoformat("2026-11-01T00:00:00+00:00")


def _json(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise TypeError(path)
    return content


def _terms(content: Mapping[str, Any]) -> Iterable[Term]:
    for term in content["terms"]:
        yield Term(
            uuid=term["uuid"],
            vocabulary=content["id"],
            edition=content["edition"],
            code=term["id"],
            label_vi=term["label_vi"],
            label_en=term["label_en"],
            parent=term.get("parent"),
            begin_ma=term.get("begin_ma"),
            end_ma=term.get("end_ma"),
            colour=term.get("colour"),
            symbol=term.get("symbol"),
            weight=term.get("weight"),
            sort_order=term["order"],
            exportable=term.get("exportable"),
        )


def _checklist(content: Mapping[str, Any]) -> Iterable[Record]:
    yield Checklist(
        uuid=content["uuid"],
        edition=content["id"],
        title_vi=content["title_vi"],
        title_en=content["title_en"],
        status_vi=content["status_vi"],
        status_en=content["status_en"],
        source=content["source"],
    )
    groups = {group["id"]: group["uuid"] for group in content["groups"]}
    for group in content["groups"]:
        yield ChecklistGroup(
            uuid=group["uuid"],
            checklist_uuid=content["uuid"],
            code=group["id"],
            label_vi=group["label_vi"],
            label_en=group["label_en"],
            sort_order=group["order"],
        )
    for order, item in enumerate(content["items"], start=1):
        yield ChecklistItem(
            uuid=item["uuid"],
            checklist_uuid=content["uuid"],
            group_uuid=groups[item["group"]],
            code=item["id"],
            evidence=", ".join(item["evidence"]),
            basis=", ".join(item["basis"]),
            supports=", ".join(item["supports"]),
            sort_order=order,
            **{name: item[name] for name in _ITEM_FIELDS},
        )


_ITEM_FIELDS = (
    "label_vi",
    "label_en",
    "scope",
    "why_vi",
    "why_en",
    "weight",
    "critical",
    "due_before_mission",
    "answer_type",
    "measure_unit_vi",
    "measure_unit_en",
    "threshold_vi",
    "threshold_en",
)


def _csv_records(path: Path, record_type: type[Record]) -> Iterable[Record]:
    """Give the records of a reference file; columns no field is named after are notes."""
    kind = kind_of(record_type)
    with path.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        for row in csv.DictReader(lines):
            yield record_type(uuid=row["uuid"], **_values(kind, row))


def _values(kind: RecordKind, row: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for column, typed in row.items():
        spec = kind.field(column)
        if spec is None or not typed:
            continue
        if spec.type in COMPOSITES:
            part = spec.aliases[column]
            number = dataclasses.replace(
                spec, type=FieldType.DECIMAL if part in {"lon", "lat"} else FieldType.TEXT
            )
            parts.setdefault(spec.name, {})[part] = read_value(number, typed)
        else:
            values[spec.name] = read_value(spec, typed)
    for name, given in parts.items():
        spec = kind.field(name)
        assert spec is not None
        values[name] = COMPOSITES[spec.type](**given)
    return values
