"""`python -m rag.training.answerer.measure FILE`: the answerer alone, on questions it never saw.

The model is asked as Dateline asks it, held to its form, with and without what it learned. Each
question is asked once with the sentence that answers among those shown and, for every other one,
without it.
"""

from __future__ import annotations

import random
import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click
import numpy as np

from embeddings.embedders.models import DEFAULT_GENERATOR, resolve
from rag.training.answerer.packs import Pack, Question
from rag.training.answerer.wikipedia import WikipediaOptions, wikipedia_packs
from rag.training.questions import read_squad
from rag.writing.answerers import SHIPPED, answerer_for
from rag.writing.generator import Citing, Generator
from rag.writing.generators.local import LocalGenerator
from rag.writing.trained import NO_ANSWER, Said, read_reply, trained_prompt

MOST_TOKENS = 48


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    Attributes:
        answered: whether something answers it.
        refused: whether the model declined.
        f1: overlap in words with the answer; 0 where one of both is missing.
        right: whether the words are the answer's and the number is that of its sentence.
    """

    answered: bool
    refused: bool
    f1: float
    right: bool


def ask(generator: Generator, question: Question, pack: Pack) -> Outcome:
    """Ask one question."""
    steer = Citing([one.text for one in pack.shown], NO_ANSWER)
    messages = trained_prompt(question.text, pack.shown)
    reply = "".join(
        piece.text for piece in generator.stream(messages, max_tokens=MOST_TOKENS, steer=steer)
    )
    return outcome(read_reply(reply), question, pack)


def outcome(said: Sequence[Said], question: Question, pack: Pack) -> Outcome:
    """What a reply is worth: its first answer counts, against any of the question's."""
    if not said or not question.spans:
        return Outcome(bool(question.spans), not said, 0.0, False)
    accepted = [
        (pack.shown[span.sentence].text[span.start : span.end], span.sentence + 1)
        for span in question.spans
    ]
    first = said[0]
    return Outcome(
        True,
        False,
        max(_f1(first.words, words) for words, _ in accepted),
        any(
            _words(first.words) == _words(words) and first.number == number
            for words, number in accepted
        ),
    )


def table(outcomes: Sequence[Outcome], seed: int = 7) -> dict[str, str]:
    """Each figure with its 95 % bootstrap interval."""
    figures: dict[str, Callable[[Sequence[Outcome]], float]] = {
        "answer F1": lambda some: _mean([one.f1 for one in some if one.answered]),
        "right words and number": lambda some: _mean([one.right for one in some if one.answered]),
        "refusal F1": _refusal_f1,
        "refused, unanswerable": lambda some: _mean(
            [one.refused for one in some if not one.answered]
        ),
        "refused, answerable": lambda some: _mean([one.refused for one in some if one.answered]),
    }
    rng = random.Random(seed)
    told = {}
    for name, figure in figures.items():
        drawn = [figure(rng.choices(outcomes, k=len(outcomes))) for _ in range(500)]
        low, high = np.quantile(drawn, (0.025, 0.975))
        told[name] = f"{figure(outcomes):.2f} [{low:.2f}, {high:.2f}]"
    return told


def _refusal_f1(outcomes: Sequence[Outcome]) -> float:
    both = sum(one.refused and not one.answered for one in outcomes)
    either = sum(one.refused for one in outcomes) + sum(not one.answered for one in outcomes)
    return 2 * both / either if either else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _f1(one: str, other: str) -> float:
    """Token F1 as SQuAD's evaluation script has it (Rajpurkar et al. 2016)."""
    first, second = _words(one), _words(other)
    shared = sum((Counter(first) & Counter(second)).values())
    return 2 * shared / (len(first) + len(second)) if shared else 0.0


def _words(text: str) -> list[str]:
    text = "".join(one for one in text.casefold() if one not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", text).split()


def draw(file: Path, count: int, seed: int) -> list[tuple[Question, Pack]]:
    """So many questions of a file in SQuAD's form, a third of them without their answer."""
    train, dev = read_squad(file)
    options = WikipediaOptions(fewest=6, most=6, removed=1.0, strange=0.3, other_name=0.0)
    packs = wikipedia_packs([*train, *dev], seed, options)
    asked = [(question, pack) for pack in packs for question in pack.questions]
    rng = random.Random(seed)
    rng.shuffle(asked)
    answered = [one for one in asked if one[0].spans]
    others = [one for one in asked if not one[0].spans]
    return answered[: count - count // 3] + others[: count // 3]


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--count", type=click.IntRange(min=3), default=225, show_default=True)
@click.option("--adapter", type=click.Path(path_type=Path), default=SHIPPED, show_default=True)
@click.option("--weights", type=click.Choice(["both", "trained", "untrained"]), default="both")
@click.option("--seed", default=7, show_default=True)
def main(
    file: Path,
    count: int,
    adapter: Path,
    weights: Literal["both", "trained", "untrained"],
    seed: int,
) -> None:
    """Ask the questions of FILE, in SQuAD's form, of the model with and without its adapter."""
    asked = draw(file, count, seed)
    ref = resolve(DEFAULT_GENERATOR)
    for name in ("untrained", "trained") if weights == "both" else (weights,):
        chosen = answerer_for(str(adapter), DEFAULT_GENERATOR) if name == "trained" else None
        generator = LocalGenerator(ref, chosen)
        with click.progressbar(asked, label=name) as bar:
            outcomes = [ask(generator, question, pack) for question, pack in bar]
        click.echo(f"{name}, n={len(outcomes)}, {sum(one.answered for one in outcomes)} answerable")
        for figure, value in table(outcomes).items():
            click.echo(f"  {figure:24}{value}")


if __name__ == "__main__":
    main()
