from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.index.postings import GrowingPostings, Segment, merge, write

WORDS = ["a", "ab", "b", "doha", "d\u00f6ha", "41252", "2.3", "\u0627\u0644"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=9), max_size=12)


def written(path: Path, texts: list[list[str]], first: int = 0) -> Segment:
    with path.open("wb") as out:
        write(texts, first, out)
    return Segment.open(path)


def held(source: GrowingPostings | Segment) -> dict[str, list[tuple[int, int]]]:
    found = {word: source.find(word) for word in WORDS}
    return {
        word: list(zip(pair[0].tolist(), pair[1].tolist(), strict=True))
        for word, pair in found.items()
        if pair is not None
    }


@given(TEXTS, st.data())
def test_segments_and_their_merger_hold_what_was_added(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("segments")
    growing = GrowingPostings()
    for place, terms in enumerate(texts):
        growing.add(place, terms)
    expected: dict[str, list[tuple[int, int]]] = {}
    for place, terms in enumerate(texts):
        for term, count in Counter(terms).items():
            expected.setdefault(term, []).append((place, count))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(texts)), max_size=3)))
    edges = [0, *cuts, len(texts)]
    segments = [
        written(folder / str(number), texts[start:end], start)
        for number, (start, end) in enumerate(pairwise(edges))
    ]
    with (folder / "merged").open("wb") as out:
        merge(segments, out)
    merged = Segment.open(folder / "merged")
    assert held(growing) == held(merged) == expected
    assert len(merged) == sum(map(len, expected.values()))
    whole = written(folder / "whole", texts)
    assert (folder / "whole").read_bytes() == (folder / "merged").read_bytes()
    assert list(whole.terms()) == sorted(term.encode() for term in expected)


def test_counts_are_stored_no_wider_than_they_need(tmp_path: Path) -> None:
    few = written(tmp_path / "few", [["a"] * 3])
    many = written(tmp_path / "many", [["a"] * 300], first=1)
    assert few.counts_type == np.dtype(np.uint8)
    assert many.counts_type == np.dtype(np.uint16)
    with (tmp_path / "both").open("wb") as out:
        merge([few, many], out)
    assert held(Segment.open(tmp_path / "both")) == {"a": [(0, 3), (1, 300)]}


def test_other_files_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "one.npy", np.arange(3))
    with pytest.raises(ValueError, match="no segment"):
        Segment.open(tmp_path / "one.npy")
