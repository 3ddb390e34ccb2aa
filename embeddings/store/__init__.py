"""The SQLite file that is the truth of a library: its schema, its rows, its lock."""
