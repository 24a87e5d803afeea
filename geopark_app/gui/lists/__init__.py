"""Tables of many records: only the rows looked at are read."""
