"""The line of a route, drawn on the map."""

from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the new column; what is there stays as it is."""
    op.execute("ALTER TABLE route ADD COLUMN geojson TEXT")
