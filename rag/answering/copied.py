"""An answer of quotes: what the chosen sentences say, and where one is asked for a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rag.answering.drafting import drafting
from rag.answering.work import Work
from rag.events import Event
from rag.finding.evidence import Evidence
from rag.finding.lead import with_lead
from rag.question.expected import expected, starts_of_kind
from rag.writing.generator import Copying, Generator
from rag.writing.prompt import PromptOptions, short_prompt
from rag.writing.short import named_speaker, short_answer, short_kind


def write_quotes(
    work: Work, generator: Callable[[], Generator], options: PromptOptions
) -> Iterator[Event]:
    """The chosen sentences as quotes; a short answer before them where one sentence gives it."""
    chosen = [with_lead(one) for one in work.chosen]
    if len(chosen) == 1 and work.short is None:
        yield from _write_short(work, chosen[0], generator, options)
    for one in chosen:
        yield from work.quote(one)


def _write_short(
    work: Work, best: Evidence, generator: Callable[[], Generator], options: PromptOptions
) -> Iterator[Event]:
    question = work.query.text
    if (kind := short_kind(question)) is not None:
        draft = yield from drafting(
            work,
            generator,
            short_prompt(question, best),
            options.max_tokens,
            Copying(best.text, starts_of_kind(best.text, kind)),
        )
        with work.timed("verify"):
            work.short = short_answer(question, draft, best.text)
    elif expected(question) == "name" and work.understanding.kind == "who_said":
        work.short = named_speaker(best)
    if work.short is not None:
        # It stands verbatim in the cited words, so there is nothing left to check.
        yield from work.keep(work.short, "supported", 1.0, (best,))
