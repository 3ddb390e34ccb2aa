"""Near misses beside the gold articles: on the same subject, and without the answer.

Two kinds are added to the library. The first is a copy of each gold article without the sentences
that hold a gold quote or an accepted answer, under another title, outlet and source and with the
same day. The second is a round-up: some of the same sentences, those of one outlet and one day,
in another order under that outlet's name. No sentence of either answers any sample of the suite
whose gold article it comes from, so one library serves them all, and no new target is needed.

Source: the 'noise robustness' of RGB (Chen et al. 2024, "Benchmarking Large Language Models in
Retrieval-Augmented Generation"), whose noise, too, is relevant to the question and has no answer.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.article import Article, identify
from corpus.headline import shorten
from evals.robustness.stress import Ground, stressed, world_of
from evals.robustness.wording import joined, sentences_without
from evals.sample import Sample
from evals.suite import Suite

OUTLETS = ("Fernhill Gazette", "Quayside Wire", "Northmoor Post")
"""Invented, so that nothing false is laid at a real outlet's door."""

_ROUND_UP = 8
"""Sentences of a round-up, at most: about one passage."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Asks every question, also those without an answer, of its library with the near misses.

    Args:
        seed: of the order of sentences in the round-ups.
    """

    seed: int = 0
    name: str = "noise"

    def __call__(self, suite: Suite, home: Sequence[Article]) -> Suite:
        """The suite over the noisy library; a world without gold articles is left out."""
        ground = Ground(suite, home)
        worlds: dict[str, tuple[Article, ...]] = {}
        for world in {sample.world: None for sample in suite.samples}:
            samples = [sample for sample in suite.samples if sample.world == world]
            misses = _near_misses(ground, samples)
            if misses:
                noise = (*misses, *_round_ups(misses, self.seed))
                articles = tuple(article for article, _ in noise)
                worlds[world_of(self.name, world)] = ground.articles(world) + articles
        moved = [replace(one, world=world_of(self.name, one.world)) for one in suite.samples]
        return stressed(suite, self.name, [one for one in moved if one.world in worlds], worlds)


_Miss = tuple[Article, Article]
"""A near miss, and the article that it was made of."""


def _near_misses(ground: Ground, samples: Sequence[Sample]) -> list[_Miss]:
    """A near miss of each gold article that has a sentence left."""
    gold: dict[str, Article] = {}
    forms: dict[str, list[str]] = {}
    for sample in samples:
        for article in ground.gold(sample):
            gold[article.id] = article
            of_article = forms.setdefault(article.id, [])
            of_article += [form for part in sample.target.parts for form in part]
    quotes = [quote for sample in samples for quote in sample.target.quotes]
    misses = []
    for place, article in enumerate(gold.values()):
        kept = sentences_without(article, quotes, list(dict.fromkeys(forms[article.id])))
        if kept:
            first = article.text[slice(*kept[0])]
            outlet = OUTLETS[place % len(OUTLETS)]
            text = joined(article.text, kept)
            misses.append((_made("near-miss", article.id, first, outlet, text, article), article))
    return misses


def _round_ups(misses: Sequence[_Miss], seed: int) -> Iterator[_Miss]:
    """One for each outlet and day of the gold articles that has sentences enough to reorder."""
    groups: dict[tuple[str | None, date | None], list[_Miss]] = {}
    for miss, article in misses:
        groups.setdefault((article.outlet, article.published), []).append((miss, article))
    for (outlet, day), group in groups.items():
        pool = [
            miss.text[start:end]
            for miss, _ in group
            for start, end in sentences_without(miss, (), ())
        ]
        if len(pool) < 2:
            continue
        label = f"{seed} {outlet} {day}"
        picked = random.Random(label).sample(pool, min(_ROUND_UP, len(pool)))
        if picked == pool:
            picked.reverse()
        like = group[0][1]
        yield _made("round-up", label, picked[0], outlet, " ".join(picked), like), like


def _made(kind: str, key: str, first: str, outlet: str | None, text: str, like: Article) -> Article:
    source = f"noise/{kind}-{identify(key)}.md"
    # With the first words alone it could have the title of an article that came without one.
    title = f"Also: {shorten(' '.join(first.split()))}"
    return replace(
        like, id=identify(source), title=title, outlet=outlet, text=text, source=source, url=None
    )
