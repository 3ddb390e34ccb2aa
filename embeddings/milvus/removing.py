"""Articles out of a library in Milvus, with their versions, and out of their groups of copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from embeddings.milvus.commits import MOST_REPLACED
from embeddings.milvus.copies import Copies
from embeddings.milvus.ingest import kept_passages
from embeddings.milvus.shelf import Shelf, Shelved
from embeddings.milvus.view import View
from embeddings.milvus.writing import Batch, Entry, Writer


def remove(writer: Writer, view: Callable[[], View], article_ids: Iterable[str]) -> tuple[str, ...]:
    """Takes articles out, as many a commit as one has room for.

    Args:
        writer: with the lease held.
        view: the library as it is now.
        article_ids: each once.

    Returns:
        Those that were there.
    """
    waiting = iter(article_ids)
    removed: list[str] = []
    while True:
        now = view()
        gone, batch = _taken_out(now, waiting)
        if not gone:
            return tuple(removed)
        writer.commit(now, batch)
        removed += gone


def _taken_out(now: View, waiting: Iterator[str]) -> tuple[list[str], Batch]:
    """The ids of the next articles that are there, and the batch that takes them out."""
    shelf = Shelf(lambda: now)
    copies, batch = Copies(shelf), Batch()
    gone: list[str] = []
    moved: list[Shelved] = []
    for article_id in waiting:
        one = shelf.find(article_id)
        if one is None or one.held is None:
            continue
        gone.append(article_id)
        batch.out.append(one.held)
        batch.versions_out += now.versions(article_id)
        copies.leave(one)
        leaving = set(gone)
        moved = [other for other in shelf.changed if other.article.id not in leaving]
        if len(batch.out) + len(batch.versions_out) + len(moved) >= MOST_REPLACED:
            break
    for other in moved:
        # Whoever stays in another group than before is written anew, passages and all.
        if other.held is not None:
            passages, vectors = kept_passages(now, other.held)
            batch.out.append(other.held)
            batch.entries.append(
                Entry(
                    other.article, other.group, other.came, passages, vectors, by_hand=other.by_hand
                )
            )
    return gone, batch
