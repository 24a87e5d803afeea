"""The words of the field: record kinds, positions, changes, findings and errors. No I/O."""
