"""A question and a sentence that may answer it, as the token ids that the reader was trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from transformers import PreTrainedTokenizerBase

from rag.finding.read import Candidate

QUESTION_TOKENS = 48
TITLE_TOKENS = 16
BEFORE_TOKENS = 32
SENTENCE_TOKENS = 96
"""Most tokens of each part. Of 7,085 questions on the training articles all but one fit whole, of
the sentences that answer them 98.6 %, of those before 73 % (what is cut is their beginning), and
every title; so no pair has more than 197 tokens."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One question with one candidate, as the model sees them.

    Attributes:
        ids: '[CLS] question [SEP] title : before [SEP] sentence [SEP]', token ids.
        types: 0 for the question, 1 for all after it; as long as `ids`.
        first: place in `ids` of the sentence's first token; its last is `len(ids) - 2`.
        offsets: of each token of the sentence, characters (start, end) into its text.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    first: int
    offsets: tuple[tuple[int, int], ...]


class Pairing:
    """Makes pairs with one tokenizer; remembers the parts that it has seen."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[tuple[int, ...], tuple[tuple[int, int], ...]]] = {}

    def pair(self, question: str, candidate: Candidate) -> Pair:
        """The token ids of a question and one candidate."""
        cls, sep = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        asked = self._read(question)[0][:QUESTION_TOKENS]
        title = self._read(candidate.title)[0][:TITLE_TOKENS]
        before = self._read(candidate.before)[0][-BEFORE_TOKENS:]
        words, offsets = self._read(candidate.text)
        words, offsets = words[:SENTENCE_TOKENS], offsets[:SENTENCE_TOKENS]
        head = (cls, *asked, sep)
        middle = (*title, *self._read(":")[0], *before, sep)
        return Pair(
            ids=(*head, *middle, *words, sep),
            types=(0,) * len(head) + (1,) * (len(middle) + len(words) + 1),
            first=len(head) + len(middle),
            offsets=offsets,
        )

    def _read(self, text: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
        if text not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            read = self._tokenizer(
                text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
            )
            self._known[text] = (
                tuple(read["input_ids"]),
                tuple((start, end) for start, end in read["offset_mapping"]),
            )
        return self._known[text]


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs padded to one length. All tensors have shape (pairs, tokens).

    Attributes:
        ids, types, attention: what the model takes.
        sentence: True at the tokens of the sentence.
    """

    ids: torch.Tensor
    types: torch.Tensor
    attention: torch.Tensor
    sentence: torch.Tensor

    def to(self, device: torch.device) -> Batch:
        """The same batch where the model is."""
        return Batch(
            self.ids.to(device),
            self.types.to(device),
            self.attention.to(device),
            self.sentence.to(device),
        )


def batched(pairs: Sequence[Pair]) -> Batch:
    """Pairs as one batch; at least one pair."""
    shape = (len(pairs), max(len(pair.ids) for pair in pairs))
    ids, types, attention = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    sentence = torch.zeros(shape, dtype=torch.bool)
    for row, pair in enumerate(pairs):
        size = len(pair.ids)
        ids[row, :size] = torch.tensor(pair.ids)
        types[row, :size] = torch.tensor(pair.types)
        attention[row, :size] = 1
        sentence[row, pair.first : size - 1] = True
    return Batch(ids, types, attention, sentence)
