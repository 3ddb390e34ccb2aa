"""When there is no answer, and what the reader is told instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from embeddings.terms import TermReader, fold
from rag.answer import Refusal
from rag.claims.facts import Facts, facts_of
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit
from rag.question.asked_period import period_in
from rag.question.query import Query


@dataclass(frozen=True, slots=True)
class RefuseOptions:
    """When the evidence is too thin to answer from.

    Attributes:
        least_answerable: below it the best evidence is taken not to answer. Of 0.33 to 0.44 the
            middle: 0.40 gets 11 more of 52 questions right whose article was taken away, and 13
            more of ClapNQ's 84 unanswerable ones, than 0.33, for 5 fewer of 516 elsewhere; 0.44
            gets 20 more of both and 14 fewer. It keeps out what is far off; near misses it cannot
            tell from answers (AUROC 0.6 on news).
        least_answerable_missing: the same, when something that the question names stands in
            none of the hits. Judgement: very near evidence may name it in other words.
    """

    least_answerable: float = 0.40
    least_answerable_missing: float = 0.60


def refusal_before_search(articles: int) -> Refusal | None:
    """An empty library has nothing to search."""
    if articles:
        return None
    return Refusal("no_evidence", "The library holds no articles yet.")


def refusal_of(
    query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence], options: RefuseOptions
) -> Refusal | None:
    """Why this evidence does not answer the question, or None when it may."""
    if not evidence:
        if not query.window.is_open:
            return Refusal("outside_dates", _outside(query))
        if query.outlets is not None:
            return Refusal("no_evidence", f"No article {_by(query)} comes near this question.")
        return Refusal("no_evidence", "No article in the library comes near this question.")
    best = answerable_at_best(evidence)
    missing = missing_from(_less_days(query, hits), hits)
    if any(one.hit.article.published is None for one in evidence[:3]):
        # An undated article may be of the days that are asked for; its citation says 'undated'.
        missing = [word for word in missing if not _names_days(word)]
    if missing and best < options.least_answerable_missing:
        words = ", ".join(f"“{word}”" for word in missing)
        return Refusal(
            "off_corpus",
            f"The articles do not answer this: the nearest passages do not mention {words}.",
            tuple(missing),
        )
    if best < options.least_answerable:
        return Refusal(
            "no_evidence",
            "The articles do not answer this: the nearest passages are about something else.",
        )
    return None


def _less_days(query: Query, hits: Sequence[Hit]) -> str:
    """The question less the days that it asks about, where an article of those days was found.

    'From 8 March to May': an article of 20 April need not mention either.
    """
    asked = period_in(query.text, query.window.until or date.today())
    if asked.window is None or not any(
        hit.article.published and asked.window.admits(hit.article.published) for hit in hits
    ):
        return query.text
    text = query.text
    for start, end in asked.spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def answerable_at_best(evidence: Sequence[Evidence]) -> float:
    """The highest answerability of the three best sentences; 0 when there is none."""
    return max((one.answerable for one in evidence[:3]), default=0.0)


def missing_from(question: str, hits: Sequence[Hit]) -> list[str]:
    """Names, figures and days of the question that no hit mentions, in the question's own words.

    A hit mentions what its passage, title, outlet or date holds.
    """
    text = "\n".join(hit.in_context for hit in hits)
    there = facts_of(text)
    reader = TermReader()
    terms = set(reader.terms(text))
    asked = facts_of(question)
    # 'American officials' may stand in the article as 'US officials': an adjective is no name.
    adjectives = {fold(found[0]) for found in _ADJECTIVE.finditer(question)}
    absent = {
        name
        for name in (asked.names - adjectives) | asked.days
        if (own := set(reader.terms(name))) and not own & terms
    } | _absent_figures(asked, there)
    found = []
    for word in question.split():
        bare = word.strip("\"“”'‘’.,;:!?()[]").removesuffix("’s").removesuffix("'s")
        parts = set(fold(bare).replace("-", " ").split()) | {bare.replace(",", "")}
        if parts & absent and bare not in found:
            found.append(bare)
    return found


_ADJECTIVE = re.compile(r"\b[A-Z][a-z]+(?:an|ese|ish|[^r]i|ch)s?\b(?= [a-z]|[?.,]|$)")


def _names_days(word: str) -> bool:
    facts = facts_of(f"of {word}")
    return bool(facts.days) or any(1900 <= figure < 2100 for figure in facts.figures)


def _absent_figures(asked: Facts, there: Facts) -> set[str]:
    return {f"{figure:.15g}" for figure in asked.figures - there.figures}


def _by(query: Query) -> str:
    """'by Belmont Herald or Carrick Gazette'."""
    return f"by {' or '.join(sorted(query.outlets or ())) or 'the outlets named, which are none,'}"


def _outside(query: Query) -> str:
    window = query.window
    if window.since and window.until:
        span = f"from {window.since} to {window.until}"
    elif window.since:
        span = f"since {window.since}"
    else:
        span = f"up to {window.until}"
    by = f" {_by(query)}" if query.outlets is not None else ""
    return (
        f"No article{by} dated {span} comes near this question. Articles without a date are left "
        "out when days are given."
    )
