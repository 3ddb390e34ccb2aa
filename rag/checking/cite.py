"""Which verbatim spans carry a sentence of the draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.passages import header
from embeddings.terms import TermReader
from rag.checking.verify import Checker, Verification
from rag.finding.evidence import Evidence

_MARKER = re.compile(r"\s*\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")
_CLOSEST = 5
"""Sentences that are checked for one that the model did not mark: those that share most words."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A sentence of the draft with the evidence that carries it best.

    Attributes:
        text: the sentence, the model's own markers taken out.
        evidence: what carries it, best first; empty when nothing comes near.
        verification: of the sentence against that evidence taken together.
    """

    text: str
    evidence: tuple[Evidence, ...]
    verification: Verification

    @property
    def carries(self) -> bool:
        """Whether the sentence may be shown on this evidence."""
        return bool(self.evidence) and self.verification.verdict != "unsupported"


def without_markers(text: str) -> str:
    """The text without '[1]' or '[1, 2]': a marker is minted by code, never taken from a model."""
    bare, found = _MARKER.subn("", text)
    # Of '[[1]2]' the first pass leaves '[2]'.
    return without_markers(bare) if found else bare.strip()


def attribute(sentence: str, shown: Sequence[Evidence], verifier: Checker) -> Attribution:
    """Find what carries a sentence of the draft among the evidence that the model was shown.

    The sentences that it marked are tried first, together. A marker that names none of them is
    as good as no marker. Then each sentence that shares words with it is tried by itself, and
    last the two best together.

    Args:
        sentence: as the model wrote it, with its markers.
        shown: the evidence in the order in which it was numbered, from 1.
    """
    text = without_markers(sentence)
    best = _check(text, marked(sentence, shown), verifier)
    if best.verification.verdict == "supported":
        return best
    singles = [_check(text, (one,), verifier) for one in _closest(text, shown)]
    best = max([best, *singles], key=_rank)
    if best.verification.verdict == "supported" or len(singles) < 2:
        return best
    first, second = sorted(singles, key=_rank, reverse=True)[:2]
    return max([best, _check(text, first.evidence + second.evidence, verifier)], key=_rank)


_ORDER = {"unsupported": 0, "partly": 1, "supported": 2}


def _rank(attribution: Attribution) -> tuple[int, float, int]:
    check = attribution.verification
    # Of two that carry it equally the one with fewer citations wins.
    return _ORDER[check.verdict], check.support, -len(attribution.evidence)


def _check(text: str, evidence: tuple[Evidence, ...], verifier: Checker) -> Attribution:
    spans = [one.text for one in evidence]
    context = [header(one.hit.article) for one in evidence]
    return Attribution(text, evidence, verifier.check(text, spans, context))


def marked(sentence: str, shown: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence that the model's own markers name, each once."""
    numbers = [int(n) for found in _MARKER.finditer(sentence) for n in found[1].split(",")]
    return tuple(shown[n - 1] for n in dict.fromkeys(numbers) if 1 <= n <= len(shown))


def _closest(text: str, shown: Sequence[Evidence]) -> list[Evidence]:
    reader = TermReader()
    mine = set(reader.terms(text))
    shared = [len(mine & set(reader.terms(one.text))) for one in shown]
    order = sorted(range(len(shown)), key=lambda at: (-shared[at], at))
    # The best evidence stands in where nothing shares a word: what checks it says no by itself.
    return [shown[at] for at in order[:_CLOSEST] if shared[at]] or list(shown[:1])
