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
    instant,
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
    is_draft: bool | None = boolean("Bản nháp, chưa nộp", "Draft, not submitted", in_list=True)
    submitted_at: str | None = instant("Nộp lúc", "Submitted at")
    accepted_at: str | None = instant("Được chấp nhận lúc", "Accepted at")
    entered_by: str | None = text(
        "Người nhập", "Entered by", personal=True, audience=Audience.INTERNAL
    )


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
    points: int | None = integer("Điểm", "Points", in_list=True)
    remark: str | None = long_text("Nhận xét", "Remark", audience=Audience.EVALUATORS)


@declare("scoring_method", vi="Phương pháp đánh giá", en="Scoring method", title=("title_vi",))
@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringMethod(Record):
    """One version of a method, and whether the office has compared its numbers with the source.

    `definition` is the whole method as one value (JSON): criteria, weights, levels, classes. A
    version that assessments refer to is never changed; another one is another row.
    """

    code: str | None = text("Mã", "Code", in_list=True)
    version: str | None = text("Phiên bản", "Version", in_list=True)
    title_vi: str | None = text("Tên", "Title (Vietnamese)", language="vi", in_list=True)
    title_en: str | None = text("Tên (tiếng Anh)", "Title (English)", language="en")
    source: str | None = long_text("Nguồn", "Source")
    status_vi: str | None = long_text("Tình trạng", "Status (Vietnamese)", language="vi")
    status_en: str | None = long_text("Tình trạng (tiếng Anh)", "Status (English)", language="en")
    definition: str | None = long_text("Nội dung", "Definition", in_form=False)
    numbers_confirmed: bool | None = boolean("Số liệu đã đối chiếu", "Numbers confirmed")
    confirmed_note: str | None = text("Căn cứ xác nhận", "What confirms the numbers")
    confirmed_on: str | None = date("Ngày xác nhận", "Confirmed on")
    confirmed_by: str | None = text(
        "Người xác nhận", "Confirmed by", personal=True, audience=Audience.INTERNAL
    )
