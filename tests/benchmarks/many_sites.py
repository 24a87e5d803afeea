"""A catalogue of 10,000 sites with all their fields, 50,000 photos and answered checklists.

The rows go straight into the tables: how they are saved is not measured with them.
"""

import random
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from bench_search import words

from geopark_app.domain.declaration import FieldSpec, FieldType, RecordKind, kind_of
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import Answer, ChecklistItem, Commune, Photo, Site, Term, Visit
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.checklists import checklist_for
from geopark_app.operations.context import AppContext
from geopark_app.store import search
from geopark_app.store.engine import writing
from geopark_app.store.tables import RECORD_TABLES
from geopark_app.store.triggers import drop_triggers, ensure_triggers

SITES, PHOTOS, VISITED = 10_000, 50_000, 500
_FILLED = 0.85
_LONG, _SHORT = 40, 5


def make(folder: Path, *, sites: int = SITES, photos: int = PHOTOS) -> AppContext:
    """Make the catalogue and give it open."""
    context = create_new(folder, starter="langson", person="bench", device="bench")
    chance = random.Random(20260)
    rows = {
        "site": _sites(context, chance, sites),
        "photo": _photos(chance, sites, photos),
        **_answers(context, chance, min(VISITED, sites)),
    }
    with writing(context.catalogue.engine) as connection:
        drop_triggers(connection)
        for name, of_kind in rows.items():
            table = RECORD_TABLES[name]
            if of_kind:
                connection.execute(sa.insert(table), of_kind)
        search.rebuild(connection)
        ensure_triggers(connection)
    return context


def _sites(context: AppContext, chance: random.Random, count: int) -> list[dict[str, Any]]:
    kind = kind_of(Site)
    codes: dict[str, list[str]] = {}
    for term in context.catalogue.records(Term):
        codes.setdefault(term.vocabulary or "", []).append(term.code or "")
    communes = [commune.code for commune in context.catalogue.records(Commune)]
    rows = []
    for n in range(count):
        row: dict[str, Any] = {"uuid": _key("site", n), "deleted": 0}
        for spec in kind.fields:
            is_filled = chance.random() < _FILLED
            values = _values(chance, spec, codes) if is_filled else [None] * len(spec.columns)
            row.update(zip(spec.columns, values, strict=True))
        row |= {"code": f"BN-{n:05}", "name_vi": words(chance, 4), "name_en": words(chance, 4)}
        row["commune_code"] = chance.choice(communes)
        rows.append(row)
    return rows


def _values(chance: random.Random, spec: FieldSpec, codes: dict[str, list[str]]) -> list[Any]:
    match spec.type:
        case FieldType.TEXT:
            return [words(chance, _SHORT)]
        case FieldType.LONG_TEXT:
            return [words(chance, _LONG)]
        case FieldType.INTEGER | FieldType.DECIMAL:
            return [chance.randrange(2000)]
        case FieldType.BOOLEAN:
            return [chance.randrange(2)]
        case FieldType.DATE:
            return [f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02}-11"]
        case FieldType.CHOICE:
            return [chance.choice(codes.get(spec.vocabulary or "") or [None])]
        case FieldType.POSITION:
            lon, lat = 106.3 + chance.random(), 21.4 + chance.random()
            return [lon, lat, 5.0, "gnss", chance.choice(("exact", "approx")), None, None, None]
    return [None] * len(spec.columns)


def _photos(chance: random.Random, sites: int, count: int) -> list[dict[str, Any]]:
    return [
        _empty(kind_of(Photo))
        | {
            "uuid": _key("photo", n),
            "deleted": 0,
            "site_uuid": _key("site", n % sites),
            "file_name": f"{n}.jpg",
            "caption_vi": words(chance, 10),
            "photographer": words(chance, 2),
            "taken_at": f"20{chance.randrange(10, 26)}-05-{chance.randrange(1, 29):02}T08:00:00",
        }
        for n in range(count)
    ]


def _answers(context: AppContext, chance: random.Random, count: int) -> dict[str, list[Any]]:
    opened = checklist_for(context, "site")
    visits, answers = [], []
    for n in range(count):
        visit = _key("visit", n)
        visits.append(
            _empty(kind_of(Visit))
            | {"uuid": visit, "deleted": 0, "scope": "site", "site_uuid": _key("site", n),
               "checklist_uuid": opened.checklist.uuid, "visited_on": "2026-05-11"}
        )  # fmt: skip
        answers += [_answer(chance, visit, item) for item in opened.items]
    return {"visit": visits, "answer": answers}


def _answer(chance: random.Random, visit: str, item: ChecklistItem) -> dict[str, Any]:
    status = chance.choice(("met", "partly", "not_met", "na"))
    return _empty(kind_of(Answer)) | {
        "uuid": uuid_of(visit, item.uuid), "deleted": 0, "visit_uuid": visit,
        "item_uuid": item.uuid, "status": status,
    }  # fmt: skip


def _empty(kind: RecordKind) -> dict[str, Any]:
    return dict.fromkeys(name for spec in kind.fields for name in spec.columns)


def _key(kind: str, number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind} {number}"))
