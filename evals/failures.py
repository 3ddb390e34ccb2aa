"""Which answers went wrong, the worst first, and what was wanted of them."""

from __future__ import annotations

from collections.abc import Sequence

from evals.record import Record
from evals.sample import Target


def worst_first(wrong: Sequence[Record]) -> tuple[Record, ...]:
    """Wrong answers in the order in which they do harm.

    A wrong answer misleads, the more the surer the system was of it; a wrong refusal only keeps
    quiet, and is the graver the better its evidence was. So answers come first, then refusals,
    each by falling confidence, those without a confidence last, in the order of asking.
    """
    return tuple(sorted(wrong, key=_harm))


def _harm(record: Record) -> tuple[bool, bool, float]:
    sure = confidence(record)
    refused = record.answer is not None and record.answer.status == "refused"
    return (refused, sure is None, -(sure or 0.0))


def confidence(record: Record) -> float | None:
    """How sure the system was that its evidence answers the question; None where it did not say."""
    return record.answer.answerability if record.answer else None


def expected(target: Target) -> str:
    """What a right answer would have been, in words."""
    answers = " and ".join(" / ".join(part) for part in target.parts)
    if target.refuse:
        return f"a refusal, or '{answers}'" if answers else "a refusal"
    return answers
