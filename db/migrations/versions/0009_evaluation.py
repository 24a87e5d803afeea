"""Evaluation forms as rows, the answers of the geopark, numbered evidence, works."""

from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE evaluation_form (
    uuid TEXT NOT NULL,
    edition TEXT,
    title_vi TEXT,
    title_en TEXT,
    status_vi TEXT,
    status_en TEXT,
    source TEXT,
    points_confirmed INTEGER,
    confirmed_note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_evaluation_form_edition ON evaluation_form (edition)
    """,
    """
CREATE TABLE evidence (
    uuid TEXT NOT NULL,
    number TEXT,
    title_vi TEXT,
    title_en TEXT,
    evidence_kind TEXT,
    document_uuid TEXT,
    photo_uuid TEXT,
    site_uuid TEXT,
    visit_uuid TEXT,
    url TEXT,
    dated_on TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_evidence_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_evidence_photo_uuid FOREIGN KEY(photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_evidence_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_evidence_visit_uuid FOREIGN KEY(visit_uuid) REFERENCES visit (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_evidence_document_uuid ON evidence (document_uuid)
    """,
    """
CREATE INDEX ix_evidence_photo_uuid ON evidence (photo_uuid)
    """,
    """
CREATE INDEX ix_evidence_site_uuid ON evidence (site_uuid)
    """,
    """
CREATE INDEX ix_evidence_visit_uuid ON evidence (visit_uuid)
    """,
    """
CREATE TABLE evidence_use (
    uuid TEXT NOT NULL,
    evidence_uuid TEXT,
    target_kind TEXT,
    target_code TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_evidence_use_evidence_uuid FOREIGN KEY(evidence_uuid) REFERENCES evidence (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_evidence_use_evidence_uuid ON evidence_use (evidence_uuid)
    """,
    """
CREATE TABLE form_answer (
    uuid TEXT NOT NULL,
    item_uuid TEXT,
    chosen TEXT,
    counted INTEGER,
    evaluator_points INTEGER,
    note TEXT,
    answered_on TEXT,
    answered_by TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_form_answer_item_uuid ON form_answer (item_uuid)
    """,
    """
CREATE TABLE form_category (
    uuid TEXT NOT NULL,
    form_uuid TEXT,
    code TEXT,
    label_vi TEXT,
    label_en TEXT,
    weight INTEGER,
    max_points INTEGER,
    minimum_percent INTEGER,
    points_status TEXT,
    sort_order INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_form_category_form_uuid ON form_category (form_uuid)
    """,
    """
CREATE TABLE form_group (
    uuid TEXT NOT NULL,
    form_uuid TEXT,
    category_uuid TEXT,
    code TEXT,
    label_vi TEXT,
    label_en TEXT,
    max_points INTEGER,
    points_status TEXT,
    sort_order INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_form_group_category_uuid ON form_group (category_uuid)
    """,
    """
CREATE INDEX ix_form_group_form_uuid ON form_group (form_uuid)
    """,
    """
CREATE TABLE form_item (
    uuid TEXT NOT NULL,
    form_uuid TEXT,
    group_uuid TEXT,
    code TEXT,
    label_vi TEXT,
    label_en TEXT,
    answer_type TEXT,
    max_points INTEGER,
    per_unit INTEGER,
    points_status TEXT,
    fed_by TEXT,
    evidence_vi TEXT,
    evidence_en TEXT,
    sort_order INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_form_item_code ON form_item (code)
    """,
    """
CREATE INDEX ix_form_item_form_uuid ON form_item (form_uuid)
    """,
    """
CREATE INDEX ix_form_item_group_uuid ON form_item (group_uuid)
    """,
    """
CREATE TABLE form_option (
    uuid TEXT NOT NULL,
    item_uuid TEXT,
    code TEXT,
    label_vi TEXT,
    label_en TEXT,
    points INTEGER,
    sort_order INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_form_option_item_uuid ON form_option (item_uuid)
    """,
    """
CREATE TABLE work (
    uuid TEXT NOT NULL,
    title_vi TEXT,
    title_en TEXT,
    work_kind TEXT,
    site_uuid TEXT,
    route_uuid TEXT,
    commune_code TEXT,
    facility_uuid TEXT,
    item_uuid TEXT,
    recommendation_uuid TEXT,
    organisation_uuid TEXT,
    responsible TEXT,
    due_on TEXT,
    cost_vnd INTEGER,
    work_state TEXT,
    blocked_by TEXT,
    done_on TEXT,
    before_photo_uuid TEXT,
    after_photo_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_work_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_route_uuid FOREIGN KEY(route_uuid) REFERENCES route (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_facility_uuid FOREIGN KEY(facility_uuid) REFERENCES facility (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_recommendation_uuid FOREIGN KEY(recommendation_uuid) REFERENCES recommendation (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_organisation_uuid FOREIGN KEY(organisation_uuid) REFERENCES organisation (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_before_photo_uuid FOREIGN KEY(before_photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_work_after_photo_uuid FOREIGN KEY(after_photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_work_after_photo_uuid ON work (after_photo_uuid)
    """,
    """
CREATE INDEX ix_work_before_photo_uuid ON work (before_photo_uuid)
    """,
    """
CREATE INDEX ix_work_commune_code ON work (commune_code)
    """,
    """
CREATE INDEX ix_work_facility_uuid ON work (facility_uuid)
    """,
    """
CREATE INDEX ix_work_item_uuid ON work (item_uuid)
    """,
    """
CREATE INDEX ix_work_organisation_uuid ON work (organisation_uuid)
    """,
    """
CREATE INDEX ix_work_recommendation_uuid ON work (recommendation_uuid)
    """,
    """
CREATE INDEX ix_work_route_uuid ON work (route_uuid)
    """,
    """
CREATE INDEX ix_work_site_uuid ON work (site_uuid)
    """,
)


def upgrade() -> None:
    """Add the new tables; what is there stays as it is."""
    for statement in STATEMENTS:
        op.execute(statement)
