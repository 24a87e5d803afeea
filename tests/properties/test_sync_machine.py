"""Three laptops driven by hypothesis: any steps in any order, disks set back, clocks set wrong."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from geopark_app.operations.catalogues import create_new
from tests.builders import fixed_clock
from tests.properties.sync_simulation import Simulation

LAPTOPS = 3
STEPS = (
    "add",
    "edit",
    "open_form",
    "save_form",
    "delete",
    "restore",
    "photo",
    "settle",
    "jump",
    "back_up",
    "restore_backup",
    "damaged",
)
_TEMPLATE: dict[str, Path] = {}


def template() -> Path:
    """Give an empty catalogue made once for all runs of the machine."""
    if "folder" not in _TEMPLATE:
        place = Path(tempfile.mkdtemp(prefix="geopark-sync-machine-"))
        before = os.environ.get("GEOPARK_PROFILE", "")
        os.environ["GEOPARK_PROFILE"] = str(place / "profile")
        made = create_new(
            place / "empty", starter="empty", person="Hà", device="A", clock=fixed_clock
        )
        made.catalogue.close()
        os.environ["GEOPARK_PROFILE"] = before
        _TEMPLATE["folder"] = place / "empty"
    return _TEMPLATE["folder"]


class SyncMachine(RuleBasedStateMachine):
    """The steps of the simulation, chosen and shrunk by hypothesis."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="geopark-sync-machine-"))
        self.simulation = Simulation(self.place, template(), 0, laptops=LAPTOPS)

    @rule(
        who=st.integers(0, LAPTOPS - 1),
        what=st.sampled_from(STEPS) | st.just("edit"),
        seed=st.integers(0, 99),
    )
    def step(self, who: int, what: str, seed: int) -> None:
        self.simulation.chance.seed(seed)
        getattr(self.simulation, what)(self.simulation.laptops[who])

    @rule(who=st.integers(0, LAPTOPS - 1), seed=st.integers(0, 99))
    def send(self, who: int, seed: int) -> None:
        self.simulation.chance.seed(seed)
        self.simulation.send(self.simulation.laptops[who])

    @precondition(lambda self: self.simulation.in_flight)
    @rule(seed=st.integers(0, 99))
    def arrive(self, seed: int) -> None:
        self.simulation.chance.seed(seed)
        self.simulation.arrive(self.simulation.laptops[0])

    def teardown(self) -> None:
        try:
            self.simulation.finish()
            self.simulation.check()
        finally:
            self.simulation.close()
            shutil.rmtree(self.place)


TestSyncMachine = SyncMachine.TestCase
TestSyncMachine.settings = settings(
    max_examples=6,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestSyncMachine.pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def _remove_the_template() -> Any:
    yield
    if "folder" in _TEMPLATE:
        shutil.rmtree(_TEMPLATE.pop("folder").parent)
