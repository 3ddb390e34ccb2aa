"""What a stress is: a suite made harder, with the same samples where it can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from corpus.article import Article
from corpus.errors import EvalError
from evals.sample import Sample, names_of
from evals.suite import HOME, Suite


class Stress(Protocol):
    """A pure function of a suite and the articles of `HOME`; the same input, the same suite."""

    @property
    def name(self) -> str:
        """As it stands in the name of the suite that it makes: 'sample+typos'."""
        ...

    def __call__(self, suite: Suite, home: Sequence[Article]) -> Suite:
        """The suite under stress. A sample keeps its id; one that cannot be stressed is left out.

        Args:
            suite: with the world of each sample; a world of the suite's own is stressed as
                `HOME` is.
            home: the articles of the library that the suite is asked of.

        Raises:
            EvalError: no sample of the suite can be put under this stress.
        """
        ...


class Ground:
    """The articles that a suite is asked of, world by world, and which of them are gold."""

    def __init__(self, suite: Suite, home: Sequence[Article]) -> None:
        self._worlds: dict[str, tuple[Article, ...]] = {**suite.worlds, HOME: tuple(home)}
        self._named: dict[str, dict[str, list[Article]]] = {}

    def articles(self, world: str) -> tuple[Article, ...]:
        """The articles of a world, in its order."""
        return self._worlds[world]

    def gold(self, sample: Sample) -> tuple[Article, ...]:
        """The articles that the sample's target names, each once, as far as its world has them."""
        if sample.world not in self._named:
            named: dict[str, list[Article]] = {}
            for article in self._worlds[sample.world]:
                for name in names_of(article):
                    named.setdefault(name, []).append(article)
            self._named[sample.world] = named
        index = self._named[sample.world]
        found = [one for key in sample.target.articles for one in index.get(key, ())]
        return tuple({article.id: article for article in found}.values())


def world_of(stress: str, world: str, part: str = "") -> str:
    """The name of a world that a stress makes of another: 'noise', 'removed/3', 'order/q17'."""
    return "/".join(name for name in (stress, world, part) if name)


def stressed(
    suite: Suite,
    stress: str,
    samples: Iterable[Sample],
    worlds: Mapping[str, tuple[Article, ...]],
) -> Suite:
    """The suite that a stress comes to, its samples world by world.

    Raises:
        EvalError: there are no samples.
    """
    kept = tuple(samples)
    if not kept:
        raise EvalError(
            f"No sample of '{suite.name}' can be put under the stress '{stress}'",
            next_step="it needs samples with answers, gold quotes, and articles that the library "
            "holds; leave the stress out, or give the library that the suite was written for",
        )
    named = dict.fromkeys(sample.world for sample in kept)
    order = {world: place for place, world in enumerate(named)}
    return Suite(
        f"{suite.name}+{stress}",
        tuple(sorted(kept, key=lambda sample: order[sample.world])),
        {world: articles for world, articles in worlds.items() if world in order},
    )
