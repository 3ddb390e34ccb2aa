"""Citation numbers that hold for more than one answer: one span, one number, for good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from corpus.article import Article, Passage
from rag.answer import Answer
from rag.checking.citation import Citation, Sentence
from rag.events import AnswerFinished, Event
from rag.finding.hit import Hit

Span = tuple[str, int, int]

_T = TypeVar("_T")
_WITHOUT_CITATIONS = (str, bytes, int, float, Article, Passage, Hit, type(None))


class Numbering:
    """Gives each cited span its number when it is first seen; new spans go on counting.

    A span is an article's id with its first and last character.

    Args:
        spans: those that have a number already, the one with number 1 first.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._numbers: dict[Span, int] = {}
        for span in spans:
            self._numbers.setdefault(span, len(self._numbers) + 1)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every span that has a number, the one with number 1 first."""
        return tuple(self._numbers)

    def number(self, citation: Citation) -> int:
        """The number of the citation's span, from 1."""
        key = citation.article.id, citation.start, citation.end
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def answer(self, answer: Answer) -> Answer:
        """The answer with these numbers, in its text, its sentences and its citations.

        New spans are numbered in the order of the answer's own markers.
        """
        for citation in answer.citations:
            self.number(citation)
        texts = {
            old.marked: new.marked
            for old in answer.sentences
            if (new := self._renumbered(old)) != old
        }
        numbered = self._renumbered(answer)
        return replace(
            numbered,
            text=_retold(answer.text, answer.sentences, texts),
            citations=tuple(sorted(numbered.citations, key=self.number)),
        )

    def event(self, event: Event) -> Event:
        """The event with these numbers."""
        if isinstance(event, AnswerFinished):
            return replace(event, answer=self.answer(event.answer))
        return self._renumbered(event)

    def _renumbered(self, value: _T) -> _T:
        """The value with every citation in it, however deep, under its number here."""
        if isinstance(value, _WITHOUT_CITATIONS):
            return value
        if isinstance(value, Citation):
            marker = self.number(value)
            return value if marker == value.marker else cast(_T, replace(value, marker=marker))
        if isinstance(value, tuple):
            return cast(_T, self._renumbered_tuple(value))
        if is_dataclass(value) and not isinstance(value, type):
            changed = {}
            for field in fields(value):
                old = getattr(value, field.name)
                new = self._renumbered(old)
                if field.init and new is not old:
                    changed[field.name] = new
            return cast(_T, replace(value, **changed)) if changed else value
        return value

    def _renumbered_tuple(self, values: tuple[object, ...]) -> tuple[object, ...]:
        renumbered = tuple(self._renumbered(value) for value in values)
        same = all(new is old for new, old in zip(renumbered, values, strict=True))
        return values if same else renumbered


def _retold(text: str, sentences: tuple[Sentence, ...], texts: dict[str, str]) -> str:
    """The text with each marked sentence in its new form, and nothing else touched.

    An article may itself hold '[1]', and so may a quote of it: markers are never looked for in
    the text, only whole sentences with the markers that they were shown with.
    """
    at = 0
    pieces = []
    for sentence in sentences:
        found = text.find(sentence.marked, at)
        if found < 0:
            continue
        pieces += [text[at:found], texts.get(sentence.marked, sentence.marked)]
        at = found + len(sentence.marked)
    return "".join([*pieces, text[at:]])
