"""The articles that answer are taken away: each question is now one to refuse.

Taken away are the gold articles, every article in which a gold quote stands, and every article
that holds an accepted answer which is telling by itself: one with a figure of three digits or
more, or a figure and a further word ('1.8 million', '6 May'). Other answers ('Hamas') stand in
articles that do not answer, and an article that does answer in its own words cannot be told from
these; so some questions may still be answerable, and a share that is refused is a lower bound.

Samples that have no answer anyway are left out: nothing can be taken away from them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.article import Article
from evals.metrics.text import tokens
from evals.robustness.stress import Ground, stressed, world_of
from evals.robustness.wording import holds_any
from evals.sample import Sample, Target
from evals.suite import Suite

_LONG_FIGURE = re.compile(r"\d{3}")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Removed:
    """Asks each answerable question of its library without what answers it."""

    name: str = "removed"

    def __call__(self, suite: Suite, home: Sequence[Article]) -> Suite:
        """The suite with nothing to find; questions that lose the same articles share a world."""
        ground = Ground(suite, home)
        named: dict[tuple[str, frozenset[str]], str] = {}
        worlds: dict[str, tuple[Article, ...]] = {}
        samples = []
        for sample in suite.samples:
            if sample.target.refuse or not (gone := _answering(ground, sample)):
                continue
            key = (sample.world, gone)
            if key not in named:
                named[key] = world_of(self.name, sample.world, str(len(named) + 1))
                worlds[named[key]] = tuple(
                    article for article in ground.articles(sample.world) if article.id not in gone
                )
            samples.append(replace(sample, world=named[key], target=Target(refuse=True)))
        return stressed(suite, self.name, samples, worlds)


def _answering(ground: Ground, sample: Sample) -> frozenset[str]:
    """The ids of the articles to take away; none where the gold articles are not there."""
    gold = {article.id for article in ground.gold(sample)}
    if not gold:
        return frozenset()
    forms = [form for part in sample.target.parts for form in part if _is_telling(form)]
    return frozenset(gold) | {
        article.id
        for article in ground.articles(sample.world)
        if any(quote in article.text for quote in sample.target.quotes)
        or holds_any(article.text, forms)
    }


def _is_telling(form: str) -> bool:
    if any(_LONG_FIGURE.search(token) for token in tokens(form)):
        return True
    return len(tokens(form)) > 1 and bool(_FIGURE.search(form))
