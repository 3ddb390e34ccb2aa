"""Articles and passages as rows of Milvus, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date

from corpus import Article, Passage
from corpus.errors import LibraryDamaged
from embeddings.embedders.embedder import Vectors
from embeddings.milvus.client import Row
from embeddings.milvus.lexical import TermCounts, weights
from embeddings.milvus.schema import TEXT_BYTES, UNUSED
from embeddings.store.rows import content_hash, text_hash
from embeddings.store.window import day_number

ARTICLE_FIELDS = ("owner", "article_id", "born", "place", "part", "parts", "group_id", "came",
                  "by_hand", "content_hash", "body")  # fmt: skip
PASSAGE_FIELDS = ("passage_id", "article_id", "ordinal", "start", "stop")

_DATES = ("published", "updated", "withdrawn")


def owner(article_id: str, born: int) -> str:
    """The name of an article as of one commit: what its rows belong to."""
    return f"{article_id}@{born}"


def version_owner(article_id: str, born: int, place: int) -> str:
    """The same for an earlier version, the `place`-th that the commit brought."""
    return f"v:{article_id}@{born}.{place}"


def band_names(bands: Iterable[tuple[int, bytes]]) -> list[str]:
    """Bands of `corpus.copies` as Milvus holds them."""
    return [f"{band}:{key.hex()}" for band, key in bands]


def article_rows(
    article: Article,
    name: str,
    group: str,
    born: int,
    *,
    place: int = 0,
    came: int = 0,
    by_hand: bool = False,
    bands: Sequence[str] = (),
) -> list[Row]:
    """An article, cut into as many rows as its text needs.

    Args:
        article: itself, or an earlier version.
        name: the owner of the rows.
        group: the id of its group of copies.
        born: the number of the commit that they come with.
        place: of an earlier version, which of those of the commit.
        came: its place among all articles that ever came.
        by_hand: whether its reader, and not its outlet, marked it as withdrawn.
        bands: what makes its copies known.

    Raises:
        UnicodeEncodeError: it holds half of a surrogate pair.
    """
    parts = list(_cut(json.dumps(asdict(article), ensure_ascii=False, default=_iso), TEXT_BYTES))
    shared = {
        "owner": name,
        "article_id": article.id,
        "born": born,
        "place": place,
        "parts": len(parts),
        "day": day_number(article.published),
        "outlet": article.outlet or "",
        "group_id": group,
        "came": came,
        "by_hand": by_hand,
        "bands": list(bands),
        "content_hash": content_hash(article),
        "text_hash": text_hash(article),
        "unused": UNUSED,
    }
    return [
        {**shared, "key": f"{name}#{number}", "part": number, "body": part}
        for number, part in enumerate(parts)
    ]


def to_article(rows: Sequence[Row], where: object) -> Article:
    """The article of all the rows of one owner.

    Raises:
        LibraryDamaged: a part is missing, or it is not what was written.
    """
    parts = sorted(rows, key=lambda row: int(row["part"]))
    if [int(row["part"]) for row in parts] != list(range(int(parts[0]["parts"]))):
        raise damaged(where, f"article {parts[0]['article_id']} has lost a part")
    try:
        values = json.loads("".join(str(row["body"]) for row in parts))
        dates = {name: date.fromisoformat(values[name]) for name in _DATES if values[name]}
        article = Article(**{**values, **dates, "dropped": tuple(values["dropped"])})
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(where, f"article {parts[0]['article_id']}: {error}") from error
    if content_hash(article) != parts[0]["content_hash"]:
        raise damaged(where, f"article {article.id} is not what was stored")
    return article


def passage_rows(
    article: Article,
    name: str,
    group: str,
    born: int,
    passages: Sequence[tuple[Passage, TermCounts, Vectors]],
    reference_length: float,
) -> list[Row]:
    """The passages of an article, each with its terms and its vector."""
    shared = {
        "owner": name,
        "article_id": article.id,
        "born": born,
        "day": day_number(article.published),
        "outlet": article.outlet or "",
        "group_id": group,
        "withdrawn": article.withdrawn is not None,
    }
    return [
        {
            **shared,
            "key": f"{name}:{passage.ordinal}",
            "passage_id": passage.id,
            "ordinal": passage.ordinal,
            "start": passage.start,
            "stop": passage.end,
            "terms": list(terms),
            "counts": list(terms.values()),
            "vector": vector,
            "weights": weights(terms, reference_length),
        }
        for passage, terms, vector in passages
    ]


def to_passage(row: Row) -> Passage:
    """The passage of a row with `PASSAGE_FIELDS`."""
    return Passage(
        str(row["passage_id"]),
        str(row["article_id"]),
        int(row["ordinal"]),
        int(row["start"]),
        int(row["stop"]),
    )


def damaged(where: object, why: str) -> LibraryDamaged:
    """The error for a library whose rows cannot be trusted."""
    return LibraryDamaged(
        f"the library in Milvus is damaged: {why}",
        where=str(where),
        next_step="restore the Milvus database from a backup, or make a new library from the "
        "articles",
    )


def _cut(text: str, most: int) -> Iterator[str]:
    """Pieces of at most so many bytes, cut between characters."""
    data = text.encode()
    start = 0
    while start < len(data):
        stop = min(start + most, len(data))
        while stop < len(data) and data[stop] & 0xC0 == 0x80:
            stop -= 1
        yield data[start:stop].decode()
        start = stop


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
