"""What a text offers in exchange: its other names, figures, words, speakers, ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.content.names import names
from corpus.content.nations import nation_of
from corpus.content.speech import statements
from embeddings.terms import STOP_WORDS

_NUMERAL = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])")
_WORD = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")
_TAIL = re.compile(
    r"(?: and| but| while| after| because| which| who| as| when|,) (\w[^,;:]{15,80}\.)$"
)
_PHRASE = re.compile(
    r" ((?:in|on|at|after|because of|during|with|for|by|near|against|without|under) "
    r"(?:the |a |an |its |their |his |her )?(?:[\w'’-]+ ?){1,4})\.$"
)
_AT = re.compile(r"\b(?:in|at|near|from|to) $")
_ENDINGS = ("ing", "ed", "ly", "tion", "ies", "ers", "er", "al", "ous", "s")


@dataclass(frozen=True, slots=True)
class Pool:
    """What can be put in a sentence's place.

    Attributes:
        names: by kind, as `corpus.content.names` tells them.
        places: names that stand where a place does.
        numerals: figures in digits.
        speakers: who says something.
        tails: last clauses of sentences, with their full stop.
        phrases: what sentences end with from a preposition on, without the full stop.
        words: in small letters, by their ending.
    """

    names: Mapping[str, tuple[str, ...]]
    places: tuple[str, ...]
    numerals: tuple[str, ...]
    speakers: tuple[str, ...]
    tails: tuple[str, ...]
    phrases: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]

    def like(self, word: str) -> tuple[str, ...]:
        """Words that end as it does, so that they mostly stand in like places."""
        return self.words.get(_ending(word), ())


def pool_of(sentences: Sequence[str]) -> Pool:
    """What the sentences offer, each once, in their order."""
    kinds: dict[str, dict[str, None]] = {}
    places: dict[str, None] = {}
    speakers: dict[str, None] = {}
    words: dict[str, dict[str, None]] = {}
    for text in sentences:
        for one in names(text):
            if one.kind == "opener":
                continue
            kinds.setdefault(one.kind, {})[one.text] = None
            if one.kind == "place" or nation_of(one.text) or _AT.search(text[: one.start]):
                places[one.text] = None
        for said in statements(text):
            if said.speaker[:1].isupper():
                speakers[said.speaker] = None
        for word in _WORD.findall(text):
            if word not in STOP_WORDS:
                words.setdefault(_ending(word), {})[word] = None
    return Pool(
        {kind: tuple(found) for kind, found in kinds.items()},
        tuple(places),
        _once(one for text in sentences for one in _NUMERAL.findall(text)),
        tuple(speakers),
        _once(one[1] for text in sentences for one in [_TAIL.search(text)] if one),
        _once(one[1] for text in sentences for one in [_PHRASE.search(text)] if one),
        {ending: tuple(found) for ending, found in words.items()},
    )


def _once(found: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))  # type: ignore[call-overload]


def _ending(word: str) -> str:
    return next((one for one in _ENDINGS if word.endswith(one) and len(word) > len(one) + 2), "")
