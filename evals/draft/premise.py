"""Questions with something false in them: the sentence's own figure or speaker, exchanged.

    'Who reported that 40 houses were lost?'     where the article says 26
    'Why did Ellen Reyes say that …?'            where the article lets Tom Hale say so

Refusing is right, and so is giving the true figure or name: it stands among the answers.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from evals.draft.check import Checker, Reason
from evals.draft.drafted import Proposal
from evals.draft.numbers import another, figures_in
from evals.metrics.text import tokens
from evals.sample import Sample, Target
from rag.claims.facts import facts_of


def falsified(
    proposal: Proposal,
    speakers: Sequence[str],
    checker: Checker,
    rng: random.Random,
    sample_id: str,
    article: str,
) -> Sample | Reason:
    """The question with a false figure or name, or why there is none to put in.

    Args:
        proposal: one that has a `swap`.
        speakers: names that the library lets say something.
        article: how the target names the gold article.
    """
    swap = proposal.swap
    assert swap is not None
    # A false figure does not tell what a question is about.
    if checker.is_vague(swap.template.format("")):
        return "too vague"
    if swap.of == "figure":
        false = _false_figure(proposal, rng)
        missing: Reason = "no other figure to put in"
    else:
        false = _false_name(proposal, speakers, rng)
        missing = "no other name to put in"
    if false is None or checker.mentions(swap.template.format(false), false):
        return missing
    target = Target(
        answers=proposal.answers,
        articles=(article,),
        quotes=(proposal.statement.quote,),
        refuse=True,
    )
    return Sample(sample_id, swap.template.format(false), "false_premise", target)


def _false_figure(proposal: Proposal, rng: random.Random) -> str | None:
    swap = proposal.swap
    assert swap is not None
    figures = [f for f in figures_in(proposal.statement.text) if f.text == swap.true]
    if not figures:
        return None
    taken = facts_of(proposal.statement.article.text).figures
    return another(figures[0], frozenset(taken), rng)


def _false_name(proposal: Proposal, speakers: Sequence[str], rng: random.Random) -> str | None:
    """Another person for a person, without a word of the true name.

    A body is left alone: what a ministry said, its minister may be said to have said.
    """
    if len(proposal.answers) < 2:
        return None
    own = " ".join((proposal.statement.article.text, proposal.question, *proposal.answers))
    taken = set(tokens(own))
    free = [name for name in speakers if not set(tokens(name)) & taken]
    return rng.choice(free) if free else None
