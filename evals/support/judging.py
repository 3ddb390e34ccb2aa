"""How a claim is judged: as the product would check it, and by two simpler rules beside it.

The product's road: the document is split into sentences; the ones nearest in meaning to a sentence
of the claim are shown, as many as a prompt shows; `rag.checking.cite` picks what carries it and
`rag.checking.verify` gives verdict and support. A claim of several sentences is supported when each
of them is, and its support is that of its weakest.

Two things differ from an answer, because a claim comes without a question: what is shown is chosen
by the claim itself, and the document's title is the beginning of its text, which is what
`corpus.compose` does with an article that has none.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from typing import Literal

import numpy as np

from corpus.article import Article, Passage, identify
from corpus.blocks import block_spans
from corpus.headline import first_words
from corpus.sentences import sentence_spans
from embeddings.embedders.embedder import Embedder
from embeddings.terms import TermReader
from evals.fingerprint import portable
from evals.support.claim import Claim
from rag.adapters.which import AUTO, OFF
from rag.checking.cite import attribute
from rag.checking.verifiers import verifier_at_need, verifier_name
from rag.checking.verify import Verifier, VerifyOptions
from rag.finding.evidence import Evidence
from rag.finding.hit import Hit, Why
from rag.writing.prompt import PromptOptions


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of a claim.

    Attributes:
        supported: its verdict, at the threshold that it ships with.
        support: in [0, 1]; higher is surer that the document carries the claim.
    """

    supported: bool
    support: float


