"""The revisions of the tables this program knows; a test compares them with db/migrations."""

KNOWN_REVISIONS = (
    "0001", "0002", "0003", "0004", "0005", "0007", "0009", "0011", "0012", "0014", "0016", "0017",
    "0018",
)  # fmt: skip
HEAD_REVISION = KNOWN_REVISIONS[-1]
