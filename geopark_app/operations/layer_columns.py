"""Which column of a layer holds the codes and which the names, told from header and values."""

from geopark_app.domain.text import fold
from geopark_app.exchange.foreign_shapes import ForeignLayer, ShapeColumn

_SPELLINGS = {
    "code": ("code", "ma", "ma xa", "ma_xa", "maxa", "ma dvhc", "madvhc", "commune_code",
             "ma_phuong_xa", "matinhxa", "id_xa", "ky hieu", "ky_hieu", "symbol"),
    "name_vi": ("name_vi", "ten", "ten xa", "ten_xa", "tenxa", "name", "ten_vi", "tendvhc",
                "ten_goi", "tên", "ten_don_vi", "fullname", "full_name", "label", "ref"),
    "name_en": ("name_en", "english", "ten_en", "ten tieng anh", "en_name", "nameen"),
}  # fmt: skip


def suggested_columns(found: ForeignLayer) -> dict[str, str]:
    """Give `code`, `name_vi`, `name_en` → column, as far as the header tells."""
    chosen: dict[str, str] = {}
    for part, spellings in _SPELLINGS.items():
        ranked = [fold(spelling) for spelling in spellings]
        fitting = [
            (ranked.index(fold(column.name)), column)
            for column in found.columns
            if fold(column.name) in ranked and column.distinct
        ]
        if fitting:
            chosen[part] = min(fitting, key=lambda pair: pair[0])[1].name
    return chosen


def filter_columns(found: ForeignLayer) -> tuple[ShapeColumn, ...]:
    """Give the columns worth choosing by: several features share a value of them."""
    return tuple(
        column
        for column in found.columns
        if column.values and column.distinct < found.features and column.distinct <= 30
    )
