"""The wizard that brings a list in."""
