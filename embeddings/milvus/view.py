"""A library in Milvus as it was at one commit: what can be read and searched there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np

from corpus import Article, Passage
from corpus.errors import NotInLibrary
from embeddings.embedders.embedder import Vectors
from embeddings.index.filters import Filter
from embeddings.milvus import lexical, rows
from embeddings.milvus.client import MOST_ROWS, Client, Row
from embeddings.milvus.commits import Commit
from embeddings.milvus.filters import admits_nothing, both, condition, one_of, quoted
from embeddings.milvus.names import Names
from embeddings.milvus.schema import search_params
from embeddings.store.window import UNDATED

# Beyond the k wanted, so that passages which tie with the last are seen without asking again.
_SPARE = 16
# An inner product of unit vectors that Milvus computes in float32 may be this much off.
_ROUNDING = 1e-5
_IDS_A_REQUEST = 500
_REMEMBERED_PASSAGES = 4_096
_REMEMBERED_ARTICLES = 256
_AFTER_ALL_DAYS = date.max.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Held:
    """An article as the library holds it.

    Attributes:
        article: itself.
        owner: what its rows belong to.
        group: the id of its group of copies.
        came: its place among all that ever came.
        by_hand: whether its reader, and not its outlet, marked it as withdrawn.
    """

    article: Article
    owner: str
    group: str
    came: int = 0
    by_hand: bool = False


class View:
    """What one commit says is the library. Never changes, so threads may share it.

    It answers as long as no two further commits replace what it reads: then an article that is
    still named by a hit may be gone (NotInLibrary).
    """

    def __init__(self, client: Client, names: Names, commit: Commit) -> None:
        self.commit = commit
        self._client = client
        self._names = names
        self._passages_in = names.passages(commit.series)
        self._index_kind = ""
        # What was read stays true; each is emptied when it has grown.
        self._seen: dict[str, Passage] = {}
        self._read: dict[str, Held] = {}
        self._holding: dict[str, int] = {}

    # Articles

    def held(self, article_id: str) -> Held:
        """The article of that id.

        Raises:
            NotInLibrary: there is none.
            LibraryDamaged: it is not what was stored.
        """
        known = self._read.get(article_id)
        if known is not None:
            return known
        found = self.held_where(one_of("article_id", [article_id]))
        if not found:
            raise self.unknown("article", article_id)
        if len(self._read) >= _REMEMBERED_ARTICLES:
            self._read.clear()
        self._read[article_id] = found[0]
        return found[0]

    def find(self, article_id: str) -> Held | None:
        """The article of that id, or None."""
        try:
            return self.held(article_id)
        except NotInLibrary:
            return None

    def hashes(self, article_ids: Sequence[str]) -> dict[str, str]:
        """Content hash of those of the articles that are there, by id."""
        if not article_ids:
            return {}
        found = self._first_parts(one_of("article_id", article_ids), ("article_id", "content_hash"))
        return {str(row["article_id"]): str(row["content_hash"]) for row in found}

    def texts(self, hashes: Sequence[str]) -> set[str]:
        """Those of the text hashes that an article has."""
        if not hashes:
            return set()
        return {
            str(row["text_hash"])
            for row in self._first_parts(one_of("text_hash", hashes), ("text_hash",))
        }

    def held_where(self, where: str) -> list[Held]:
        """The articles whose rows a condition holds for, in the order in which they came."""
        return sorted(self._whole(self._names.articles, where), key=lambda held: held.came)

    def held_with_text(self, text_hash: str) -> list[Held]:
        """The articles with that text, in the order in which they came."""
        return self.held_where(one_of("text_hash", [text_hash]))

    def held_in_groups(self, groups: Sequence[str]) -> list[Held]:
        """The articles of groups of copies, in the order in which they came."""
        return self.held_where(one_of("group_id", groups))

    def copied(self) -> Iterator[tuple[str, list[Held]]]:
        """(group, articles) of each group of at least two, in the order of their oldest article."""
        days: dict[str, list[int]] = {}
        where = both(self.commit.visible, "part == 0")
        for row in self._client.scan(self._names.articles, where, ("group_id", "day")):
            days.setdefault(str(row["group_id"]), []).append(int(row["day"]))
        oldest = {
            group: min((day for day in each if day != UNDATED), default=_AFTER_ALL_DAYS)
            for group, each in days.items()
            if len(each) > 1
        }
        for group in sorted(oldest, key=lambda group: (oldest[group], group)):
            yield group, self.held_in_groups([group])

    def sharing(self, bands: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
        """(article id, its bands) of the articles that have one of these bands."""
        for part in range(0, len(bands), _IDS_A_REQUEST):
            wanted = ", ".join(quoted(band) for band in bands[part : part + _IDS_A_REQUEST])
            where = f"array_contains_any(bands, [{wanted}])"
            for row in self._first_parts(where, ("article_id", "bands")):
                yield str(row["article_id"]), list(row["bands"])

    def all_held(self) -> Iterator[Held]:
        """Every article, oldest first, undated ones last, then by id."""
        order = sorted(
            (int(row["day"]) == 0, int(row["day"]), str(row["article_id"]))
            for row in self._every("day")
        )
        return self._one_by_one([article_id for *_, article_id in order])

    def in_order_of_coming(self) -> Iterator[Held]:
        """Every article, in the order in which they came."""
        order = sorted((int(row["came"]), str(row["article_id"])) for row in self._every("came"))
        return self._one_by_one([article_id for _, article_id in order])

    def _every(self, field: str) -> Iterator[Row]:
        where = both(self.commit.visible, "part == 0")
        return self._client.scan(self._names.articles, where, ("article_id", field))

    def _one_by_one(self, order: Sequence[str]) -> Iterator[Held]:
        ids = iter(order)
        while batch := list(islice(ids, _REMEMBERED_ARTICLES // 4)):
            found = {held.article.id: held for held in self.held_where(one_of("article_id", batch))}
            yield from (found[article_id] for article_id in batch if article_id in found)

    def versions(self, article_id: str) -> list[Held]:
        """What an article said before, oldest first."""
        return self.versions_of([article_id])

    def versions_of(self, article_ids: Sequence[str]) -> list[Held]:
        """What several articles said before; of each one, oldest first."""
        return list(self._whole(self._names.versions, one_of("article_id", article_ids)))

    def facts(self, since: int) -> Iterator[tuple[int, str]]:
        """(day number, outlet) of every article that came after a commit."""
        where = both(self.commit.visible, f"part == 0 and born > {since}")
        for row in self._client.scan(self._names.articles, where, ("day", "outlet")):
            yield int(row["day"]), str(row["outlet"])

    # Passages

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in order; none where there is no such article."""
        return [passage for passage, _ in self.whole_passages([article_id], vectors=False)]

    def whole_passages(
        self, article_ids: Sequence[str], *, vectors: bool = True
    ) -> list[tuple[Passage, Vectors]]:
        """The passages of articles, in order, each with its vector, or with an empty one."""
        fields = (*rows.PASSAGE_FIELDS, "vector") if vectors else rows.PASSAGE_FIELDS
        found = [
            (rows.to_passage(row), np.asarray(row.get("vector", ()), dtype=np.float32))
            for row in self._passage_rows(one_of("article_id", article_ids), fields)
        ]
        return sorted(found, key=lambda pair: (pair[0].article_id, pair[0].ordinal))

    def passage(self, passage_id: str) -> Passage:
        """The passage of that id.

        Raises:
            NotInLibrary: there is none.
        """
        known = self._seen.get(passage_id)
        if known is not None:
            return known
        found = self._passage_rows(one_of("passage_id", [passage_id]), rows.PASSAGE_FIELDS)
        if not found:
            raise self.unknown("passage", passage_id)
        self._remember(found)
        return rows.to_passage(found[0])

    def vectors(self, passage_ids: Sequence[str]) -> Vectors:
        """The vectors of passages, shape (len(passage_ids), dimensions), in that order.

        Raises:
            NotInLibrary: one of the passages is not there.
        """
        known: dict[str, Vectors] = {}
        wanted = iter(dict.fromkeys(passage_ids))
        while batch := list(islice(wanted, _IDS_A_REQUEST)):
            for row in self._passage_rows(one_of("passage_id", batch), ("passage_id", "vector")):
                known[str(row["passage_id"])] = np.asarray(row["vector"], dtype=np.float32)
        vectors = np.zeros((len(passage_ids), self.commit.embedder.dimensions), dtype=np.float32)
        for place, passage_id in enumerate(passage_ids):
            if passage_id not in known:
                raise self.unknown("passage", passage_id)
            vectors[place] = known[passage_id]
        return vectors

    def size_of(self, owners: Sequence[str]) -> tuple[int, int]:
        """How many passages some articles have, and how many terms in all."""
        lengths = [
            sum(row["counts"]) for row in self._passage_rows(one_of("owner", owners), ("counts",))
        ]
        return len(lengths), sum(lengths)

    # Searching

    def dense(self, vector: Vectors, k: int, wanted: Filter) -> list[tuple[str, float]]:
        """The k passages nearest in meaning: (passage id, inner product), best first."""
        if vector.shape != (self.commit.embedder.dimensions,):
            raise ValueError(
                f"the vector has shape {vector.shape}, not ({self.commit.embedder.dimensions},)"
            )
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        if admits_nothing(wanted):
            return []
        limit = k + _SPARE
        while True:
            limit = min(limit, MOST_ROWS)
            found = self._client.search(
                self._passages_in,
                "vector",
                vector,
                limit,
                both(self.commit.visible, condition(wanted)),
                (*rows.PASSAGE_FIELDS, "vector"),
                search_params(self._kind(), limit),
            )
            scored = _by_inner_product(found, vector)
            if (
                len(found) < limit
                or limit == MOST_ROWS
                or found[-1][0] < scored[min(k, len(scored)) - 1][1] - _ROUNDING
            ):
                self._remember(row for _, row in found)
                return scored[:k]
            limit *= 4

    def lexical(self, text: str, k: int, wanted: Filter) -> list[tuple[str, float]]:
        """The k passages that share the most telling words: (passage id, BM25), best first."""
        if k < 1:
            raise ValueError(f"k must be at least 1, not {k}")
        if admits_nothing(wanted) or not self.commit.passages:
            return []
        statistics = lexical.Statistics(
            self.commit.passages, self.commit.mean_length, self.commit.reference_length
        )
        where = both(self.commit.visible, condition(wanted))

        def propose(query: Mapping[int, float], limit: int) -> list[tuple[float, Row]]:
            fields = (*rows.PASSAGE_FIELDS, *lexical.TERM_FIELDS)
            return self._client.search(
                self._passages_in, "weights", query, limit, where, fields, {}
            )

        return lexical.best(text, k, statistics, self._holding_of, propose)

    def unknown(self, kind: str, name: str) -> NotInLibrary:
        """The error for an id that the library does not hold."""
        return NotInLibrary(
            f"there is no {kind} {name} in the library",
            where=str(self._client.address),
            next_step="it may have been replaced or deleted since it was found; search again",
        )

    def _holding_of(self, term: str) -> int:
        """How many passages of the library hold a term."""
        if term not in self._holding:
            where = both(self.commit.visible, f"array_contains(terms, {quoted(term)})")
            self._holding[term] = self._client.count(self._passages_in, where)
        return self._holding[term]

    def _kind(self) -> str:
        if not self._index_kind:
            self._index_kind = self._client.index_kind(self._passages_in, "vector")
        return self._index_kind

    def _first_parts(self, where: str, fields: Sequence[str]) -> list[Row]:
        condition = both(self.commit.visible, "part == 0", where)
        return self._client.rows(self._names.articles, condition, fields)

    def _whole(self, collection: str, where: str) -> Iterator[Held]:
        parts: dict[tuple[int, int, str], list[Row]] = {}
        for row in self._client.rows(
            collection, both(self.commit.visible, where), rows.ARTICLE_FIELDS
        ):
            key = (int(row["born"]), int(row["place"]), str(row["owner"]))
            parts.setdefault(key, []).append(row)
        for (_, _, owner), found in sorted(parts.items()):
            article = rows.to_article(found, self._client.address)
            first = found[0]
            yield Held(
                article, owner, str(first["group_id"]), int(first["came"]), bool(first["by_hand"])
            )

    def _passage_rows(self, where: str, fields: Sequence[str]) -> list[Row]:
        return self._client.rows(self._passages_in, both(self.commit.visible, where), fields)

    def _remember(self, found: Iterable[Row]) -> None:
        if len(self._seen) >= _REMEMBERED_PASSAGES:
            self._seen.clear()
        for row in found:
            passage = rows.to_passage(row)
            self._seen[passage.id] = passage


def _by_inner_product(
    found: Sequence[tuple[float, Row]], vector: Vectors
) -> list[tuple[str, float]]:
    # Milvus's own figure may come from a compressed vector; the stored one is whole.
    if not found:
        return []
    matrix = np.asarray([row["vector"] for _, row in found], dtype=np.float64)
    scores = (matrix @ vector.astype(np.float64)).astype(np.float32)
    pairs = [
        (str(row["passage_id"]), float(score))
        for (_, row), score in zip(found, scores, strict=True)
    ]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
