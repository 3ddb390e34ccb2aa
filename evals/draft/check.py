"""Whether a proposed question can be answered from its own sentence and from no other.

What is near: the sentences of the passages that the library itself finds for the question, by
words and by meaning. A person still decides; this keeps from them what is plainly no question.

    too vague             fewer telling terms than a reader needs to know what is meant
    gives itself away     the answer, or a word of its stem, stands in the question
    not in its sentence   the answer does not stand in the gold sentence
    answered elsewhere    the answer stands in another sentence that is near
    answered otherwise    another sentence that is near may give another answer
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from corpus.article import Article, Passage
from embeddings.store.window import DateWindow
from embeddings.terms import TermReader, fold
from evals.draft.drafted import Proposal, Statement
from evals.draft.statements import all_statements
from evals.metrics.text import contains, tokens
from rag.claims.facts import facts_of
from rag.newsroom import Newsroom
from rag.question.expected import expected, is_of_kind

Reason = Literal[
    "too vague", "gives itself away", "not in its sentence", "answered elsewhere",
    "answered otherwise", "asked already", "its article cannot be removed",
    "no other name to put in", "no other figure to put in", "its article cannot be named",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What counts as near and as vague.

    Attributes:
        near_terms: a sentence with at least this share of the question's terms is near.
        near_meaning: so is one whose vector has at least this inner product with that of the
            gold sentence.
        rival_terms: a sentence with this share of the question's terms, and words of the kind
            asked for, may answer it otherwise.
        passages_by_words, passages_by_meaning: how many passages of each search are looked at.
        least_terms: telling terms that a question needs; one that names nobody, no day and no
            figure needs one more.

    The bounds are judgements, set on the sample library by reading what they let through and
    what they kept out; lower ones reject more.
    """

    near_terms: float = 0.4
    near_meaning: float = 0.7
    rival_terms: float = 0.5
    passages_by_words: int = 40
    passages_by_meaning: int = 10
    least_terms: int = 3


class Checker:
    """Checks proposals against a library. Remembers sentences, so make one for a whole draft."""

    def __init__(self, newsroom: Newsroom, options: CheckOptions) -> None:
        self._newsroom = newsroom
        self._options = options
        self._reader = TermReader()
        self._sentences = lru_cache(maxsize=2_000)(self._read)

    def fault(self, proposal: Proposal) -> Reason | None:
        """Why the question will not do; None when it will."""
        question, answers = proposal.question, proposal.answers
        if not contains(proposal.statement.text, answers[0]):
            return "not in its sentence"
        if _gives_away(question, answers):
            return "gives itself away"
        if self.is_vague(question):
            return "too vague"
        near = list(self._near(question, DateWindow()))
        if self._stands_elsewhere(proposal, near):
            return "answered elsewhere"
        if not proposal.verbatim and self._has_rival(proposal, near):
            return "answered otherwise"
        return None

    def is_vague(self, question: str) -> bool:
        """Whether the question leaves open what it is about."""
        named = facts_of(question)
        least = self._options.least_terms
        if not (named.names or named.days or named.figures):
            least += 1
        return len(self._telling(question)) < least

    def may_be_answered(self, proposal: Proposal, window: DateWindow) -> bool | None:
        """Whether what the window shows may answer the question; None where it shows nothing."""
        near = list(self._near(proposal.question, window))
        if not near:
            return None
        asked = self._telling(proposal.question)
        return any(
            self._share(asked, other) >= self._options.near_terms
            and (
                any(contains(other.text, answer) for answer in proposal.answers)
                or self._could_answer(proposal, other)
            )
            for other in near
        )

    def mentions(self, question: str, words: str) -> bool:
        """Whether a sentence near the question holds these words."""
        asked = self._telling(question)
        return any(
            contains(other.text, words) and self._share(asked, other) >= self._options.near_terms
            for other in self._near(question, DateWindow())
        )

    def _telling(self, question: str) -> set[str]:
        """The question's terms, without those that only ask."""
        return set(self._reader.terms(question)) - _OF_ASKING

    def _near(self, question: str, window: DateWindow) -> Iterator[Statement]:
        """The sentences of the passages that come near the question, each once."""
        library = self._newsroom.library
        vector = self._newsroom.embedder.embed([question])[0]
        found = [
            *library.lexical(question, self._options.passages_by_words, window),
            *library.dense(vector, self._options.passages_by_meaning, window),
        ]
        for passage_id in dict.fromkeys(passage_id for passage_id, _ in found):
            yield from self._sentences(passage_id)

    def _read(self, passage_id: str) -> tuple[Statement, ...]:
        passage = self._newsroom.library.passage(passage_id)
        article = self._newsroom.library.article(passage.article_id)
        return tuple(s for s in all_statements(article) if _overlap(s, passage))

    def _share(self, asked: set[str], other: Statement) -> float:
        return len(asked & set(self._reader.terms(other.text))) / max(1, len(asked))

    def _stands_elsewhere(self, proposal: Proposal, near: list[Statement]) -> bool:
        own = proposal.statement
        asked = self._telling(proposal.question)
        holders = [
            other for other in near
            if not _same(own, other) and any(contains(other.text, a) for a in proposal.answers)
        ]  # fmt: skip
        if any(self._share(asked, other) >= self._options.near_terms for other in holders):
            return True
        if not holders:
            return False
        vectors = self._newsroom.embedder.embed([own.text, *(other.text for other in holders)])
        return bool(np.max(vectors[1:] @ vectors[0]) >= self._options.near_meaning)

    def _has_rival(self, proposal: Proposal, near: list[Statement]) -> bool:
        asked = self._telling(proposal.question)
        return any(
            not _same(proposal.statement, other)
            and self._share(asked, other) >= self._options.rival_terms
            and self._could_answer(proposal, other)
            for other in near
            if _same_days(proposal, other.article)
        )

    def _could_answer(self, proposal: Proposal, other: Statement) -> bool:
        kind = expected(proposal.question)
        return is_of_kind(other.text, kind, proposal.question)


def _gives_away(question: str, answers: tuple[str, ...]) -> bool:
    """Whether the question holds the answer, or a word that begins like one of the answer's.

    'Qatari' gives 'Qatar' away: the first four letters are enough to guess by.
    """
    if any(contains(question, answer) for answer in answers):
        return True
    asked = {word for word in tokens(question) if len(word) >= 4}
    words = {word for word in tokens(answers[0]) if len(word) >= 4 and not word[0].isdigit()}
    return any(own[:4] == word[:4] for own in words for word in asked if _alike(own, word))


# Terms that every question has, and that tell no reader what it is about.
_OF_ASKING = {"mani", "much", "share", "said", "say", "told", "tell", "report", "accord", "peopl"}
_PLAIN = {"ministry", "department", "council", "police", "state", "united", "national"}


def _alike(own: str, word: str) -> bool:
    return fold(own) not in _PLAIN and abs(len(own) - len(word)) <= 4


def _same(own: Statement, other: Statement) -> bool:
    return own.article.id == other.article.id and (own.start, own.end) == (other.start, other.end)


def _same_days(proposal: Proposal, article: Article) -> bool:
    """Whether a question that names its report's day may be about this article all the same."""
    if not proposal.pinned:
        return True
    return article.published in (None, proposal.statement.article.published)


def _overlap(statement: Statement, passage: Passage) -> bool:
    return statement.start < passage.end and passage.start < statement.end
