"""The catalogue on disk: SQLite database, signed log, file store. The only room with SQL."""
