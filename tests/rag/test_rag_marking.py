"""Decoding in which a marker can only name a sentence that was shown."""

from __future__ import annotations

import re

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rag.writing.generators.marking import MarkingProcessor

PIECES = (
    "", "The", " talks", " went", " on", " [", "[", "[1", "1", "2", "12", "3", "]", "].", "][",
    " [3]", "[99]", "[Reuters]", ", 2]", "\n", "[[", "]]", "1]", "0",
)  # fmt: skip
PROMPT = 3


def left_by(processor: MarkingProcessor, tokens: list[int], size: int = len(PIECES)) -> list[float]:
    """0 for each token that the processor leaves, minus infinity for the others."""
    scores = processor(torch.LongTensor([tokens]), torch.FloatTensor([[0.0] * size]))
    found: list[float] = scores[0].tolist()
    return found


def written(count: int, choices: list[int]) -> str:
    """A text of pieces, each picked from those that the processor leaves."""
    processor = MarkingProcessor(PIECES, count, PROMPT)
    tokens = [1] * PROMPT
    for choice in choices:
        scores = left_by(processor, tokens, len(PIECES) + 4)
        left = [at for at, score in enumerate(scores) if score == 0]
        assert left, "something must be left to write"
        tokens.append(left[choice % len(left)])
        if not PIECES[tokens[-1]]:
            break
    return "".join(PIECES[token] for token in tokens[PROMPT:])


@given(st.integers(0, 12), st.lists(st.integers(0, 1000), max_size=40))
def test_every_bracket_becomes_a_number_in_range(count: int, choices: list[int]) -> None:
    text = written(count, choices)
    for found in re.finditer(r"\[([^\]]*)(\]?)", text):
        number, closed = found.groups()
        if closed:
            assert 1 <= int(number) <= count
        else:  # the draft was cut short within a marker
            assert found.end() == len(text)
            assert not number or any(str(n).startswith(number) for n in range(1, count + 1))


def test_a_text_cannot_end_within_a_marker() -> None:
    processor = MarkingProcessor(PIECES, 3, 0)
    scores = left_by(processor, [PIECES.index(" [")])
    assert scores[0] == scores[PIECES.index("12")] == -torch.inf
    assert scores[PIECES.index("3")] == 0


@pytest.mark.parametrize("count", [0, 1, 9, 10, 30])
def test_whole_markers_of_one_token_pass_by_their_number(count: int) -> None:
    processor = MarkingProcessor(PIECES, count, 0)
    scores = left_by(processor, [1])
    assert (scores[PIECES.index(" [3]")] == 0) is (count >= 3)
    assert scores[PIECES.index("[99]")] == scores[PIECES.index("[Reuters]")] == -torch.inf
