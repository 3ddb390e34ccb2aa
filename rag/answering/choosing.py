"""Which of the evidence an answer is written from, by what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.content.names import same_name
from corpus.content.speech import speaker_of
from embeddings.terms import TermReader
from rag.claims.terms import content_terms
from rag.finding.evidence import Evidence
from rag.question.understanding import Understanding


@dataclass(frozen=True, slots=True)
class ChooseOptions:
    """How many sentences an answer is made of, and how near to the best each must come.

    Attributes:
        near: share of the best sentence's answerability that another needs.
        several: sentences of a list or of a summary.
        looked_at: best sentences among which the newest, or several, are sought.
        alike: share of terms in common from which two sentences say the same.
        All are judgement: three quotes are what a reader takes in at a glance.
    """

    near: float = 0.8
    several: int = 3
    looked_at: int = 12
    alike: float = 0.6


def choose(
    question: str,
    understanding: Understanding,
    evidence: Sequence[Evidence],
    by_part: Sequence[Sequence[Evidence]],
    options: ChooseOptions,
) -> list[Evidence]:
    """The sentences to write from, in the order in which they are to be told.

    Args:
        question: in plain words.
        understanding: what it asks for.
        evidence: best first, at least one.
        by_part: for each part of the question its own evidence, best first.
        options: how many, and how near.
    """
    if understanding.speaker:
        evidence = said_by(understanding.speaker, evidence, options) or evidence
    near = _near(evidence, options)
    match understanding.kind:
        case "compare" if by_part:
            return _apart([part[0] for part in by_part if part], options)
        case "list":
            return _apart(near, options)[: options.several]
        case "summary":
            return _told(question, evidence, options)
        case "change" if by_part:
            return sorted(
                (part[0] for part in by_part if part),
                key=lambda one: one.hit.article.as_of or date.min,
            )
        case "change":
            return _through_time(near, options)
    if understanding.latest or understanding.kind == "latest":
        return [newest(near)]
    if by_part:
        return _apart([part[0] for part in by_part if part], options)
    return [evidence[0]]


def said_by(speaker: str, evidence: Sequence[Evidence], options: ChooseOptions) -> list[Evidence]:
    """Those of the best that a speaker says, under whichever spelling."""
    return [
        one
        for one in evidence[: options.looked_at]
        if (found := speaker_of(one.hit.article.text, one.start, one.end))
        and same_name(found, speaker)
    ]


def newest(evidence: Sequence[Evidence]) -> Evidence:
    """The one whose article is newest, the first of equals; an undated one only if all are."""
    return max(evidence, key=lambda one: one.hit.article.as_of or date.min)


def _near(evidence: Sequence[Evidence], options: ChooseOptions) -> list[Evidence]:
    """The best, and of those behind it the ones that may answer nearly as well."""
    best = evidence[0]
    return [
        one
        for one in evidence[: options.looked_at]
        if one is best or one.answerable >= options.near * best.answerable
    ]


def _told(question: str, evidence: Sequence[Evidence], options: ChooseOptions) -> list[Evidence]:
    """What the articles on the matter tell first, oldest first; of one article, its best.

    News tells the most important thing first, so the opening of an article stands for it where it
    has as much of the question as the article's best sentence has.
    """
    near = _near(evidence, options)
    asked = {one.term for one in content_terms(question)}
    openings: dict[str, Evidence] = {}
    for one in near:
        article = one.hit.article.id
        if article not in openings and (opening := _opening(asked, one, evidence)):
            openings[article] = opening
    told = _apart(list(openings.values()), options)[: options.several]
    if len(told) > 1:
        return sorted(told, key=lambda one: one.hit.article.as_of or date.min)
    article = evidence[0].hit.article.id
    own = [one for one in evidence[: options.looked_at] if one.hit.article.id == article]
    best = [*(one for one in told if one.hit.article.id == article), *own]
    return sorted(_apart(best, options)[: options.several], key=lambda one: one.start)


def _opening(asked: set[str], best: Evidence, evidence: Sequence[Evidence]) -> Evidence | None:
    """The first sentence of the article, if it has as much of the question as the best has."""
    own = [one for one in evidence if one.hit.article.id == best.hit.article.id]
    first = min(own, key=lambda one: one.start)
    if best.hit.article.text[: first.start].strip():
        return None
    held = [len(asked & {term.term for term in content_terms(one.text)}) for one in (first, best)]
    return first if held[0] and held[0] >= held[1] else None


def _through_time(near: Sequence[Evidence], options: ChooseOptions) -> list[Evidence]:
    """The best of each day, oldest day first; without two days, the best."""
    by_day: dict[date, Evidence] = {}
    for one in near:
        if (day := one.hit.article.as_of) is not None:
            by_day.setdefault(day, one)
    days = sorted(by_day)
    if len(days) < 2:
        return [near[0]]
    # First, last, and what lies between them as far as there is room.
    kept = [days[0], *days[1:-1][: max(0, options.several - 2)], days[-1]]
    return [by_day[day] for day in kept]


def _apart(evidence: Sequence[Evidence], options: ChooseOptions) -> list[Evidence]:
    """Those that say something that none before them says."""
    reader = TermReader()
    kept: list[tuple[Evidence, set[str]]] = []
    for one in evidence:
        terms = set(reader.terms(one.text))
        if all(len(terms & other) < options.alike * len(terms | other) for _, other in kept):
            kept.append((one, terms))
    return [one for one, _ in kept]
