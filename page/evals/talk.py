"""A wrong answer of a run, opened as a conversation: to look into it, and to ask on from there."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING

from corpus.errors import DatelineError, EvalError
from evals.record import Record
from page.conversation.run_record import RunRecord
from page.conversation.turn import Conversation, Turn
from page.evals.runs import kept
from rag.conversation import Conversation as Talk
from rag.conversation import Turn as Told
from rag.events import AnswerFinished

if TYPE_CHECKING:
    from pathlib import Path

    from rag.newsroom import Newsroom

_LINK = re.compile(r"talk-([0-9a-f]{4,64})-([0-9a-f]{16})")


def link_of(run_id: str, sample_id: str) -> str:
    """'talk-3f2a90bc-0123456789abcdef': an address within the page, less its '#'."""
    return f"talk-{run_id}-{_digest(sample_id)}"


def opened(newsroom: Newsroom, store: Path, link: str) -> tuple[Talk | None, Conversation] | None:
    """The conversation that a link opens, to be gone on with; None where it is no such link.

    What cannot be read is told as a question that was not answered.

    Args:
        newsroom: is asked what comes next.
        store: the file that keeps the runs.
    """
    found = _LINK.fullmatch(link)
    if found is None:
        return None
    try:
        turn = _turn(store, *found.groups())
    except DatelineError as error:
        return None, (Turn(1, "An answer of a run").failed(str(error)),)
    if turn.answer is None:
        return None, (turn,)
    told = Told(turn.question, turn.asked_as or turn.question, turn.answer)
    spans = [(one.article.id, one.start, one.end) for one in turn.answer.citations]
    return Talk(newsroom, [told], spans), (turn,)


def _turn(store: Path, run_id: str, digest: str) -> Turn:
    info, report = kept(store, run_id)
    record = _named(report.records, digest)
    sample, answer = record.sample, record.answer
    as_of = sample.as_of.isoformat() if sample.as_of else ""
    turn = Turn(
        1,
        sample.question,
        as_of,
        key=secrets.token_hex(8),
        record=RunRecord.of(record, info, report),
    )
    if answer is None:
        return turn.failed(record.error or "It could not be asked.")
    return turn.understood(answer.question).after(AnswerFinished(answer))


def _named(records: tuple[Record, ...], digest: str) -> Record:
    for record in records:
        if _digest(record.sample.id) == digest:
            return record
    raise EvalError(
        "The run holds no such answer any more", next_step="open the run on the tab Evals"
    )


def _digest(sample_id: str) -> str:
    return hashlib.sha256(sample_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]
