"""The shelves other records stand on in the window; a kind names its own."""

SHELVES: tuple[tuple[str, str, str], ...] = (
    ("works", "Việc cần làm", "Works to be done"),
    ("organisation", "Tổ chức công viên", "The organisation"),
    ("activity", "Hoạt động, truyền thông", "Activities and outreach"),
    ("partner", "Đối tác, du lịch", "Partners and tourism"),
    ("around", "Quanh điểm", "Around sites"),
    ("monitoring", "Theo dõi, sự cố, khách", "Monitoring, incidents, visitors"),
    ("site", "Thuộc điểm", "Belonging to sites"),
    ("documents", "Tài liệu, thư mục", "Documents, bibliography"),
    ("mission", "Khuyến nghị, đoàn thẩm định", "Recommendations, missions"),
    ("places", "Địa danh, tuyến, địa chất", "Places, routes, geology"),
    ("setup", "Thuật ngữ, trường riêng", "Terms, own fields"),
)
"""Identifier, Vietnamese and English name, in their order."""