class Judge(ABC):
    """Judges claims. Write one to measure a checker of your own.

    Args:
        name: as it stands in reports.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def __call__(self, claim: Claim) -> Judgement | None:
        """The judgement, or None where there is nothing to judge: no word, or no sentence."""

    def read(self, claims: Sequence[Claim]) -> None:  # noqa: B027 (a judge need not prepare)
        """Prepare for claims that have one document in common and are judged next."""

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """Models and settings that its judgements depend on."""
        return {}


class SentenceJudge(Judge):
    """Splits document and claim into sentences; a claim is as well supported as its weakest."""

    def __init__(self, name: str, embedder: Embedder) -> None:
        super().__init__(name)
        self._embedder = embedder

    def __call__(self, claim: Claim) -> Judgement | None:
        """Supported when each sentence is; the support is the least of theirs."""
        document, said = sentences(claim.document), sentences(claim.text)
        if not document or not said:
            return None
        found = [self._judge(sentence, claim.document, document) for sentence in said]
        return Judgement(all(one.supported for one in found), min(one.support for one in found))

    @abstractmethod
    def _judge(self, sentence: str, document: str, evidence: Sequence[str]) -> Judgement:
        """What a judge has to write: one sentence of a claim against those of the document."""

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """With the embedder."""
        found = self._embedder.fingerprint
        return {"embedder": portable(found.name), "embedder_weights": found.weights}


class _ReadsAhead(SentenceJudge):
    """Looks at every sentence of a document for every sentence of its claims."""

    def read(self, claims: Sequence[Claim]) -> None:
        """Embed the sentences of the document and of all claims in one go."""
        texts = dict.fromkeys(text for claim in claims for text in (claim.text, claim.document))
        self._embedder.embed([sentence for text in texts for sentence in sentences(text)])


Verdict = Literal["supported", "partly", "unsupported"]


class ShippedVerifier(_ReadsAhead):
    """The product's own check.

    Args:
        embedder: best a `RememberingEmbedder`: every sentence is looked at many times.
        passing: the verdicts that count as supported.
        trained: the trained verifier beside the exact checks, as in `rag.checking.verifiers`.
    """

    def __init__(
        self,
        name: str,
        embedder: Embedder,
        passing: frozenset[Verdict],
        options: VerifyOptions | None = None,
        trained: str = AUTO,
    ) -> None:
        super().__init__(name, embedder)
        weights = embedder.fingerprint.weights
        self._passing = passing
        self._options = options or VerifyOptions()
        self._trained = verifier_name(trained, weights)
        self._verifier = Verifier(embedder, self._options, verifier_at_need(trained, weights))
        self._shown = PromptOptions().sentences

    def _judge(self, sentence: str, document: str, evidence: Sequence[str]) -> Judgement:
        vector, *vectors = self._embedder.embed([sentence, *evidence])
        likeness = np.stack(vectors) @ vector
        nearest = np.argsort(-likeness, kind="stable")[: self._shown]
        pieces = _evidence(document)
        found = attribute(sentence, [pieces[at] for at in nearest], self._verifier).verification
        return Judgement(found.verdict in self._passing, found.support)

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """With the thresholds."""
        return {
            **super().fingerprint,
            "verify": repr(asdict(self._options)),
            "passing": ", ".join(sorted(self._passing)),
            "shown": str(self._shown),
            "verifier": self._trained,
        }


class Trained(_ReadsAhead):
    """The trained verifier's chance for every sentence, also for those that the checks turn away.

    Supported where it is more likely than not.
    It reads the sentences of the document nearest in meaning, so many as it was trained with. An
    embedder that no trained verifier belongs to is judged by what the exact checks find.
    """

    def __init__(self, name: str, embedder: Embedder) -> None:
        super().__init__(name, embedder)
        weights = embedder.fingerprint.weights
        self._trained = verifier_name(AUTO, weights)
        self._weighs = verifier_at_need(AUTO, weights)
        self._verifier = Verifier(embedder)

    def _judge(self, sentence: str, _document: str, evidence: Sequence[str]) -> Judgement:
        vector, *vectors = self._embedder.embed([sentence, *evidence])
        nearest = sorted(np.argsort(-(np.stack(vectors) @ vector), kind="stable")[:_READ])
        spans = [evidence[at] for at in nearest]
        found = self._verifier.found(sentence, spans)
        weighs = self._weighs()
        chance = weighs.weigh(sentence, spans, found).chance if weighs else found.cover
        return Judgement(chance >= 0.5, chance)

    @property
    def fingerprint(self) -> Mapping[str, str]:
        """With the trained verifier."""
        return {**super().fingerprint, "verifier": self._trained, "read": str(_READ)}


_READ = 4
"""Sentences that the trained verifier reads at most: as in `rag.training.verifier.published`."""


_ENOUGH = 0.75
"""Share of a sentence's terms that the best sentence of the document must have. Judgement: three of
four; it stays where it is so that figures of this baseline can be compared over time."""


class WordOverlap(SentenceJudge):
    """The largest share of the claim's terms that one sentence of the document holds.

    Supported at the share of words that the shipped verifier asks for, so that the two differ by
    the checks alone.
    """

    def __init__(self, name: str, embedder: Embedder) -> None:
        super().__init__(name, embedder)
        self._reader = TermReader()

    def _judge(self, sentence: str, _document: str, evidence: Sequence[str]) -> Judgement:
        mine = set(self._reader.terms(sentence))
        if not mine:
            return Judgement(False, 0.0)
        cover = max(len(mine & set(self._reader.terms(one))) for one in evidence) / len(mine)
        return Judgement(cover >= _ENOUGH, cover)


class Similarity(SentenceJudge):
    """The largest inner product of the claim's vector with that of a sentence of the document.

    Supported at the likeness that the shipped verifier asks for.
    """

    def _judge(self, sentence: str, _document: str, evidence: Sequence[str]) -> Judgement:
        vector, *vectors = self._embedder.embed([sentence, *evidence])
        likeness = float((np.stack(vectors) @ vector).max())
        return Judgement(likeness >= VerifyOptions().least_likeness, min(1.0, max(0.0, likeness)))


JUDGES: dict[str, Callable[[Embedder], Judge]] = {
    "dateline": partial(ShippedVerifier, "dateline", passing=frozenset({"supported"})),
    "dateline-shown": partial(
        ShippedVerifier, "dateline-shown", passing=frozenset({"supported", "partly"})
    ),
    "checks": partial(ShippedVerifier, "checks", passing=frozenset({"supported"}), trained=OFF),
    "trained": partial(Trained, "trained"),
    "word-overlap": partial(WordOverlap, "word-overlap"),
    "similarity": partial(Similarity, "similarity"),
}
"""'dateline' counts what the product calls supported; 'dateline-shown' also what it shows as
'partly'. Their support scores are the same. 'checks' is 'dateline' without its trained verifier,
'trained' is that verifier's chance for all."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text that hold a letter or a figure."""
    return tuple(text[start:end] for start, end in _spans(text))


# Claims come sorted by document; the claims themselves pass through too.
@lru_cache(maxsize=256)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(
        (start, end)
        for start, end in sentence_spans(text)
        if any(character.isalnum() for character in text[start:end])
    )


@lru_cache(maxsize=4)
def _evidence(document: str) -> tuple[Evidence, ...]:
    """The sentences of `sentences`, in the form in which the product cites them."""
    blocks = tuple(document[start:end] for start, end in block_spans(document))
    article = Article(
        id=identify(document),
        title=first_words(blocks),
        outlet=None,
        published=None,
        dated_by="none",
        text=document,
        source="",
    )
    passage = Passage(f"{article.id}:0", article.id, 0, 0, len(document))
    hit = Hit(passage, article, score=1.0, rank=1, why=Why(None, None))
    return tuple(
        Evidence(hit, start, end, score=0.0, likeness=0.0, answerable=0.0)
        for start, end in _spans(document)
    )
