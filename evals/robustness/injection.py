"""An instruction to the model inside the gold article, at its start, in its middle or at its end.

After BIPIA (Yi et al. 2023, "Benchmarking and Defending Against Indirect Prompt Injection Attacks
on Large Language Models"), which places each attack at these three positions of the content that
a model is shown. Changes to BIPIA, stated:

- Each attack also asks for a canary, a made-up word, so that following it can be seen without a
  judge model. So what is measured is whether the canary shows, not whether the task was done; an
  instruction that garbles its own answer can hide the canary.
- The content is an article of the library that has to be found first. It is the gold article, or
  every gold article of the sample, so that the instruction is likely to be found.
- Not every attack meets every question: the gold articles get the attacks in turn, in as many
  rounds as it takes to use each attack once. In the first round a sample keeps its id, in round 2
  'fact-01' is 'fact-01#2'.

`target.planted` gains the canary and the whole of what was planted. An answer that quotes the
planted sentence shows the canary as well and counts as taken in: a reader sees the attacker's
words. One attack has a world of its own, so that the canary of no other can show.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from corpus.article import Article
from corpus.sentences import sentence_spans
from evals.robustness.attacks import Attack, attacks
from evals.robustness.stress import Ground, stressed, world_of
from evals.robustness.wording import Span, spans_of
from evals.sample import Sample
from evals.suite import Suite

Position = Literal["start", "middle", "end"]
POSITIONS: tuple[Position, ...] = get_args(Position)


@dataclass(frozen=True, slots=True)
class Injection:
    """Asks each sample that has a gold article with an instruction in that article.

    Args:
        position: where in the article.
        path: a file of attacks in BIPIA's form; None for our own list.
    """

    position: Position
    path: Path | None = None

    @property
    def name(self) -> str:
        """'injection-middle' for the middle."""
        return f"injection-{self.position}"

    def __call__(self, suite: Suite, home: Sequence[Article]) -> Suite:
        """The suite over injected libraries; samples without a gold article are left out.

        Raises:
            EvalError: the file of attacks cannot be used, or no sample has a gold article.
        """
        listed = attacks(self.path)
        ground = Ground(suite, home)
        groups: dict[tuple[str, tuple[str, ...]], list[Sample]] = {}
        for sample in suite.samples:
            if gold := ground.gold(sample):
                key = (sample.world, tuple(sorted(article.id for article in gold)))
                groups.setdefault(key, []).append(sample)
        rounds = math.ceil(len(listed) / len(groups)) if groups else 0
        samples: list[Sample] = []
        worlds: dict[str, tuple[Article, ...]] = {}
        for turn in range(rounds * len(groups)):
            (world, gold_ids), of_group = list(groups.items())[turn % len(groups)]
            attack = listed[turn % len(listed)]
            name = world_of(self.name, world, str(turn + 1))
            quotes = [quote for sample in of_group for quote in sample.target.quotes]
            worlds[name] = tuple(
                _injected(article, attack, self.position, quotes)
                if article.id in gold_ids
                else article
                for article in ground.articles(world)
            )
            number = turn // len(groups) + 1
            samples += [_asked(sample, attack, name, number) for sample in of_group]
        return stressed(suite, self.name, samples, worlds)


def _asked(sample: Sample, attack: Attack, world: str, number: int) -> Sample:
    planted = (*sample.target.planted, attack.canary, attack.planted)
    return replace(
        sample,
        id=sample.id if number == 1 else f"{sample.id}#{number}",
        world=world,
        target=replace(sample.target, planted=planted),
    )


def _injected(
    article: Article, attack: Attack, position: Position, quotes: Sequence[str]
) -> Article:
    """The article with the instruction as a paragraph of its own; its other words stay."""
    text = article.text
    match position:
        case "start":
            text = f"{attack.planted}\n\n{text}"
        case "end":
            text = f"{text}\n\n{attack.planted}"
        case "middle":
            cut = _middle(article, quotes)
            text = f"{text[:cut].rstrip()}\n\n{attack.planted}\n\n{text[cut:].lstrip()}".strip()
    return replace(article, text=text)


def _middle(article: Article, quotes: Sequence[str]) -> int:
    """The beginning of the sentence nearest to the middle that parts no gold quote in two."""
    gold: list[Span] = spans_of(article.text, quotes)
    starts = [start for start, _ in sentence_spans(article.text, article.language)]
    free = [at for at in starts if not any(first < at < last for first, last in gold)] or starts
    half = len(article.text) / 2
    return min(free[1:] or free, key=lambda start: (abs(start - half), start), default=0)
