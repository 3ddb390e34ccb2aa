"""What of all that lies in the collections is the library: the highest commit says it.

Milvus changes one row at a time, so a batch is written in this order:

1. rows of articles, versions and passages, numbered with the commit that they belong to;
2. one row of `NAME_commits`: from here on, and not before, the batch is in the library;
3. the rows that the commit *before* this one had replaced are removed.

A reader looks at rows whose number is not above the highest commit's and whose owner that commit
does not name as replaced. So it sees a batch whole or not at all, wherever a writer was killed,
and one that is still reading at the commit before finds all of its rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from corpus.errors import LibraryDamaged, SchemaMismatch
from embeddings.embedders.embedder import EmbedderFingerprint
from embeddings.milvus.client import Client, Row
from embeddings.milvus.filters import one_of
from embeddings.milvus.names import Names
from embeddings.milvus.schema import UNUSED

SCHEMA_VERSION = 1
"""Of the collections; has nothing to do with the local library's."""

MOST_REPLACED = 500
"""How many owners one commit may replace: two commits' must fit into one VARCHAR."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One state of a library.

    Attributes:
        generation: its number; rows up to this number count.
        writer: who made it.
        embedder: what made the vectors.
        series: which collection of passages.
        reference_length: terms of a passage that the stored weights were made with.
        articles, passages, versions, terms: how many there are; `terms` over all passages.
        removed: how many owners have been replaced or removed, ever.
        came: how many articles have come, ever: each is given its number.
        replaced: owners that this commit put out of the library; their rows are still there.
        leaving: those of the commit before; their rows may still be there.
    """

    generation: int
    writer: str
    embedder: EmbedderFingerprint
    series: int = 1
    reference_length: float = 0.0
    articles: int = 0
    passages: int = 0
    versions: int = 0
    terms: int = 0
    removed: int = 0
    came: int = 0
    replaced: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()

    @property
    def visible(self) -> str:
        """The rows that are the library, as a condition."""
        out = (*self.replaced, *self.leaving)
        masked = f" and not ({one_of('owner', out)})" if out else ""
        return f"born <= {self.generation}{masked}"

    @property
    def mean_length(self) -> float:
        """Terms of a passage, on average."""
        return self.terms / self.passages if self.passages else 0.0

    def next(self, writer: str, replaced: tuple[str, ...], **counts: int) -> Commit:
        """The commit after this one.

        Args:
            writer: who makes it.
            replaced: owners that it puts out of the library.
            counts: by how much `articles`, `passages`, `versions`, `terms` and `came` change.
        """
        changed = {name: getattr(self, name) + change for name, change in counts.items()}
        following = replace(
            self,
            generation=self.generation + 1,
            writer=writer,
            removed=self.removed + len(replaced),
            replaced=replaced,
            leaving=self.replaced,
            **changed,
        )
        if following.reference_length == 0.0:
            return replace(following, reference_length=following.mean_length)
        return following

    def of_series(self, series: int, embedder: EmbedderFingerprint) -> Commit:
        """The same, with other passages by another embedder."""
        return replace(self, series=series, embedder=embedder)


def current(client: Client, names: Names) -> Commit | None:
    """The library as it is now; None when nothing was ever committed.

    Raises:
        SchemaMismatch: another version of Dateline made it.
        LibraryDamaged: the row is not what was written, or two writers made the same commit.
    """
    found = client.rows(names.commits, "generation >= 0", ("generation", "body"))
    if not found:
        return None
    highest = max(int(row["generation"]) for row in found)
    bodies = {str(row["body"]) for row in found if int(row["generation"]) == highest}
    if len(bodies) > 1:
        raise LibraryDamaged(
            f"two writers made commit {highest} at the same time",
            where=str(client.address),
            next_step="make it anew from the articles: dateline index PATH… --library "
            f"milvus:{client.address.uri}#NEW_NAME",
        )
    return _read(bodies.pop(), client)


def record(client: Client, names: Names, commit: Commit) -> None:
    """Makes a commit: one row, added."""
    body = json.dumps({"schema": SCHEMA_VERSION, **asdict(commit)}, ensure_ascii=False)
    row: Row = {
        "key": f"{commit.generation}@{commit.writer}",
        "generation": commit.generation,
        "body": body,
        "unused": UNUSED,
    }
    client.insert(names.commits, [row])


def forget_before(client: Client, names: Names, generation: int) -> None:
    """Removes the rows of earlier commits."""
    client.delete(names.commits, f"generation < {generation}")


def _read(body: str, client: Client) -> Commit:
    try:
        values: dict[str, Any] = json.loads(body)
        schema = values.pop("schema")
        if schema != SCHEMA_VERSION:
            raise SchemaMismatch(
                f"the library has schema {schema}; this Dateline knows schema {SCHEMA_VERSION} of "
                "libraries in Milvus",
                where=str(client.address),
                next_step="open it with the version of Dateline that made it",
            )
        return _commit(values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LibraryDamaged(
            f"the library's last commit cannot be read: {error}",
            where=str(client.address),
            next_step="restore the Milvus database from a backup",
        ) from error


def _commit(values: Mapping[str, Any]) -> Commit:
    known = {field.name: values[field.name] for field in fields(Commit)}
    return Commit(
        **{
            **known,
            "embedder": EmbedderFingerprint(**known["embedder"]),
            "replaced": tuple(known["replaced"]),
            "leaving": tuple(known["leaving"]),
        }
    )
