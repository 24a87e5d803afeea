"""The whole site record, the geopark as an organisation, things around a site, own fields."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
CREATE TABLE activity (
    uuid TEXT NOT NULL,
    activity_kind TEXT,
    name_vi TEXT,
    name_en TEXT,
    starts_on TEXT,
    ends_on TEXT,
    place TEXT,
    site_uuid TEXT,
    organisation_uuid TEXT,
    partner_uuid TEXT,
    participants INTEGER,
    women INTEGER,
    pupils INTEGER,
    hours FLOAT,
    is_network INTEGER,
    is_international INTEGER,
    topic TEXT,
    description_vi TEXT,
    description_en TEXT,
    result_vi TEXT,
    result_en TEXT,
    photo_uuid TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_activity_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity_organisation_uuid FOREIGN KEY(organisation_uuid) REFERENCES organisation (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity_partner_uuid FOREIGN KEY(partner_uuid) REFERENCES partner (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity_photo_uuid FOREIGN KEY(photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_activity_document_uuid ON activity (document_uuid)
    """,
    """
CREATE INDEX ix_activity_organisation_uuid ON activity (organisation_uuid)
    """,
    """
CREATE INDEX ix_activity_partner_uuid ON activity (partner_uuid)
    """,
    """
CREATE INDEX ix_activity_photo_uuid ON activity (photo_uuid)
    """,
    """
CREATE INDEX ix_activity_site_uuid ON activity (site_uuid)
    """,
    """
CREATE TABLE ambassador (
    uuid TEXT NOT NULL,
    name TEXT,
    person_uuid TEXT,
    site_uuid TEXT,
    field_vi TEXT,
    field_en TEXT,
    named_on TEXT,
    until TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_ambassador_person_uuid FOREIGN KEY(person_uuid) REFERENCES person (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_ambassador_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_ambassador_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_ambassador_document_uuid ON ambassador (document_uuid)
    """,
    """
CREATE INDEX ix_ambassador_person_uuid ON ambassador (person_uuid)
    """,
    """
CREATE INDEX ix_ambassador_site_uuid ON ambassador (site_uuid)
    """,
    """
CREATE TABLE assessment (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    method TEXT,
    assessor TEXT,
    assessed_on TEXT,
    is_accepted INTEGER,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_assessment_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_assessment_site_uuid ON assessment (site_uuid)
    """,
    """
CREATE TABLE assessment_score (
    uuid TEXT NOT NULL,
    assessment_uuid TEXT,
    criterion TEXT,
    points INTEGER,
    remark TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_assessment_score_assessment_uuid FOREIGN KEY(assessment_uuid) REFERENCES assessment (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_assessment_score_assessment_uuid ON assessment_score (assessment_uuid)
    """,
    """
CREATE TABLE attribute_check (
    uuid TEXT NOT NULL,
    monitoring_visit_uuid TEXT,
    feature_vi TEXT,
    feature_en TEXT,
    attribute TEXT,
    target_vi TEXT,
    target_en TEXT,
    measured_value FLOAT,
    measured_unit TEXT,
    observed TEXT,
    result TEXT,
    mandatory INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_attribute_check_monitoring_visit_uuid FOREIGN KEY(monitoring_visit_uuid) REFERENCES monitoring_visit (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_attribute_check_monitoring_visit_uuid ON attribute_check (monitoring_visit_uuid)
    """,
    """
CREATE TABLE award (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    given_by_vi TEXT,
    given_by_en TEXT,
    given_on TEXT,
    is_international INTEGER,
    site_uuid TEXT,
    partner_uuid TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_award_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_award_partner_uuid FOREIGN KEY(partner_uuid) REFERENCES partner (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_award_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_award_document_uuid ON award (document_uuid)
    """,
    """
CREATE INDEX ix_award_partner_uuid ON award (partner_uuid)
    """,
    """
CREATE INDEX ix_award_site_uuid ON award (site_uuid)
    """,
    """
CREATE TABLE border_rule (
    uuid TEXT NOT NULL,
    commune_code TEXT,
    border_area TEXT,
    paper_vietnamese_vi TEXT,
    paper_vietnamese_en TEXT,
    paper_foreign_vi TEXT,
    paper_foreign_en TEXT,
    issued_by_vi TEXT,
    issued_by_en TEXT,
    days_ahead INTEGER,
    checked_on TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_border_rule_commune_code ON border_rule (commune_code)
    """,
    """
CREATE TABLE budget_line (
    uuid TEXT NOT NULL,
    year INTEGER,
    direction TEXT,
    label_vi TEXT,
    label_en TEXT,
    source_kind TEXT,
    planned_value FLOAT,
    planned_unit TEXT,
    actual_value FLOAT,
    actual_unit TEXT,
    organisation_uuid TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_budget_line_organisation_uuid FOREIGN KEY(organisation_uuid) REFERENCES organisation (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_budget_line_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_budget_line_document_uuid ON budget_line (document_uuid)
    """,
    """
CREATE INDEX ix_budget_line_organisation_uuid ON budget_line (organisation_uuid)
    """,
    """
CREATE TABLE conservation_action (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    action_kind TEXT,
    site_uuid TEXT,
    owner TEXT,
    planned_on TEXT,
    done_on TEXT,
    cost_value FLOAT,
    cost_unit TEXT,
    effect_vi TEXT,
    effect_en TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_conservation_action_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_conservation_action_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_conservation_action_document_uuid ON conservation_action (document_uuid)
    """,
    """
CREATE INDEX ix_conservation_action_site_uuid ON conservation_action (site_uuid)
    """,
    """
CREATE TABLE contract (
    uuid TEXT NOT NULL,
    number TEXT,
    subject_vi TEXT,
    subject_en TEXT,
    partner_uuid TEXT,
    firm TEXT,
    is_local INTEGER,
    contract_kind TEXT,
    signed_on TEXT,
    until_on TEXT,
    amount_value FLOAT,
    amount_unit TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_contract_partner_uuid FOREIGN KEY(partner_uuid) REFERENCES partner (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_contract_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_contract_document_uuid ON contract (document_uuid)
    """,
    """
CREATE INDEX ix_contract_partner_uuid ON contract (partner_uuid)
    """,
    """
CREATE TABLE document (
    uuid TEXT NOT NULL,
    document_kind TEXT,
    number TEXT,
    title_vi TEXT,
    title_en TEXT,
    issued_on TEXT,
    issuer_vi TEXT,
    issuer_en TEXT,
    valid_to TEXT,
    site_uuid TEXT,
    route_uuid TEXT,
    languages TEXT,
    url TEXT,
    not_classified INTEGER,
    readers TEXT,
    file_name TEXT,
    sha256 TEXT,
    media_type TEXT,
    byte_count INTEGER,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_document_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_document_route_uuid FOREIGN KEY(route_uuid) REFERENCES route (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_document_route_uuid ON document (route_uuid)
    """,
    """
CREATE INDEX ix_document_site_uuid ON document (site_uuid)
    """,
    """
CREATE TABLE facility (
    uuid TEXT NOT NULL,
    facility_kind TEXT,
    name_vi TEXT,
    name_en TEXT,
    site_uuid TEXT,
    route_uuid TEXT,
    commune_code TEXT,
    position_lon FLOAT,
    position_lat FLOAT,
    position_accuracy_m FLOAT,
    position_method TEXT,
    position_quality TEXT,
    position_source_crs TEXT,
    position_as_typed TEXT,
    position_source TEXT,
    standing TEXT,
    size_text TEXT,
    languages TEXT,
    logo_edition TEXT,
    condition TEXT,
    land_status TEXT,
    permit_no TEXT,
    built_on TEXT,
    last_checked_on TEXT,
    manager TEXT,
    capacity_persons INTEGER,
    accessible INTEGER,
    length_km FLOAT,
    photo_uuid TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_facility_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_facility_route_uuid FOREIGN KEY(route_uuid) REFERENCES route (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_facility_photo_uuid FOREIGN KEY(photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_facility_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_facility_commune_code ON facility (commune_code)
    """,
    """
CREATE INDEX ix_facility_document_uuid ON facility (document_uuid)
    """,
    """
CREATE INDEX ix_facility_photo_uuid ON facility (photo_uuid)
    """,
    """
CREATE INDEX ix_facility_route_uuid ON facility (route_uuid)
    """,
    """
CREATE INDEX ix_facility_site_uuid ON facility (site_uuid)
    """,
    """
ALTER TABLE formation ADD COLUMN symbol TEXT
    """,
    """
ALTER TABLE formation ADD COLUMN age_oldest TEXT
    """,
    """
ALTER TABLE formation ADD COLUMN age_youngest TEXT
    """,
    """
CREATE TABLE governance_member (
    uuid TEXT NOT NULL,
    organisation_uuid TEXT,
    person_uuid TEXT,
    position_vi TEXT,
    position_en TEXT,
    represents_vi TEXT,
    represents_en TEXT,
    is_community INTEGER,
    sex TEXT,
    from_on TEXT,
    until_on TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_governance_member_organisation_uuid FOREIGN KEY(organisation_uuid) REFERENCES organisation (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_governance_member_person_uuid FOREIGN KEY(person_uuid) REFERENCES person (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_governance_member_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_governance_member_document_uuid ON governance_member (document_uuid)
    """,
    """
CREATE INDEX ix_governance_member_organisation_uuid ON governance_member (organisation_uuid)
    """,
    """
CREATE INDEX ix_governance_member_person_uuid ON governance_member (person_uuid)
    """,
    """
CREATE TABLE guide (
    uuid TEXT NOT NULL,
    name TEXT,
    person_uuid TEXT,
    sex TEXT,
    guide_kind TEXT,
    languages TEXT,
    licence_no TEXT,
    licence_until TEXT,
    trained_on TEXT,
    is_local INTEGER,
    site_uuid TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_guide_person_uuid FOREIGN KEY(person_uuid) REFERENCES person (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_guide_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_guide_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_guide_document_uuid ON guide (document_uuid)
    """,
    """
CREATE INDEX ix_guide_person_uuid ON guide (person_uuid)
    """,
    """
CREATE INDEX ix_guide_site_uuid ON guide (site_uuid)
    """,
    """
CREATE TABLE heritage_item (
    uuid TEXT NOT NULL,
    heritage_kind TEXT,
    name_vi TEXT,
    name_en TEXT,
    name_local TEXT,
    site_uuid TEXT,
    commune_code TEXT,
    position_lon FLOAT,
    position_lat FLOAT,
    position_accuracy_m FLOAT,
    position_method TEXT,
    position_quality TEXT,
    position_source_crs TEXT,
    position_as_typed TEXT,
    position_source TEXT,
    season_vi TEXT,
    season_en TEXT,
    people_vi TEXT,
    people_en TEXT,
    description_vi TEXT,
    description_en TEXT,
    geology_link_vi TEXT,
    geology_link_en TEXT,
    recognition_vi TEXT,
    recognition_en TEXT,
    recognised_on TEXT,
    decision_no TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_heritage_item_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_heritage_item_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_heritage_item_commune_code ON heritage_item (commune_code)
    """,
    """
CREATE INDEX ix_heritage_item_document_uuid ON heritage_item (document_uuid)
    """,
    """
CREATE INDEX ix_heritage_item_site_uuid ON heritage_item (site_uuid)
    """,
    """
CREATE TABLE incident (
    uuid TEXT NOT NULL,
    happened_on TEXT,
    incident_kind TEXT,
    site_uuid TEXT,
    description_vi TEXT,
    description_en TEXT,
    action_vi TEXT,
    action_en TEXT,
    reported_by TEXT,
    resolved_on TEXT,
    photo_uuid TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_incident_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_incident_photo_uuid FOREIGN KEY(photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_incident_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_incident_document_uuid ON incident (document_uuid)
    """,
    """
CREATE INDEX ix_incident_photo_uuid ON incident (photo_uuid)
    """,
    """
CREATE INDEX ix_incident_site_uuid ON incident (site_uuid)
    """,
    """
CREATE TABLE media_item (
    uuid TEXT NOT NULL,
    title_vi TEXT,
    title_en TEXT,
    outlet TEXT,
    media_kind TEXT,
    published_on TEXT,
    url TEXT,
    languages TEXT,
    is_international INTEGER,
    site_uuid TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_media_item_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_media_item_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_media_item_document_uuid ON media_item (document_uuid)
    """,
    """
CREATE INDEX ix_media_item_site_uuid ON media_item (site_uuid)
    """,
    """
CREATE TABLE mission (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    starts_on TEXT,
    ends_on TEXT,
    evaluators TEXT,
    opening_vi TEXT,
    opening_en TEXT,
    closing_vi TEXT,
    closing_en TEXT,
    hotel TEXT,
    vehicle TEXT,
    interpreter TEXT,
    emergency_numbers TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE TABLE mission_note (
    uuid TEXT NOT NULL,
    mission_uuid TEXT,
    asked_on TEXT,
    site_uuid TEXT,
    asked_by TEXT,
    question_vi TEXT,
    question_en TEXT,
    answer_vi TEXT,
    answer_en TEXT,
    is_recommendation INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_mission_note_mission_uuid FOREIGN KEY(mission_uuid) REFERENCES mission (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mission_note_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_mission_note_mission_uuid ON mission_note (mission_uuid)
    """,
    """
CREATE INDEX ix_mission_note_site_uuid ON mission_note (site_uuid)
    """,
    """
CREATE TABLE mission_stop (
    uuid TEXT NOT NULL,
    mission_uuid TEXT,
    day_on TEXT,
    starts_at TEXT,
    site_uuid TEXT,
    purpose_vi TEXT,
    purpose_en TEXT,
    speaker TEXT,
    minutes INTEGER,
    drive_minutes INTEGER,
    wet_weather_vi TEXT,
    wet_weather_en TEXT,
    sort_order INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_mission_stop_mission_uuid FOREIGN KEY(mission_uuid) REFERENCES mission (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_mission_stop_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_mission_stop_mission_uuid ON mission_stop (mission_uuid)
    """,
    """
CREATE INDEX ix_mission_stop_site_uuid ON mission_stop (site_uuid)
    """,
    """
CREATE TABLE monitoring_visit (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    visited_on TEXT,
    observers TEXT,
    weather TEXT,
    reason TEXT,
    baseline_visit_uuid TEXT,
    overall_state TEXT,
    trend TEXT,
    next_due TEXT,
    actions_vi TEXT,
    actions_en TEXT,
    signed_off_by TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_monitoring_visit_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_monitoring_visit_baseline_visit_uuid FOREIGN KEY(baseline_visit_uuid) REFERENCES monitoring_visit (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_monitoring_visit_baseline_visit_uuid ON monitoring_visit (baseline_visit_uuid)
    """,
    """
CREATE INDEX ix_monitoring_visit_site_uuid ON monitoring_visit (site_uuid)
    """,
    """
CREATE TABLE organisation (
    uuid TEXT NOT NULL,
    body_kind TEXT,
    name_vi TEXT,
    name_en TEXT,
    mandate_vi TEXT,
    mandate_en TEXT,
    legal_basis_vi TEXT,
    legal_basis_en TEXT,
    established_on TEXT,
    ended_on TEXT,
    address TEXT,
    phone TEXT,
    email TEXT,
    website TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_organisation_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_organisation_document_uuid ON organisation (document_uuid)
    """,
    """
CREATE TABLE overlap (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    designation TEXT,
    area_km2 FLOAT,
    coordination_vi TEXT,
    coordination_en TEXT,
    since TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_overlap_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_overlap_document_uuid ON overlap (document_uuid)
    """,
    """
CREATE TABLE own_choice (
    uuid TEXT NOT NULL,
    record_kind TEXT,
    record_uuid TEXT,
    own_field_uuid TEXT,
    own_field_choice_uuid TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_own_choice_own_field_uuid FOREIGN KEY(own_field_uuid) REFERENCES own_field (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_own_choice_own_field_choice_uuid FOREIGN KEY(own_field_choice_uuid) REFERENCES own_field_choice (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_own_choice_own_field_choice_uuid ON own_choice (own_field_choice_uuid)
    """,
    """
CREATE INDEX ix_own_choice_own_field_uuid ON own_choice (own_field_uuid)
    """,
    """
CREATE TABLE own_field (
    uuid TEXT NOT NULL,
    code TEXT,
    kind_name TEXT,
    label_vi TEXT,
    label_en TEXT,
    value_type TEXT,
    unit TEXT,
    help_vi TEXT,
    help_en TEXT,
    sort_order INTEGER,
    retired INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid)
)
    """,
    """
CREATE INDEX ix_own_field_code ON own_field (code)
    """,
    """
CREATE TABLE own_field_choice (
    uuid TEXT NOT NULL,
    own_field_uuid TEXT,
    code TEXT,
    label_vi TEXT,
    label_en TEXT,
    sort_order INTEGER,
    retired INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_own_field_choice_own_field_uuid FOREIGN KEY(own_field_uuid) REFERENCES own_field (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_own_field_choice_own_field_uuid ON own_field_choice (own_field_uuid)
    """,
    """
CREATE TABLE own_value (
    uuid TEXT NOT NULL,
    record_kind TEXT,
    record_uuid TEXT,
    own_field_uuid TEXT,
    value TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_own_value_own_field_uuid FOREIGN KEY(own_field_uuid) REFERENCES own_field (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_own_value_own_field_uuid ON own_value (own_field_uuid)
    """,
    """
CREATE TABLE partner (
    uuid TEXT NOT NULL,
    partner_kind TEXT,
    name_vi TEXT,
    name_en TEXT,
    commune_code TEXT,
    position_lon FLOAT,
    position_lat FLOAT,
    position_accuracy_m FLOAT,
    position_method TEXT,
    position_quality TEXT,
    position_source_crs TEXT,
    position_as_typed TEXT,
    position_source TEXT,
    site_uuid TEXT,
    contact TEXT,
    phone TEXT,
    email TEXT,
    website TEXT,
    meets_criteria INTEGER,
    criteria_checked_on TEXT,
    agreement_no TEXT,
    agreement_on TEXT,
    agreement_until TEXT,
    plate_given_on TEXT,
    declares_no_geomaterial_sale INTEGER,
    declared_on TEXT,
    ocop_products INTEGER,
    rooms INTEGER,
    employees INTEGER,
    women INTEGER,
    ethnic_minority INTEGER,
    is_local INTEGER,
    document_uuid TEXT,
    evidence TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_partner_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_partner_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_partner_commune_code ON partner (commune_code)
    """,
    """
CREATE INDEX ix_partner_document_uuid ON partner (document_uuid)
    """,
    """
CREATE INDEX ix_partner_site_uuid ON partner (site_uuid)
    """,
    """
CREATE TABLE patrol (
    uuid TEXT NOT NULL,
    patrolled_on TEXT,
    patrol_kind TEXT,
    site_uuid TEXT,
    route_uuid TEXT,
    people TEXT,
    finding_vi TEXT,
    finding_en TEXT,
    done_vi TEXT,
    done_en TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_patrol_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_patrol_route_uuid FOREIGN KEY(route_uuid) REFERENCES route (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_patrol_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_patrol_document_uuid ON patrol (document_uuid)
    """,
    """
CREATE INDEX ix_patrol_route_uuid ON patrol (route_uuid)
    """,
    """
CREATE INDEX ix_patrol_site_uuid ON patrol (site_uuid)
    """,
    """
CREATE TABLE permission_paper (
    uuid TEXT NOT NULL,
    number TEXT,
    title_vi TEXT,
    title_en TEXT,
    paper_kind TEXT,
    site_uuid TEXT,
    facility_uuid TEXT,
    issued_on TEXT,
    authority_vi TEXT,
    authority_en TEXT,
    expires_on TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_permission_paper_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_permission_paper_facility_uuid FOREIGN KEY(facility_uuid) REFERENCES facility (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_permission_paper_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_permission_paper_document_uuid ON permission_paper (document_uuid)
    """,
    """
CREATE INDEX ix_permission_paper_facility_uuid ON permission_paper (facility_uuid)
    """,
    """
CREATE INDEX ix_permission_paper_site_uuid ON permission_paper (site_uuid)
    """,
    """
CREATE TABLE person (
    uuid TEXT NOT NULL,
    name TEXT,
    sex TEXT,
    role_vi TEXT,
    role_en TEXT,
    organisation_name TEXT,
    phone TEXT,
    email TEXT,
    address TEXT,
    purpose_vi TEXT,
    purpose_en TEXT,
    consent TEXT,
    consent_on TEXT,
    paper_held INTEGER,
    document_uuid TEXT,
    keep_until TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_person_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_person_document_uuid ON person (document_uuid)
    """,
    """
ALTER TABLE photo ADD COLUMN scale_object TEXT
    """,
    """
CREATE TABLE photo_point (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    number TEXT,
    position_lon FLOAT,
    position_lat FLOAT,
    position_accuracy_m FLOAT,
    position_method TEXT,
    position_quality TEXT,
    position_source_crs TEXT,
    position_as_typed TEXT,
    position_source TEXT,
    camera_height_m FLOAT,
    azimuth_deg FLOAT,
    tilt_deg FLOAT,
    focal_length_mm FLOAT,
    guide_vi TEXT,
    guide_en TEXT,
    scale_object TEXT,
    reference_photo_uuid TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_photo_point_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_photo_point_reference_photo_uuid FOREIGN KEY(reference_photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_photo_point_reference_photo_uuid ON photo_point (reference_photo_uuid)
    """,
    """
CREATE INDEX ix_photo_point_site_uuid ON photo_point (site_uuid)
    """,
    """
CREATE TABLE photo_repeat (
    uuid TEXT NOT NULL,
    photo_point_uuid TEXT,
    photo_uuid TEXT,
    taken_on TEXT,
    change_vi TEXT,
    change_en TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_photo_repeat_photo_point_uuid FOREIGN KEY(photo_point_uuid) REFERENCES photo_point (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_photo_repeat_photo_uuid FOREIGN KEY(photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_photo_repeat_photo_point_uuid ON photo_repeat (photo_point_uuid)
    """,
    """
CREATE INDEX ix_photo_repeat_photo_uuid ON photo_repeat (photo_uuid)
    """,
    """
CREATE TABLE product (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    partner_uuid TEXT,
    product_label TEXT,
    ocop_stars INTEGER,
    certificate_no TEXT,
    certified_on TEXT,
    valid_until TEXT,
    is_geoproduct INTEGER,
    story_vi TEXT,
    story_en TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_product_partner_uuid FOREIGN KEY(partner_uuid) REFERENCES partner (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_product_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_product_document_uuid ON product (document_uuid)
    """,
    """
CREATE INDEX ix_product_partner_uuid ON product (partner_uuid)
    """,
    """
CREATE TABLE project (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    project_kind TEXT,
    partners TEXT,
    funder TEXT,
    starts_on TEXT,
    ends_on TEXT,
    budget_value FLOAT,
    budget_unit TEXT,
    site_uuid TEXT,
    result_vi TEXT,
    result_en TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_project_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_project_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_project_document_uuid ON project (document_uuid)
    """,
    """
CREATE INDEX ix_project_site_uuid ON project (site_uuid)
    """,
    """
CREATE TABLE publication (
    uuid TEXT NOT NULL,
    publication_kind TEXT,
    title_vi TEXT,
    title_en TEXT,
    authors TEXT,
    published_on TEXT,
    publisher TEXT,
    languages TEXT,
    for_whom TEXT,
    copies INTEGER,
    url TEXT,
    isbn TEXT,
    site_uuid TEXT,
    route_uuid TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_publication_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_publication_route_uuid FOREIGN KEY(route_uuid) REFERENCES route (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_publication_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_publication_document_uuid ON publication (document_uuid)
    """,
    """
CREATE INDEX ix_publication_route_uuid ON publication (route_uuid)
    """,
    """
CREATE INDEX ix_publication_site_uuid ON publication (site_uuid)
    """,
    """
CREATE TABLE recommendation (
    uuid TEXT NOT NULL,
    number TEXT,
    given_by TEXT,
    given_on TEXT,
    text_vi TEXT,
    text_en TEXT,
    answer_vi TEXT,
    answer_en TEXT,
    status TEXT,
    due_on TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_recommendation_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_recommendation_document_uuid ON recommendation (document_uuid)
    """,
    """
CREATE TABLE reference (
    uuid TEXT NOT NULL,
    cite_key TEXT,
    reference_kind TEXT,
    authors TEXT,
    year INTEGER,
    title TEXT,
    title_vi TEXT,
    title_en TEXT,
    container TEXT,
    volume TEXT,
    issue TEXT,
    pages TEXT,
    publisher TEXT,
    doi TEXT,
    url TEXT,
    language TEXT,
    is_main_international INTEGER,
    citation TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_reference_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_reference_cite_key ON reference (cite_key)
    """,
    """
CREATE INDEX ix_reference_document_uuid ON reference (document_uuid)
    """,
    """
CREATE TABLE review_comment (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    field_name TEXT,
    comment TEXT,
    reviewer TEXT,
    made_on TEXT,
    answer TEXT,
    resolved INTEGER,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_review_comment_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_review_comment_site_uuid ON review_comment (site_uuid)
    """,
    """
ALTER TABLE site ADD COLUMN representative_title_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN representative_title_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN parent_site_uuid TEXT CONSTRAINT fk_site_parent_site_uuid REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
    """,
    """
ALTER TABLE site ADD COLUMN province_code TEXT
    """,
    """
ALTER TABLE site ADD COLUMN nearest_support_point_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN nearest_support_point_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN map_sheet TEXT
    """,
    """
ALTER TABLE site ADD COLUMN main_interest_reason_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN main_interest_reason_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN tt50_type TEXT
    """,
    """
ALTER TABLE site ADD COLUMN gilges_code TEXT
    """,
    """
ALTER TABLE site ADD COLUMN framework_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN framework_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN age_oldest TEXT
    """,
    """
ALTER TABLE site ADD COLUMN age_youngest TEXT
    """,
    """
ALTER TABLE site ADD COLUMN phenomenon_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN phenomenon_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN phenomenon_age_oldest TEXT
    """,
    """
ALTER TABLE site ADD COLUMN phenomenon_age_youngest TEXT
    """,
    """
ALTER TABLE site ADD COLUMN numeric_age_ma FLOAT
    """,
    """
ALTER TABLE site ADD COLUMN numeric_age_method TEXT
    """,
    """
ALTER TABLE site ADD COLUMN minerals_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN minerals_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN structures_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN structures_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN thickness_size_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN thickness_size_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN geomorphology_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN geomorphology_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN hydrogeology_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN hydrogeology_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN process_state TEXT
    """,
    """
ALTER TABLE site ADD COLUMN interpretation_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN interpretation_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN history_of_study_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN history_of_study_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN relevance_reason_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN relevance_reason_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN international_significance INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN comparison_sites_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN comparison_sites_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN type_locality_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN type_locality_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN distance_paved_road_m INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN distance_bus_road_m INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN bus_parking INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN public_transport_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN public_transport_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN walk_grade TEXT
    """,
    """
ALTER TABLE site ADD COLUMN opening_season TEXT
    """,
    """
ALTER TABLE site ADD COLUMN permission_needed TEXT
    """,
    """
ALTER TABLE site ADD COLUMN safety_facilities INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN mobile_coverage INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN emergency_km FLOAT
    """,
    """
ALTER TABLE site ADD COLUMN lodging_50_km FLOAT
    """,
    """
ALTER TABLE site ADD COLUMN population_density INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN population_year INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN population_source TEXT
    """,
    """
ALTER TABLE site ADD COLUMN recreation_km FLOAT
    """,
    """
ALTER TABLE site ADD COLUMN observation_conditions_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN observation_conditions_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN education_use INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN capacity_persons INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN annual_visitors INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN annual_visitors_year INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN annual_visitors_source TEXT
    """,
    """
ALTER TABLE site ADD COLUMN access_control INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN land_ownership TEXT
    """,
    """
ALTER TABLE site ADD COLUMN land_use_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN land_use_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN collecting_policy_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN collecting_policy_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN fragility TEXT
    """,
    """
ALTER TABLE site ADD COLUMN vulnerability TEXT
    """,
    """
ALTER TABLE site ADD COLUMN distance_to_threat_m INTEGER
    """,
    """
ALTER TABLE site ADD COLUMN conservation_need TEXT
    """,
    """
ALTER TABLE site ADD COLUMN recommended_measures_vi TEXT
    """,
    """
ALTER TABLE site ADD COLUMN recommended_measures_en TEXT
    """,
    """
ALTER TABLE site ADD COLUMN compiled_on TEXT
    """,
    """
ALTER TABLE site ADD COLUMN reviewers TEXT
    """,
    """
ALTER TABLE site ADD COLUMN validated_on TEXT
    """,
    """
ALTER TABLE site ADD COLUMN next_check_due TEXT
    """,
    """
CREATE INDEX ix_site_parent_site_uuid ON site (parent_site_uuid)
    """,
    """
CREATE TABLE site_cave (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    name_vi TEXT,
    name_en TEXT,
    length_m FLOAT,
    depth_m FLOAT,
    entrances INTEGER,
    surveyed_on TEXT,
    survey_grade TEXT,
    surveyors TEXT,
    document_uuid TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_cave_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_site_cave_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_cave_document_uuid ON site_cave (document_uuid)
    """,
    """
CREATE INDEX ix_site_cave_site_uuid ON site_cave (site_uuid)
    """,
    """
CREATE TABLE site_code (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    code TEXT,
    code_kind TEXT,
    inventory TEXT,
    valid_until TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_code_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_code_site_uuid ON site_code (site_uuid)
    """,
    """
CREATE TABLE site_current_use (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    term TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_current_use_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_current_use_site_uuid ON site_current_use (site_uuid)
    """,
    """
CREATE TABLE site_extent (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    label TEXT,
    geojson TEXT,
    purpose TEXT,
    method TEXT,
    source_crs TEXT,
    drawn_on TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_extent_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_extent_site_uuid ON site_extent (site_uuid)
    """,
    """
CREATE TABLE site_former_commune (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    former_commune_code TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_former_commune_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_former_commune_former_commune_code ON site_former_commune (former_commune_code)
    """,
    """
CREATE INDEX ix_site_former_commune_site_uuid ON site_former_commune (site_uuid)
    """,
    """
CREATE TABLE site_link (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    other_site_uuid TEXT,
    distance_km FLOAT,
    relation_vi TEXT,
    relation_en TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_link_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_site_link_other_site_uuid FOREIGN KEY(other_site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_link_other_site_uuid ON site_link (other_site_uuid)
    """,
    """
CREATE INDEX ix_site_link_site_uuid ON site_link (site_uuid)
    """,
    """
CREATE TABLE site_lithology (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    lithology TEXT,
    is_main INTEGER,
    note_vi TEXT,
    note_en TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_lithology_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_lithology_site_uuid ON site_lithology (site_uuid)
    """,
    """
CREATE TABLE site_other_value (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    term TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_other_value_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_other_value_site_uuid ON site_other_value (site_uuid)
    """,
    """
CREATE TABLE site_person (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    person_uuid TEXT,
    role TEXT,
    since TEXT,
    until TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_person_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_site_person_person_uuid FOREIGN KEY(person_uuid) REFERENCES person (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_person_person_uuid ON site_person (person_uuid)
    """,
    """
CREATE INDEX ix_site_person_site_uuid ON site_person (site_uuid)
    """,
    """
CREATE TABLE site_protection (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    status TEXT,
    relic_type TEXT,
    decision_no TEXT,
    decided_on TEXT,
    authority_vi TEXT,
    authority_en TEXT,
    zone TEXT,
    area_ha FLOAT,
    valid_until TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_protection_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_site_protection_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_protection_document_uuid ON site_protection (document_uuid)
    """,
    """
CREATE INDEX ix_site_protection_site_uuid ON site_protection (site_uuid)
    """,
    """
CREATE TABLE site_reference (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    reference_uuid TEXT,
    pages TEXT,
    note_vi TEXT,
    note_en TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_reference_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_site_reference_reference_uuid FOREIGN KEY(reference_uuid) REFERENCES reference (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_reference_reference_uuid ON site_reference (reference_uuid)
    """,
    """
CREATE INDEX ix_site_reference_site_uuid ON site_reference (site_uuid)
    """,
    """
CREATE TABLE site_sample (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    number TEXT,
    name_vi TEXT,
    name_en TEXT,
    kept_at TEXT,
    collected_on TEXT,
    collector TEXT,
    analysis_vi TEXT,
    analysis_en TEXT,
    document_uuid TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_sample_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_site_sample_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_sample_document_uuid ON site_sample (document_uuid)
    """,
    """
CREATE INDEX ix_site_sample_site_uuid ON site_sample (site_uuid)
    """,
    """
CREATE TABLE site_threat (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    monitoring_visit_uuid TEXT,
    threat TEXT,
    severity TEXT,
    extent TEXT,
    trend TEXT,
    distance_m FLOAT,
    first_seen TEXT,
    last_seen TEXT,
    resolved_on TEXT,
    action_vi TEXT,
    action_en TEXT,
    photo_uuid TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_threat_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_site_threat_monitoring_visit_uuid FOREIGN KEY(monitoring_visit_uuid) REFERENCES monitoring_visit (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_site_threat_photo_uuid FOREIGN KEY(photo_uuid) REFERENCES photo (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_threat_monitoring_visit_uuid ON site_threat (monitoring_visit_uuid)
    """,
    """
CREATE INDEX ix_site_threat_photo_uuid ON site_threat (photo_uuid)
    """,
    """
CREATE INDEX ix_site_threat_site_uuid ON site_threat (site_uuid)
    """,
    """
CREATE TABLE site_unit (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    formation_uuid TEXT,
    symbol TEXT,
    member TEXT,
    source TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_site_unit_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_site_unit_formation_uuid FOREIGN KEY(formation_uuid) REFERENCES formation (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_site_unit_formation_uuid ON site_unit (formation_uuid)
    """,
    """
CREATE INDEX ix_site_unit_site_uuid ON site_unit (site_uuid)
    """,
    """
CREATE TABLE staff_post (
    uuid TEXT NOT NULL,
    organisation_uuid TEXT,
    person_uuid TEXT,
    title_vi TEXT,
    title_en TEXT,
    area TEXT,
    is_permanent INTEGER,
    full_time_percent FLOAT,
    sex TEXT,
    qualification_vi TEXT,
    qualification_en TEXT,
    started_on TEXT,
    ended_on TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_staff_post_organisation_uuid FOREIGN KEY(organisation_uuid) REFERENCES organisation (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_staff_post_person_uuid FOREIGN KEY(person_uuid) REFERENCES person (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_staff_post_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_staff_post_document_uuid ON staff_post (document_uuid)
    """,
    """
CREATE INDEX ix_staff_post_organisation_uuid ON staff_post (organisation_uuid)
    """,
    """
CREATE INDEX ix_staff_post_person_uuid ON staff_post (person_uuid)
    """,
    """
ALTER TABLE stop ADD COLUMN minutes INTEGER
    """,
    """
ALTER TABLE stop ADD COLUMN drive_minutes INTEGER
    """,
    """
CREATE TABLE survey (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    asked TEXT,
    site_uuid TEXT,
    starts_on TEXT,
    ends_on TEXT,
    answers INTEGER,
    result_vi TEXT,
    result_en TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_survey_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_survey_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_survey_document_uuid ON survey (document_uuid)
    """,
    """
CREATE INDEX ix_survey_site_uuid ON survey (site_uuid)
    """,
    """
CREATE TABLE teaching_material (
    uuid TEXT NOT NULL,
    material_kind TEXT,
    title_vi TEXT,
    title_en TEXT,
    school_level TEXT,
    topic TEXT,
    languages TEXT,
    made_on TEXT,
    copies INTEGER,
    used_by TEXT,
    site_uuid TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_teaching_material_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_teaching_material_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_teaching_material_document_uuid ON teaching_material (document_uuid)
    """,
    """
CREATE INDEX ix_teaching_material_site_uuid ON teaching_material (site_uuid)
    """,
    """
ALTER TABLE term ADD COLUMN begin_ma FLOAT
    """,
    """
ALTER TABLE term ADD COLUMN end_ma FLOAT
    """,
    """
ALTER TABLE term ADD COLUMN colour TEXT
    """,
    """
ALTER TABLE term ADD COLUMN symbol TEXT
    """,
    """
ALTER TABLE term ADD COLUMN weight INTEGER
    """,
    """
CREATE TABLE tour (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    tour_kind TEXT,
    route_uuid TEXT,
    site_uuid TEXT,
    partner_uuid TEXT,
    hours FLOAT,
    price_value FLOAT,
    price_unit TEXT,
    languages TEXT,
    since TEXT,
    until TEXT,
    description_vi TEXT,
    description_en TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_tour_route_uuid FOREIGN KEY(route_uuid) REFERENCES route (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_tour_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_tour_partner_uuid FOREIGN KEY(partner_uuid) REFERENCES partner (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_tour_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_tour_document_uuid ON tour (document_uuid)
    """,
    """
CREATE INDEX ix_tour_partner_uuid ON tour (partner_uuid)
    """,
    """
CREATE INDEX ix_tour_route_uuid ON tour (route_uuid)
    """,
    """
CREATE INDEX ix_tour_site_uuid ON tour (site_uuid)
    """,
    """
CREATE TABLE tourism_village (
    uuid TEXT NOT NULL,
    name_vi TEXT,
    name_en TEXT,
    village_kind TEXT,
    site_uuid TEXT,
    commune_code TEXT,
    position_lon FLOAT,
    position_lat FLOAT,
    position_accuracy_m FLOAT,
    position_method TEXT,
    position_quality TEXT,
    position_source_crs TEXT,
    position_as_typed TEXT,
    position_source TEXT,
    ethnic_groups TEXT,
    households INTEGER,
    rooms INTEGER,
    beds INTEGER,
    women_led INTEGER,
    recognised_on TEXT,
    label_vi TEXT,
    label_en TEXT,
    contact TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_tourism_village_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_tourism_village_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_tourism_village_commune_code ON tourism_village (commune_code)
    """,
    """
CREATE INDEX ix_tourism_village_document_uuid ON tourism_village (document_uuid)
    """,
    """
CREATE INDEX ix_tourism_village_site_uuid ON tourism_village (site_uuid)
    """,
    """
CREATE TABLE visitor_count (
    uuid TEXT NOT NULL,
    site_uuid TEXT,
    facility_uuid TEXT,
    period_start TEXT,
    period_end TEXT,
    count_method TEXT,
    total_visits INTEGER,
    group_count INTEGER,
    school_groups INTEGER,
    foreign_percent FLOAT,
    confidence TEXT,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_visitor_count_site_uuid FOREIGN KEY(site_uuid) REFERENCES site (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_visitor_count_facility_uuid FOREIGN KEY(facility_uuid) REFERENCES facility (uuid) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_visitor_count_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_visitor_count_document_uuid ON visitor_count (document_uuid)
    """,
    """
CREATE INDEX ix_visitor_count_facility_uuid ON visitor_count (facility_uuid)
    """,
    """
CREATE INDEX ix_visitor_count_site_uuid ON visitor_count (site_uuid)
    """,
    """
CREATE TABLE website (
    uuid TEXT NOT NULL,
    name TEXT,
    channel_kind TEXT,
    url TEXT,
    languages TEXT,
    started_on TEXT,
    followers INTEGER,
    visits_per_year INTEGER,
    counted_on TEXT,
    has_bookings INTEGER,
    evidence TEXT,
    document_uuid TEXT,
    note TEXT,
    deleted INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (uuid),
    CONSTRAINT fk_website_document_uuid FOREIGN KEY(document_uuid) REFERENCES document (uuid) DEFERRABLE INITIALLY DEFERRED
)
    """,
    """
CREATE INDEX ix_website_document_uuid ON website (document_uuid)
    """,
)


def upgrade() -> None:
    """Add the new tables and columns; what is there stays as it is."""
    for statement in STATEMENTS:
        op.execute(statement)
