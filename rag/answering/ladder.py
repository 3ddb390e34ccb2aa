"""What becomes of a sentence of the draft: kept, cited anew, rewritten once, quoted, or dropped.

In that order, but what is written again comes after the rest; each rung is counted. A model's
marker is a hint about where to look first; nothing is shown that no span carries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Generator as Steps
from dataclasses import dataclass

from corpus.sentences import sentence_spans
from rag.answering.drafting import drafting
from rag.answering.work import Work
from rag.checking.cite import Attribution, attribute, marked
from rag.checking.verify import Checker
from rag.events import Event
from rag.finding.evidence import Evidence
from rag.writing.generator import Generator, Marking
from rag.writing.prompt import rewrite_prompt


@dataclass(frozen=True, slots=True)
class LadderOptions:
    """How far a sentence is followed that its own citation does not carry.

    Attributes:
        rewrites: sentences of one answer that the model may write again. Each costs a prompt of
            a few dozen tokens and a sentence; two are a second on two cores with the small model.
        rewrite_tokens: the longest of them.
        least_to_quote: support below which what comes nearest is not quoted instead: half of
            `VerifyOptions.least_likeness`.
    """

    rewrites: int = 2
    rewrite_tokens: int = 64
    least_to_quote: float = 0.225


class Ladder:
    """Takes sentences of one draft, each as soon as it is written.

    Args:
        verifier: says what a span carries.
        generator: gives the model, for a rewriting.
    """

    def __init__(
        self, verifier: Checker, generator: Callable[[], Generator], options: LadderOptions
    ) -> None:
        self._verifier = verifier
        self._generator = generator
        self._options = options

    def settle(
        self, work: Work, sentence: str, shown: Sequence[Evidence]
    ) -> Steps[Event, None, Attribution | None]:
        """Keeps a sentence that some evidence carries; returns one that none does.

        Args:
            work: takes the sentence.
            sentence: as the model wrote it, with its markers.
            shown: the evidence in the order in which it was numbered, from 1.
        """
        with work.timed("verify"):
            found = attribute(sentence, shown, self._verifier)
        if not any(character.isalnum() for character in found.text):
            return None
        if found.carries:
            asked = marked(sentence, shown)
            work.recited += bool(asked) and set(found.evidence) != set(asked)
            yield from _keep(work, found)
            return None
        with work.timed("verify"):
            others = [one for one in work.evidence if one not in shown]
            elsewhere = attribute(found.text, others, self._verifier) if others else found
        if not elsewhere.carries:
            return found
        work.recited += 1
        yield from _keep(work, elsewhere)
        return None

    def mend(self, work: Work, found: Attribution) -> Iterator[Event]:
        """Has a sentence written again, else quotes what comes nearest, else drops it.

        Only once the draft is done: a model writes one text at a time.
        """
        again = yield from self._rewritten(work, found)
        if again is not None:
            work.rewritten += 1
            yield from _keep(work, again)
            return
        yield from work.drop(found.text, found.verification.support)
        if found.evidence and found.verification.support >= self._options.least_to_quote:
            work.requoted += 1
            yield from work.quote(found.evidence[0])

    def _rewritten(self, work: Work, found: Attribution) -> Steps[Event, None, Attribution | None]:
        """Asks for the sentence anew from the span that comes nearest; None where it fails too."""
        if not found.evidence or work.rewrites >= self._options.rewrites:
            return None
        work.rewrites += 1
        nearest = found.evidence[0]
        messages = rewrite_prompt(found.text, nearest)
        draft = yield from drafting(
            work, self._generator, messages, self._options.rewrite_tokens, Marking(1)
        )
        spans = sentence_spans(draft.text)
        if not spans:
            return None
        with work.timed("verify"):
            again = attribute(draft.text[slice(*spans[0])], (nearest,), self._verifier)
        return again if again.carries else None


def _keep(work: Work, found: Attribution) -> Iterator[Event]:
    verdict = found.verification.verdict
    assert verdict != "unsupported"
    yield from work.keep(found.text, verdict, found.verification.support, found.evidence)
