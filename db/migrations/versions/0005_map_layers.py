"""Map layers of the office: their definitions; the shapes lie in files."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE map_layer (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    layer_kind TEXT,
    source TEXT,
    licence TEXT,
    dated_on TEXT,
    is_official INTEGER,
    area_km2 FLOAT,
    feature_count INTEGER,
    file_name TEXT,
    sha256 TEXT,
    byte_count INTEGER,
    colour TEXT,
    line_width FLOAT,
    has_labels INTEGER,
    sort_order INTEGER,
    opacity FLOAT,
    is_visible INTEGER,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
)


def upgrade() -> None:
    """Add the table of layers."""
    for statement in STATEMENTS:
        op.execute(statement)
