"""Forms made from record declarations: editors, groups, drafts and saves."""
