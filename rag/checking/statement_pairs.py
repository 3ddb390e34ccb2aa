"""A sentence and the words that it is held against, as the token ids of the trained verifier.

Beside the ids stand marks: whether each word has its like on the other side, and whether the words
next to it have theirs. The exact comparison costs nothing, and what a small network would need
many examples to learn, that a word is the same word, it need not learn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import torch
from transformers import PreTrainedTokenizerBase

from corpus.content.numerals import numbers
from rag.claims.lexicon import term_of

SENTENCE_TOKENS = 80
EVIDENCE_TOKENS = 200
"""Most tokens of each part; judgement: four sentences of news have 120 on average."""

MARKS = 9
"""0 no word; 1 a word of the sentence that the evidence has not, 2 one that it has, 3 with the word
before or after it, 4 with both; 5 to 8 the same of the words of the evidence."""

_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class StatementPair:
    """One sentence with its evidence, as the model sees them.

    Attributes:
        ids: '[CLS] sentence [SEP] evidence [SEP]', token ids.
        types: 0 for the sentence, 1 for the evidence; as long as `ids`.
        marks: of each token, see `MARKS`.
        offsets: of each token of the sentence, characters (start, end) into its text; the first
            of them stands at `ids[1]`.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    marks: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


class StatementPairing:
    """Makes pairs with one tokenizer."""

    def __init__(self, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer

    def pair(self, sentence: str, evidence: Sequence[str]) -> StatementPair:
        """The token ids and marks of a sentence and the texts that it is held against."""
        joined = " ".join(evidence)
        cls, sep = self._tokenizer.cls_token_id, self._tokenizer.sep_token_id
        ids, offsets = self._read(sentence, SENTENCE_TOKENS)
        others, places = self._read(joined, EVIDENCE_TOKENS)
        mine, theirs = _words(sentence), _words(joined)
        marks = _spread(_marks(mine, theirs), mine, offsets)
        other_marks = _spread([one + 4 for one in _marks(theirs, mine)], theirs, places)
        return StatementPair(
            ids=(cls, *ids, sep, *others, sep),
            types=(0,) * (len(ids) + 2) + (1,) * (len(others) + 1),
            marks=(0, *marks, 0, *other_marks, 0),
            offsets=offsets,
        )

    def _read(self, text: str, most: int) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
        read = self._tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, verbose=False
        )
        return (
            tuple(read["input_ids"][:most]),
            tuple((start, end) for start, end in read["offset_mapping"][:most]),
        )


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    key: str


def _words(text: str) -> list[_Word]:
    return [_Word(one.start(), one.end(), _key(one[0])) for one in _WORD.finditer(text)]


@lru_cache(maxsize=65536)
def _key(word: str) -> str:
    """What two spellings of a word or of a number have in common."""
    word = re.sub(r"['’]s?$", "", word)
    found = next(numbers(word), None)
    if found is not None and found.end - found.start == len(word):
        return f"{found.value:g}"
    return str(term_of(word))


def _marks(mine: Sequence[_Word], theirs: Sequence[_Word]) -> list[int]:
    """1 for a word that they have not; else 2, 3 or 4 as none, one or both neighbours fit."""
    keys = [one.key for one in theirs]
    known, pairs = set(keys), set(pairwise(keys))
    own = [one.key for one in mine]
    follows = [pair in pairs for pair in pairwise(own)]
    made = []
    for place, key in enumerate(own):
        if key not in known:
            made.append(1)
            continue
        # At either end what is not there cannot differ.
        before = follows[place - 1] if place else True
        after = follows[place] if place < len(follows) else True
        made.append(2 + before + after)
    return made


def _spread(
    marks: Sequence[int], words: Sequence[_Word], offsets: Sequence[tuple[int, int]]
) -> list[int]:
    """The mark of each token: that of the word that it is part of."""
    made, place = [], 0
    for start, _ in offsets:
        while place < len(words) and words[place].end <= start:
            place += 1
        inside = place < len(words) and words[place].start <= start
        made.append(marks[place] if inside else 0)
    return made


@dataclass(frozen=True, slots=True)
class StatementBatch:
    """Pairs padded to one length. All tensors have shape (pairs, tokens).

    Attributes:
        ids, types, marks, attention: what the model takes.
        sentence: True at the tokens of the sentence.
    """

    ids: torch.Tensor
    types: torch.Tensor
    marks: torch.Tensor
    attention: torch.Tensor
    sentence: torch.Tensor

    def to(self, device: torch.device) -> StatementBatch:
        """The same batch where the model is."""
        return StatementBatch(
            self.ids.to(device),
            self.types.to(device),
            self.marks.to(device),
            self.attention.to(device),
            self.sentence.to(device),
        )


def statements_batched(pairs: Sequence[StatementPair]) -> StatementBatch:
    """Pairs as one batch; at least one pair."""
    shape = (len(pairs), max(len(pair.ids) for pair in pairs))
    ids, types, marks, attention = (torch.zeros(shape, dtype=torch.long) for _ in range(4))
    sentence = torch.zeros(shape, dtype=torch.bool)
    for row, pair in enumerate(pairs):
        size = len(pair.ids)
        ids[row, :size] = torch.tensor(pair.ids)
        types[row, :size] = torch.tensor(pair.types)
        marks[row, :size] = torch.tensor(pair.marks)
        attention[row, :size] = 1
        sentence[row, 1 : 1 + len(pair.offsets)] = True
    return StatementBatch(ids, types, marks, attention, sentence)
