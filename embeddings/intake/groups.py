"""Groups of copies: which articles of a library are one report, and whose report it is.

A group is what links of `corpus.copies.is_copy` connect, so it does not depend on the order in
which its articles came; an article that is like two groups makes them one. Candidates come from
the bands of the stored signatures.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus import Article
from corpus.copies import VALUES, Signature, bands, could_be_copies, is_copy, signature
from corpus.credit import credited, same_name, shown_name
from embeddings.store import rows
from embeddings.store.storage import damaged, unknown

# So many articles in one bucket have a form in common; the others of their bands tell copies.
_LARGEST_BUCKET = 1000


@dataclass(frozen=True, slots=True)
class ArticleGroup:
    """The copies of one report that a library holds.

    Attributes:
        id: the id of its first member.
        articles: the one nearest to the original first, then by day, undated ones last.
        original: the agency or outlet whose report it is, so far as the copies tell.
        outlets: the named outlets that carry it, each once, in the order of the articles.
        why: what tells whose report it is.
    """

    id: str
    articles: tuple[Article, ...]
    original: str
    outlets: tuple[str, ...]
    why: str


class Groups:
    """The groups of a library as its writer changes them; always inside a transaction.

    Args:
        connection: of the writer.
        folder: the library.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def enter(self, article: Article) -> bool:
        """Puts an article that is there, and in no group, into that of its copies.

        Returns:
            Whether there is a copy of it.
        """
        values = signature(article)
        if values is None:
            return False
        self.remember(article.id, values)
        groups = self._groups_of_copies(article, values)
        if groups:
            self._merge([article.id, *groups])
        return bool(groups)

    def leave(self, article_id: str) -> None:
        """Takes an article out of its group, which may fall apart without it."""
        group = self._group_of(article_id) or article_id
        others = [member for member in self._members([group]) if member != article_id]
        self._forget(article_id)
        for part in self._parts(others):
            self._assign(part, part[0])
        self._assign([article_id], article_id)

    def are_missing(self) -> bool:
        """Whether the library holds articles that were never put into groups."""
        return (
            self._connection.execute("SELECT 1 FROM signatures LIMIT 1").fetchone() is None
            and self._connection.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is not None
        )

    def remember(self, article_id: str, values: Signature) -> None:
        """Keeps what makes an article's copies known, without looking for any."""
        self._connection.execute(
            "INSERT INTO signatures (article_id, signature) VALUES (?, ?)",
            (article_id, values.astype("<u4").tobytes()),
        )
        self._connection.executemany(
            "INSERT INTO signature_bands (band, key, article_id) VALUES (?, ?, ?)",
            [(band, key, article_id) for band, key in bands(values)],
        )

    def _forget(self, article_id: str) -> None:
        if self._connection.execute(
            "SELECT 1 FROM signatures WHERE article_id = ?", (article_id,)
        ).fetchone() is None:  # fmt: skip
            return
        # The bands have no index by article, which would take as much room as they do.
        self._connection.executemany(
            "DELETE FROM signature_bands WHERE band = ? AND key = ? AND article_id = ?",
            [(band, key, article_id) for band, key in bands(self._signature(article_id))],
        )
        self._connection.execute("DELETE FROM signatures WHERE article_id = ?", (article_id,))

    def _groups_of_copies(self, article: Article, values: Signature) -> list[str]:
        """The groups that hold a copy of the article."""
        shared = Counter(
            found
            for band, key in bands(values)
            for (found,) in self._connection.execute(
                "SELECT article_id FROM signature_bands WHERE band = ? AND key = ? LIMIT ?",
                (band, key, _LARGEST_BUCKET),
            )
        )
        shared.pop(article.id, None)
        groups: dict[str, None] = {}
        # Most bands first: one copy settles a group, and the rest of it need not be read.
        for candidate, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
            group = self._group_of(candidate)
            if group is None or group in groups:
                continue
            if not could_be_copies(values, self._signature(candidate)):
                continue
            if is_copy(article, self._article(candidate)):
                groups[group] = None
        return list(groups)

    def _merge(self, groups: Sequence[str]) -> None:
        members = self._members(groups)
        self._assign(members, members[0])

    def _assign(self, article_ids: Iterable[str], group: str) -> None:
        for article_id in article_ids:
            changed = self._connection.execute(
                "UPDATE articles SET group_id = ? WHERE id = ? AND group_id != ?",
                (group, article_id, group),
            ).rowcount
            if changed:
                rows.renumber(self._connection, article_id)

    def _parts(self, article_ids: Sequence[str]) -> list[list[str]]:
        """The parts that links still connect, each in the order in which its articles came."""
        texts = {article_id: self._article(article_id) for article_id in article_ids}
        values = {article_id: self._signature(article_id) for article_id in article_ids}
        keys = {article_id: set(bands(one)) for article_id, one in values.items()}
        parts: list[list[str]] = []
        for one in article_ids:
            linked = [
                part
                for part in parts
                if any(
                    keys[one] & keys[other]
                    and could_be_copies(values[one], values[other])
                    and is_copy(texts[one], texts[other])
                    for other in part
                )
            ]
            parts = [part for part in parts if part not in linked]
            parts.append([*(member for part in linked for member in part), one])
        order = {article_id: place for place, article_id in enumerate(article_ids)}
        return [sorted(part, key=order.__getitem__) for part in parts]

    def _members(self, groups: Sequence[str]) -> list[str]:
        """The ids of their articles, in the order in which they came."""
        marks = ", ".join("?" * len(groups))
        found = self._connection.execute(
            f"SELECT id FROM articles WHERE group_id IN ({marks}) ORDER BY rowid", tuple(groups)
        )
        return [article_id for (article_id,) in found]

    def _group_of(self, article_id: str) -> str | None:
        row = self._connection.execute(
            "SELECT group_id FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        return None if row is None else str(row[0])

    def _signature(self, article_id: str) -> Signature:
        row = self._connection.execute(
            "SELECT signature FROM signatures WHERE article_id = ?", (article_id,)
        ).fetchone()
        if row is None or len(row[0]) != 4 * VALUES:
            raise damaged(self._folder, f"the signature of article {article_id} is lost")
        return np.frombuffer(row[0], dtype="<u4").astype(np.uint32)

    def _article(self, article_id: str) -> Article:
        row = self._connection.execute(
            f"{rows.SELECT_ARTICLE} WHERE id = ?", (article_id,)
        ).fetchone()
        return rows.to_article(row, self._folder)


def group_of(connection: sqlite3.Connection, folder: Path, article_id: str) -> ArticleGroup:
    """The group that an article belongs to; itself alone where it has no copy.

    Raises:
        NotInLibrary: there is no such article.
        LibraryDamaged: one of the articles is not what was stored.
    """
    row = connection.execute("SELECT group_id FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise unknown(connection, folder, "article", article_id)
    members = members_of(connection, folder, row[0])
    if not any(member.id == article_id for member in members):
        # The index over groups and the table disagree: a page of one of them is not what it was.
        raise damaged(folder, f"article {article_id} is not in its own group")
    return grouped(row[0], members)


def groups_of_copies(connection: sqlite3.Connection) -> list[str]:
    """The ids of the groups of at least two, by their oldest article; undated ones last."""
    found = connection.execute(
        "SELECT group_id FROM articles GROUP BY group_id HAVING count(*) > 1 "
        "ORDER BY min(published) IS NULL, min(published), group_id"
    )
    return [group_id for (group_id,) in found]


def members_of(connection: sqlite3.Connection, folder: Path, group_id: str) -> list[Article]:
    """The articles of a group, in the order in which they were added.

    Raises:
        LibraryDamaged: one of them is not what was stored.
    """
    found = connection.execute(
        f"{rows.SELECT_ARTICLE} WHERE group_id = ? ORDER BY rowid", (group_id,)
    ).fetchall()
    return [rows.to_article(one, folder) for one in found]


def grouped(group_id: str, members: Sequence[Article]) -> ArticleGroup:
    """The group of these articles, which are given in the order in which they were added."""
    by_day = sorted(members, key=lambda one: (one.published is None, one.published or 0))
    original, why = _original(members, by_day)
    ordered = sorted(by_day, key=lambda one: not same_name(one.outlet_name, original))
    outlets = dict.fromkeys(one.outlet for one in ordered if one.outlet)
    return ArticleGroup(group_id, tuple(ordered), original, tuple(outlets), why)


def _original(members: Sequence[Article], by_day: Sequence[Article]) -> tuple[str, str]:
    """Whose report it is, and what tells so."""
    votes = Counter(name for one in by_day if (name := credited(one)) is not None)
    if votes:
        ((name, count),) = votes.most_common(1)
        return name, f"credited by {count} of {len(members)}"
    first = by_day[0]
    name = shown_name(first.outlet_name)
    if len(members) == 1:
        return name, "no copy of it is in the library"
    same_day = [one for one in members if one.published == first.published]
    if first.published is None:
        return name, "the first that was added; none is dated"
    if len(same_day) > 1:
        return name, f"the first that was added of those of {first.date_label}"
    return name, f"the earliest dated, of {first.date_label}"
