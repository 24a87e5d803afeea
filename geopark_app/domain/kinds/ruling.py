"""Records that say what counts of other saves: decisions about proposals, values removed."""

from dataclasses import dataclass

from geopark_app.domain.declaration import (
    Audience,
    Record,
    declare,
    instant,
    integer,
    long_text,
    text,
)


@declare(
    "proposal_decision",
    vi="Quyết định về đề xuất",
    en="Decision about a proposal",
    title=("author_id",),
)
@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDecision(Record):
    """Whether a save beyond its author's role counts; key: uuid5(root, author and number)."""

    author_id: str | None = text("Mã máy ghi", "Author id", in_list=True)
    first_seq: int | None = integer("Từ thao tác số", "From operation", in_list=True)
    last_seq: int | None = integer("Đến thao tác số", "To operation", in_list=True)
    verdict: str | None = text("Quyết định", "Verdict", in_list=True)
    reason: str | None = long_text("Lý do", "Reason", audience=Audience.INTERNAL)


@declare("removal", vi="Giá trị đã xóa hẳn", en="Removed value", title=("kind_name",))
@dataclass(frozen=True, slots=True, kw_only=True)
class Removal(Record):
    """Values an administrator removed from every replica; what stays is this record."""

    kind_name: str | None = text("Loại bản ghi", "Record kind", in_list=True)
    target: str | None = text("Bản ghi", "Record", in_list=True)
    field_name: str | None = text("Trường", "Field", in_list=True)
    covers: str | None = long_text("Các thao tác (JSON)", "Operations (JSON)")
    files: str | None = long_text("Các tệp (JSON)", "Files (JSON)")
    reason: str | None = long_text("Lý do", "Reason", audience=Audience.INTERNAL, in_list=True)
    removed_at: str | None = instant("Lúc", "At", in_list=True)
