"""Decisions made from given data: completeness, readiness, audience. Standard library only."""
