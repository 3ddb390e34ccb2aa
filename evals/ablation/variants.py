"""Dateline with one part off: the systems of an ablation, by name.

    VARIANTS["no refusals"] = options(lambda o: replace(o, refuse=RefuseOptions(0.0, 0.0)))

A part that is steered by an options dataclass takes one such line; one that is a checker or a
finder takes `Newsroom.variant`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Self

from pydantic import PrivateAttr

from embeddings.embedders.embedder import Vectors
from evals.ablation.bare import Bare
from evals.runner import System
from evals.sample import Sample
from evals.systems import SYSTEMS, MakeSystem
from evals.systems.answerer_alone import AnswererAlone
from evals.systems.without_verifier import Unchecked
from rag.adapters.which import NONE, OFF
from rag.answering.choosing import ChooseOptions
from rag.answering.options import AnswerOptions
from rag.finding.hit import Hit
from rag.finding.rerank import RerankOptions
from rag.finding.retrieve import retrieve
from rag.newsroom import Newsroom
from rag.question.query import Query
from rag.refuse import RefuseOptions
from rag.settings import Settings
from rag.writing.generator import Teachable
from rag.writing.generators import load_generator

Change = Callable[[AnswerOptions], AnswerOptions]


class _Changed(Settings):
    """Settings whose options are changed in one place before they are used."""

    _change: Change = PrivateAttr()

    @classmethod
    def of(cls, settings: Settings, change: Change) -> Self:
        """The same settings, read from nowhere anew."""
        made = cls.model_construct(**dict(settings))
        made._change = change
        return made

    def answer_options(self) -> AnswerOptions:
        """The options of each stage, changed."""
        return self._change(super().answer_options())


def options(change: Change) -> MakeSystem:
    """Dateline with some options changed."""

    def made(newsroom: Newsroom, samples: Sequence[Sample]) -> System:
        del samples
        twin = newsroom.variant()
        twin.settings = _Changed.of(newsroom.settings, change)
        return twin

    return made


def _unchecked(newsroom: Newsroom, samples: Sequence[Sample]) -> System:
    del samples
    return newsroom.variant(verifier=Unchecked())


def _bare(newsroom: Newsroom, samples: Sequence[Sample]) -> System:
    del samples
    library = Bare(newsroom.library, newsroom.embedder)
    chosen = newsroom.settings.answer_options().retrieve

    def find(query: Query, vector: Vectors) -> tuple[Hit, ...]:
        return retrieve(library, query, vector, chosen)

    return newsroom.variant(finder=find)


def _answerer_alone(newsroom: Newsroom, samples: Sequence[Sample]) -> System:
    del samples
    return AnswererAlone(newsroom)


def _untrained_alone(newsroom: Newsroom, samples: Sequence[Sample]) -> System:
    del samples
    model = newsroom.generator
    taught = isinstance(model, Teachable) and model.taught != NONE
    return AnswererAlone(newsroom, load_generator(model.name, OFF) if taught else model)


VARIANTS: dict[str, MakeSystem] = {
    "dateline": SYSTEMS["dateline"],
    "nearest-sentence": SYSTEMS["nearest-sentence"],
    "no verifier": _unchecked,
    "no understanding": options(lambda o: replace(o, understand=False)),
    "no premise": options(lambda o: replace(o, premise=False)),
    "no figures": options(lambda o: replace(o, figures=False)),
    "names anywhere": options(lambda o: replace(o, named=False)),
    "counts of anything": options(lambda o: replace(o, counted=False)),
    "no refusals": options(lambda o: replace(o, refuse=RefuseOptions(0.0, 0.0))),
    "one sentence": options(lambda o: replace(o, choose=ChooseOptions(several=1))),
    "no rewriting": options(lambda o: replace(o, ladder=replace(o.ladder, rewrites=0))),
    "meaning alone": options(lambda o: replace(o, retrieve=replace(o.retrieve, dense_weight=1.0))),
    "words alone": options(lambda o: replace(o, retrieve=replace(o.retrieve, dense_weight=0.0))),
    "reciprocal ranks": options(lambda o: replace(o, retrieve=replace(o.retrieve, fusion="rrf"))),
    "every copy": options(lambda o: replace(o, retrieve=replace(o.retrieve, one_copy=False))),
    "no headers": _bare,
    "sentences of any sort": options(
        lambda o: replace(o, evidence=replace(o.evidence, wrong_kind=0.0))
    ),
    "no trained reader": options(
        lambda o: replace(o, evidence=replace(o.evidence, rerank=RerankOptions(weight=0.0)))
    ),
    "no trained answerer": options(lambda o: replace(o, prompt=replace(o.prompt, style="short"))),
    "answerer alone": _answerer_alone,
    "answerer alone, untrained": _untrained_alone,
    "no trained verifier": options(
        lambda o: replace(o, verify=replace(o.verify, least_chance=0.0))
    ),
    "either side of an event": options(
        lambda o: replace(o, evidence=replace(o.evidence, wrong_side=0.0))
    ),
    "values as the model copies": options(lambda o: replace(o, values=False)),
    "newest like any": options(lambda o: replace(o, evidence=replace(o.evidence, newest=0.0))),
}
"""By the name that tables show. The first is Dateline as it is set, and each other is held against
it."""
