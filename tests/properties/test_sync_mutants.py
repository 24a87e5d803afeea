"""Would the tests notice a bug? Each mistake of design §4.3, planted, makes one of them fail."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from geopark_app.domain.change import OpId
from geopark_app.domain.errors import GeoparkError
from geopark_app.operations import bundles
from geopark_app.rules import merging
from geopark_app.rules.merging import RowOp, RowState, Write
from geopark_app.store import authorship, exchange_log, fold, search
from geopark_app.store.engine import reading
from tests.builders import content_of
from tests.laptops import Laptop, make_team
from tests.properties.sync_simulation import Simulation, deliver

SEED = 4000
MOST_RUNS = 6

Patch = pytest.MonkeyPatch


def _reordered(order: Callable[[RowState, list[RowOp]], dict[str, tuple[Write, ...]]]) -> Any:
    """Give a fold whose values are put in order, or chosen, another way."""

    def mutant(ops: Iterable[RowOp]) -> RowState:
        some = list(ops)
        state = merging.fold_row(some)
        return RowState(
            inserts=state.inserts,
            writes=order(state, some),
            heads=state.heads,
            tombs=state.tombs,
            effective=state.effective,
        )

    return mutant


def _by_arrival(state: RowState, ops: list[RowOp]) -> dict[str, tuple[Write, ...]]:
    place: dict[OpId, int] = {op.id: number for number, op in enumerate(ops)}
    return {
        name: tuple(sorted(writes, key=lambda write: -place[write.id]))
        for name, writes in state.writes.items()
    }


def _only_shown(state: RowState, _ops: list[RowOp]) -> dict[str, tuple[Write, ...]]:
    return {name: writes[:1] for name, writes in state.writes.items()}


def _newest_by_clock(state: RowState, ops: list[RowOp]) -> dict[str, tuple[Write, ...]]:
    found: dict[str, tuple[Write, ...]] = {}
    for name in state.writes:
        writes = [
            Write(id=op.id, hlc=op.hlc, value=op.values[name]) for op in ops if name in op.values
        ]
        found[name] = (max(writes, key=lambda write: write.rank),)
    return found


def _replaces_everything(connection: sa.Connection, place: tuple[str, str, str]) -> Any:
    table, row_uuid, field = place
    writes = fold.writes_in_force(connection, (table, row_uuid), field)
    return tuple(write.id for write in writes)


MUTANTS: dict[str, Callable[[Patch], None]] = {
    "other values dropped": lambda patch: patch.setattr(fold, "fold_row", _reordered(_only_shown)),
    "the clock decides": lambda patch: patch.setattr(
        fold, "fold_row", _reordered(_newest_by_clock)
    ),
    "the last to arrive is shown": lambda patch: patch.setattr(
        fold, "fold_row", _reordered(_by_arrival)
    ),
    "conflicts not listed": lambda patch: patch.setattr(
        fold, "_note_conflicts", lambda *_arguments, **_named: None
    ),
    "a delete always counts": lambda patch: patch.setattr(
        merging, "is_unseen", lambda _tomb, _op: False
    ),
    "a child does not bring back": lambda patch: patch.setattr(
        fold, "children_revive", lambda _tomb, _additions: False
    ),
    "a save replaces what it did not show": lambda patch: patch.setattr(
        fold, "shown_writes", _replaces_everything
    ),
    "an open form replaces the newer value": lambda patch: patch.setattr(
        fold, "base_of_value", lambda *_arguments: None
    ),
    "bundles are not parked": lambda patch: patch.setattr(
        bundles, "_needs", lambda _bundle, _have: {}
    ),
    "doubled saves are not skipped": lambda patch: patch.setattr(
        exchange_log, "_end_of", lambda _connection, _author: (0, "")
    ),
    "a restored disk goes on as the same author": lambda patch: patch.setattr(
        authorship, "_incarnation", lambda *_arguments: 1
    ),
}


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_simulation_notices(
    mutant: str, tmp_path: Path, empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    MUTANTS[mutant](monkeypatch)
    for run in range(MOST_RUNS):
        if _goes_wrong(tmp_path / str(run), empty_folder, SEED + run):
            return
    pytest.fail(f"nothing noticed: {mutant}")


def _goes_wrong(root: Path, template: Path, seed: int) -> bool:
    simulation = Simulation(root, template, seed, laptops=3)
    try:
        simulation.run(60)
        for laptop in simulation.laptops[:2]:
            simulation.back_up(laptop)
            simulation.run(10)
            simulation.restore_backup(laptop)
            simulation.run(10)
        simulation.later_bundle_first()
        simulation.photo_behind_a_delete()
        simulation.form_behind_an_exchange()
        simulation.finish()
        simulation.check()
    except (AssertionError, GeoparkError, sa.exc.IntegrityError):
        return True
    finally:
        simulation.close()
    return False


# A crash in the midst -------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path, empty_folder: Path) -> Iterator[list[Laptop]]:
    """Give two laptops of a team."""
    made = make_team(tmp_path, empty_folder, "office", "field")
    yield made
    for laptop in made:
        laptop.close()


def _changes_something_when_it_fails(two: list[Laptop], monkeypatch: Patch) -> bool:
    office, field = two
    field.add(code="LS-1")
    with field.at_work() as context:
        packed = list(bundles.pack_saves(context, {}))
    before = content_of(office.folder)
    with monkeypatch.context() as patch:
        patch.setattr(search, "refresh", _broken)
        for one in packed:
            with pytest.raises(ZeroDivisionError):
                deliver(office, one.raw)
    return content_of(office.folder) != before


def _broken(*_arguments: object) -> None:
    raise ZeroDivisionError


def test_a_failure_in_the_midst_of_a_bundle_leaves_nothing(
    two: list[Laptop], monkeypatch: Patch
) -> None:
    assert not _changes_something_when_it_fails(two, monkeypatch)


def test_that_test_notices_a_missing_transaction(two: list[Laptop], monkeypatch: Patch) -> None:
    @contextmanager
    def without_transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
        with engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT", begin_mode=None)

    monkeypatch.setattr(exchange_log, "altering", without_transaction)
    assert _changes_something_when_it_fails(two, monkeypatch)


def test_the_log_of_a_laptop_can_be_read_while_it_is_written(two: list[Laptop]) -> None:
    office, field = two
    field.add(code="LS-1")
    with field.at_work() as context:
        packed = list(bundles.pack_saves(context, {}))
    with reading(office.context.catalogue.engine) as connection:
        count = connection.scalar(sa.text("SELECT count(*) FROM op"))
        for one in packed:
            deliver(office, one.raw)
        assert connection.scalar(sa.text("SELECT count(*) FROM op")) == count
