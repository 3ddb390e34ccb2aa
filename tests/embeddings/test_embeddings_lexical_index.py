from __future__ import annotations

import io
import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.lexical_index import LexicalIndex
from embeddings.terms import TermReader

TEXTS = [
    "Qatar's spokesman Majed al-Ansari said 41,252 people had fled.",
    "Al Ansari told reporters the talks were ongoing; aid worth $2.3 million arrived.",
    "The café reopened in Doha after 23 days.",
    "",
]

words = st.lists(st.sampled_from(["doha", "truce", "aid", "41,252", "2.3", "envoy"]), max_size=12)


def bm25(texts: list[str], question: str) -> list[float]:
    """Lucene's BM25 (Kamphuis et al. 2020, table 1) written out, k1 = 1.5 and b = 0.75."""
    reader = TermReader()
    rows = [reader.terms(text) for text in texts]
    mean = sum(map(len, rows)) / len(rows)
    scores = [0.0] * len(rows)
    for term in reader.terms(question):
        holding = sum(term in row for row in rows)
        rarity = math.log(1 + (len(rows) - holding + 0.5) / (holding + 0.5))
        for place, row in enumerate(rows):
            if count := row.count(term):
                length = 1.5 * (1 - 0.75 + 0.75 * len(row) / mean)
                scores[place] += rarity * count / (count + length)
    return scores


@given(st.lists(words, min_size=1, max_size=12), words, st.integers(1, 14), st.randoms())
def test_scores_are_lucenes_and_the_filter_is_inside(
    texts: list[list[str]], question: list[str], k: int, random: object
) -> None:
    assert random is not None
    joined = [" ".join(text) for text in texts]
    allowed = np.array([place % 3 != 1 for place in range(len(joined))])
    expected = bm25(joined, " ".join(question))
    found = LexicalIndex.from_texts(joined).search(" ".join(question), k, allowed)
    places = [p for p, score in enumerate(expected) if score > 0 and allowed[p]]
    assert {place for place, _ in found} <= set(places)
    assert len(found) >= min(k, len(places))
    for place, score in found:
        assert score == pytest.approx(expected[place], rel=1e-5)
    left_out = [expected[place] for place in places if place not in dict(found)]
    if left_out:
        assert max(left_out) <= min(score for _, score in found) + 1e-6


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("ansari", {0, 1}),
        ("Al-Ansari", {0, 1}),
        ("AL ANSARI", {0, 1}),
        ("41,252", {0}),
        ("41252", {0}),
        ("41", set()),
        ("2.3", {1}),
        ("23", {2}),
        ("CAFE", {2}),
        ("talk", {1}),
        ("the of and", set()),
        ("", set()),
        ("unheard-of", set()),
    ],
)
def test_what_a_question_finds(question: str, places: set[int]) -> None:
    found = LexicalIndex.from_texts(TEXTS).search(question, 10)
    assert {place for place, _ in found} == places
    assert all(score > 0 for _, score in found)


def test_a_filter_does_not_cost_hits() -> None:
    texts = ["truce truce truce"] * 50 + ["a truce, among many other words, at the very end"]
    allowed = np.zeros(51, dtype=np.bool_)
    allowed[50] = True
    assert [place for place, _ in LexicalIndex.from_texts(texts).search("truce", 3, allowed)] == [
        50
    ]


def test_ties_at_the_end_are_all_returned() -> None:
    found = LexicalIndex.from_texts(["truce in Doha"] * 5 + ["bread"]).search("truce", 2)
    assert [place for place, _ in found] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("texts", [TEXTS, [], ["", "…"]])
def test_bytes_give_the_same_index_back(texts: list[str]) -> None:
    index = LexicalIndex.from_texts(texts)
    data = index.to_bytes()
    again = LexicalIndex.from_bytes(data)
    assert again.to_bytes() == data == LexicalIndex.from_texts(texts).to_bytes()
    assert len(again) == len(texts)
    for question in ("ansari", "2.3 million in Doha", "nothing"):
        assert again.search(question, 3) == index.search(question, 3)


def test_nothing_is_unpickled() -> None:
    buffer = io.BytesIO()
    np.savez(buffer, size=np.array([{"an": "object"}], dtype=object))
    for data in (b"", b"nonsense", pickle.dumps([1, 2]), buffer.getvalue()):
        with pytest.raises(ValueError, match=r"not a lexical index|allow_pickle|pickled"):
            LexicalIndex.from_bytes(data)


def test_k_must_be_positive() -> None:
    with pytest.raises(ValueError, match="k must be"):
        LexicalIndex.from_texts(TEXTS).search("ansari", 0)
