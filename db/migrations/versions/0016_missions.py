"""Evidence fixed by number, recommendations with owner and source, missions by day."""

from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE drive_time (
    uuid TEXT NOT NULL,
    from_stop_uuid TEXT,
    to_stop_uuid TEXT,
    minutes INTEGER,
    drive_source TEXT,
    measured_on TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_drive_time_from_stop_uuid FOREIGN KEY(from_stop_uuid) REFERENCES mission_stop (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_drive_time_to_stop_uuid FOREIGN KEY(to_stop_uuid) REFERENCES mission_stop (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_drive_time_from_stop_uuid ON drive_time (from_stop_uuid)
    """,
    """
CREATE INDEX ix_drive_time_to_stop_uuid ON drive_time (to_stop_uuid)
    """,
    """
ALTER TABLE evidence ADD COLUMN contract_uuid TEXT CONSTRAINT fk_evidence_contract_uuid REFERENCES contract (uuid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
ALTER TABLE evidence ADD COLUMN layer_uuid TEXT CONSTRAINT fk_evidence_layer_uuid REFERENCES map_layer (uuid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
ALTER TABLE evidence ADD COLUMN figure_vi TEXT
    """,
    """
ALTER TABLE evidence ADD COLUMN figure_en TEXT
    """,
    """
ALTER TABLE evidence ADD COLUMN freeze_uuid TEXT CONSTRAINT fk_evidence_freeze_uuid REFERENCES evidence_freeze (uuid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
CREATE INDEX ix_evidence_contract_uuid ON evidence (contract_uuid)
    """,
    """
CREATE INDEX ix_evidence_freeze_uuid ON evidence (freeze_uuid)
    """,
    """
CREATE INDEX ix_evidence_layer_uuid ON evidence (layer_uuid)
    """,
    """
CREATE TABLE evidence_freeze (
    uuid TEXT NOT NULL,
    title_vi TEXT,
    title_en TEXT,
    fixed_on TEXT,
    fixed_by TEXT,
    last_number INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
ALTER TABLE mission ADD COLUMN accompanying TEXT
    """,
    """
ALTER TABLE mission ADD COLUMN foreign_visitors INTEGER
    """,
    """
ALTER TABLE mission ADD COLUMN longest_day_minutes INTEGER
    """,
    """
ALTER TABLE mission ADD COLUMN speed_kmh INTEGER
    """,
    """
ALTER TABLE mission ADD COLUMN detour_factor FLOAT
    """,
    """
ALTER TABLE mission ADD COLUMN result_card TEXT
    """,
    """
ALTER TABLE mission ADD COLUMN result_on TEXT
    """,
    """
ALTER TABLE mission ADD COLUMN result_source TEXT
    """,
    """
CREATE TABLE mission_day (
    uuid TEXT NOT NULL,
    mission_uuid TEXT,
    day_on TEXT,
    title_vi TEXT,
    title_en TEXT,
    starts_at TEXT,
    starts_from_vi TEXT,
    starts_from_en TEXT,
    hotel TEXT,
    vehicle TEXT,
    interpreter TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_mission_day_mission_uuid FOREIGN KEY(mission_uuid) REFERENCES mission (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_mission_day_mission_uuid ON mission_day (mission_uuid)
    """,
    """
ALTER TABLE mission_note ADD COLUMN stop_uuid TEXT CONSTRAINT fk_mission_note_stop_uuid REFERENCES mission_stop (uuid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
ALTER TABLE mission_note ADD COLUMN recommendation_uuid TEXT CONSTRAINT fk_mission_note_recommendation_uuid REFERENCES recommendation (uuid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
CREATE INDEX ix_mission_note_recommendation_uuid ON mission_note (recommendation_uuid)
    """,
    """
CREATE INDEX ix_mission_note_stop_uuid ON mission_note (stop_uuid)
    """,
    """
CREATE TABLE mission_person (
    uuid TEXT NOT NULL,
    mission_uuid TEXT,
    stop_uuid TEXT,
    name TEXT,
    sex TEXT,
    organisation_vi TEXT,
    organisation_en TEXT,
    role_vi TEXT,
    role_en TEXT,
    phone TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_mission_person_mission_uuid FOREIGN KEY(mission_uuid) REFERENCES mission (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mission_person_stop_uuid FOREIGN KEY(stop_uuid) REFERENCES mission_stop (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_mission_person_mission_uuid ON mission_person (mission_uuid)
    """,
    """
CREATE INDEX ix_mission_person_stop_uuid ON mission_person (stop_uuid)
    """,
    """
ALTER TABLE mission_stop ADD COLUMN stop_kind TEXT
    """,
    """
ALTER TABLE mission_stop ADD COLUMN weather TEXT
    """,
    """
ALTER TABLE mission_stop ADD COLUMN place_vi TEXT
    """,
    """
ALTER TABLE mission_stop ADD COLUMN place_en TEXT
    """,
    """
ALTER TABLE mission_stop ADD COLUMN caretaker TEXT
    """,
    """
ALTER TABLE mission_stop ADD COLUMN permit_ready INTEGER
    """,
    """
ALTER TABLE mission_stop ADD COLUMN note TEXT
    """,
    """
ALTER TABLE recommendation ADD COLUMN origin TEXT
    """,
    """
ALTER TABLE recommendation ADD COLUMN wording_status TEXT
    """,
    """
ALTER TABLE recommendation ADD COLUMN source TEXT
    """,
    """
ALTER TABLE recommendation ADD COLUMN organisation_uuid TEXT CONSTRAINT fk_recommendation_organisation_uuid REFERENCES organisation (uuid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
ALTER TABLE recommendation ADD COLUMN owner TEXT
    """,
    """
ALTER TABLE recommendation ADD COLUMN mission_uuid TEXT CONSTRAINT fk_recommendation_mission_uuid REFERENCES mission (uuid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
CREATE INDEX ix_recommendation_mission_uuid ON recommendation (mission_uuid)
    """,
    """
CREATE INDEX ix_recommendation_organisation_uuid ON recommendation (organisation_uuid)
    """,
    """
CREATE TABLE rehearsal_step (
    uuid TEXT NOT NULL,
    mission_uuid TEXT,
    day_on TEXT,
    stop_uuid TEXT,
    run_on TEXT,
    weather TEXT,
    arrived_at TEXT,
    left_at TEXT,
    ticked_by TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_rehearsal_step_mission_uuid FOREIGN KEY(mission_uuid) REFERENCES mission (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_rehearsal_step_stop_uuid FOREIGN KEY(stop_uuid) REFERENCES mission_stop (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_rehearsal_step_mission_uuid ON rehearsal_step (mission_uuid)
    """,
    """
CREATE INDEX ix_rehearsal_step_stop_uuid ON rehearsal_step (stop_uuid)
    """,
)


def upgrade() -> None:
    """Add the new columns and tables; what is there stays as it is."""
    for statement in STATEMENTS:
        op.execute(statement)
