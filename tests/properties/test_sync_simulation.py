"""Random work on four laptops with wrong clocks: one state, and no value lost."""

from pathlib import Path

import pytest

from tests.properties.sync_simulation import Simulation

SEED = 20261123


@pytest.mark.slow
@pytest.mark.parametrize("run", range(5))
def test_everybody_ends_alike_and_nothing_typed_is_lost(
    tmp_path: Path, empty_folder: Path, run: int
) -> None:
    simulation = Simulation(tmp_path, empty_folder, SEED + run)
    try:
        simulation.run(60)
        simulation.later_bundle_first()
        simulation.photo_behind_a_delete()
        simulation.form_behind_an_exchange()
        simulation.finish()
        simulation.check()
    finally:
        simulation.close()
