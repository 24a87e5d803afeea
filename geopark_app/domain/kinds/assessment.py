"""Quantitative assessments of a site: one row per assessor and date, one per criterion."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Record,
    Stage,
    boolean,
    choice,
    date,
    declare,
    integer,
    long_text,
    reference,
    text,
)


@declare(
    "assessment", vi="Lần đánh giá", en="Assessment", title=("method", "assessed_on"), shelf="site"
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """An assessment of a site by a method; never overwritten by another."""

    site_uuid: str | None = reference("site", "Điểm", "Site", in_list=True, required_at=Stage.DRAFT)
    method: str | None = choice(
        "assessment_method", "Phương pháp", "Method", in_list=True, required_at=Stage.DRAFT
    )
    assessor: str | None = text(
        "Người đánh giá", "Assessor", personal=True, audience=Audience.INTERNAL
    )
    assessed_on: str | None = date(
        "Ngày đánh giá", "Assessed on", in_list=True, required_at=Stage.DRAFT
    )
    is_accepted: bool | None = boolean("Kết quả được chấp nhận", "Accepted", in_list=True)
    note: str | None = long_text("Ghi chú", "Note", audience=Audience.EVALUATORS)


@declare(
    "assessment_score",
    vi="Điểm tiêu chí",
    en="Score of a criterion",
    title=("criterion",),
    shelf="site",
)
@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentScore(Record):
    """The points of one criterion of an assessment; key: uuid5(assessment, criterion)."""

    assessment_uuid: str | None = reference(
        "assessment", "Lần đánh giá", "Assessment", in_list=True
    )
    criterion: str | None = choice("brilha2016", "Tiêu chí", "Criterion", in_list=True)
    points: int | None = integer("Điểm (0–4)", "Points (0–4)", in_list=True)
    remark: str | None = long_text("Nhận xét", "Remark", audience=Audience.EVALUATORS)
