"""The parts of a dossier that are lists or booklets: gathered and checked first, then written."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geopark_app.domain.declaration import Audience
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Mission
from geopark_app.domain.progress import CancelToken
from geopark_app.dossier.bilingual import Bilingual
from geopark_app.dossier.bilingual import both as _
from geopark_app.dossier.problems import Problem
from geopark_app.dossier.register import PrintedRegister
from geopark_app.operations.dossier_chapters import Part, part_of
from geopark_app.operations.dossier_options import DossierOptions
from geopark_app.operations.mission_booklet import write_booklet
from geopark_app.operations.missions import OpenMission, find_mission, open_mission
from geopark_app.operations.part_bibliography import gather_bibliography
from geopark_app.operations.part_credits import gather_credits
from geopark_app.operations.part_evaluation import gather_evaluation
from geopark_app.operations.part_partners import gather_partners
from geopark_app.operations.part_photos import with_printed_photos
from geopark_app.operations.part_readiness import gather_readiness, visited_places
from geopark_app.operations.part_registers import gather_evidence, gather_recommendations
from geopark_app.operations.part_sites import gather_list, sites_and_stops
from geopark_app.operations.part_words import CopiedFile, GatheredPart, PartInput, part_problem
from geopark_app.operations.register_files import write_register
from geopark_app.store.files import hash_of
from geopark_app.store.writing_files import translated_os_errors
from geopark_app.typeset.fonts import SUBSTITUTE, missing_characters

_SIMPLE: Mapping[str, Callable[[PartInput], GatheredPart]] = {
    "recommendations": gather_recommendations,
    "list": gather_list,
    "evaluation": gather_evaluation,
    "partners": gather_partners,
    "bibliography": gather_bibliography,
    "evidence": gather_evidence,
}
_OF_STOPS = frozenset({"list", "readiness", "credits"})
_OF_PLACES = frozenset({"readiness", "credits"})
MISSION = "mission"
_BOOKLET = "mission-booklet.pdf"
LISTS = (*_SIMPLE, *sorted(_OF_PLACES), MISSION)
"""Parts that are made here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredParts:
    """The lists of a dossier in words.

    Attributes
    ----------
    given : PartInput
        What they are made from.
    parts : mapping of str to GatheredPart
        By the word of the part, in the order of the package.
    mission : OpenMission or None
        Whose booklet is printed.
    problems : tuple of Problem
        What to put right in them.
    """

    given: PartInput
    parts: Mapping[str, GatheredPart]
    mission: OpenMission | None
    problems: tuple[Problem, ...]

    def steps(self, options: DossierOptions) -> int:
        """Give how many files will be written."""
        return sum(1 for _job in self._jobs(options)) + sum(
            len(part.copies) for part in self.parts.values()
        )

    def _jobs(self, options: DossierOptions) -> Iterator[tuple[Part, str, PrintedRegister | None]]:
        for code, gathered in self.parts.items():
            part = part_of(code)
            for piece in gathered.pieces:
                for form in part.formats:
                    if options.wants(code, form):
                        yield part, f"{piece.stem}.{form}", piece.register
            if code == MISSION and self.mission is not None and options.wants(code, "pdf"):
                yield part, _BOOKLET, None

    def write(
        self,
        options: DossierOptions,
        data: Path,
        cache: Path,
        done: Callable[[str], None],
        cancel: CancelToken,
    ) -> tuple[dict[str, int], list[Problem]]:
        """Write the files below `data`; give the pages of each PDF and what was left out.

        Raises
        ------
        Cancelled, GeoparkError
            See `write_register` and `write_booklet`.
        """
        pages: dict[str, int] = {}
        problems: list[Problem] = []
        printed: dict[int, PrintedRegister] = {}
        for part, name, register in self._jobs(options):
            cancel.check()
            path = _folder_of(data, part) / name
            count: int | None
            if register is None:
                count = self._write_booklet(options, path, cancel)
            else:
                if id(register) not in printed:
                    printed[id(register)], lost = with_printed_photos(
                        register, part.code, cache, cancel
                    )
                    problems.extend(lost)
                count = write_register(self.given.context, printed[id(register)], path, cancel)
            if count is not None:
                pages[f"data/{part.folder}/{name}"] = count
            done(name)
        for code, gathered in self.parts.items():
            for copied in gathered.copies:
                cancel.check()
                _copy(copied, _folder_of(data, part_of(code)))
                done(copied.name)
        return pages, problems

    def _write_booklet(self, options: DossierOptions, path: Path, cancel: CancelToken) -> int:
        assert self.mission is not None
        return write_booklet(
            self.given.context, self.mission, path, cancel, languages=options.languages
        )


