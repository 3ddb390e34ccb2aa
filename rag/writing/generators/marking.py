"""Decoding in which a marker can only name a sentence that was shown.

A model that is asked to write '[2]' now and then writes '[14]' of twelve sentences, or '[Reuters]'.
Whatever follows an opening bracket is held to a number in range and a closing bracket.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from transformers import LogitsProcessor

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_OUTSIDE = None
"""The state of a text that is in no marker; else the digits since its opening bracket."""


class MarkingProcessor(LogitsProcessor):
    """Allows whatever leaves every marker of the draft a number from 1 to `count`.

    Args:
        pieces: the text of each token of the vocabulary: see `pieces_of`.
        count: sentences that were shown; with 0 no bracket may be opened.
        prompt_length: tokens of the prompt, which come first in `input_ids`.
    """

    def __init__(self, pieces: Sequence[str], count: int, prompt_length: int) -> None:
        self._pieces = pieces
        self._numbers = tuple(str(number) for number in range(1, count + 1))
        self._read = prompt_length
        self._state: str | None = _OUTSIDE
        self._masks: dict[str | None, torch.Tensor] = {}

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """The scores, with every token that would break a marker at minus infinity."""
        for token in input_ids[0, self._read :].tolist():
            self._state = self._after(self._state, self._pieces[token])[1]
        self._read = int(input_ids.shape[1])
        mask = self._mask(self._state).to(scores.device)
        held = scores.clone()
        # A model's table may have more rows than its tokenizer has tokens.
        held[:, : len(mask)] = held[:, : len(mask)].masked_fill(mask, -torch.inf)
        held[:, len(mask) :] = -torch.inf
        return held  # type: ignore[return-value]

    def _mask(self, state: str | None) -> torch.Tensor:
        """True for each token that may not come next."""
        if state not in self._masks:
            allowed = [self._after(state, piece)[0] for piece in self._pieces]
            self._masks[state] = ~torch.tensor(allowed, dtype=torch.bool)
        return self._masks[state]

    def _after(self, state: str | None, piece: str) -> tuple[bool, str | None]:
        """Whether the piece may come in this state, and the state after it."""
        if state is _OUTSIDE and "[" not in piece:
            return True, _OUTSIDE
        if not piece:  # the end of the text, which must not cut a marker in two
            return state is _OUTSIDE, state
        for character in piece:
            if state is _OUTSIDE:
                state = "" if character == "[" else _OUTSIDE
                if state == "" and not self._numbers:
                    return False, _OUTSIDE
            elif character == "]" and state in self._numbers:
                state = _OUTSIDE
            else:
                state += character
                if not any(number.startswith(state) for number in self._numbers):
                    return False, _OUTSIDE
        return True, state


def pieces_of(tokenizer: PreTrainedTokenizerBase) -> tuple[str, ...]:
    """The text of each token of the vocabulary, '' for those that end or shape the text."""
    special = set(tokenizer.all_special_ids)
    return tuple(
        "" if token in special else str(tokenizer.decode([token]))
        for token in range(len(tokenizer))
    )
