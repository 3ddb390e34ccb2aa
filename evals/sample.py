"""A question with its known answer, and what a metric makes of the answer that it got."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Literal, get_args

from corpus.article import Article

Kind = Literal[
    "fact", "figure", "date", "who_said", "across", "long",
    "list", "compare", "summary", "yes_no", "follow_up",
    "latest", "as_of", "change", "disagreement", "syndicated",
    "unanswerable", "false_premise",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)

EACH_NEEDED: frozenset[Kind] = frozenset({"across", "list", "compare", "summary"})
"""Kinds whose gold quotes are each needed; elsewhere any one of them proves the answer."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a right answer has in it.

    Attributes:
        answers: accepted forms of the short answer; any one will do. On a sample that should
            be refused they are corrections: showing one is as good as refusing.
        also: for an answer of several parts, the accepted forms of each further part. Every
            part is needed.
        articles: the articles that the answer stands in, each named by its title or by the
            name of the file that it was read from.
        quotes: verbatim spans of these articles that prove the answer. On the kinds of
            `EACH_NEEDED` each is needed; elsewhere any one will do.
        refuse: True when the library does not answer the question.
        stale: answers that were right on another day than the one asked about. Showing one and
            no accepted answer is a stale answer.
        planted: what a forged or mistaken article says instead. Showing one and no accepted
            answer is to be taken in.
        speaker: accepted names of who says so, where the answer owes the reader that.
        never: forms that a right answer does not show, whatever else it says: the 'yes' to a
            question that is to be denied.
    """

    answers: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()
    articles: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    refuse: bool = False
    stale: tuple[str, ...] = ()
    planted: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The parts of the answer, each as its accepted forms; empty where there is none."""
        return (self.answers, *self.also) if self.answers else ()


@dataclass(frozen=True, slots=True)
class Sample:
    """One question of a suite.

    Attributes:
        id: unique in its suite.
        question: as a reporter would put it.
        kind: what makes it hard; reports are broken down by it.
        target: what a right answer has in it.
        as_of: ask only of articles published on this day or before.
        world: which of the suite's worlds it is asked of: see `evals.suite`.
        before: the questions of the same conversation that were asked before this one, oldest
            first. Their answers are not scored.
    """

    id: str
    question: str
    kind: Kind
    target: Target
    as_of: date | None = None
    world: str = ""
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What one metric found in one answer.

    Attributes:
        value: in the metric's unit; None when the metric has nothing to say about this
            sample or could not say it. None is counted as unscored, never as wrong.
        answer: the part of the answer that was scored.
        explanation: why, in words for the person who reads the failures.
        confidence: how sure the system was, in [0, 1], for metrics that hold it against the
            value; None for all others.
    """

    value: float | None
    answer: str
    explanation: str
    confidence: float | None = None


def names_of(article: Article) -> tuple[str, ...]:
    """What a target's `articles` may call this article: its title, or its file with or without row.

    For many articles and targets at once; for one of each there is `is_named`.
    """
    name = PurePath(article.source).name
    return tuple(dict.fromkeys((article.title, name, name.partition("#")[0])))


def is_named(article: Article, key: str) -> bool:
    """Whether a target's `articles` means this article by `key`."""
    return key in names_of(article)
