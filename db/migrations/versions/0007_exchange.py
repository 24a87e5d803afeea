"""What the exchange between laptops needs: members, bundles known, what colleagues hold."""

from alembic import op

revision = "0007"
down_revision = "0005"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE membership (
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    sig TEXT NOT NULL,
    arrived_at TEXT,
    PRIMARY KEY (number)
)
    """,
    """
CREATE TABLE bundle (
    sha256 TEXT NOT NULL,
    ranges TEXT,
    PRIMARY KEY (sha256)
)
    """,
    """
CREATE TABLE peer_blob (
    author TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    heard_at TEXT,
    PRIMARY KEY (author, sha256)
)
    """,
    """
CREATE INDEX ix_peer_blob_sha256 ON peer_blob (sha256)
    """,
    """
ALTER TABLE peer ADD COLUMN said TEXT
    """,
)


def upgrade() -> None:
    """Add the tables of the exchange; nothing there is a person's value."""
    for statement in STATEMENTS:
        op.execute(statement)
