"""What lists of many records are narrowed and sorted by: folded words, and terms by their place."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE list_text (
    tbl TEXT NOT NULL,
    row_uuid TEXT NOT NULL,
    title TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (tbl, row_uuid)
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_site_list ON site (
    deleted, uuid, code, name_vi, name_en, site_kind, commune_code, workflow_status,
    former_commune_code, former_admin, position_lon, position_lat, position_quality
)
""",
    "CREATE INDEX ix_term_place ON term (vocabulary, code)",
)


def upgrade() -> None:
    """Make the table and the index; the table is filled when the catalogue is opened."""
    for statement in STATEMENTS:
        op.execute(statement)
