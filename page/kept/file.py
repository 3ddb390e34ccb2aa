"""The file of kept conversations: its schema, and what is said when it cannot be used."""

from __future__ import annotations

from platformdirs import user_data_path

from corpus.errors import DatelineError
from evals.sqlite_file import FileKind

DEFAULT_FILE = user_data_path("dateline") / "conversations.sqlite"
"""In the user's data folder, for the user's eyes only."""

APPLICATION_ID = 0x4461746B
"""'Datk', in the header of the SQLite file: tells it from any other."""

SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    library TEXT NOT NULL,
    title TEXT NOT NULL,
    named INTEGER NOT NULL DEFAULT 0,
    begun TEXT NOT NULL,
    changed TEXT NOT NULL,
    spans TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS by_owner ON conversations (owner, changed);
CREATE TABLE IF NOT EXISTS turns (
    conversation INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    key TEXT NOT NULL,
    question TEXT NOT NULL,
    as_of TEXT NOT NULL,
    words TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (conversation, ordinal)
) STRICT;
CREATE TABLE IF NOT EXISTS articles (
    conversation INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
    digest TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (conversation, digest)
) STRICT;
CREATE TABLE IF NOT EXISTS judgements (
    conversation INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
    turn TEXT NOT NULL,
    verdict TEXT NOT NULL,
    note TEXT NOT NULL,
    should TEXT NOT NULL,
    judged TEXT NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (conversation, turn)
) STRICT;
"""


class NotKept(DatelineError):
    """A conversation that is not there, or a file of them that cannot be used."""


KEPT = FileKind(
    APPLICATION_ID,
    SCHEMA_VERSION,
    _SCHEMA,
    NotKept,
    "The file of kept conversations",
    "This file holds no conversations of Dateline",
    "move this file away",
    is_private=True,
)
