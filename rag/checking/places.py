"""Whether a figure or day stands, in the source, beside the words that the claim has beside it."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.content.speech import statements
from rag.checking.source import Span

_DELIMITER = re.compile(r"[,;]|\b(?:and|but|while)\b", re.IGNORECASE)
_TURN = re.compile(r"\b(?:from|to|against)\b")


def misplaced(
    mine: set[str], span: Span, marks: list[tuple[int, int]], at: int, told: set[int]
) -> bool:
    """Whether the words around another mark of its sentence are the claim's, and not these.

    A span's words are shared out among its marks; what two marks have in common tells nothing,
    nor does a mark that the claim has too (`told`).
    """
    shares = _shares(span, marks)
    own = shares[at]
    for to, other in enumerate(shares):
        apart = _score(other - own, mine)
        here = _score(own - other, mine)
        # All that is said of the other mark, or nothing that is said of this one.
        if to not in told and ((apart == 1 and here < 1) or (apart >= 0.5 and here == 0)):
            return True
    return False


def _score(terms: set[str], mine: set[str]) -> float:
    return len(terms & mine) / len(terms) if terms else 0.0


def _shares(span: Span, marks: list[tuple[int, int]]) -> list[set[str]]:
    cuts = [0]
    for (_, end), (start, _) in pairwise(marks):
        delimiters = [one.start() for one in _DELIMITER.finditer(span.text, end, start)]
        turns = [one.start() for one in _TURN.finditer(span.text, end, start)]
        cuts.append(delimiters[-1] if delimiters else turns[0] if turns else start)
    cuts.append(len(span.text))
    said = statements(span.text)
    return [
        {
            one.term
            for one in span.terms
            if first <= one.start < last
            # Who says so says so of each figure.
            and (not said or any(each.start <= one.start < each.end for each in said))
        }
        for first, last in pairwise(cuts)
    ]
