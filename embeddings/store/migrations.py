"""From an older schema of the library to this one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from corpus import Passage, embedded_text
from corpus.errors import SchemaMismatch
from embeddings.store import figures, schema
from embeddings.store.rows import SELECT_ARTICLE, insert_passage, to_article
from embeddings.store.storage import damaged
from embeddings.terms import TermReader

Migration = Callable[[sqlite3.Connection, Path], None]

READ_AT_ONCE = 1_000
"""Articles up to which a migration to schema 3 reads the figures of all: some 5 s, at 5 ms an
article of news. Of a larger library they are read by the next `Library.add`, a commit at a time,
and until then whenever they are asked for: nobody waits minutes for a library to open."""


def check_schema(connection: sqlite3.Connection, folder: Path) -> bool:
    """True when the schema is this version's, False when it can be migrated to it.

    Raises:
        SchemaMismatch: it is newer, or older without a migration.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found == schema.SCHEMA_VERSION:
        return True
    if found > schema.SCHEMA_VERSION:
        raise SchemaMismatch(
            f"the library has schema {found}; this Dateline knows schemas up to "
            f"{schema.SCHEMA_VERSION}",
            where=folder,
            next_step="update Dateline, or open the library with the version that made it",
        )
    if any(version not in MIGRATIONS for version in range(found, schema.SCHEMA_VERSION)):
        raise SchemaMismatch(
            f"the library has schema {found}, which this Dateline (schema "
            f"{schema.SCHEMA_VERSION}) cannot bring up to date",
            where=folder,
            next_step="make a new library from the articles: dateline index PATH… --library "
            "NEW_FOLDER",
        )
    return False


def migrate(connection: sqlite3.Connection, folder: Path) -> None:
    """Brings an older schema up to this one, in one transaction. Needs the writer's lock.

    Raises:
        LibraryDamaged: a row is not what was stored; the library is left as it was.
    """
    # Tables are exchanged under the names that others refer to; a transaction cannot change this.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA legacy_alter_table = ON")
    connection.execute("BEGIN IMMEDIATE")
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        for version in range(found, schema.SCHEMA_VERSION):
            MIGRATIONS[version](connection, folder)
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
        if orphan is not None:
            raise damaged(folder, f"a row of {orphan[0]} belongs to nothing")
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA legacy_alter_table = OFF")
        connection.execute("PRAGMA foreign_keys = ON")


_ARTICLE_FIELDS = (
    "title, outlet, published, dated_by, text, source, updated, url, language, kind, content_hash"
)


def _from_1_to_2(connection: sqlite3.Connection, folder: Path) -> None:
    """Counts terms, adds checksums of passages, and puts each article in a group of its own."""
    for index in ("articles_by_text", "versions_by_article", "passages_by_article"):
        connection.execute(f"DROP INDEX {index}")
    tables = ("state", "articles", "article_versions", "passages", "vectors")
    for table in tables:
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    connection.execute("DROP TABLE derived")
    for statement in statements(schema.SCHEMA_2):
        connection.execute(statement)
    connection.execute(
        "INSERT INTO state (id, generation, embedder) "
        "SELECT id, generation + 1, embedder FROM old_state"
    )
    connection.execute(
        f"INSERT INTO articles (id, {_ARTICLE_FIELDS}, text_hash, group_id, added_at) "
        f"SELECT id, {_ARTICLE_FIELDS}, text_hash, id, added_at FROM old_articles"
    )
    kept = f"number, article_id, {_ARTICLE_FIELDS}, added_at, replaced_at"
    connection.execute(
        f"INSERT INTO article_versions ({kept}) SELECT {kept} FROM old_article_versions"
    )
    reader = TermReader()
    for number, *values in connection.execute(
        'SELECT number, id, article_id, ordinal, start, "end" FROM old_passages ORDER BY number'
    ):
        passage = Passage(*values)
        row = connection.execute(f"{SELECT_ARTICLE} WHERE id = ?", (passage.article_id,)).fetchone()
        if row is None:
            raise damaged(folder, f"passage {passage.id} has no article")
        text = embedded_text(to_article(row, folder), passage)
        insert_passage(connection, passage, len(reader.terms(text)), number)
    connection.execute("INSERT INTO vectors SELECT passage, vector, crc32 FROM old_vectors")
    for table in tables:
        connection.execute(f"DROP TABLE old_{table}")


def _from_2_to_3(connection: sqlite3.Connection, folder: Path) -> None:
    """Adds the figures that articles tell, and reads those of a library that is not large."""
    for statement in statements(schema.FIGURES):
        connection.execute(statement)
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    if articles <= READ_AT_ONCE:
        for article_id in figures.unread(connection):
            figures.read_anew(connection, folder, article_id)


MIGRATIONS: Mapping[int, Migration] = {1: _from_1_to_2, 2: _from_2_to_3}
"""Schema version → what brings a library of that version to the next one, inside a transaction."""


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one: `executescript` would commit first."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""
