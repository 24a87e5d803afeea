"""Base maps among the map layers: form of the tiles, zooms, bounds; what labels of a layer say."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
ALTER TABLE map_layer ADD COLUMN tile_format TEXT
    """,
    """
ALTER TABLE map_layer ADD COLUMN min_zoom INTEGER
    """,
    """
ALTER TABLE map_layer ADD COLUMN max_zoom INTEGER
    """,
    """
ALTER TABLE map_layer ADD COLUMN west FLOAT
    """,
    """
ALTER TABLE map_layer ADD COLUMN south FLOAT
    """,
    """
ALTER TABLE map_layer ADD COLUMN east FLOAT
    """,
    """
ALTER TABLE map_layer ADD COLUMN north FLOAT
    """,
    """
ALTER TABLE map_layer ADD COLUMN label_field TEXT
    """,
)


def upgrade() -> None:
    """Add the new columns; what is there stays as it is."""
    for statement in STATEMENTS:
        op.execute(statement)
