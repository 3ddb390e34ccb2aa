"""The same articles taken into the library in reversed order: no answer should change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.article import Article
from evals.robustness.stress import Ground, stressed, world_of
from evals.suite import Suite


@dataclass(frozen=True, slots=True)
class Order:
    """Asks every question of its own articles, last first."""

    name: str = "order"

    def __call__(self, suite: Suite, home: Sequence[Article]) -> Suite:
        """The suite over the reversed library."""
        ground = Ground(suite, home)
        worlds = {
            world_of(self.name, world): ground.articles(world)[::-1]
            for world in {sample.world: None for sample in suite.samples}
        }
        samples = [replace(one, world=world_of(self.name, one.world)) for one in suite.samples]
        return stressed(suite, self.name, samples, worlds)
