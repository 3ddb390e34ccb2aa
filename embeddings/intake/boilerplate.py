"""The lines that an outlet repeats, as a library learns them while articles come in.

A line that stands at the edges of enough of an outlet's articles (`corpus.edges`) becomes known
for good: later articles are relieved of it before they are stored, and those that were stored
with it are relieved when it becomes known. Whether it does depends only on the articles that
came before, in their order, and not on how they were cut into commits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from corpus import Article
from corpus.edges import edge_lines, is_boilerplate, line_hash, without_lines

# Articles without an outlet are counted as those of one.
_NO_OUTLET = ""


class Boilerplate:
    """What a library knows of repeated lines; reads anywhere, writes inside a transaction.

    Args:
        connection: of the writer.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def relieve(self, article: Article, besides: Collection[bytes] = ()) -> Article:
        """The article without the lines known of its outlet, nor those whose hashes are given.

        Where a line goes, the next one comes to the edge, and may be known too.
        """
        while True:
            known = {
                code
                for line in edge_lines(article)
                if (code := line_hash(line)) in besides or self._is_known(article, code)
            }
            lighter = without_lines(article, known) if known else article
            if lighter == article:
                return article
            article = lighter

    def note(self, article: Article) -> list[str]:
        """Notes the edge lines of an article that is stored; those that are now boilerplate."""
        self._connection.execute("DELETE FROM edge_lines WHERE article_id = ?", (article.id,))
        outlet = article.outlet or _NO_OUTLET
        lines = {line: line_hash(line) for line in edge_lines(article)}
        self._connection.executemany(
            "INSERT OR IGNORE INTO edge_lines (outlet, line_hash, article_id) VALUES (?, ?, ?)",
            [(outlet, code, article.id) for code in lines.values()],
        )
        return [line for line, code in lines.items() if self._has_become(line, outlet, code)]

    def learn(self, outlet: str | None, line: str) -> list[str]:
        """Makes a line known, and gives the ids of the articles that were stored with it."""
        key = (outlet or _NO_OUTLET, line_hash(line))
        carrying = self._connection.execute(
            "SELECT article_id FROM edge_lines JOIN articles ON articles.id = article_id "
            "WHERE edge_lines.outlet = ? AND line_hash = ? ORDER BY articles.rowid",
            key,
        ).fetchall()
        self._connection.execute("DELETE FROM edge_lines WHERE outlet = ? AND line_hash = ?", key)
        self._connection.execute(
            "INSERT OR IGNORE INTO boilerplate (outlet, line_hash, line) VALUES (?, ?, ?)",
            (*key, line),
        )
        return [article_id for (article_id,) in carrying]

    def _is_known(self, article: Article, code: bytes) -> bool:
        return (
            self._connection.execute(
                "SELECT 1 FROM boilerplate WHERE outlet = ? AND line_hash = ?",
                (article.outlet or _NO_OUTLET, code),
            ).fetchone()
            is not None
        )

    def _has_become(self, line: str, outlet: str, code: bytes) -> bool:
        (carrying,) = self._connection.execute(
            "SELECT count(*) FROM edge_lines WHERE outlet = ? AND line_hash = ?", (outlet, code)
        ).fetchone()
        # Copies count once. Counting them costs more, and most lines stand in one article only.
        if not is_boilerplate(line, carrying, carrying):
            return False
        (carrying,) = self._connection.execute(
            "SELECT count(DISTINCT group_id) FROM edge_lines "
            "JOIN articles ON articles.id = article_id "
            "WHERE edge_lines.outlet = ? AND line_hash = ?",
            (outlet, code),
        ).fetchone()
        (articles,) = self._connection.execute(
            "SELECT count(DISTINCT group_id) FROM articles WHERE outlet IS ?", (outlet or None,)
        ).fetchone()
        return is_boilerplate(line, carrying, articles)
