"""Coordinates, distances and bundled outlines: the only room that knows projections."""
