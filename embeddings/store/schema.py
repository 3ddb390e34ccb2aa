"""The tables of the library's SQLite file.

`articles` (what is searched), `article_versions` (what an article said before it was replaced),
`passages` and `vectors` (what is found), `removed` (numbers of passages that are gone),
`signatures` and `signature_bands` (what makes copies of an article known), `edge_lines` (what an
outlet repeats at the edges of its articles), `figures` and `figure_readings` (the figures that
articles tell, and which extractor read them), `state` (one row: generation, embedder, totals),
`derived` and `derived_files` (which index files were made from which passages). The generation is
raised in every transaction that changes what is searched, so that a reader knows it has fallen
behind. Passage numbers only ever grow: what was added since an index was built has higher ones.
"""

from __future__ import annotations

SCHEMA_VERSION = 3

_ARTICLE_COLUMNS = """
    title TEXT NOT NULL,
    outlet TEXT,
    published TEXT,
    dated_by TEXT NOT NULL,
    text TEXT NOT NULL,
    source TEXT NOT NULL,
    updated TEXT,
    url TEXT,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    dropped TEXT NOT NULL DEFAULT '[]',
    withdrawn TEXT,
    content_hash TEXT NOT NULL,
"""

_IDENTITY = """
CREATE INDEX articles_by_group ON articles (group_id);
CREATE TABLE signatures (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    signature BLOB NOT NULL
) STRICT;
CREATE TABLE signature_bands (
    band INTEGER NOT NULL,
    key BLOB NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (band, key, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE edge_lines (
    outlet TEXT NOT NULL,
    line_hash BLOB NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (outlet, line_hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX edge_lines_by_article ON edge_lines (article_id);
CREATE TABLE boilerplate (
    outlet TEXT NOT NULL,
    line_hash BLOB NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (outlet, line_hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE withdrawn_by_hand (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX articles_by_outlet ON articles (outlet, group_id);
"""

_INDEXES = """
CREATE TABLE removed (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    passage INTEGER NOT NULL
) STRICT;
CREATE TRIGGER passage_added AFTER INSERT ON passages BEGIN
    UPDATE state SET passages = passages + 1, terms = terms + new.terms;
END;
CREATE TRIGGER passage_removed AFTER DELETE ON passages BEGIN
    INSERT INTO removed (passage) VALUES (old.number);
    UPDATE state SET passages = passages - 1, terms = terms - old.terms;
END;
CREATE TABLE derived (
    name TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    kind TEXT NOT NULL,
    upto INTEGER NOT NULL,
    removed_upto INTEGER NOT NULL
) STRICT;
CREATE TABLE derived_files (
    name TEXT NOT NULL REFERENCES derived (name) ON DELETE CASCADE,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (name, path)
) STRICT;
"""

SCHEMA_2 = f"""
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    embedder TEXT NOT NULL,
    passages INTEGER NOT NULL DEFAULT 0,
    terms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    {_ARTICLE_COLUMNS}
    text_hash TEXT NOT NULL,
    group_id TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_text ON articles (text_hash);
CREATE INDEX articles_by_day ON articles (published);
CREATE TABLE article_versions (
    number INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL,
    {_ARTICLE_COLUMNS}
    added_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL
) STRICT;
CREATE INDEX versions_by_article ON article_versions (article_id);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    terms INTEGER NOT NULL,
    crc32 INTEGER NOT NULL
) STRICT;
CREATE INDEX passages_by_article ON passages (article_id, ordinal);
CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages (number) ON DELETE CASCADE,
    vector BLOB NOT NULL,
    crc32 INTEGER NOT NULL
) STRICT;
{_INDEXES}
{_IDENTITY}
"""
"""`terms` of a passage counts the lexical terms of its embedded text; `crc32` guards its row. In
`derived`, an index holds the passages numbered up to `upto`, less those that `removed` lists under
numbers up to `removed_upto`."""

FIGURES = """
CREATE TABLE figure_readings (
    article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    extractor INTEGER NOT NULL,
    source_crc32 INTEGER NOT NULL,
    crc32 INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_readings_by_extractor ON figure_readings (extractor);
CREATE TABLE figures (
    article_id TEXT NOT NULL REFERENCES figure_readings (article_id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    value REAL NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    qualifier TEXT NOT NULL,
    unit TEXT NOT NULL,
    counted TEXT NOT NULL,
    grain REAL NOT NULL,
    what TEXT NOT NULL,
    place TEXT NOT NULL,
    counted_by TEXT,
    first_day TEXT,
    last_day TEXT,
    since_day TEXT,
    happening TEXT NOT NULL,
    noun TEXT NOT NULL,
    is_part INTEGER NOT NULL,
    is_more INTEGER NOT NULL,
    is_incident INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL,
    clause_start INTEGER NOT NULL,
    clause_end INTEGER NOT NULL,
    PRIMARY KEY (article_id, ordinal)
) STRICT, WITHOUT ROWID;
"""
"""An article without a row in `figure_readings`, or with one by another extractor or of another
text (`source_crc32`), has not been read: its figures are read when they are asked for. `crc32`
guards all of its rows in `figures`. Offsets are into the article's text; days as YYYY-MM-DD."""

SCHEMA = f"{SCHEMA_2}{FIGURES}"
