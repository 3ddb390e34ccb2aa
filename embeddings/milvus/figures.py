"""What a library in Milvus holds, in figures, and whether all of it is what was stored."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np

from corpus import Article, Passage
from embeddings.embedders.embedder import Vectors
from embeddings.milvus.address import Address
from embeddings.milvus.rows import damaged
from embeddings.milvus.view import View
from embeddings.store.stats import LibraryStats

_CHECKED_AT_ONCE = 64


@dataclass(slots=True)
class _Facts:
    generation: int = -1
    removed: int = 0
    undated: int = 0
    outlets: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)


class Tally:
    """Remembers what was counted: Milvus has no 'how many different', so all rows are read once.

    Later only those that came since are, as long as nothing went.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._facts = _Facts()

    def stats(self, view: View, address: Address) -> LibraryStats:
        """The figures at a view."""
        now = view.commit
        with self._guard:
            if self._facts.removed != now.removed or self._facts.generation > now.generation:
                self._facts = _Facts()
            facts = self._facts
            if facts.generation < now.generation:
                for day, outlet in view.facts(facts.generation):
                    facts.outlets |= {outlet} - {""}
                    facts.days |= {day} - {0}
                    facts.undated += not day
                facts.generation, facts.removed = now.generation, now.removed
            return LibraryStats(
                articles=now.articles,
                passages=now.passages,
                undated=facts.undated,
                versions=now.versions,
                figures=0,
                unread=now.articles,
                outlets=len(facts.outlets),
                first=date.fromordinal(min(facts.days)) if facts.days else None,
                last=date.fromordinal(max(facts.days)) if facts.days else None,
                embedder=now.embedder.name,
                dimensions=now.embedder.dimensions,
                generation=now.generation,
                size=_size(address),
            )


def check(view: View, address: Address) -> None:
    """Compares every article, passage and vector with what the commit says.

    Raises:
        LibraryDamaged: something differs.
    """
    counted = dict.fromkeys(("articles", "passages", "versions"), 0)
    waiting = view.all_held()
    while batch := list(islice(waiting, _CHECKED_AT_ONCE)):
        articles = {held.article.id: held.article for held in batch}
        found = view.whole_passages(list(articles))
        counted["articles"] += len(batch)
        counted["passages"] += len(found)
        counted["versions"] += len(view.versions_of(list(articles)))
        _check_passages(articles, found, address)
    for name, number in counted.items():
        wanted = getattr(view.commit, name)
        if number != wanted:
            raise damaged(address, f"it has {number} {name} and should have {wanted}")


def _check_passages(
    articles: Mapping[str, Article], found: Sequence[tuple[Passage, Vectors]], address: Address
) -> None:
    last: dict[str, int] = {}
    for passage, vector in found:
        article = articles[passage.article_id]
        if passage.ordinal != last.get(article.id, -1) + 1:
            raise damaged(address, f"article {article.id} has lost a passage")
        if not 0 <= passage.start < passage.end <= len(article.text):
            raise damaged(address, f"passage {passage.id} lies outside its article")
        if not np.isfinite(vector).all():
            raise damaged(address, f"the vector of passage {passage.id} holds no numbers")
        last[article.id] = passage.ordinal
    for article_id in articles.keys() - last.keys():
        raise damaged(address, f"article {article_id} has no passages")


def _size(address: Address) -> int:
    if not address.is_file:
        return 0
    return sum(path.stat().st_size for path in Path(address.uri).rglob("*") if path.is_file())
