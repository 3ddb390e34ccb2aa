"""An answer in the model's words: whole sentences with markers, each checked once it is written."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Generator as Steps
from contextlib import closing

from corpus.sentences import sentence_spans
from rag.answer import Refusal
from rag.answering.drafting import drafting
from rag.answering.ladder import Ladder
from rag.answering.work import Work
from rag.checking.cite import Attribution
from rag.events import Event
from rag.finding.evidence import Evidence
from rag.finding.lead import with_lead
from rag.writing.generator import Generator, Marking
from rag.writing.prompt import PromptOptions, cited_prompt
from rag.writing.trained import NO_ANSWER


def write_cited(
    work: Work, generator: Callable[[], Generator], ladder: Ladder, options: PromptOptions
) -> Steps[Event, None, Refusal | None]:
    """Writes the answer; returns a refusal where the model found none."""
    shown = _shown(work, options.sentences)
    messages = cited_prompt(work.query.text, shown)
    draft, checked = "", 0
    failed: list[Attribution | None] = []
    steer = Marking(len(shown))
    with closing(drafting(work, generator, messages, options.max_tokens, steer)) as tokens:
        for event in tokens:
            yield event
            draft += event.text
            whole = [] if _declines(draft) else sentence_spans(draft)[checked:-1]
            for start, end in whole:
                failed.append((yield from ladder.settle(work, draft[start:end], shown)))
            checked += len(whole)
    if _declines(draft):
        return Refusal("no_evidence", "The model found no answer in the nearest passages.")
    for start, end in sentence_spans(draft)[checked:]:
        failed.append((yield from ladder.settle(work, draft[start:end], shown)))
    for found in failed:
        if found is not None:
            yield from ladder.mend(work, found)
    if not work.sentences:
        yield from work.quote(with_lead(work.chosen[0]))
        work.requoted += 1
    return None


def _shown(work: Work, most: int) -> list[Evidence]:
    """What was chosen, then the best of the rest."""
    rest = [one for one in work.evidence if one not in work.chosen]
    return [*work.chosen, *rest][:most]


def _declines(draft: str) -> bool:
    return draft.lstrip().upper().startswith(NO_ANSWER)
