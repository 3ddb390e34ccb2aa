"""The collections of a library in Milvus, their fields and their indexes.

    NAME_articles           articles as they are searched, cut into parts that Milvus takes
    NAME_versions           what articles said before they were replaced, in the same form
    NAME_passages_SERIES    passages: vector, terms, and what a search may ask of their articles
    NAME_commits            one row a commit; the highest one says what of all this is the library
    NAME_leases             who writes

A row of the first three carries `born`, the number of the commit that it came with, and `owner`,
the version of an article that it belongs to. A new series of passages begins when the library is
embedded anew, because a collection's vectors have one length for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TEXT_BYTES = 65_535
"""The most bytes of one VARCHAR, https://milvus.io/docs/limitations.md."""

MOST_TERMS = 4_096
"""The most elements of one ARRAY: https://milvus.io/docs/array_data_type.md."""

TERM_BYTES = 64
"""Longer terms are stored as their digest; English news has none."""

MOST_BANDS = 64
BAND_BYTES = 32
"""What makes copies known: `corpus.copies` has 24 bands, a number and eight bytes each."""

_KEY_BYTES = 256

Field = dict[str, Any]

# Milvus wants a vector in every collection; those that are not searched by one get this.
UNUSED = [0.0, 0.0]
_UNUSED_FIELD: Field = {"field_name": "unused", "datatype": "FLOAT_VECTOR", "dim": len(UNUSED)}
_UNUSED_INDEX = {"field_name": "unused", "index_type": "FLAT", "metric_type": "L2"}


@dataclass(frozen=True, slots=True)
class DenseOptions:
    """Which dense index a library gets. It is chosen when its passages' collection is made.

    Attributes:
        expected_passages: how many it will hold, where that is known.
        hnsw_from: Milvus Lite searches exactly below this many, and by HNSW from there. Exact
            search reads every vector: 50,000 of 384 dimensions are 77 MB.
        rabitq_from: a server gets IVF_RABITQ, one bit a dimension and eight for refining, from
            this many, and HNSW below. HNSW holds whole vectors and 64 links each in memory, 1.8
            GB for a million of 384 dimensions, so that five million take 9 of a server's 16 GB.
    """

    expected_passages: int = 0
    hnsw_from: int = 50_000
    rabitq_from: int = 5_000_000


def dense_index(options: DenseOptions, *, is_file: bool) -> Mapping[str, Any]:
    """The dense index's kind and parameters, by where it is and how large it will be."""
    expected = options.expected_passages
    if is_file:
        kind = "FLAT" if expected < options.hnsw_from else "HNSW"
    else:
        kind = "HNSW" if expected < options.rabitq_from else "IVF_RABITQ"
    return {"field_name": "vector", "index_type": kind, "metric_type": "IP", "params": _BUILD[kind]}


_BUILD: Mapping[str, Mapping[str, Any]] = {
    "FLAT": {},
    # The embedder's vectors lie close together, so the graph has twice faiss's usual 16 links.
    "HNSW": {"M": 32, "efConstruction": 200},
    # Milvus trains one IVF a segment; a segment of 1 GB holds 700,000 vectors of 384 dimensions.
    "IVF_RABITQ": {"nlist": 1_024, "refine": True, "refine_type": "SQ8"},
}


def search_params(kind: str, limit: int) -> Mapping[str, Any]:
    """How widely an index of that kind looks for `limit` neighbours."""
    if kind == "HNSW":
        return {"ef": max(128, 2 * limit)}
    if kind == "IVF_RABITQ":
        return {"nprobe": 64, "rbq_query_bits": 8, "refine_k": 4}
    return {}


def articles(*, is_file: bool) -> tuple[list[Field], list[Mapping[str, Any]]]:
    """Fields and indexes of the articles, and of their earlier versions."""
    fields = [
        _key("key", is_primary=True),
        _key("owner"),
        _key("article_id"),
        _number("born"),
        _number("place"),
        _number("part"),
        _number("parts"),
        _number("day"),
        _text("outlet"),
        _key("group_id"),
        _number("came"),
        {"field_name": "by_hand", "datatype": "BOOL"},
        _strings("bands", MOST_BANDS, BAND_BYTES),
        _key("content_hash"),
        _key("text_hash"),
        _text("body"),
        _UNUSED_FIELD,
    ]
    searched = ("owner", "article_id", "born", "part", "group_id", "text_hash", "bands")
    return fields, [_UNUSED_INDEX, *_inverted(searched, is_file=is_file)]


def passages(
    dimensions: int, options: DenseOptions, *, is_file: bool
) -> tuple[list[Field], list[Mapping[str, Any]]]:
    """Fields and indexes of the passages."""
    fields = [
        _key("key", is_primary=True),
        _key("owner"),
        _key("passage_id"),
        _key("article_id"),
        _number("ordinal"),
        _number("start"),
        _number("stop"),
        _number("born"),
        _number("day"),
        _text("outlet"),
        _key("group_id"),
        {"field_name": "withdrawn", "datatype": "BOOL"},
        _strings("terms", MOST_TERMS, TERM_BYTES),
        {
            "field_name": "counts",
            "datatype": "ARRAY",
            "element_type": "INT64",
            "max_capacity": MOST_TERMS,
        },
        {"field_name": "vector", "datatype": "FLOAT_VECTOR", "dim": dimensions},
        {"field_name": "weights", "datatype": "SPARSE_FLOAT_VECTOR"},
    ]
    sparse = {"field_name": "weights", "index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"}
    searched = ("owner", "passage_id", "article_id", "born", "day", "outlet", "group_id", "terms")
    return fields, [
        dense_index(options, is_file=is_file),
        sparse,
        *_inverted(searched, is_file=is_file),
    ]


def commits() -> tuple[list[Field], list[Mapping[str, Any]]]:
    """Fields and indexes of the commits."""
    fields = [_key("key", is_primary=True), _number("generation"), _text("body"), _UNUSED_FIELD]
    return fields, [_UNUSED_INDEX]


def leases() -> tuple[list[Field], list[Mapping[str, Any]]]:
    """Fields and indexes of the leases."""
    fields = [
        _key("key", is_primary=True),
        _key("host"),
        _number("pid"),
        _number("until"),
        _UNUSED_FIELD,
    ]
    return fields, [_UNUSED_INDEX]


def _key(name: str, **more: Any) -> Field:
    return {"field_name": name, "datatype": "VARCHAR", "max_length": _KEY_BYTES, **more}


def _text(name: str) -> Field:
    return {"field_name": name, "datatype": "VARCHAR", "max_length": TEXT_BYTES}


def _strings(name: str, most: int, length: int) -> Field:
    return {
        "field_name": name,
        "datatype": "ARRAY",
        "element_type": "VARCHAR",
        "max_capacity": most,
        "max_length": length,
    }


def _number(name: str) -> Field:
    return {"field_name": name, "datatype": "INT64"}


def _inverted(names: tuple[str, ...], *, is_file: bool) -> list[Mapping[str, Any]]:
    # Milvus Lite scans its rows either way, and has no such index for arrays.
    if is_file:
        return []
    return [{"field_name": name, "index_type": "INVERTED"} for name in names]
