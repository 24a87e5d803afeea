"""Random use of one catalogue: it always equals a plain model, and the log always equals it."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from geopark_app.domain.change import Changes
from geopark_app.domain.declaration import kind_of
from geopark_app.domain.kinds import Site
from geopark_app.operations.catalogues import create_new
from geopark_app.operations.context import AppContext, open_context
from geopark_app.operations.records import add_record, delete_record, restore_record, set_fields
from geopark_app.operations.undo import UndoStack
from geopark_app.rules.typed_values import read_value
from geopark_app.store.checking import check_log
from tests.builders import fixed_clock, raw

Model = dict[str, dict[str, Any]]
FIELDS = ("name_vi", "village", "altitude_m", "border_zone", "lon")
_TEMPLATE: dict[str, Path] = {}

# few values, so that the same field is often changed twice and back again
CHOICES = {
    "name_vi": st.sampled_from(["Hang Gió", "Đồng Đăng", ""]),
    "village": st.sampled_from(["Nà Mò", "Nà Sầm"]) | st.text(max_size=12),
    "altitude_m": st.integers(-50, 3000).map(str) | st.just(""),
    "border_zone": st.sampled_from(["yes", "không", ""]),
    "lon": st.sampled_from(["106.5", "106.75"]),
}
one_value = st.sampled_from(["name_vi", "village", "lon"]).flatmap(
    lambda name: CHOICES[name].map(lambda typed: {name: typed})
)
several_values = st.fixed_dictionaries({}, optional=CHOICES).filter(bool)
values = one_value | several_values


def template() -> Path:
    """Give an empty catalogue made once for all runs of the machine."""
    if "folder" not in _TEMPLATE:
        folder = Path(tempfile.mkdtemp(prefix="geopark-machine-")) / "empty"
        made = create_new(folder, starter="empty", person="Hà", device="A", clock=fixed_clock)
        made.catalogue.close()
        _TEMPLATE["folder"] = folder
    return _TEMPLATE["folder"]


class CatalogueMachine(RuleBasedStateMachine):
    """Edits, trash, undo, other programs and reopening, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="geopark-machine-"))
        self.folder = Path(shutil.copytree(template(), self.place / "c"))
        self.model: Model = {}
        self.done: list[Model] = []
        self.undone: list[Model] = []
        self.open()

    def open(self) -> None:
        self.context: AppContext = open_context(
            self.folder, person="Hà", device="A", clock=fixed_clock
        )
        self.stack = UndoStack(self.context)
        self.done.clear()
        self.undone.clear()

    def teardown(self) -> None:
        findings = check_log(self.context.catalogue)
        self.context.catalogue.close()
        shutil.rmtree(self.place)
        assert findings == []

    def step(self, changes: Changes, change: Callable[[Model], None]) -> None:
        """Do a change to the model too, as one step that can be undone."""
        before = {key: dict(row) for key, row in self.model.items()}
        change(self.model)
        assert (changes.save is None) == (self.model == before)
        if changes.save is not None:
            self.done.append(before)
            self.undone.clear()
        self.stack.push(changes)

    def some(self, data: st.DataObject, *, deleted: bool) -> str | None:
        keys = sorted(key for key, row in self.model.items() if row["deleted"] == deleted)
        return data.draw(st.sampled_from(keys)) if keys else None

    @precondition(lambda self: len(self.model) < 3)
    @rule(typed=values)
    def add(self, typed: dict[str, str]) -> None:
        typed = _with_whole_point(typed)
        record, changes = add_record(self.context, "site", typed)
        row = dict.fromkeys(FIELDS) | {"deleted": False} | _read(typed)
        self.step(changes, lambda model: model.update({record.uuid: row}))

    @rule(data=st.data(), typed=one_value)
    def edit_one(self, data: st.DataObject, typed: dict[str, str]) -> None:
        self.edit(data, typed)

    @rule(data=st.data(), typed=values)
    def edit_some(self, data: st.DataObject, typed: dict[str, str]) -> None:
        self.edit(data, typed)

    def edit(self, data: st.DataObject, typed: dict[str, str]) -> None:
        key = self.some(data, deleted=False)
        if key is not None:
            typed = _with_whole_point(typed)
            changes = set_fields(self.context, "site", key, typed)
            self.step(changes, lambda model: model[key].update(_read(typed)))

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        key = self.some(data, deleted=False)
        if key is not None:
            changes = delete_record(self.context, "site", key)
            self.step(changes, lambda model: model[key].update(deleted=True))

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        key = self.some(data, deleted=True)
        if key is not None:
            changes = restore_record(self.context, "site", key)
            self.step(changes, lambda model: model[key].update(deleted=False))

    @precondition(lambda self: self.done)
    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.done))):
            assert self.stack.undo().save is not None
            self.undone.append(self.model)
            self.model = self._with_new_rows_in_trash(self.done.pop())

    @precondition(lambda self: self.undone)
    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(min(steps, len(self.undone))):
            assert self.stack.redo().save is not None
            self.done.append(self.model)
            self.model = self._with_new_rows_in_trash(self.undone.pop())

    def _with_new_rows_in_trash(self, earlier: Model) -> Model:
        """Nothing is ever removed: a row that was not there before lies in the trash now."""
        later = {key: row for key, row in self.model.items() if key not in earlier}
        return earlier | {key: row | {"deleted": True} for key, row in later.items()}

    @rule()
    def reopen(self) -> None:
        self.context.catalogue.close()
        self.open()

    @rule(data=st.data(), name=st.sampled_from(["Hang Gió", "QGIS"]))
    def another_program_writes(self, data: st.DataObject, name: str) -> None:
        key = self.some(data, deleted=False)
        if key is not None:
            with raw(self.folder) as foreign:
                foreign.execute("UPDATE site SET name_vi = ? WHERE uuid = ?", (name, key))
            self.model[key]["name_vi"] = name
            # takes what it wrote into the log; what could be undone before may be refused now
            with self.context.work("nothing of our own"):
                pass
            self.stack = UndoStack(self.context)
            self.done.clear()
            self.undone.clear()

    @invariant()
    def the_catalogue_is_the_model(self) -> None:
        sites = self.context.catalogue.records(Site, include_deleted=True)
        assert {site.uuid: _plain(site) for site in sites} == self.model

    @invariant()
    def names_are_found_where_they_stand(self) -> None:
        hits = self.context.catalogue.search("hang gio")
        wanted = {
            key
            for key, row in self.model.items()
            if row["name_vi"] == "Hang Gió" and not row["deleted"]
        }
        assert wanted <= {hit.uuid for hit in hits}
        assert not {key for key, row in self.model.items() if row["deleted"]} & {
            hit.uuid for hit in hits
        }


def _with_whole_point(typed: dict[str, str]) -> dict[str, str]:
    return typed | {"lat": "21.5"} if "lon" in typed else typed


def _read(typed: dict[str, str]) -> dict[str, Any]:
    kind = kind_of(Site)
    read = {
        name: read_value(spec, text)
        for name, text in typed.items()
        if (spec := kind.field(name)) is not None and name not in {"lon", "lat"}
    }
    return read | ({"lon": float(typed["lon"])} if "lon" in typed else {})


def _plain(site: Site) -> dict[str, Any]:
    return {
        "name_vi": site.name_vi,
        "village": site.village,
        "altitude_m": site.altitude_m,
        "border_zone": site.border_zone,
        "lon": site.position.lon if site.position else None,
        "deleted": site.deleted,
    }


TestCatalogueMachine = CatalogueMachine.TestCase
TestCatalogueMachine.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module", autouse=True)
def _remove_the_template() -> Any:
    yield
    if "folder" in _TEMPLATE:
        shutil.rmtree(_TEMPLATE.pop("folder").parent)
