"""How good is the evidence? Measured on reading-comprehension data, without a language model.

Two questions, over data in SQuAD form (Rajpurkar et al. 2016), each paragraph taken for an article:
does the sentence that holds the answer come first, and does the answerability of the best evidence
tell questions whose article is in the library from questions whose article was taken away? The
second is where `RefuseOptions.least_answerable` comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from corpus.article import Article
from corpus.errors import EvalError
from embeddings.embedders.embedder import Embedder
from embeddings.library import Library
from evals.sets import squad
from rag.finding.evidence import Evidence
from rag.finding.ranking import EvidenceRanker
from rag.finding.retrieve import RetrieveOptions, retrieve
from rag.question.query import read_question
from rag.refuse import answerable_at_best

SEED = 20261122


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and where its answer stands: a character of one article."""

    question: str
    article_id: str
    position: int


@dataclass(frozen=True, slots=True)
class EvidenceQuality:
    """What came out, over n questions.

    Attributes:
        first, among_three, among_seven: share whose answering sentence is ranked that high.
        auroc: probability that a question whose article is there gets a higher answerability
            than one whose article was taken away.
        threshold: the answerability that separates the two best, by balanced accuracy.
        kept: share of questions with their article that reach the threshold.
        refused: share of questions without their article that do not.
    """

    n: int
    first: float
    among_three: float
    among_seven: float
    auroc: float
    threshold: float
    kept: float
    refused: float


def read_squad(path: Path) -> tuple[list[Article], list[Asked]]:
    """Articles and answered questions of a file in SQuAD form, plain or gzipped.

    Raises:
        EvalError: as `evals.sets.squad.read_squad`; or no question has an answer.
    """
    articles, questions = squad.read_squad(path)
    asked = [
        Asked(one.question, one.article.id, one.places[0][0]) for one in questions if one.places
    ]
    if not asked:
        raise EvalError(
            "no question of the file has an answer, so there is no evidence to find",
            where=path,
            next_step="name a file whose questions are answered in it",
        )
    return list(articles), asked


def measure_evidence(
    articles: Sequence[Article], asked: Sequence[Asked], embedder: Embedder, limit: int
) -> EvidenceQuality:
    """Ask up to `limit` of the questions, drawn with a fixed seed."""
    order = np.random.default_rng(SEED).permutation(len(asked))[:limit]
    ranks: list[int] = []
    there: list[float] = []
    gone: list[float] = []
    with (
        TemporaryDirectory() as folder,
        Library.open(Path(folder) / "library", embedder, create=True) as library,
    ):
        library.add(articles)
        ranker = EvidenceRanker(embedder)
        for at in tqdm(order, desc="evidence", unit=" questions", mininterval=2):
            one = asked[int(at)]
            found, without = _evidence(one, library, embedder, ranker)
            ranks.append(_rank(one, found))
            there.append(answerable_at_best(found))
            gone.append(answerable_at_best(without))
    return _summary(np.array(ranks), np.array(there), np.array(gone))


def _evidence(
    one: Asked, library: Library, embedder: Embedder, ranker: EvidenceRanker
) -> tuple[list[Evidence], list[Evidence]]:
    """The evidence for a question, and what it would be without the article that answers it."""
    query = read_question(one.question)
    vector = embedder.embed([query.text])[0]
    options = RetrieveOptions()
    hits = retrieve(library, query, vector, options, options.hits * 2)
    others = [hit for hit in hits if hit.article.id != one.article_id]
    return (
        ranker.rank(query.text, vector, hits[: options.hits]),
        ranker.rank(query.text, vector, others[: options.hits]),
    )


def _rank(one: Asked, evidence: Sequence[Evidence]) -> int:
    """The rank of the answering sentence, from 1; 0 when it is not among the evidence."""
    for rank, found in enumerate(evidence, start=1):
        if found.hit.article.id == one.article_id and found.start <= one.position < found.end:
            return rank
    return 0


def _summary(
    ranks: NDArray[np.int64], there: NDArray[np.float64], gone: NDArray[np.float64]
) -> EvidenceQuality:
    thresholds = np.unique(np.concatenate([there, gone]))
    balanced = [((there >= t).mean() + (gone < t).mean()) / 2 for t in thresholds]
    best = float(thresholds[int(np.argmax(balanced))])
    wins = (there[:, None] > gone[None, :]).mean() + (there[:, None] == gone[None, :]).mean() / 2
    return EvidenceQuality(
        n=len(ranks),
        first=float(((ranks > 0) & (ranks <= 1)).mean()),
        among_three=float(((ranks > 0) & (ranks <= 3)).mean()),
        among_seven=float(((ranks > 0) & (ranks <= 7)).mean()),
        auroc=float(wins),
        threshold=best,
        kept=float((there >= best).mean()),
        refused=float((gone < best).mean()),
    )
