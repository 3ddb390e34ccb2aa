"""What a reader holds of an answer, and the eval sample that it makes.

right                          the answer is the target; a refusal that was right is one
wrong, and what is right       that is the target
wrong, and there is no answer  the target is a refusal
wrong, and nothing more        no sample: nobody has said what would be right
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.dates import as_date
from corpus.errors import EvalError
from evals.metrics.text import tokens
from evals.sample import Kind, Sample, Target
from page.conversation.turn import Turn
from rag.answer import Answer
from rag.question.expected import expected

Verdict = Literal["right", "wrong"]

NO_ANSWER = "(no answer)"
"""What `should` holds where a refusal would have been right; a reader cannot type it by chance."""

ACCEPTED = 300
"""Characters of the longest form of an answer that a target may have. Judgement: a longer quote
would ask for one choice of words."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reader's word on one answer.

    Attributes:
        note: why, in the reader's words; '' for nothing.
        should: what would have been right, `NO_ANSWER`, or '' where that was not said.
    """

    verdict: Verdict
    note: str = ""
    should: str = ""

    def record_of(self, turn: Turn) -> bytes:
        """The judged answer whole, with what it was made with: JSON, compressed by zlib."""
        whole = {
            "question": turn.question,
            "asked_as": turn.asked_as or turn.question,
            "as_of": turn.as_of or None,
            "verdict": self.verdict,
            "note": self.note,
            "should": self.should,
            "answer": turn.answer.to_dict() if turn.answer else None,
        }
        return zlib.compress(json.dumps(whole, ensure_ascii=False).encode("utf-8"))


def sample_of(turn: Turn, judgement: Judgement, before: Sequence[str] = ()) -> Sample:
    """The sample that this judgement makes.

    Args:
        before: the questions of the same conversation before this one, oldest first.

    Raises:
        EvalError: there is no answer, or nobody has said what would be right.
    """
    answer = turn.answer
    if answer is None:
        raise EvalError(
            "There is no answer to make a sample of", next_step="ask the question again"
        )
    target = _target(answer, judgement)
    follows = bool(turn.asked_as) and turn.asked_as.strip() != turn.question.strip()
    return Sample(
        id=f"judged-{turn.key}",
        question=turn.question,
        kind=_kind(turn, target, follows),
        target=target,
        as_of=as_date(turn.as_of) if turn.as_of else None,
        before=tuple(before) if follows else (),
    )


def _target(answer: Answer, judgement: Judgement) -> Target:
    if judgement.should == NO_ANSWER and judgement.verdict == "wrong":
        return Target(refuse=True)
    if judgement.verdict == "right":
        return Target(refuse=True) if answer.refusal else _of_answer(answer)
    if not tokens(judgement.should):
        raise EvalError(
            "Nobody has said what would have been right",
            next_step="write the right answer, or tick that there is none",
        )
    return Target(answers=(judgement.should.strip(),))


def _of_answer(answer: Answer) -> Target:
    """The target that the answer meets: its short answer, else one of its quotes."""
    quotes = tuple(dict.fromkeys(one.quote for one in answer.citations))
    titles = tuple(dict.fromkeys(one.article.title for one in answer.citations))
    accepted = (answer.short,) if answer.short else tuple(q for q in quotes if len(q) <= ACCEPTED)
    return Target(answers=accepted or quotes[:1], articles=titles, quotes=quotes)


def _kind(turn: Turn, target: Target, follows: bool) -> Kind:
    if target.refuse:
        return "unanswerable"
    if follows:
        return "follow_up"
    by_words: dict[str, Kind] = {"figure": "figure", "day": "date"}
    return by_words.get(expected(turn.question) or "", "fact")
