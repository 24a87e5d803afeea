"""The self-evaluation form in the window: categories, items, points, evidence."""
