from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from embeddings.index import lexical_index
from embeddings.index.filters import FACETS, Facets
from embeddings.index.lexical_index import Part, Statistics, search
from embeddings.index.postings import GrowingPostings
from embeddings.terms import TermReader

TEXTS = [
    "Qatar's spokesman Majed al-Ansari said 41,252 people had fled.",
    "Al Ansari told reporters the talks were ongoing; aid worth $2.3 million arrived.",
    "The café reopened in Doha after 23 days.",
    "",
]
words = st.lists(st.sampled_from(["doha", "truce", "aid", "41,252", "2.3", "envoy"]), max_size=12)


def part(texts: list[str], dead: frozenset[int] = frozenset(), first: int = 0) -> Part:
    """Texts as a part of a library; those at `dead` places are in it no more."""
    reader, postings = TermReader(), GrowingPostings()
    records = np.zeros(len(texts), dtype=FACETS)
    for place, text in enumerate(texts):
        terms = reader.terms(text)
        postings.add(place, terms)
        records[place] = (first + place, 0, 0, len(terms), False, place not in dead)

    def find(term: str) -> list[tuple[np.ndarray, np.ndarray]]:
        found = postings.find(term)
        return [] if found is None else [found]

    return Part(Facets(records), find)


def find(
    texts: list[str], question: str, k: int, allowed: np.ndarray | None = None
) -> list[tuple[int, float]]:
    """What one part finds, best first."""
    whole = part(texts)
    statistics = Statistics(len(texts), int(whole.facets.terms.sum()))
    mask = np.ones(len(texts), dtype=np.bool_) if allowed is None else allowed
    ((places, scores),) = search([whole], [mask], statistics, question, k)
    pairs = zip(places.tolist(), scores.tolist(), strict=True)
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


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


@pytest.mark.parametrize("few", [0, 1000])
@given(texts=st.lists(words, min_size=1, max_size=12), question=words, k=st.integers(1, 14))
def test_scores_are_lucenes_and_the_filter_is_inside(
    few: int, texts: list[list[str]], question: list[str], k: int
) -> None:
    joined = [" ".join(text) for text in texts]
    allowed = np.array([place % 3 != 1 for place in range(len(joined))])
    expected = bm25(joined, " ".join(question))
    with pytest.MonkeyPatch.context() as patch:
        # 0 lets every term be passed over that can be, however few texts hold it.
        patch.setattr(lexical_index, "_FEW_POSTINGS", few)
        found = find(joined, " ".join(question), k, allowed)
    places = [p for p, score in enumerate(expected) if score > 0 and allowed[p]]
    assert {place for place, _ in found} <= set(places)
    assert len(found) >= min(k, len(places))
    for place, score in found:
        assert score == pytest.approx(expected[place], rel=1e-9)
    left_out = [expected[place] for place in places if place not in dict(found)]
    if left_out:
        assert max(left_out) < min(score for _, score in found) + 1e-9


@given(
    texts=st.lists(words, min_size=1, max_size=12),
    dead=st.frozensets(st.integers(0, 11)),
    cut=st.integers(0, 12),
    question=words,
    k=st.integers(1, 14),
)
def test_scores_depend_neither_on_the_cut_nor_on_what_is_gone(
    texts: list[list[str]], dead: frozenset[int], cut: int, question: list[str], k: int
) -> None:
    joined = [" ".join(text) for text in texts]
    living = [place for place in range(len(joined)) if place not in dead]
    asked = " ".join(question)
    expected = find([joined[place] for place in living], asked, k) if living else []
    front, back = joined[:cut], joined[cut:]
    parts = [
        part(front, dead),
        part(back, frozenset(place - cut for place in dead), first=len(front)),
    ]
    total = sum(int(p.facets.terms[p.facets.alive].sum()) for p in parts)
    masks = [p.facets.alive for p in parts]
    found = search(parts, masks, Statistics(len(living), total), asked, k)
    merged = {
        int(p.facets.numbers[place]): score
        for p, (places, scores) in zip(parts, found, strict=True)
        for place, score in zip(places.tolist(), scores.tolist(), strict=True)
    }
    for place, score in expected:
        assert merged[living[place]] == score
    left_out = set(merged) - {living[place] for place, _ in expected}
    assert all(merged[place] < expected[-1][1] for place in left_out)


def test_common_terms_are_looked_up_only_for_those_still_in_the_running() -> None:
    texts = ["said"] * 3000 + ["said envoy"] * 30
    looked_up: list[int] = []
    add = lexical_index._add

    def noted(scores: NDArray[np.float64], term: lexical_index._Term, *rest: Any) -> None:
        looked_up.append(term.size)
        add(scores, term, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexical_index, "_add", noted)
        found = find(texts, "what the envoy said", 10)
    assert looked_up == [30]
    expected = bm25(texts, "what the envoy said")
    assert [place for place, _ in found] == list(range(3000, 3030))
    assert found[0][1] == pytest.approx(expected[3000], rel=1e-9)


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
    found = find(TEXTS, question, 10)
    assert {place for place, _ in found} == places
    assert all(score > 0 for _, score in found)


def test_a_filter_does_not_cost_hits() -> None:
    texts = ["truce truce truce"] * 50 + ["a truce, among many other words, at the very end"]
    allowed = np.zeros(51, dtype=np.bool_)
    allowed[50] = True
    assert [place for place, _ in find(texts, "truce", 3, allowed)] == [50]


def test_ties_at_the_end_are_all_returned() -> None:
    found = find(["truce in Doha"] * 5 + ["bread"], "truce", 2)
    assert [place for place, _ in found] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("texts", [[], ["", "…"]])
def test_without_a_term_nothing_is_found(texts: list[str]) -> None:
    assert find(texts, "ansari", 3) == []


def test_k_must_be_positive() -> None:
    with pytest.raises(ValueError, match="k must be"):
        find(TEXTS, "ansari", 0)
