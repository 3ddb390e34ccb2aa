"""Who says what in a text: direct and indirect speech, with the speaker by name where it is told.

Rules, and no model: news attributes in few ways, and a reader can follow why a speaker was
named. What the rules cannot tell stays out: no speaker is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.content.attribution import Attribution, attributions
from corpus.content.cast import Cast
from corpus.content.name_words import WORD
from corpus.content.names import name_key
from corpus.content.quoting import HIDDEN, masked, quotations
from corpus.content.referents import Referents
from corpus.sentences import sentence_spans

_MOST_REMEMBERED = 512
_FEWEST_QUOTED = 4
"""Words of a quotation that nobody is named for: shorter ones are a word that somebody coined."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that somebody says in a text.

    Attributes:
        start, end: character offsets of what is said; end is exclusive.
        speaker: who says it, by the fullest name in the text ('Majed al-Ansari' for 'he said'),
            or the words for it where there is no name ('a source briefed on the talks').
        speaker_key: `corpus.content.names.name_key` of the speaker: equal for spelling variants.
        verb: the saying word, in lower case: 'said', 'according to'; '' for a quotation that
            goes on, or that a colon introduces.
        quoted: whether words of it stand between quotation marks.
    """

    start: int
    end: int
    speaker: str
    speaker_key: str
    verb: str
    quoted: bool


@lru_cache(maxsize=_MOST_REMEMBERED)
def statements(text: str) -> tuple[Statement, ...]:
    """The statements of a text, in order of where they begin; one may lie inside another."""
    return tuple(sorted(_Reader(text).read(), key=lambda one: (one.start, -one.end)))


def speaker_of(text: str, start: int, end: int) -> str | None:
    """Who says what stands at these offsets, or None where the text itself says it.

    The statement that holds most of the span; of those that hold as much, the innermost. It
    must hold a third of the span at least: else the span is said by nobody as a whole.
    """
    best: tuple[int, int] | None = None
    speaker = None
    for one in statements(text):
        shared = min(end, one.end) - max(start, one.start)
        if 3 * shared < end - start or shared <= 0:
            continue
        rank = (shared, one.start - one.end)
        if best is None or rank > best:
            best, speaker = rank, one.speaker
    return speaker


class _Reader:
    """Reads one text from its beginning."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._quotes = quotations(text)
        self._masked = masked(text, self._quotes)
        self._referents = Referents(self._masked, Cast.of(text))

    def read(self) -> Iterator[Statement]:
        for number, (start, end) in enumerate(sentence_spans(self._text)):
            self._referents.begin(number)
            sentence = self._masked[start:end]
            found = attributions(sentence)
            subject = self._referents.subject_of(sentence, start)
            made = [
                one for each in found if (one := self._statement(sentence, start, each, subject))
            ]
            if not made and (alone := self._unattributed(sentence, start, end, subject)):
                made = [alone]
            yield from made
            if not made and subject is not None:
                self._referents.met(subject)

    def _statement(
        self, sentence: str, start: int, found: Attribution, subject: str | None
    ) -> Statement | None:
        if found.who is None:
            speaker = self._referents.spoke_here() or subject
        else:
            words = sentence[found.who[0] : found.who[1]]
            speaker = self._referents.meant(words, start + found.who[0], subject)
        if speaker is None:
            return None
        self._referents.spoke(speaker)
        verb = sentence[found.verb[0] : found.verb[1]].lower()
        return self._made(start + found.said[0], start + found.said[1], speaker, verb)

    def _made(self, start: int, end: int, speaker: str, verb: str) -> Statement:
        said = self._text[start:end]
        start += len(said) - len(said.lstrip())
        end -= len(said) - len(said.rstrip())
        quoted = HIDDEN in self._masked[start:end]
        return Statement(start, end, speaker, name_key(speaker), verb, quoted)

    def _unattributed(
        self, sentence: str, start: int, end: int, subject: str | None
    ) -> Statement | None:
        """A quotation that goes on from the sentence before, or that a colon introduces."""
        hidden = sentence.count(HIDDEN)
        words = len(WORD.findall(self._said(start, end)))
        if not hidden or words < _FEWEST_QUOTED:
            return None
        if (colon := sentence.find(":")) >= 0 and HIDDEN in sentence[colon:] and subject:
            self._referents.spoke(subject)
            return self._made(start + colon + 1, end, subject, "")
        if 2 * hidden < len(sentence.strip()):
            return None
        speaker = self._referents.goes_on()
        if not sentence.lstrip().startswith(HIDDEN) or speaker is None:
            return None
        self._referents.spoke(speaker)
        return self._made(start, end, speaker, "")

    def _said(self, start: int, end: int) -> str:
        """The words between quotation marks from start to end."""
        return " ".join(
            self._text[max(start, first) : min(end, last)]
            for first, last in self._quotes
            if first < end and start < last
        )
