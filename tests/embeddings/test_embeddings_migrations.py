"""A library of schema 1, made here as the Dateline of that time made it, is brought up to date."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from corpus import Article, SplitOptions, embedded_text, split
from corpus.errors import LibraryDamaged
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from embeddings.store import rows, storage
from embeddings.store.schema import SCHEMA_VERSION

MakeArticle = Callable[..., Article]
SCHEMA_1 = """
CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1), generation INTEGER NOT NULL, embedder TEXT NOT NULL
) STRICT;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, outlet TEXT, published TEXT, dated_by TEXT NOT NULL,
    text TEXT NOT NULL, source TEXT NOT NULL, updated TEXT, url TEXT, language TEXT NOT NULL,
    kind TEXT NOT NULL, content_hash TEXT NOT NULL, text_hash TEXT NOT NULL, added_at TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_text ON articles (text_hash);
CREATE TABLE article_versions (
    number INTEGER PRIMARY KEY, article_id TEXT NOT NULL, title TEXT NOT NULL, outlet TEXT,
    published TEXT, dated_by TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL, updated TEXT,
    url TEXT, language TEXT NOT NULL, kind TEXT NOT NULL, content_hash TEXT NOT NULL,
    added_at TEXT NOT NULL, replaced_at TEXT NOT NULL
) STRICT;
CREATE INDEX versions_by_article ON article_versions (article_id);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX passages_by_article ON passages (article_id, ordinal);
CREATE TABLE vectors (
    passage INTEGER PRIMARY KEY REFERENCES passages (number) ON DELETE CASCADE,
    vector BLOB NOT NULL, crc32 INTEGER NOT NULL
) STRICT;
CREATE TABLE derived (
    name TEXT PRIMARY KEY, generation INTEGER NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL
) STRICT;
"""
FIELDS = (
    "title", "outlet", "published", "dated_by", "text", "source", "updated", "url", "language",
    "kind",
)  # fmt: skip
WHEN = "2026-01-01T00:00:00+00:00"
QUESTION = "What will the Carrick bridge cost?"


def values(article: Article) -> list[str | None]:
    day = {
        name: value.isoformat()
        for name in FIELDS
        if hasattr(value := getattr(article, name), "isoformat")
    }
    return [day.get(name, getattr(article, name)) for name in FIELDS]


def write_schema_1(folder: Path, articles: list[Article], earlier: Article) -> None:
    embedder = HashEmbedder()
    (folder / "indexes").mkdir(parents=True)
    (folder / "indexes" / "vectors-1.index").write_bytes(b"old")
    connection = sqlite3.connect(folder / storage.FILE_NAME)
    connection.execute(f"PRAGMA application_id = {storage.APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(SCHEMA_1)
    fingerprint = json.dumps(asdict(embedder.fingerprint), sort_keys=True)
    connection.execute("INSERT INTO state VALUES (1, 7, ?)", (fingerprint,))
    connection.execute("INSERT INTO derived VALUES ('vectors', 7, 'abc', 3)")
    for article in articles:
        hashes = (rows.content_hash(article), rows.text_hash(article), WHEN)
        connection.execute(
            f"INSERT INTO articles VALUES ({', '.join('?' * 14)})",
            (article.id, *values(article), *hashes),
        )
        passages = split(article, embedder.count_tokens, SplitOptions(embedder.max_tokens))
        for passage in passages:
            number = connection.execute(
                'INSERT INTO passages (id, article_id, ordinal, start, "end") '
                "VALUES (?, ?, ?, ?, ?)",
                (passage.id, passage.article_id, passage.ordinal, passage.start, passage.end),
            ).lastrowid
            blob = embedder.embed([embedded_text(article, passage)])[0].astype("<f4").tobytes()
            connection.execute(
                "INSERT INTO vectors VALUES (?, ?, ?)", (number, blob, zlib.crc32(blob))
            )
    connection.execute(
        f"INSERT INTO article_versions VALUES (NULL, {', '.join('?' * 14)})",
        (earlier.id, *values(earlier), rows.content_hash(earlier), WHEN, WHEN),
    )
    connection.execute("DELETE FROM vectors WHERE passage = 2")
    connection.execute("DELETE FROM passages WHERE number = 2")
    connection.commit()
    connection.close()


def schema(path: Path) -> set[tuple[str, ...]]:
    connection = sqlite3.connect(path / storage.FILE_NAME)
    found = set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    connection.close()
    return found


def test_a_library_of_schema_1_is_brought_up_to_date(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    articles = [make_article(number) for number in range(12)]
    earlier = replace(articles[3], title="As it was")
    path = tmp_path / "old"
    write_schema_1(path, articles, earlier)
    with Library.open(path, HashEmbedder()) as library:
        assert list(library.articles()) == articles
        assert library.versions(earlier.id) == [earlier]
        library.check()
        # One passage was taken out above, so its number stays unused.
        kept = [article for article in articles if article.id != articles[1].id]
        assert library.stats().passages == sum(len(library.passages(a.id)) for a in kept)
        migrated = (
            library.lexical(QUESTION, 9),
            library.dense(HashEmbedder().embed([QUESTION])[0], 9),
        )
        assert library.add([make_article(99)]).added == 1
        assert [p.id for p in library.passages(make_article(99).id)]
    with Library.open(tmp_path / "new", HashEmbedder(), create=True) as fresh:
        fresh.add(kept)
        assert migrated == (
            fresh.lexical(QUESTION, 9), fresh.dense(HashEmbedder().embed([QUESTION])[0], 9)
        )  # fmt: skip
    assert schema(path) == schema(tmp_path / "new")
    assert not (path / "indexes" / "vectors-1.index").exists()


def test_a_damaged_row_stops_the_migration_and_changes_nothing(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    path = tmp_path / "old"
    write_schema_1(path, [make_article(n) for n in range(3)], make_article(0))
    connection = sqlite3.connect(path / storage.FILE_NAME)
    connection.execute("UPDATE articles SET text = replace(text, 'million', 'billion')")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for _ in range(2):
        with pytest.raises(LibraryDamaged, match="not what was stored"):
            Library.open(path, HashEmbedder())
    connection = sqlite3.connect(path / storage.FILE_NAME)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    connection.close()
