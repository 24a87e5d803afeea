"""The revisions of the tables this program knows; a test compares them with db/migrations."""

KNOWN_REVISIONS = ("0001", "0002", "0003", "0007")
HEAD_REVISION = KNOWN_REVISIONS[-1]
