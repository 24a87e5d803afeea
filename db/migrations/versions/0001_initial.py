"""All tables of the first version: records, log and local tables (sync.md 8.1)."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE answer (
    uuid TEXT NOT NULL,
    visit_uuid TEXT,
    item_uuid TEXT,
    status TEXT,
    measured_value FLOAT,
    measured_unit TEXT,
    note TEXT,
    answered_at TEXT,
    answered_by TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_answer_visit_uuid FOREIGN KEY(visit_uuid) REFERENCES visit (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_answer_item_uuid ON answer (item_uuid)
    """,
    """
CREATE INDEX ix_answer_visit_uuid ON answer (visit_uuid)
    """,
    """
CREATE TABLE answer_photo (
    uuid TEXT NOT NULL,
    answer_uuid TEXT,
    photo_uuid TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_answer_photo_answer_uuid FOREIGN KEY(answer_uuid) REFERENCES answer (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_answer_photo_photo_uuid FOREIGN KEY(photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_answer_photo_answer_uuid ON answer_photo (answer_uuid)
    """,
    """
CREATE INDEX ix_answer_photo_photo_uuid ON answer_photo (photo_uuid)
    """,
    """
CREATE TABLE author (
    author_id TEXT NOT NULL,
    device TEXT,
    incarnation INTEGER,
    user TEXT,
    public_key TEXT,
    have INTEGER NOT NULL,
    tail_hash TEXT,
    PRIMARY KEY (author_id)
)
    """,
    """
CREATE TABLE blob (
    sha256 TEXT NOT NULL,
    byte_count INTEGER,
    role TEXT,
    added_at TEXT,
    PRIMARY KEY (sha256)
)
    """,
    """
CREATE TABLE catalogue_setting (
    uuid TEXT NOT NULL,
    name TEXT,
    value TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_catalogue_setting_name ON catalogue_setting (name)
    """,
    """
CREATE TABLE checklist (
    uuid TEXT NOT NULL,
    edition TEXT,
    title_vi TEXT,
    title_en TEXT,
    status_vi TEXT,
    status_en TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_checklist_edition ON checklist (edition)
    """,
    """
CREATE TABLE checklist_group (
    uuid TEXT NOT NULL,
    checklist_uuid TEXT,
    code TEXT,
    label_vi TEXT,
    label_en TEXT,
    sort_order INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_checklist_group_checklist_uuid ON checklist_group (checklist_uuid)
    """,
    """
CREATE TABLE checklist_item (
    uuid TEXT NOT NULL,
    checklist_uuid TEXT,
    group_uuid TEXT,
    code TEXT,
    label_vi TEXT,
    label_en TEXT,
    scope TEXT,
    why_vi TEXT,
    why_en TEXT,
    evidence TEXT,
    weight INTEGER,
    critical INTEGER,
    due_before_mission INTEGER,
    basis TEXT,
    supports TEXT,
    answer_type TEXT,
    measure_unit_vi TEXT,
    measure_unit_en TEXT,
    threshold_vi TEXT,
    threshold_en TEXT,
    sort_order INTEGER,
    retired INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_checklist_item_checklist_uuid ON checklist_item (checklist_uuid)
    """,
    """
CREATE INDEX ix_checklist_item_code ON checklist_item (code)
    """,
    """
CREATE INDEX ix_checklist_item_group_uuid ON checklist_item (group_uuid)
    """,
    """
CREATE TABLE commune (
    uuid TEXT NOT NULL,
    code TEXT,
    name_vi TEXT,
    unit_type TEXT,
    former_district_code TEXT,
    border_commune INTEGER,
    in_geopark TEXT,
    in_geopark_basis TEXT,
    area_km2 FLOAT,
    position_lon FLOAT,
    position_lat FLOAT,
    position_accuracy_m FLOAT,
    position_method TEXT,
    position_quality TEXT,
    position_source_crs TEXT,
    position_as_typed TEXT,
    position_source TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_commune_code ON commune (code)
    """,
    """
CREATE INDEX ix_commune_former_district_code ON commune (former_district_code)
    """,
    """
CREATE TABLE "conflict" (
    tbl TEXT NOT NULL,
    row_uuid TEXT NOT NULL,
    field TEXT NOT NULL,
    kind TEXT,
    since TEXT,
    PRIMARY KEY (tbl, row_uuid, field)
)
    """,
    """
CREATE TABLE dirty (
    id INTEGER NOT NULL,
    tbl TEXT,
    row_uuid TEXT,
    field TEXT,
    kind TEXT,
    PRIMARY KEY (id)
)
    """,
    """
CREATE TABLE draft (
    tbl TEXT NOT NULL,
    row_uuid TEXT NOT NULL,
    field TEXT NOT NULL,
    typed TEXT,
    at TEXT,
    PRIMARY KEY (tbl, row_uuid, field)
)
    """,
    """
CREATE TABLE formation (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    age_vi TEXT,
    age_en TEXT,
    lithology_vi TEXT,
    lithology_en TEXT,
    type_locality_vi TEXT,
    type_locality_en TEXT,
    position_lon FLOAT,
    position_lat FLOAT,
    position_accuracy_m FLOAT,
    position_method TEXT,
    position_quality TEXT,
    position_source_crs TEXT,
    position_as_typed TEXT,
    position_source TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE TABLE former_commune (
    uuid TEXT NOT NULL,
    code TEXT,
    name_vi TEXT,
    unit_type TEXT,
    former_district_code TEXT,
    in_geopark TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_former_commune_code ON former_commune (code)
    """,
    """
CREATE INDEX ix_former_commune_former_district_code ON former_commune (former_district_code)
    """,
    """
CREATE TABLE former_commune_part (
    uuid TEXT NOT NULL,
    former_commune_code TEXT,
    commune_code TEXT,
    share TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_former_commune_part_commune_code ON former_commune_part (commune_code)
    """,
    """
CREATE INDEX ix_former_commune_part_former_commune_code ON former_commune_part (former_commune_code)
    """,
    """
CREATE TABLE former_district (
    uuid TEXT NOT NULL,
    code TEXT,
    name_vi TEXT,
    unit_type TEXT,
    in_geopark TEXT,
    border_district INTEGER,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_former_district_code ON former_district (code)
    """,
    """
CREATE TABLE head (
    tbl TEXT NOT NULL,
    row_uuid TEXT NOT NULL,
    field TEXT NOT NULL,
    author TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (tbl, row_uuid, field, author, seq)
)
    """,
    """
CREATE TABLE insert_of (
    tbl TEXT NOT NULL,
    row_uuid TEXT NOT NULL,
    author TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (tbl, row_uuid, author, seq)
)
    """,
    """
CREATE TABLE meta (
    name TEXT NOT NULL,
    value TEXT,
    PRIMARY KEY (name)
)
    """,
    """
CREATE TABLE op (
    author TEXT NOT NULL,
    seq INTEGER NOT NULL,
    tbl TEXT NOT NULL,
    row_uuid TEXT NOT NULL,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    salt TEXT,
    digest TEXT,
    replaces TEXT,
    seen TEXT,
    PRIMARY KEY (author, seq)
)
    """,
    """
CREATE INDEX ix_op_row ON op (row_uuid, field)
    """,
    """
CREATE TABLE parked (
    bundle TEXT NOT NULL,
    needs TEXT,
    arrived_at TEXT,
    content BLOB,
    PRIMARY KEY (bundle)
)
    """,
    """
CREATE TABLE peer (
    author TEXT NOT NULL,
    have TEXT,
    heard_at TEXT,
    PRIMARY KEY (author)
)
    """,
    """
CREATE TABLE photo (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    caption_vi TEXT,
    caption_en TEXT,
    alt_vi TEXT,
    alt_en TEXT,
    photographer TEXT,
    credit TEXT,
    rights_holder TEXT,
    licence TEXT,
    permission_note TEXT,
    people_shown INTEGER,
    consent_note TEXT,
    taken_at TEXT,
    taken_offset_assumed INTEGER,
    position_lon FLOAT,
    position_lat FLOAT,
    position_accuracy_m FLOAT,
    position_method TEXT,
    position_quality TEXT,
    position_source_crs TEXT,
    position_as_typed TEXT,
    position_source TEXT,
    position_trusted INTEGER,
    altitude_m FLOAT,
    direction_deg FLOAT,
    camera_make TEXT,
    camera_model TEXT,
    file_name TEXT,
    media_type TEXT,
    byte_count INTEGER,
    width INTEGER,
    height INTEGER,
    orientation INTEGER,
    sha256 TEXT,
    thumb_sha256 TEXT,
    rendition_sha256 TEXT,
    sort_order INTEGER,
    sample INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_photo_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_photo_site_uuid ON photo (site_uuid)
    """,
    """
CREATE TABLE route (
    uuid TEXT NOT NULL,
    number INTEGER,
    name_vi TEXT,
    name_en TEXT,
    name_en_status TEXT,
    colour TEXT,
    colour_evidence TEXT,
    theme_vi TEXT,
    theme_en TEXT,
    starts_at TEXT,
    length_km FLOAT,
    evidence TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_route_number ON route (number)
    """,
    """
CREATE TABLE site (
    uuid TEXT NOT NULL,
    code TEXT,
    name_vi TEXT,
    name_en TEXT,
    name_local TEXT,
    alias_code TEXT,
    site_kind TEXT,
    in_geopark INTEGER,
    position_lon FLOAT,
    position_lat FLOAT,
    position_accuracy_m FLOAT,
    position_method TEXT,
    position_quality TEXT,
    position_source_crs TEXT,
    position_as_typed TEXT,
    position_source TEXT,
    altitude_m INTEGER,
    geometry_type TEXT,
    area_ha FLOAT,
    commune_code TEXT,
    former_commune_code TEXT,
    former_admin TEXT,
    village TEXT,
    disclosure_level TEXT,
    summary_vi TEXT,
    summary_en TEXT,
    description_vi TEXT,
    description_en TEXT,
    main_interest TEXT,
    age_vi TEXT,
    age_en TEXT,
    fossils_vi TEXT,
    fossils_en TEXT,
    lithology_vi TEXT,
    lithology_en TEXT,
    relevance_claimed TEXT,
    significance_vi TEXT,
    significance_en TEXT,
    access_vi TEXT,
    access_en TEXT,
    road_access TEXT,
    walk_minutes INTEGER,
    border_zone INTEGER,
    hazards_vi TEXT,
    hazards_en TEXT,
    protection_vi TEXT,
    protection_en TEXT,
    manager TEXT,
    condition_state TEXT,
    condition_date TEXT,
    workflow_status TEXT,
    data_acquisition TEXT,
    surveyors TEXT,
    survey_date TEXT,
    compiler TEXT,
    source_note TEXT,
    remarks TEXT,
    cover_photo_uuid TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_cover_photo_uuid FOREIGN KEY(cover_photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_code ON site (code)
    """,
    """
CREATE INDEX ix_site_commune_code ON site (commune_code)
    """,
    """
CREATE INDEX ix_site_cover_photo_uuid ON site (cover_photo_uuid)
    """,
    """
CREATE INDEX ix_site_former_commune_code ON site (former_commune_code)
    """,
    """
CREATE TABLE site_interest (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    term TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_interest_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_interest_site_uuid ON site_interest (site_uuid)
    """,
    """
CREATE TABLE stop (
    uuid TEXT NOT NULL,
    slot INTEGER,
    official_number INTEGER,
    number_evidence TEXT,
    route_uuid TEXT,
    route_evidence TEXT,
    site_uuid TEXT,
    name_vi TEXT,
    name_en TEXT,
    evidence TEXT,
    known_vi TEXT,
    known_en TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_stop_route_uuid FOREIGN KEY(route_uuid) REFERENCES route (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_stop_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_stop_route_uuid ON stop (route_uuid)
    """,
    """
CREATE INDEX ix_stop_site_uuid ON stop (site_uuid)
    """,
    """
CREATE TABLE term (
    uuid TEXT NOT NULL,
    vocabulary TEXT,
    edition TEXT,
    code TEXT,
    label_vi TEXT,
    label_en TEXT,
    parent TEXT,
    sort_order INTEGER,
    exportable INTEGER,
    retired INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE TABLE tomb (
    tbl TEXT NOT NULL,
    row_uuid TEXT NOT NULL,
    author TEXT NOT NULL,
    seq INTEGER NOT NULL,
    seen TEXT,
    PRIMARY KEY (tbl, row_uuid, author, seq)
)
    """,
    """
CREATE TABLE txn (
    author TEXT NOT NULL,
    first INTEGER NOT NULL,
    n INTEGER NOT NULL,
    hlc INTEGER NOT NULL,
    wall TEXT,
    user TEXT,
    schema_version TEXT,
    note TEXT,
    prev_hash TEXT,
    hash TEXT,
    sig TEXT,
    PRIMARY KEY (author, first)
)
    """,
    """
CREATE INDEX ix_txn_hlc ON txn (hlc)
    """,
    """
CREATE TABLE visit (
    uuid TEXT NOT NULL,
    scope TEXT,
    site_uuid TEXT,
    route_uuid TEXT,
    checklist_uuid TEXT,
    visited_on TEXT,
    visitors TEXT,
    note TEXT,
    finished INTEGER,
    sample INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_visit_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_visit_route_uuid FOREIGN KEY(route_uuid) REFERENCES route (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_visit_checklist_uuid ON visit (checklist_uuid)
    """,
    """
CREATE INDEX ix_visit_route_uuid ON visit (route_uuid)
    """,
    """
CREATE INDEX ix_visit_site_uuid ON visit (site_uuid)
    """,
    """
CREATE VIRTUAL TABLE search_index USING fts5(kind UNINDEXED, row_uuid UNINDEXED, ref UNINDEXED, title UNINDEXED, exact, folded, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3')
    """,
)


def upgrade() -> None:
    """Make every table."""
    for statement in STATEMENTS:
        op.execute(statement)