def gather_parts(given: PartInput, options: DossierOptions) -> GatheredParts:
    """Give the lists that are asked for, in the order of the package."""
    wanted = [code for code in options.parts if code in LISTS]
    if _OF_STOPS & set(wanted):
        given = replace(given, stops=tuple(sites_and_stops(given)))
    places = visited_places(given) if _OF_PLACES & set(wanted) else ([], 0)
    parts: dict[str, GatheredPart] = {}
    problems: list[Problem] = []
    mission = None
    for code in wanted:
        if code == MISSION:
            mission, found = _mission(given)
            parts[code] = GatheredPart(problems=tuple(found))
        elif code == "readiness":
            parts[code] = gather_readiness(given, *places)
        elif code == "credits":
            parts[code] = gather_credits(given, places[0])
        else:
            parts[code] = _SIMPLE[code](given)
        problems.extend(parts[code].problems)
        is_empty = not parts[code].pieces and (code != MISSION or not parts[code].problems)
        if is_empty and mission is None:
            problems.append(_empty(part_of(code)))
        if "pdf" in options.formats:
            problems.extend(_glyphs(code, parts[code]))
    return GatheredParts(given=given, parts=parts, mission=mission, problems=tuple(problems))


def sources_of(gathered: GatheredParts) -> dict[str, list[dict[str, Any]]]:
    """Give for each part the rows of its lists with the records they were made from."""
    found: dict[str, list[dict[str, Any]]] = {}
    for code, part in gathered.parts.items():
        rows = [
            {"file": piece.stem, "row": row[0].lines[0].of("vi") if row[0].lines else "",
             "records": list(keys)}
            for piece in part.pieces
            for group in piece.register.groups
            for row, keys in zip(group.rows, group.keys, strict=False)
        ]  # fmt: skip
        found[code] = rows
    return found


def _mission(given: PartInput) -> tuple[OpenMission | None, list[Problem]]:
    if not given.context.catalogue.records(Mission):
        return None, []
    if given.audience is Audience.PUBLIC:
        message = _("The mission booklet names people and is not made for the public.")
        return None, [part_problem(MISSION, "not-public", Severity.NOTE, message)]
    mission = open_mission(given.context, find_mission(given.context))
    grave = sum(one.severity is Severity.ERROR for one in mission.conflicts)
    if not grave:
        return mission, []
    message = _("{count} points of the mission plan are still to be settled.").format(count=grave)
    return mission, [part_problem(MISSION, "mission-conflict", Severity.WARNING, message)]


def _empty(part: Part) -> Problem:
    title = Bilingual(part.title_vi, part.title_en)
    message = _("{part}: nothing is recorded yet; the part is left out.").format(part=title)
    return part_problem(part.code, "part-empty", Severity.NOTE, message)


def _glyphs(code: str, part: GatheredPart) -> list[Problem]:
    texts = {
        line.vi + line.en
        for piece in part.pieces
        for group in piece.register.groups
        for row in group.rows
        for cell in row
        for line in (*cell.lines, *(photo.caption for photo in cell.pictures))
    }
    missing = missing_characters("".join(sorted(texts)))
    if not missing:
        return []
    shown = " ".join(f"{char} (U+{ord(char):04X})" for char in missing[:12])
    message = _("The fonts of the PDF lack {characters}; {sign} is printed instead.").format(
        characters=shown, sign=SUBSTITUTE
    )
    return [part_problem(code, "missing-glyph", Severity.WARNING, message)]


def _folder_of(data: Path, part: Part) -> Path:
    folder = data / part.folder
    with translated_os_errors(folder):
        folder.mkdir(exist_ok=True)
    return folder


def _copy(copied: CopiedFile, folder: Path) -> None:
    """Copy a file byte for byte; what came out is compared with what it must be."""
    target = folder / copied.name
    with translated_os_errors(target):
        shutil.copyfile(copied.source, target)
    if hash_of(target) != copied.sha256:
        raise GeoparkError(ErrorCode.NOT_FOUND, path=copied.source)


def part_titles(codes: Sequence[str]) -> list[tuple[Part, Bilingual]]:
    """Give the parts of these words with their titles, in the order of the package."""
    return [
        (part, Bilingual(part.title_vi, part.title_en)) for part in map(part_of, codes)
    ]  # fmt: skip
