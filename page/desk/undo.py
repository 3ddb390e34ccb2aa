"""What an upload changed in a library, so that it can be taken back.

The library tells how many articles came, not which. So what is handed to it is noted on the way,
with what was there before under the same id: taking back removes what is new, and puts what was
replaced in its old place, with its versions and vectors.

Two small things stay: a day or an outlet that a second reading of an article gave where it was
missing, and lines that were found to be an outlet's furniture and taken out of other articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus import Article, Rejected
from corpus.errors import NotInLibrary
from corpus.identity import adds_nothing, identified
from embeddings.moved import Moved
from embeddings.protocol import LibraryLike


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back.

    Attributes:
        removed: articles that are gone again.
        put_back: articles that are again what they were before.
    """

    removed: int
    put_back: int


class Trail:
    """Notes what is handed to a library, and what was there before.

    Args:
        library: the one that the articles go to; nothing of them is in it yet.
    """

    def __init__(self, library: LibraryLike) -> None:
        self._library = library
        self._fresh: dict[str, None] = {}
        self._before: dict[str, Moved] = {}

    def noted(self, entries: Iterable[Article | Rejected]) -> Iterator[Article | Rejected]:
        """The entries as they are, each noted before it is handed on."""
        for entry in entries:
            if isinstance(entry, Article):
                self._note(identified(entry))
            yield entry

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take back."""
        return not any(True for _ in self._changed()) and not any(True for _ in self._added())

    def undo(self) -> Undone:
        """Take back what the library made of the entries.

        Raises:
            LibraryLocked: another writer is at work.
        """
        replaced = list(self._changed())
        if replaced:
            self._library.restore(replaced)
        removed = self._library.delete_many(list(self._added()))
        return Undone(len(removed), len(replaced))

    def _note(self, article: Article) -> None:
        if article.id in self._fresh or article.id in self._before:
            return
        try:
            there = self._library.article(article.id)
        except NotInLibrary:
            self._fresh[article.id] = None
            return
        if not adds_nothing(there, article):
            self._before[article.id] = moved(self._library, there)

    def _added(self) -> Iterator[str]:
        for article_id in self._fresh:
            try:
                self._library.article(article_id)
            except NotInLibrary:
                continue
            yield article_id

    def _changed(self) -> Iterator[Moved]:
        for article_id, before in self._before.items():
            try:
                now = self._library.article(article_id)
            except NotInLibrary:
                continue
            if now != before.article or len(self._library.versions(now.id)) != len(before.versions):
                yield before


def moved(library: LibraryLike, article: Article) -> Moved:
    """An article of a library, whole.

    Who marked it as withdrawn cannot be asked for; it counts as its reader, whose mark stays when
    the article is read in again.
    """
    with library.reading():
        passages = tuple(library.passages(article.id))
        return Moved(
            article=article,
            group=library.group(article.id).id,
            by_hand=article.withdrawn is not None,
            versions=tuple(library.versions(article.id)),
            passages=passages,
            vectors=library.vectors([passage.id for passage in passages]),
            figures=tuple(library.figures(article)),
        )
