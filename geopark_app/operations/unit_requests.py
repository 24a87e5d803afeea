"""Lists sent to communes and departments: written, recorded, and which still wait for an answer."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import FieldSpec, FieldType
from geopark_app.domain.kinds import kind_named
from geopark_app.domain.progress import CancelToken, Progress, ReportProgress, no_progress
from geopark_app.domain.text import fold
from geopark_app.dossier.plan_words import day_words
from geopark_app.dossier.unit_letter import LetterTable, UnitLetter, write_letter
from geopark_app.exchange.request_workbook import (
    RequestBook,
    RequestColumn,
    RequestSheet,
    write_request,
)
from geopark_app.operations.catalogues import profile_of
from geopark_app.operations.context import AppContext
from geopark_app.operations.keeping_settings import keep_settings
from geopark_app.operations.processes import today_of
from geopark_app.operations.unit_rows import ASKED, AskedRow, Unit, UnitRows, words
from geopark_app.operations.unit_sendings import SENT, SentRequest, sent_requests
from geopark_app.rules.file_names import UniqueNames, safe_stem
from geopark_app.store.new_keys import new_uuid
from geopark_app.store.writing_files import translated_os_errors

FORMAT = "geopark-request/1"
_SHORT_HASH = 12
_MOST_DATA = 200
_LONGEST_NAME = 50
_SHAPES = {FieldType.INTEGER: "integer", FieldType.DECIMAL: "decimal", FieldType.DATE: "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRequest:
    """One written workbook with its letter."""

    request: SentRequest
    workbook: Path
    letter: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport:
    """What was written and recorded as one save."""

    made: tuple[MadeRequest, ...]
    changes: Changes


def send_requests(
    context: AppContext,
    units: Sequence[Unit],
    folder: Path,
    *,
    kinds: Sequence[str] = tuple(ASKED),
    answer_by: date | None = None,
    letters: bool = True,
    reason: str = "",
    progress: ReportProgress = no_progress,
    cancel: CancelToken | None = None,
) -> SendReport:
    """Write one workbook, and one letter, for each unit into a folder and record the sending.

    Raises
    ------
    Cancelled, GeoparkError
        An environment code when a file cannot be written; nothing is recorded then.
    """
    finder = UnitRows(context, kinds)
    earlier = sent_requests(context)
    names = UniqueNames()
    cancel = cancel or CancelToken()
    made = []
    with translated_os_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for at, unit in enumerate(units):
        cancel.check()
        progress(Progress(done=at, total=len(units), current=unit.name))
        rows = finder.rows(unit)
        snapshot = {
            kind: {row.record.uuid: dict(row.values) for row in found}
            for kind, found in rows.items()
        }
        key, today = new_uuid(), today_of(context)
        stem = safe_stem(f"phieu-{_ascii(unit.short)}-{today.isoformat()}")
        request = SentRequest(
            key=key,
            unit=unit,
            number=1 + sum(one.unit.id == unit.id for one in earlier),
            sent_on=today,
            answer_by=answer_by,
            answered_on=None,
            file=names.name(stem, ".xlsx"),
            sha256=hash_of(key, snapshot),
            snapshot=snapshot,
        )
        workbook = folder / request.file
        write_request(_book(context, request, rows, finder), workbook)
        letter = None
        if letters:
            letter = workbook.with_name(f"{workbook.stem.replace('phieu', 'cong-van', 1)}.docx")
            write_letter(_letter(context, request, rows, finder), letter, context.now())
        made.append(MadeRequest(request=request, workbook=workbook, letter=letter))
    values = {f"{SENT}{one.request.key}": _content(context, one.request) for one in made}
    changes = Changes()
    if values:
        changes = keep_settings(context, values, reason=reason or "send requests")
    return SendReport(made=tuple(made), changes=changes)


def hash_of(key: str, snapshot: Mapping[str, Any]) -> str:
    """Give the hash of a state that was sent."""
    text = json.dumps([key, snapshot], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def headings(kind: str) -> list[str]:
    """Give the headings of a sheet, by which it is known when it comes back."""
    columns = words()["columns"]
    fields = [_spec(kind, name).label_vi for name in ASKED[kind]]
    return [columns["key"], columns["name"], columns["place"], *fields, columns["remark"]]


def sender_of(context: AppContext) -> str:
    """Give the name of the managing body in Vietnamese."""
    profile = profile_of(context)
    return str(profile.get("managing_body_vi") or profile.get("name_vi") or "")


def _ascii(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:_LONGEST_NAME].strip("-") or "don-vi"


def _content(context: AppContext, request: SentRequest) -> dict[str, Any]:
    return {
        "unit_kind": request.unit.kind,
        "unit": request.unit.key,
        "name": request.unit.name,
        "number": request.number,
        "sent_on": request.sent_on.isoformat(),
        "sent_by": context.author.person,
        "answer_by": request.answer_by.isoformat() if request.answer_by else None,
        "file": request.file,
        "sha256": request.sha256,
        "rows": request.snapshot,
    }


def _spec(kind: str, name: str) -> FieldSpec:
    spec = kind_named(kind).field(name)
    assert spec is not None, (kind, name)
    return spec


# The workbook ---------------------------------------------------------------------------------


def _book(
    context: AppContext,
    request: SentRequest,
    rows: Mapping[str, Sequence[AskedRow]],
    finder: UnitRows,
) -> RequestBook:
    text = words()
    sheets = [text["sheets"][kind] for kind in rows]
    facts = {
        "unit": request.unit.name,
        "sender": sender_of(context),
        "sent_on": day_words(request.sent_on),
        "answer_by": day_words(request.answer_by) or "–",
        "number": str(request.number),
        "hash": request.sha256[:_SHORT_HASH],
    }
    return RequestBook(
        title=text["guide_title"],
        author=context.author.person,
        made_at=context.now(),
        guide_sheet=text["guide_sheet"],
        guide=[(name, pattern.format_map(facts)) for name, pattern in text["guide"]],
        lines=[line.format(sheets=", ".join(sheets)) for line in text["guide_lines"]],
        sheets=[_sheet(kind, found, finder) for kind, found in rows.items()],
        mark={"format": FORMAT, "request": request.key, "sha256": request.sha256},
    )


def _sheet(kind: str, rows: Sequence[AskedRow], finder: UnitRows) -> RequestSheet:
    specs = [_spec(kind, name) for name in ASKED[kind]]
    labels = headings(kind)
    columns = [
        RequestColumn(label=labels[0], width=9),
        RequestColumn(label=labels[1], width=40),
        RequestColumn(label=labels[2], width=24),
        *(
            RequestColumn(
                label=spec.label_vi,
                width=24 if spec.type in {FieldType.TEXT, FieldType.LONG_TEXT} else 15,
                is_open=True,
                shape=_SHAPES.get(spec.type, "text"),
                choices=finder.choices(spec),
            )
            for spec in specs
        ),
        RequestColumn(label=labels[-1], width=32, is_open=True),
    ]
    return RequestSheet(
        name=words()["sheets"][kind],
        columns=columns,
        rows=[
            (
                row.record.uuid,
                row.name,
                row.place,
                *(finder.label(spec, row.values[spec.name]) for spec in specs),
                "",
            )
            for row in rows
        ],
    )


# The letter -----------------------------------------------------------------------------------


def _letter(
    context: AppContext,
    request: SentRequest,
    rows: Mapping[str, Sequence[AskedRow]],
    finder: UnitRows,
) -> UnitLetter:
    text = words()
    profile = profile_of(context)
    sender = sender_of(context)
    own, _comma, above = sender.partition(", ")
    counts = ", ".join(
        f"{len(found)} {str(text['sheets'][kind]).lower()}" for kind, found in rows.items()
    )
    facts = {
        "unit": request.unit.name,
        "sender": own,
        "geopark": str(profile.get("name_vi") or ""),
        "province": str(profile.get("province_vi") or ""),
        "counts": counts,
        "file": request.file,
        "answer_by": day_words(request.answer_by),
    }
    letter = text["letter"]
    body = list(letter["body"])
    if request.answer_by is None:
        body[1] = letter["body_open"]
    return UnitLetter(
        above=above,
        sender=own,
        words={
            name: str(value).format_map(facts)
            for name, value in letter.items()
            if isinstance(value, str)
        },
        body=[line.format_map(facts) for line in body],
        copies=letter["copies"],
        headings=letter["table"],
        tables=[
            LetterTable(
                title=text["sheets"][kind],
                rows=[(row.name, row.place, _stated(kind, row, finder)) for row in found],
            )
            for kind, found in rows.items()
        ],
        author=context.author.person,
    )


def _stated(kind: str, row: AskedRow, finder: UnitRows) -> str:
    """Say what the catalogue holds of a row, in one line."""
    parts = []
    for name in ASKED[kind]:
        typed = row.values[name]
        if typed:
            spec = _spec(kind, name)
            shown = finder.label(spec, typed)
            if spec.type is FieldType.DATE:
                shown = day_words(date.fromisoformat(typed))
            elif name == "cost_vnd":
                shown = f"{int(typed):,}".replace(",", ".")
            parts.append(f"{spec.label_vi}: {shown}")
    stated = "; ".join(parts)
    return stated if len(stated) <= _MOST_DATA else f"{stated[:_MOST_DATA]}…"
