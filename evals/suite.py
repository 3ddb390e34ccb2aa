"""Questions together with the articles that they are asked of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from pydantic import TypeAdapter

from corpus.article import Article
from evals.sample import Sample

SEED = 20261122
"""Fixed, so that every draw is the same."""

HOME = ""
"""The world that a suite brings no articles for: the library that the run is given."""


@dataclass(frozen=True, slots=True)
class Suite:
    """Samples, and the worlds that they are asked of.

    Attributes:
        name: as it stands in reports.
        samples: in the order of asking, those of one world together.
        worlds: the articles of each world that a sample names, other than `HOME`. Each world is
            a library of its own, so that a question can be asked of few articles, or of forged
            ones, with nothing else near.
    """

    name: str
    samples: tuple[Sample, ...]
    worlds: Mapping[str, tuple[Article, ...]] = field(default_factory=dict)

    def first(self, limit: int | None) -> Suite:
        """The suite of the first `limit` samples; of all where it is None."""
        return self if limit is None else replace(self, samples=self.samples[:limit])

    def drawn(self, count: int | None, seed: int = SEED) -> Suite:
        """The suite of `count` samples drawn without replacement, in their order; of all where it
        is None or more than there are. The same seed draws the same."""
        if count is None or count >= len(self.samples):
            return self
        places = sorted(np.random.default_rng(seed).permutation(len(self.samples))[:count])
        return replace(self, samples=tuple(self.samples[place] for place in places))

    def digest(self) -> str:
        """SHA-256 over every question, target and article, in hexadecimal."""
        whole = hashlib.sha256(_SAMPLES.dump_json(self.samples))
        for world in sorted({sample.world for sample in self.samples} - {HOME}):
            whole.update(_ARTICLES.dump_json(self.worlds[world]))
        return whole.hexdigest()


_SAMPLES = TypeAdapter(tuple[Sample, ...])
_ARTICLES = TypeAdapter(tuple[Article, ...])
