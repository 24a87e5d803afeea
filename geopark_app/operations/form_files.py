"""The office's own copy of the official form: cells mapped once, then filled from the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geopark_app.domain.change import Changes
from geopark_app.domain.clock import VIETNAM
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.errors import ErrorCode, GeoparkError
from geopark_app.domain.identifier import uuid_of
from geopark_app.domain.kinds import FormFile, FormPlace
from geopark_app.domain.progress import CancelToken
from geopark_app.exchange.office_forms import (
    FORMULA,
    TEXT,
    FilledForm,
    FormLook,
    FormPage,
    fill_form,
)
from geopark_app.i18n import gettext as _
from geopark_app.i18n import pick
from geopark_app.operations.context import AppContext
from geopark_app.operations.evaluation import ItemView, OpenForm
from geopark_app.rules.form_targets import (
    ANSWER,
    COUNTED,
    EVIDENCE,
    ITEM_PARTS,
    NOTE,
    SELF,
    TICK,
    TOTAL,
    Grid,
    Target,
    layout_hash,
    rows_by_code,
    target_of,
)

Value = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMap:
    """Which value goes where in one file.

    Attributes
    ----------
    file : FormFile
        The file it was made for.
    places : mapping of str to str
        By target.
    anchors : mapping of str to str
        The text that stood beside each place, by place.
    """

    file: FormFile
    places: Mapping[str, str]
    anchors: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingMap:
    """The mapping for a file, and how far it fits.

    Attributes
    ----------
    map : FormMap
        The mapping.
    is_same_file : bool
        Whether it was made for exactly this file.
    moved : tuple of (str, str, str)
        Places beside which another text stands now: place, text then, text now.
    """

    map: FormMap
    is_same_file: bool
    moved: tuple[tuple[str, str, str], ...]

    @property
    def fits(self) -> bool:
        """Whether every place is where it was."""
        return not self.moved


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMap:
    """A mapping as it was written, and what changed."""

    file: FormFile
    places: Mapping[str, str]
    changes: Changes


def targets_of(form: OpenForm) -> list[Target]:
    """Give every value of a form that can be written, in its order."""
    found = [Target(code=TOTAL, part=SELF)]
    for category in form.categories:
        found.append(Target(code=category.code or "", part=SELF))
        for group in form.groups:
            if group.category_uuid != category.uuid:
                continue
            found.append(Target(code=group.code or "", part=SELF))
            for view in form.items:
                if view.item.group_uuid == group.uuid:
                    found += _item_targets(view)
    return found


def _item_targets(view: ItemView) -> list[Target]:
    code = view.item.code or ""
    parts = [one for one in ITEM_PARTS if one != COUNTED or not view.options]
    parts += [f"option={one.code}" for one in view.options]
    return [Target(code=code, part=one) for one in parts]


def value_of(form: OpenForm, target: Target, language: str = "en") -> Value:
    """Give what is written for a target; None while nothing is answered."""
    own = form.result.own
    if target.code == TOTAL:
        return None if form.result.untyped else round(form.result.score, 2)
    view = next((one for one in form.items if one.item.code == target.code), None)
    if view is None:
        return own.groups.get(target.code, own.categories.get(target.code))
    answer = view.answer
    if target.option:
        return TICK if target.option in view.chosen else None
    return {
        SELF: own.items.get(target.code),
        ANSWER: ", ".join(
            pick(one.label_vi, one.label_en, language)
            for one in view.options
            if one.code in view.chosen
        )
        or (answer.counted if answer else None),
        COUNTED: answer.counted if answer else None,
        EVIDENCE: ", ".join(one.number or "" for one in view.evidence) or None,
        NOTE: answer.note if answer else None,
    }[target.part]


def _grid(page: FormPage) -> Grid:
    texts = {
        (one.row, one.column): one.text
        for one in page.cells
        if one.text and TEXT in one.signs and FORMULA not in one.signs
    }
    return Grid(texts=texts)


def anchors_of(look: FormLook, places: Mapping[str, str]) -> dict[str, str]:
    """Give the text beside each place; cells that are written to themselves name nothing."""
    at = {place: look.cell_at(place) for place in places.values()}
    grids = {page.name: _grid(page) for page in look.pages}
    found = {}
    for place, cell in at.items():
        if cell is None:
            found[place] = place if look.has(place) else ""
            continue
        page, row, column = cell
        mine = {(other[1], other[2]) for other in at.values() if other and other[0] is page}
        found[place] = grids[page.name].beside(row, column, mine)
    return found


def places_by_code(
    form: OpenForm, look: FormLook, page: FormPage, code_column: int, columns: Mapping[str, int]
) -> dict[str, str]:
    """Propose places for everything whose code stands in a column of a sheet or table.

    `columns` says in which column what of it is written (`self`, `evidence` …).
    """
    known = {one.name: one for one in targets_of(form)}
    codes = dict.fromkeys(one.code for one in known.values())
    rows = rows_by_code(_grid(page).texts, code_column, codes)
    formulas = {(one.row, one.column) for one in page.cells if FORMULA in one.signs}
    found: dict[str, str] = {}
    for code, row in rows.items():
        for part, column in columns.items():
            name, place = f"{code}:{part}", look.place_of(page, row, column)
            # A cell merged over several rows takes the value of the first; sums fill themselves.
            is_free = place not in found.values() and page.anchor(row, column) not in formulas
            if name in known and is_free:
                found[name] = place
    return found


def save_map(
    context: AppContext,
    form: OpenForm,
    look: FormLook,
    name: str,
    places: Mapping[str, str],
    *,
    reason: str = "",
) -> SavedMap:
    """Keep where the values of a form go in a file; what was kept for this file is replaced.

    Raises
    ------
    GeoparkError
        BAD_VALUE for a value the form does not have, a place that is not there, that holds a
        formula or is locked, or that is taken twice.
    """
    checked = checked_places(form, look, places)
    anchors = anchors_of(look, checked)
    file = FormFile(
        uuid=uuid_of(form.form.uuid, f"file:{look.sha256}"),
        form_uuid=form.form.uuid,
        name=name,
        file_sha256=look.sha256,
        layout=layout_hash(anchors),
        mapped_on=context.now().astimezone(VIETNAM).date().isoformat(),
    )
    old = context.catalogue.records(FormPlace, where={"file_uuid": file.uuid})
    with context.work(reason or "map form file") as work:
        work.put(file)
        for target, place in checked.items():
            work.put(
                FormPlace(
                    uuid=uuid_of(file.uuid, target),
                    file_uuid=file.uuid,
                    target=target,
                    place=place,
                    anchor=anchors[place] or None,
                )
            )
        for one in old:
            if one.target not in checked:
                work.delete(kind_of(one), one.uuid)
    return SavedMap(file=file, places=checked, changes=work.changes)


def checked_places(form: OpenForm, look: FormLook, places: Mapping[str, str]) -> dict[str, str]:
    """Give the places with merged ranges named by their first cell; raises BAD_VALUE."""
    known = {one.name for one in targets_of(form)}
    taken: dict[str, str] = {}
    found = {}
    for target, place in places.items():
        if target_of(target) is None or target not in known:
            raise GeoparkError(
                ErrorCode.BAD_VALUE,
                field="--set",
                value=target,
                expected=", ".join(sorted(known)[:4]),
            )
        place = place.strip()
        if not look.has(place):
            raise _bad_place(target, place, _("a cell, content control or bookmark of the file"))
        if (at := look.cell_at(place)) is not None:
            page, row, column = at
            place = look.place_of(page, row, column)
            signs = next(
                (one.signs for one in page.cells if (one.row, one.column) == (row, column)), ""
            )
            if FORMULA in signs:
                raise _bad_place(target, place, _("a cell without a formula: the form fills it"))
        if place in taken:
            raise _bad_place(
                target,
                place,
                _("a cell of its own; {target} is written there").format(target=taken[place]),
            )
        taken[place] = target
        found[target] = place
    return found


def _bad_place(target: str, place: str, expected: str) -> GeoparkError:
    return GeoparkError(ErrorCode.BAD_VALUE, field=target, value=place, expected=expected)


def maps_of(context: AppContext, form: OpenForm) -> list[FormMap]:
    """Give the mappings of a form, the newest first."""
    files = context.catalogue.records(FormFile, where={"form_uuid": form.form.uuid})
    places: dict[str, list[FormPlace]] = {}
    for one in context.catalogue.records(FormPlace):
        places.setdefault(one.file_uuid or "", []).append(one)
    return [
        FormMap(
            file=file,
            places={one.target or "": one.place or "" for one in places.get(file.uuid, ())},
            anchors={one.place or "": one.anchor or "" for one in places.get(file.uuid, ())},
        )
        for file in sorted(files, key=lambda one: (one.mapped_on or "", one.uuid), reverse=True)
    ]


def fitting_map(context: AppContext, form: OpenForm, look: FormLook) -> FittingMap:
    """Give the mapping for a file: made for it, else one whose layout it has, else the nearest.

    Raises
    ------
    GeoparkError
        NOT_FOUND while no file of this form is mapped.
    """
    found = []
    for one in maps_of(context, form):
        if one.file.file_sha256 == look.sha256:
            return FittingMap(map=one, is_same_file=True, moved=())
        if not any(look.has(place) for place in one.places.values()):
            # Made for another kind of file: cells of a workbook say nothing about a Word form.
            continue
        now = anchors_of(look, one.places)
        moved = tuple(
            (place, was, now[place])
            for place, was in one.anchors.items()
            if now[place] != was or not look.has(place)
        )
        found.append(FittingMap(map=one, is_same_file=False, moved=moved))
    if not found:
        raise GeoparkError(ErrorCode.NOT_FOUND, kind="form_file", reference="")
    return min(found, key=lambda one: len(one.moved))


def fill_file(
    form: OpenForm,
    fitting: FittingMap,
    path: Path,
    out: Path,
    cancel: CancelToken,
    *,
    language: str = "en",
    recalculate: bool = False,
    anyway: bool = False,
) -> FilledForm:
    """Write answers, own points and evidence numbers into a copy of the office's file.

    Raises
    ------
    Cancelled, GeoparkError
        BAD_VALUE when the layout of the file is another one and `anyway` is not said; see
        `exchange.office_forms.fill_form`.
    """
    if not fitting.fits and not anyway:
        place, was, now = fitting.moved[0]
        raise GeoparkError(
            ErrorCode.BAD_VALUE,
            field=place,
            value=now,
            expected=_("“{was}” beside it, as when the file was mapped; map it anew").format(
                was=was
            ),
        )
    values = [
        (name, place, value_of(form, target, language))
        for name, place in fitting.map.places.items()
        if (target := target_of(name)) is not None
    ]
    return fill_form(path, out, values, cancel, recalculate=recalculate)
