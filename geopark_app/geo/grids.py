"""Grid files that the office supplies, found by the projection library in `layers/`."""

from pathlib import Path

_GRIDS = ("*.tif", "*.gsb", "*.gtx", "*.gvb")


def use_grids_of(layers: Path) -> bool:
    """Let transformations find the grid files of a catalogue; say whether there are any.

    Definitions stay those of the bundled database: a grid is used where these name it.
    """
    if not any(next(layers.glob(pattern), None) for pattern in _GRIDS):
        return False
    # Loading the projection library takes 0.1 s, and most catalogues have no grid.
    from pyproj import datadir

    from geopark_app.geo.crs import hold_context

    hold_context()

    known = datadir.get_data_dir()
    if str(layers) not in known.split(";" if ";" in known else ":"):
        datadir.append_data_dir(str(layers))
    return True
