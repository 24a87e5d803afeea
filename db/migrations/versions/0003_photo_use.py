"""What the gallery, chat copies, consent for children and near-duplicates need of a photo."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
ALTER TABLE photo ADD COLUMN children_shown INTEGER
    """,
    """
ALTER TABLE photo ADD COLUMN guardian_consent_note TEXT
    """,
    """
ALTER TABLE photo ADD COLUMN rating INTEGER
    """,
    """
ALTER TABLE photo ADD COLUMN for_dossier INTEGER
    """,
    """
ALTER TABLE photo ADD COLUMN turn_deg INTEGER
    """,
    """
ALTER TABLE photo ADD COLUMN crop TEXT
    """,
    """
ALTER TABLE photo ADD COLUMN drawing TEXT
    """,
    """
ALTER TABLE photo ADD COLUMN taken_source TEXT
    """,
    """
ALTER TABLE photo ADD COLUMN clock_offset_s INTEGER
    """,
    """
ALTER TABLE photo ADD COLUMN jpeg_sha256 TEXT
    """,
    """
ALTER TABLE photo ADD COLUMN likeness TEXT
    """,
    """
ALTER TABLE photo ADD COLUMN chat_copy INTEGER
    """,
    """
ALTER TABLE photo ADD COLUMN original_photo_uuid TEXT CONSTRAINT fk_photo_original_photo_uuid REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
CREATE INDEX ix_photo_original_photo_uuid ON photo (original_photo_uuid)
    """,
)


def upgrade() -> None:
    """Add the new columns; what is there stays as it is."""
    for statement in STATEMENTS:
        op.execute(statement)
