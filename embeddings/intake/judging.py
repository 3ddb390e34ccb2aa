"""What an article that comes in is to the library: new, known, or another version of one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from corpus import Article
from corpus.copies import is_copy
from corpus.edges import line_hash
from corpus.identity import adds_nothing, completed, is_earlier, plain_address, same_article
from embeddings.intake.boilerplate import Boilerplate
from embeddings.store import rows
from embeddings.store.history import versions_of


class Verdict(Enum):
    """What is to be done with an article.

    NEW: add it. UNCHANGED, DUPLICATE: nothing. COMPLETES: another reading of an article that is
    there gives an outlet, a day or an address that was missing. EARLIER: keep it as a version.
    REPLACES: put it in the place of the one that is there.
    """

    NEW = "new"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    COMPLETES = "completes"
    EARLIER = "earlier"
    REPLACES = "replaces"


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one article.

    Attributes:
        verdict: what to do.
        article: what to store, relieved of boilerplate.
        stored: the article that is there, for COMPLETES and REPLACES.
    """

    verdict: Verdict
    article: Article
    stored: Article | None = None


class Judge:
    """Compares articles with those of a library; writes nothing.

    Args:
        connection: of the writer.
        folder: the library.
        boilerplate: what the library knows of repeated lines.
    """

    def __init__(
        self, connection: sqlite3.Connection, folder: Path, boilerplate: Boilerplate
    ) -> None:
        self._connection = connection
        self._folder = folder
        self._boilerplate = boilerplate

    def stored(self, article_id: str) -> Article | None:
        """The article that is there under an id."""
        row = self._connection.execute(
            f"{rows.SELECT_ARTICLE} WHERE id = ?", (article_id,)
        ).fetchone()
        return None if row is None else rows.to_article(row, self._folder)

    def is_stored(self, article: Article) -> bool:
        """Whether it is there, equal in every field: the quick answer for a second ingest."""
        row = self._connection.execute(
            "SELECT content_hash FROM articles WHERE id = ?", (article.id,)
        ).fetchone()
        return row is not None and row[0] == rows.content_hash(article)

    def with_text(self, article: Article) -> list[Article]:
        """The articles with the same text, white space aside, in the order in which they came."""
        found = self._connection.execute(
            f"{rows.SELECT_ARTICLE} WHERE text_hash = ? ORDER BY rowid", (rows.text_hash(article),)
        )
        return [rows.to_article(row, self._folder) for row in found.fetchall()]

    def versions(self, article_id: str) -> list[Article]:
        """What an article said before the version that is there, oldest first."""
        return versions_of(self._connection, self._folder, article_id)

    def by_hand(self, article_id: str) -> bool:
        """Whether an article is marked as withdrawn by its reader and not by its outlet."""
        return (
            self._connection.execute(
                "SELECT 1 FROM withdrawn_by_hand WHERE article_id = ?", (article_id,)
            ).fetchone()
            is not None
        )

    def judge(self, article: Article) -> Judged:
        """The verdict on an article whose id is that of its plain address."""
        stored = self.stored(article.id)
        if stored is not None:
            return self._known(self._as_stored(article, stored), stored)
        article = self._boilerplate.relieve(article)
        for twin in self.with_text(article):
            if same_article(twin, article):
                full = completed(twin, article)
                if full == twin:
                    return Judged(Verdict.DUPLICATE, article)
                return Judged(Verdict.COMPLETES, full, twin)
        return Judged(Verdict.NEW, article)

    def _known(self, article: Article, stored: Article) -> Judged:
        elsewhere = article.source != stored.source
        if adds_nothing(stored, article):
            return Judged(Verdict.DUPLICATE if elsewhere else Verdict.UNCHANGED, article)
        kept = self.versions(article.id)
        same_text = article.text == stored.text
        if elsewhere:
            # A path whose version was replaced by another path's: it has not changed since.
            if any(old.source == article.source and adds_nothing(old, article) for old in kept):
                return Judged(Verdict.UNCHANGED, article)
            full = completed(stored, article)
            if full != stored and adds_nothing(full, article):
                return Judged(Verdict.COMPLETES, full, stored)
            older = same_text and is_earlier(article, stored)
            if older or _is_twin(article, stored):
                return Judged(Verdict.DUPLICATE, article)
        if is_earlier(article, stored) and not same_text:
            known = any(adds_nothing(old, article) for old in kept)
            return Judged(Verdict.UNCHANGED if known else Verdict.EARLIER, article)
        return Judged(Verdict.REPLACES, article, stored)

    def _as_stored(self, article: Article, stored: Article) -> Article:
        """The article less what the stored one was relieved of, and with its mark if it stays."""
        taken = {line_hash(line) for line in stored.dropped if line not in article.dropped}
        article = self._boilerplate.relieve(article, besides=taken)
        if stored.withdrawn and article.withdrawn is None and self.by_hand(article.id):
            said_since = article.as_of is not None and article.as_of > stored.withdrawn
            if not said_since:
                return replace(article, withdrawn=stored.withdrawn)
        return article


def _is_twin(article: Article, stored: Article) -> bool:
    """Whether this is the page under another address, and no later version of it."""
    if article.url is None or stored.url is None or article.url == stored.url:
        return False
    if article.withdrawn != stored.withdrawn or plain_address(article.url) != plain_address(
        stored.url
    ):
        return False
    later = article.as_of is not None and (stored.as_of is None or article.as_of > stored.as_of)
    return not later and is_copy(article, stored)
