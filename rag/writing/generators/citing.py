"""Decoding that can only copy and cite: words of one of the sentences shown, and its number.

What is written is 'words [n]', once or a few times, or the refusal. The words are one run of the
sentence's own, and the number can only name a sentence in which they stand; so neither an invented
word nor a marker beside the wrong sentence can be written.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from transformers import LogitsProcessor

from rag.writing.generator import Sureness

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

MOST_ITEMS = 3
"""Answers in one reply: the sides of a disagreement, or the days of a change."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One sentence as tokens.

    Attributes:
        tokens: its token ids.
        starts: places of tokens at which a run may begin.
        ends: for each place, whether a run may end before the token there; one place more than
            there are tokens.
        marker: token ids of ' [n]'.
    """

    tokens: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[bool, ...]
    marker: tuple[int, ...]


class CitingProcessor(LogitsProcessor):
    """Allows runs of the texts' tokens, each followed by the number of a text that it stands in.

    Args:
        tokenizer: of the model that decodes.
        texts: what may be copied, numbered from 1.
        refusal: what may be written instead.
        prompt_length: tokens of the prompt, which come first in `input_ids`.
        least: chance of the refusal below which the reply ends before its first word.
    """

    def __init__(
        self,
        tokenizer: PreTrainedTokenizerBase,
        texts: Sequence[str],
        refusal: str,
        prompt_length: int,
        least: float = 0.0,
    ) -> None:
        self._prompt_length = prompt_length
        self._least = least
        self._stop = int(tokenizer.eos_token_id)
        self._refusal = tuple(_ids(tokenizer, f" {refusal}"))
        self._texts = [_read(tokenizer, text, number) for number, text in enumerate(texts, 1)]
        self._logs: list[dict[int, float]] = []
        self._written: tuple[int, ...] = ()

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """The scores, with every token that may not come next at minus infinity."""
        written = tuple(input_ids[0, self._prompt_length :].tolist())
        allowed = sorted(self.allowed(written))
        held = torch.full_like(scores, -torch.inf)
        held[:, allowed] = scores[:, allowed]
        logs = scores[0, allowed].float().log_softmax(-1).tolist()
        self._logs.append(dict(zip(allowed, logs, strict=True)))
        self._written = written
        if not written and self._refuses() < self._least:
            held[:] = -torch.inf
            held[:, self._stop] = 0.0
        return held  # type: ignore[return-value]

    @property
    def sure(self) -> Sureness | None:
        """How sure the model is of what is written; None before the first token."""
        if not self._logs:
            return None
        # What comes next is known of every step but the last.
        written = sum(logs[token] for logs, token in zip(self._logs, self._written, strict=False))
        return Sureness(math.exp(written), self._refuses())

    def _refuses(self) -> float:
        """Chance of the refusal when the reply began."""
        return math.exp(self._logs[0][self._refusal[0]])

    def allowed(self, written: Sequence[int]) -> set[int]:
        """Tokens that may come next after those written; never empty."""
        tokens = tuple(written)
        items, rest = self._complete(tokens)
        if items >= MOST_ITEMS:
            return {self._stop}
        found = self._next_of_item(rest)
        if items and not rest:
            found.add(self._stop)
        if tokens == self._refusal[: len(tokens)]:
            found.add((*self._refusal, self._stop)[len(tokens)])
        return found or {self._stop}

    def _complete(self, written: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
        """How many whole items stand first, and the tokens after them."""
        items = begin = 0
        for place in range(len(written)):
            if self._is_item(written[begin : place + 1]):
                items, begin = items + 1, place + 1
        return items, written[begin:]

    def _is_item(self, tokens: tuple[int, ...]) -> bool:
        return any(
            tokens[-len(text.marker) :] == text.marker
            and _ending(text, tokens[: -len(text.marker)])
            for text in self._texts
        )

    def _next_of_item(self, tokens: tuple[int, ...]) -> set[int]:
        found: set[int] = set()
        for text in self._texts:
            for start in text.starts:
                end = start + len(tokens)
                if text.tokens[start:end] == tokens and end < len(text.tokens):
                    found.add(text.tokens[end])
            # The number after a run that is written, or after as much of its marker as is.
            for cut in range(len(text.marker)):
                run = tokens[: len(tokens) - cut]
                if tokens[len(run) :] == text.marker[:cut] and _ending(text, run):
                    found.add(text.marker[cut])
        return found


def _ending(text: _Text, run: tuple[int, ...]) -> bool:
    """Whether this is a run of the text's tokens that may end where it does."""
    return bool(run) and any(
        text.tokens[start : start + len(run)] == run
        and start + len(run) <= len(text.tokens)
        and text.ends[start + len(run)]
        for start in text.starts
    )


def _read(tokenizer: PreTrainedTokenizerBase, text: str, number: int) -> _Text:
    # The space makes the first word's tokens those of a word in mid-sentence.
    tokens = _ids(tokenizer, " " + text)
    pieces = [str(tokenizer.decode([token])) for token in tokens]
    starts = tuple(
        place
        for place, piece in enumerate(pieces)
        if piece[:1].isspace() or (place and not pieces[place - 1][-1:].isalnum())
    )
    ends = [_may_end(pieces, place) for place in range(len(pieces) + 1)]
    return _Text(tuple(tokens), starts, tuple(ends), tuple(_ids(tokenizer, f" [{number}]")))


def _may_end(pieces: Sequence[str], place: int) -> bool:
    """Whether a run may end before the piece at a place: not in a word, nor in a figure."""
    if not place or not pieces[place - 1].strip():
        return False
    if place == len(pieces):
        return True
    inside = pieces[place] in (".", ",") and pieces[place - 1][-1:].isdigit()
    if inside and place + 1 < len(pieces) and pieces[place + 1][:1].isdigit():
        return False
    return not pieces[place][:1].isalnum()


def _ids(tokenizer: PreTrainedTokenizerBase, text: str) -> list[int]:
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])
