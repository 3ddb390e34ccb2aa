"""What a question asks for: its kind, whose words, about what, of which days, in which parts.

Read by rules from the question's own words alone, without a model and without the library, in a
millisecond or two. Nothing here decides what is true: it says what to look for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from embeddings.store.window import DateWindow
from rag.question.about import about_of
from rag.question.asked_period import Period, period_in
from rag.question.bounds import Bounds, bounds_in
from rag.question.claimed import claim_in
from rag.question.kinds import QuestionKind, kind_of
from rag.question.latest import asks_latest
from rag.question.naming import names_in
from rag.question.parts import parts_of
from rag.question.speaker import Asked, speaker_in


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the words of a question ask for.

    Attributes:
        kind: the form of the answer; see `rag.question.kinds`.
        names: the names that stand in the question, as written, in order, each once.
        speaker: whose words are asked for ('Majed al-Ansari', 'UN'), without an article before
            it; None where nobody's, or where it is who that is asked.
        about: what is left to search for: the question less its frame, its days and its speaker.
        period: the days that are asked about, open at an end where the question leaves it open.
            A wish, not a filter: an article of a later day may report on them.
        after, before: the words of the event that bounds what is asked: of 'before the truce
            ended' it is 'the truce ended'. Days that bound it are in `period`.
        latest: the newest state is asked for, in so many words.
        parts: whole questions to answer one by one, for one that needs several articles; else ().
        claim: the declarative sentence that a yes/no question asks about or that another takes
            for granted ('Why did Hamas reject the deal?' → 'Hamas rejected the deal'); None where
            there is none, or where its words do not tell where the subject ends.
    """

    kind: QuestionKind
    names: tuple[str, ...] = ()
    speaker: str | None = None
    about: str = ""
    period: DateWindow | None = None
    after: str | None = None
    before: str | None = None
    latest: bool = False
    parts: tuple[str, ...] = ()
    claim: str | None = None


# Searching, reading and answering each ask what the same question means.
@lru_cache(maxsize=256)
def understand(question: str, *, today: date | None = None) -> Understanding:
    """Read a question.

    Args:
        question: in plain words.
        today: the day from which 'last week' and 'in March' are seen: the reader's day. Without
            it only days that are named with their year count.
    """
    period: Period = period_in(question, today)
    bounds: Bounds = bounds_in(question, period.spans)
    asked: Asked = speaker_in(question)
    parts = parts_of(question, today)
    # Of two speakers each has a question of its own.
    several = len({speaker_in(part).speaker for part in parts}) > 1
    return Understanding(
        kind=kind_of(question),
        names=names_in(question),
        speaker=None if several else asked.speaker,
        about=about_of(question, (*period.spans, *bounds.spans, *asked.spans)),
        period=period.window,
        after=bounds.after,
        before=bounds.before,
        latest=asks_latest(question) or period.as_of,
        parts=parts,
        claim=claim_in(question),
    )
