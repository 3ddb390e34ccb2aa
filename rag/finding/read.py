"""What the reader is given, a sentence that may answer, and what it makes of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what a reader knows before reaching it.

    Attributes:
        title: of its article; '' if it has none.
        before: the sentence before it in the article; '' if it is the first.
        text: the sentence itself.
    """

    title: str
    before: str
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader makes of one sentence.

    Attributes:
        answers: logit; above 0 where the sentence is likelier to answer than not, on the data
            that it was trained on.
        start, end: characters of the words of the sentence that answer best; end is exclusive.
        sure: how much likelier those words are than all others of the sentence, in [0, 1].
    """

    answers: float
    start: int
    end: int
    sure: float
