"""Slips of the finger in the question: the library is as it was, and so is the answer.

Four kinds, after the synthetic and natural noise of Belinkov & Bisk (2018), "Synthetic and
Natural Noise Both Break Neural Machine Translation": a neighbouring key of a QWERTY keyboard, two
letters swapped, a letter dropped, a letter doubled. About one word in six gets one slip, always
in its inner or last letters, so that names keep their capital. Words of fewer than five letters
and figures, in digits or in words, are left alone: with another figure it is another question.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.article import Article
from evals.robustness.stress import stressed
from evals.suite import Suite
from rag.claims.facts import facts_of

_WORDS_A_SLIP = 6
_FEWEST_LETTERS = 5
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_TOKEN = re.compile(r"\S+")
_LONG_WORD = re.compile(rf"(?<!\w)[^\W\d_]{{{_FEWEST_LETTERS},}}(?!\w)")


@dataclass(frozen=True, slots=True)
class Typos:
    """Puts slips into each question that has a word long enough for one.

    Args:
        seed: another seed makes other slips. Each sample's depend on the seed and its id alone.
    """

    seed: int = 0
    name: str = "typos"

    def __call__(self, suite: Suite, home: Sequence[Article]) -> Suite:
        """The suite with slips in its questions; samples without a long word are left out."""
        del home
        samples = []
        for sample in suite.samples:
            question = with_typos(sample.question, f"{self.seed} {sample.id}")
            if question != sample.question:
                samples.append(replace(sample, question=question))
        return stressed(suite, self.name, samples, suite.worlds)


def with_typos(question: str, seed: str) -> str:
    """The question with a slip in about one word of six, and at least one if any word can have it.

    Args:
        seed: the same seed makes the same slips, on any machine.
    """
    chance = random.Random(seed)
    words = [
        word.span()
        for word in _LONG_WORD.finditer(question)
        if not facts_of(f"… {word[0]}").figures
    ]
    wanted = max(1, round(len(_TOKEN.findall(question)) / _WORDS_A_SLIP))
    for start, end in sorted(chance.sample(words, min(wanted, len(words))), reverse=True):
        slip = chance.choice(_SLIPS)
        question = question[:start] + slip(question[start:end], chance) + question[end:]
    return question


def _neighbour(word: str, chance: random.Random) -> str:
    places = [at for at in range(1, len(word)) if word[at].lower() in _NEAR]
    if not places:
        return _dropped(word, chance)
    at = chance.choice(places)
    key = chance.choice(_NEAR[word[at].lower()])
    return word[:at] + (key.upper() if word[at].isupper() else key) + word[at + 1 :]


def _swapped(word: str, chance: random.Random) -> str:
    places = [at for at in range(1, len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return _dropped(word, chance)
    at = chance.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at] + word[at:]


_SLIPS: tuple[Callable[[str, random.Random], str], ...] = (
    _neighbour,
    _swapped,
    _dropped,
    _doubled,
)


def _neighbours() -> dict[str, str]:
    """The keys that touch each key; a row is shifted half a key to the right of the one above."""
    near: dict[str, str] = {}
    for row, keys in enumerate(_ROWS):
        for column, key in enumerate(keys):
            around = [
                (row, column - 1),
                (row, column + 1),
                (row - 1, column),
                (row - 1, column + 1),
            ]
            around += [(row + 1, column - 1), (row + 1, column)]
            near[key] = "".join(
                _ROWS[r][c] for r, c in around if 0 <= r < len(_ROWS) and 0 <= c < len(_ROWS[r])
            )
    return near


_NEAR = _neighbours()
