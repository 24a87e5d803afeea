"""Gaps are listed by stage and never block: what is wanted grows towards the dossier."""

import dataclasses

import pytest

from geopark_app.domain.declaration import Stage, kind_of
from geopark_app.domain.finding import Severity
from geopark_app.domain.kinds import Photo, Site
from geopark_app.domain.position import Position
from geopark_app.rules.completeness import gaps, is_empty

EMPTY = Site(uuid="s")


def fields_of(site: Site, stage: Stage) -> set[str]:
    return {finding.field for finding in gaps(site, stage)}


def test_each_stage_wants_all_that_the_stage_before_wants() -> None:
    draft, validation, dossier = (fields_of(EMPTY, stage) for stage in Stage)
    assert {"code", "name_vi", "position", "commune_code"} <= draft
    assert "name_en" not in validation
    assert "name_en" in dossier
    assert draft < validation < dossier


def test_a_declaration_s_stage_decides() -> None:
    for spec in kind_of(Site).fields:
        wanted = spec.required_at
        assert (spec.name in fields_of(EMPTY, Stage.DRAFT)) == (wanted is Stage.DRAFT)
        assert (spec.name in fields_of(EMPTY, Stage.DOSSIER)) == (wanted is not None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, True),
        ("", True),
        ("x", False),
        (0, False),
        (0.0, False),
        (False, False),
        (Position(), True),
        (Position(quality="unknown", source="báo"), True),
        (Position(lon=106.7, lat=21.8), False),
    ],
)
def test_what_is_empty(value: object, expected: bool) -> None:
    assert is_empty(value) is expected


def test_a_known_value_is_no_gap() -> None:
    site = dataclasses.replace(
        EMPTY, code="LS-1", border_zone=False, position=Position(lon=106.7, lat=21.8)
    )
    found = fields_of(site, Stage.DOSSIER)
    assert not {"code", "border_zone", "position"} & found
    assert "name_vi" in found


def test_a_gap_says_where_and_when_it_matters() -> None:
    finding = next(gap for gap in gaps(EMPTY, Stage.DOSSIER) if gap.field == "name_en")
    assert (finding.code, finding.kind, finding.uuid) == ("missing-field", "site", "s")
    assert dict(finding.details) == {"stage": "dossier"}
    assert finding.severity is Severity.NOTE
    early = next(gap for gap in gaps(EMPTY, Stage.DOSSIER) if gap.field == "code")
    assert early.severity is Severity.WARNING


def test_photos_have_gaps_of_their_own() -> None:
    found = {finding.field for finding in gaps(Photo(uuid="p"), Stage.DOSSIER)}
    assert {"caption_vi", "caption_en", "credit", "licence"} <= found
