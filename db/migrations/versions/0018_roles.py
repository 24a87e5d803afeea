"""Decisions about proposals, and values removed for good."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE proposal_decision (
    uuid TEXT NOT NULL,
    author_id TEXT,
    first_seq INTEGER,
    last_seq INTEGER,
    verdict TEXT,
    reason TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE TABLE removal (
    uuid TEXT NOT NULL,
    kind_name TEXT,
    target TEXT,
    field_name TEXT,
    covers TEXT,
    files TEXT,
    reason TEXT,
    removed_at TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
)


def upgrade() -> None:
    """Make what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
