"""Drafts of assessments, methods as records, places in the office's own copy of a form."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
ALTER TABLE assessment ADD COLUMN is_draft INTEGER
    """,
    """
ALTER TABLE assessment ADD COLUMN submitted_at TEXT
    """,
    """
ALTER TABLE assessment ADD COLUMN accepted_at TEXT
    """,
    """
ALTER TABLE assessment ADD COLUMN entered_by TEXT
    """,
    """
ALTER TABLE evaluation_form ADD COLUMN document TEXT
    """,
    """
CREATE TABLE form_file (
    uuid TEXT NOT NULL,
    form_uuid TEXT,
    name TEXT,
    file_sha256 TEXT,
    layout TEXT,
    mapped_on TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_form_file_form_uuid ON form_file (form_uuid)
    """,
    """
CREATE TABLE form_place (
    uuid TEXT NOT NULL,
    file_uuid TEXT,
    target TEXT,
    place TEXT,
    anchor TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_form_place_file_uuid FOREIGN KEY(file_uuid) REFERENCES form_file (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_form_place_file_uuid ON form_place (file_uuid)
    """,
    """
CREATE TABLE scoring_method (
    uuid TEXT NOT NULL,
    code TEXT,
    version TEXT,
    title_vi TEXT,
    title_en TEXT,
    source TEXT,
    status_vi TEXT,
    status_en TEXT,
    definition TEXT,
    numbers_confirmed INTEGER,
    confirmed_note TEXT,
    confirmed_on TEXT,
    confirmed_by TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
)


def upgrade() -> None:
    """Add columns and tables; what is there stays as it is."""
    for statement in STATEMENTS:
        op.execute(statement)
