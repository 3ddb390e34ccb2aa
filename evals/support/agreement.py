"""How far a judge agrees with people, with intervals that know which claims belong together.

Claims on one document are not independent: a document that is hard to read is hard for all of
them. So the bootstrap draws documents, with all their claims, and not claims. That gives wider
intervals, and right ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.statistics import NOTHING, RESAMPLES, SEED, Estimate, all_or_nothing, interval
from evals.support.judging import Judgement
from evals.support.measures import MEASURES
from evals.support.measures.base import Counts, Measure, Votes

_MOST_DEFINED = 0.95
"""Share of the draws that must leave a number defined. An interval over fewer would be that of
other data: judgement, after the 95 % that the interval is to cover."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim, what people said of it, and what the judge did.

    Attributes:
        id, kind, pair: of the claim.
        document: a digest of its document.
        supported: whether people found it supported.
        judgement: None where there was nothing to judge.
    """

    id: str
    kind: str
    pair: str
    document: str
    supported: bool
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The numbers over some claims.

    Attributes:
        n: claims that were scored.
        unscored: claims that could not be.
        supported: how many of the n people found supported.
        documents: how many documents the n claims are on.
        numbers: by the name of the measure; an `Estimate`'s n is that of the claims.
        beside: how many of the n are there only to be held against: see `by_kind`.
    """

    n: int
    unscored: int
    supported: int
    documents: int
    numbers: Mapping[str, Estimate]
    beside: int = 0


def agreement(judged: Sequence[Judged], *, beside: int = 0) -> Agreement:
    """Every measure over the claims that were scored, with 95 % intervals over documents.

    An interval of [0, 1] says that so few documents tell nothing of the spread.
    """
    votes = votes_of(judged)
    draws = _draws(votes.documents)
    return Agreement(
        n=len(votes.people),
        unscored=len(judged) - len(votes.people),
        supported=int(votes.people.sum()),
        documents=votes.documents,
        numbers={name: _estimate(votes, measure, draws) for name, measure in MEASURES.items()},
        beside=beside,
    )


def by_kind(judged: Sequence[Judged]) -> dict[str, Agreement]:
    """The agreement on each kind of claim, in the order in which the kinds come.

    A kind that has only false claims is held against true ones: its partners in the pairs, or,
    where it has no pairs, all of the set. `Agreement.beside` counts them.
    """
    found: dict[str, Agreement] = {}
    for kind in dict.fromkeys(one.kind for one in judged):
        inside = [one for one in judged if one.kind == kind]
        only_false = not any(one.supported for one in inside)
        partners = _partners(inside, judged) if only_false else []
        scored = sum(one.judgement is not None for one in partners)
        found[kind] = agreement([*inside, *partners], beside=scored)
    return found


def votes_of(judged: Sequence[Judged]) -> Votes:
    """The scored claims as arrays."""
    scored = [(one, one.judgement) for one in judged if one.judgement is not None]
    documents = _numbered([one.document for one, _ in scored])
    # The same name of a pair on two documents is two pairs.
    pairs = _numbered([(one.document, one.pair) for one, _ in scored])
    return Votes(
        people=np.array([one.supported for one, _ in scored], dtype=np.bool_),
        judge=np.array([found.supported for _, found in scored], dtype=np.bool_),
        support=np.array([found.support for _, found in scored], dtype=np.float64),
        document=documents,
        pair=np.where([bool(one.pair) for one, _ in scored], pairs, -1).astype(np.int64),
        kind=_numbered([one.kind for one, _ in scored]),
        documents=int(documents.max()) + 1 if len(documents) else 0,
    )


def _partners(inside: Sequence[Judged], judged: Sequence[Judged]) -> list[Judged]:
    pairs = {(one.document, one.pair) for one in inside if one.pair}
    return [
        one for one in judged if one.supported and (not pairs or (one.document, one.pair) in pairs)
    ]


def _numbered(keys: Sequence[object]) -> Counts:
    """Numbers from 0 for keys, in the order in which they first come."""
    numbers = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int64)


def _draws(documents: int) -> Counts:
    """How often each document is drawn: shape (RESAMPLES, documents)."""
    if documents == 0:
        return np.zeros((0, 0), dtype=np.int64)
    rng = np.random.default_rng(SEED)
    return np.asarray(rng.multinomial(documents, [1 / documents] * documents, size=RESAMPLES))


def _estimate(votes: Votes, measure: Measure, draws: Counts) -> Estimate:
    n = len(votes.people)
    if n == 0:
        return NOTHING
    value = float(measure(votes, votes.once())[0])
    if np.isnan(value):
        return NOTHING
    drawn = measure(votes, draws)
    defined = drawn[~np.isnan(drawn)]
    if votes.documents == 1 or len(defined) < _MOST_DEFINED * len(drawn):
        # One document, or a class that stands on few of them: nothing is known of the spread.
        low, high = 0.0, 1.0
    elif value in (0.0, 1.0) and bool(np.all(defined == value)):
        # Where every draw is all right or all wrong the bootstrap is blind.
        low, high = all_or_nothing(votes.documents, all_right=value == 1.0)
    else:
        low, high = interval(defined, value)
    return Estimate(value, low, high, n)
