"""What an article that comes in is to a library in Milvus: `embeddings.intake.judging` there."""

from __future__ import annotations

from corpus import Article
from embeddings.intake.boilerplate import Boilerplate
from embeddings.intake.judging import Judge
from embeddings.milvus.shelf import Shelf


class ShelfJudge(Judge):
    """Compares articles with those in hand and in Milvus; writes nothing.

    Args:
        shelf: where both are looked up.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._boilerplate = NothingLearned()

    def stored(self, article_id: str) -> Article | None:
        """The article that is there under an id."""
        found = self._shelf.find(article_id)
        return None if found is None else found.article

    def with_text(self, article: Article) -> list[Article]:
        """The articles with the same text, in the order in which they came."""
        return self._shelf.with_text(article)

    def versions(self, article_id: str) -> list[Article]:
        """What an article said before the version that is there, oldest first."""
        return self._shelf.versions(article_id)

    def by_hand(self, article_id: str) -> bool:
        """Whether an article is marked as withdrawn by its reader and not by its outlet."""
        found = self._shelf.find(article_id)
        return found is not None and found.by_hand


class NothingLearned(Boilerplate):
    """Knows no line that an outlet repeats: a library in Milvus does not learn them.

    What an article was relieved of where it came from, it stays relieved of.
    """

    def __init__(self) -> None:
        pass

    def _is_known(self, article: Article, code: bytes) -> bool:  # noqa: ARG002
        return False
