"""Conditions of checklist items, editions made by the office, submissions of field forms."""

from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE checklist ADD COLUMN based_on_uuid TEXT",
    "ALTER TABLE checklist ADD COLUMN draft INTEGER",
    "ALTER TABLE checklist_item ADD COLUMN relevant TEXT",
    "ALTER TABLE checklist_item ADD COLUMN value_constraint TEXT",
    "ALTER TABLE checklist_item ADD COLUMN constraint_message_vi TEXT",
    "ALTER TABLE checklist_item ADD COLUMN constraint_message_en TEXT",
    "ALTER TABLE checklist_item ADD COLUMN required TEXT",
    "ALTER TABLE visit ADD COLUMN instance_id TEXT",
    "CREATE INDEX ix_checklist_based_on_uuid ON checklist (based_on_uuid)",
)


def upgrade() -> None:
    """Add the columns; rows made before have none of it."""
    for statement in STATEMENTS:
        op.execute(statement)
