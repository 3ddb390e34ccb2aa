"""The trained answerer's say: which sentence answers, in which words, or that none does.

It reads a few of the best sentences together, which the ranking before it does not. What it says
is told only in the words of a sentence that is quoted beside them, so it can be wrong about what
answers, and never about what is written.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Generator as Steps

from rag.adapters.which import NONE
from rag.answer import Refusal
from rag.answering.copied import write_quotes
from rag.answering.drafting import drafting
from rag.answering.work import Work
from rag.events import Event
from rag.finding.evidence import Evidence
from rag.writing.generator import Citing, Generator, Sureness, Teachable
from rag.writing.prompt import PromptOptions
from rag.writing.short import short_kind
from rag.writing.trained import (
    NO_ANSWER,
    Said,
    Shown,
    TrainedOptions,
    declines,
    read_reply,
    trained_prompt,
)


def write_taught(
    work: Work, generator: Callable[[], Generator], options: PromptOptions
) -> Steps[Event, None, Refusal | None]:
    """Writes the answer in quotes, with the answerer's say; its refusal where it is sure of it."""
    told, copies = None, True
    # A list, a comparison or a correction is made of sentences that belong together.
    alone = len(work.chosen) == 1 and work.short is None and work.correction is None
    if alone and _is_taught(generator()):
        # What it was taught to copy it copies better than asked to; a value the rules tell better.
        copies = False
        if _has_a_say(work, options.trained):
            said, sure = yield from _consult(work, generator, options.trained)
            if not said and _refuses(work, sure.refusal, options.trained):
                return Refusal("no_evidence", "The model found no answer in the nearest passages.")
            told = _told(work, said, sure.reply, options.trained)
    yield from write_quotes(work, generator, options, told, copies=copies)
    return None


def _is_taught(model: Generator) -> bool:
    return not isinstance(model, Teachable) or model.taught != NONE


def _asks_for_a_value(work: Work) -> bool:
    """Whether a figure or a day is asked for: which, is told more surely by what it counts."""
    return short_kind(work.query.text) is not None


def _has_a_say(work: Work, options: TrainedOptions) -> bool:
    """Whether anything hangs on its reply; of a value it can do no more than refuse."""
    return not _asks_for_a_value(work) or work.chosen[0].answerable < options.unless


def _refuses(work: Work, sure: float, options: TrainedOptions) -> bool:
    """Whether it is sure, and the ranking of the evidence does not speak against it."""
    return sure >= options.to_refuse and work.chosen[0].answerable < options.unless


def _consult(
    work: Work, generator: Callable[[], Generator], options: TrainedOptions
) -> Steps[Event, None, tuple[tuple[Said, ...], Sureness]]:
    """What the answerer says, and how surely."""
    shown = _shown(work, options.sentences)
    texts = [" ".join(one.text.split()) for one in shown]
    messages = trained_prompt(
        work.query.text,
        [Shown(one.hit.article.date_label, text) for one, text in zip(shown, texts, strict=True)],
    )
    # Of a value only the refusal counts, and how sure that is is known when the reply begins.
    least = options.to_refuse if _asks_for_a_value(work) else 0.0
    steer = Citing(texts, NO_ANSWER, least)
    draft = yield from drafting(work, generator, messages, options.tokens, steer)
    said = read_reply(draft.text)
    # A generator that cannot say how sure it is is taken at its word.
    return said, draft.sure or Sureness(1.0, float(declines(draft.text)))


def _told(
    work: Work,
    said: tuple[Said, ...],
    sure: float,
    options: TrainedOptions,
) -> str | None:
    """Chooses the sentence that the reply names, and gives its words, as far as it is sure."""
    shown = _shown(work, options.sentences)
    if not said or said[0].number > len(shown):
        return None
    named = shown[said[0].number - 1]
    if named is not work.chosen[0]:
        if sure < options.to_choose or _asks_for_a_value(work):
            return None
        work.chosen = [named]
    return said[0].words if sure >= options.to_tell else None


def _shown(work: Work, most: int) -> list[Evidence]:
    """What was chosen, then the best of the rest."""
    rest = [one for one in work.evidence if one not in work.chosen]
    return [*work.chosen, *rest][:most]
