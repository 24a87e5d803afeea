"""The registers that have commands of their own, as parts of a dossier."""

import unicodedata
from dataclasses import replace
from pathlib import PurePath

from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Document
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.operations.evidence import EvidenceLine, read_register
from geopark_app.operations.evidence_claims import claims
from geopark_app.operations.evidence_index import may_be_read, printed_index
from geopark_app.operations.part_words import (
    CopiedFile,
    GatheredPart,
    PartInput,
    Piece,
    missing_english,
    part_problem,
)
from geopark_app.operations.recommendations import read_recommendations
from geopark_app.operations.recommendations_print import printed_recommendations

_RECOMMENDATIONS, _EVIDENCE = "recommendations", "evidence"
_LONGEST_STEM = 60


def gather_recommendations(given: PartInput) -> GatheredPart:
    """Give the recommendations with what was done."""
    found = read_recommendations(given.context)
    if not found.lines:
        return GatheredPart()
    register = printed_recommendations(given.context, found, given.languages, given.audience)
    problems: list[Problem] = []
    records = [line.record for line in found.lines]
    loose = sum(one.wording_status not in {None, "official"} for one in records)
    if loose:
        message = _("The wording of {count} recommendations is PROVISIONAL.").format(count=loose)
        problems.append(
            part_problem(_RECOMMENDATIONS, "provisional-wording", Severity.NOTE, message)
        )
    for line in found.lines:
        if not (line.record.answer_vi or line.record.answer_en):
            message = _("Recommendation {number}: what was done is not written yet.").format(
                number=line.record.number or "?"
            )
            problems.append(part_problem(_RECOMMENDATIONS, "no-answer", Severity.WARNING, message))
    problems.extend(missing_english(_RECOMMENDATIONS, records, "text"))
    problems.extend(missing_english(_RECOMMENDATIONS, records, "answer"))
    register = replace(register, footer=given.footer())
    return GatheredPart(
        pieces=(Piece(stem=_RECOMMENDATIONS, register=register),), problems=tuple(problems)
    )


def gather_evidence(given: PartInput) -> GatheredPart:
    """Give the index, and the scans the audience may have."""
    found = read_register(given.context)
    if not found.lines:
        return GatheredPart()
    register = printed_index(
        given.context, found, claims(given.context), given.languages, given.audience
    )
    copies, problems = _scans(given, list(found.lines))
    loose = sum(not line.is_fixed for line in found.lines)
    if loose:
        message = _("{count} numbers of evidence are PROVISIONAL: not fixed yet.")
        problems.append(
            part_problem(
                _EVIDENCE, "provisional-numbers", Severity.NOTE, message.format(count=loose)
            )
        )
    problems.extend(missing_english(_EVIDENCE, [line.evidence for line in found.lines], "title"))
    register = replace(register, footer=given.footer(), is_table=True)
    return GatheredPart(
        pieces=(Piece(stem="evidence-index", register=register),),
        copies=tuple(copies),
        problems=tuple(problems),
    )


def _scans(given: PartInput, lines: list[EvidenceLine]) -> tuple[list[CopiedFile], list[Problem]]:
    documents = {one.uuid: one for one in given.context.catalogue.records(Document)}
    files = given.context.catalogue.files
    copies: list[CopiedFile] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for line in lines:
        document = documents.get(line.evidence.document_uuid or "")
        if document is None or not document.sha256:
            continue
        number = line.evidence.number or "?"
        name = document.number or document.file_name or document.title_vi or ""
        if not may_be_read(document, given.audience):
            message = _("{number}: the scan is for the office only, or nobody said who may see it; "
                "it is left out.")  # fmt: skip
            problems.append(_scan_problem("scan-kept", Severity.WARNING, message, number, ""))
        elif not files.is_whole(document.sha256):
            message = _("{number}: the scan of “{name}” is missing or damaged; it is left out.")
            problems.append(_scan_problem("missing-file", Severity.ERROR, message, number, name))
        else:
            file_name = _file_name(line, document)
            if file_name.casefold() in taken:  # two laptops gave the number to two pieces
                file_name = f"{line.evidence.uuid[:8]}-{file_name}"
            taken.add(file_name.casefold())
            copies.append(
                CopiedFile(
                    source=files.path_of(document.sha256), sha256=document.sha256, name=file_name
                )
            )
    return copies, problems


def _scan_problem(
    code: str, severity: Severity, message: Bilingual, number: str, name: str
) -> Problem:
    words = message.format(number=number, name=name)
    return part_problem(_EVIDENCE, code, severity, words)


def _file_name(line: EvidenceLine, document: Document) -> str:
    """Give an ASCII name that begins with the number of the evidence and ends as the file did."""
    given = PurePath((document.file_name or document.title_vi or "scan").replace("\\", "/"))
    number = _ascii(line.evidence.number or line.evidence.uuid[:8])
    suffix = _ascii(given.suffix.lstrip(".")).lower()[:8]
    stem = f"{number}-{_ascii(given.stem)}"[:_LONGEST_STEM].rstrip("-_")
    return f"{stem}.{suffix}" if suffix else stem


def _ascii(text: str) -> str:
    """Give only letters, digits, `-` and `_`: names that every system takes."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    made = "".join(char if char.isascii() and (char.isalnum() or char == "_") else "-"
                   for char in kept)  # fmt: skip
    return "-".join(part for part in made.split("-") if part)
