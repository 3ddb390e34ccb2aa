"""The file of a run store: its schema, and what is said when it cannot be used."""

from __future__ import annotations

from corpus.errors import EvalError
from evals.sqlite_file import FileKind

APPLICATION_ID = 0x44617472
"""'Datr', in the header of the SQLite file: tells a run store from any other SQLite file."""

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    suite TEXT NOT NULL,
    system TEXT NOT NULL,
    items INTEGER NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    fingerprint TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS items (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
    item TEXT NOT NULL,
    payload BLOB NOT NULL,
    UNIQUE (run, item)
) STRICT;
"""

RUNS = FileKind(
    APPLICATION_ID,
    SCHEMA_VERSION,
    _SCHEMA,
    EvalError,
    "the store of runs",
    "this file is no store of runs",
    "name another file with --store",
)
