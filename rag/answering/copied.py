"""An answer of quotes: what the chosen sentences say, and where one is asked for a few words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from embeddings.terms import fold
from rag.answering.drafting import drafting
from rag.answering.work import Work
from rag.events import Event
from rag.finding.evidence import Evidence
from rag.finding.lead import with_lead
from rag.question.expected import starts_of_kind
from rag.writing.generator import Copying, Generator
from rag.writing.prompt import PromptOptions, short_prompt
from rag.writing.short import named_speaker, short_answer, short_kind, told_shortly

_WHO = re.compile(r"\W*who\b", re.IGNORECASE)
"""'Who said how many …' asks for a speaker; 'whom', 'whose' and 'what' ask for words of theirs."""


def write_quotes(
    work: Work,
    generator: Callable[[], Generator],
    options: PromptOptions,
    told: str | None = None,
    *,
    copies: bool = True,
) -> Iterator[Event]:
    """The chosen sentences as quotes; a short answer before them where one sentence gives it.

    Args:
        told: words of the one chosen sentence that answer, where the trained answerer gave them.
        copies: whether the model copies the words of a value that the rules have found too, and
            may tell others.
    """
    chosen = [with_lead(one) for one in work.chosen]
    if len(chosen) == 1 and work.short is None:
        yield from _write_short(work, chosen[0], generator, options, told, copies)
    for one in chosen:
        yield from work.quote(one)


def _write_short(
    work: Work,
    best: Evidence,
    generator: Callable[[], Generator],
    options: PromptOptions,
    told: str | None,
    copies: bool,
) -> Iterator[Event]:
    question = work.query.text
    value = _value_in(work, best)
    if work.understanding.kind == "who_said" and _WHO.match(question):
        work.short = named_speaker(best)
    elif value and (short_kind(question) is None or not copies):
        work.short = best.text[slice(*value)]
    elif (kind := short_kind(question)) is None:
        work.short = told_shortly(question, told, best.text) if told else None
    else:
        starts = (value[0],) if value else starts_of_kind(best.text, kind)
        draft = yield from drafting(
            work,
            generator,
            short_prompt(question, best),
            options.max_tokens,
            Copying(best.text, starts),
        )
        with work.timed("verify"):
            words = best.text[slice(*value)] if value else ""
            # A model that copies on past the figure has told it all the same.
            agrees = bool(words) and fold(draft.text).lstrip().startswith(fold(words))
            work.short = words if agrees else short_answer(question, draft.text, best.text)
    if work.short is not None:
        # It stands verbatim in the cited words, so there is nothing left to check.
        yield from work.keep(work.short, "supported", 1.0, (best,))


def _value_in(work: Work, best: Evidence) -> tuple[int, int] | None:
    """Where the value stands in the sentence; None where there is none in it."""
    if work.value is None or not best.start <= work.value[0] <= work.value[1] <= best.end:
        return None
    return work.value[0] - best.start, work.value[1] - best.start
