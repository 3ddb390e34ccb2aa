"""From the published files to what the verifier learns from and is measured on, with a digest.

Held out of learning are documents of every set, whole domains, and whole kinds of edits, so that
three questions can be told apart: does it hold for other texts, for other sorts of text, and for
errors that it has never seen?
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from rag.training.leaks import leaks
from rag.training.questions import Reading, read_squad
from rag.training.verifier import published
from rag.training.verifier.dev_sets import (
    DEV_DOMAINS,
    RULE_KINDS,
    as_text,
    dev_sets,
    measured_on,
)
from rag.training.verifier.drawing import drawn, pairs_drawn
from rag.training.verifier.edits import LEARNED
from rag.training.verifier.example import Example, Text
from rag.training.verifier.made import MadeOptions, made_pairs, question_pairs

QUESTIONS = "squadshifts/new_wiki_v1.0.json.gz"


@dataclass(frozen=True, slots=True)
class DataOptions:
    """What is drawn.

    Attributes:
        seed: of every draw.
        dev_share: of the documents of a set that are kept out of learning, in percent.
        wiki, news: pairs made by rule of encyclopedia and of news sentences, at most.
        doubtful: false summaries without marked words, at most: their words are not told.
        faithful: true sentences of RAGTruth, at most: it has seven times as many as false ones.
        dev_each: examples of one dev set, at most, before those like learned ones are left out.
    """

    seed: int = 11
    dev_share: int = 30
    wiki: int = 3000
    news: int = 3000
    doubtful: int = 1500
    faithful: int = 1500
    dev_each: int = 600


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a verifier is trained from.

    Attributes:
        train: what is learned from.
        tune: other documents of the same domains, with the same kinds of edits: chooses the
            checkpoint and fits the scale.
        dev: sets to report on, by name; 'held-out kinds' and 'held-out domain' in it say what
            is new.
        left_out: documents that share words with what is measured on elsewhere.
        digest: SHA-256 of what is learned from and tuned on, and of the options, hexadecimal.
    """

    train: tuple[Example, ...]
    tune: tuple[Example, ...]
    dev: dict[str, tuple[Example, ...]]
    left_out: tuple[str, ...]
    digest: str = field(default="")


def prepare(
    data: Path, held_out: Sequence[Path], news: Sequence[Path], options: DataOptions
) -> Recipe:
    """Read the data, split it, make the pairs, and leave out what is measured on elsewhere.

    Args:
        data: the folder of the published sets.
        held_out: files or folders of what is measured on.
        news: text files of the project's own articles, for a held-out domain.

    Raises:
        OSError: a set cannot be read.
        TrainingError: a held-out file cannot be read.
    """
    rng = random.Random(options.seed)
    wiki_train, wiki_dev = read_squad(data / QUESTIONS)
    judged = list(_judged(data))
    texts = _texts(judged)
    learned = [as_text(one) for one in wiki_train] + [
        one for one in texts if not _is_dev(one.domain, one.name, options)
    ]
    left_out = _leaking(learned, held_out) if held_out else frozenset()
    train = _train(wiki_train, learned, judged, left_out, options, rng)
    kept_out = [one for one in texts if _is_dev(one.domain, one.name, options)]
    theirs = [one for one in judged if _is_dev(one.domain, one.document, options)]
    sets = dev_sets(data, wiki_dev, kept_out, theirs, news, options.dev_each, rng)
    tune = tuple(one for name in _TUNED for one in sets[name] if _half(one))
    others = {
        name: drawn(
            [one for one in held if name not in _TUNED or not _half(one)],
            options.dev_each,
            random.Random(options.seed),
        )
        for name, held in sets.items()
    }
    dev = measured_on(train, others, options.seed)
    made = Recipe(tuple(train), tune, dev, tuple(sorted(left_out)))
    return Recipe(made.train, made.tune, made.dev, made.left_out, _digest(made, options))


_TUNED = ("rules on wiki", "rules on news", "fib", "summedits", "fever", "ragtruth")


def _judged(data: Path) -> Iterator[Example]:
    """Every sentence that people judged, of all sets."""
    yield from published.examples(published.read_fib(data / "fib"))
    yield from published.examples(published.read_fib_rules(data / "fib"))
    yield from published.examples(published.read_summedits(data / "summedits"))
    yield from published.examples(published.read_fever(data / "fever_symmetric"))
    file = data / "ragtruth_data2txt" / "ragtruth_data2txt.jsonl"
    yield from published.examples(published.read_ragtruth(file))


def _train(
    wiki: Sequence[Reading],
    texts: Sequence[Text],
    judged: Sequence[Example],
    left_out: frozenset[str],
    options: DataOptions,
    rng: random.Random,
) -> list[Example]:
    kept = [one for one in texts if f"{one.domain}/{one.name}" not in left_out]
    rules = MadeOptions(LEARNED, each=2)
    of_wiki = [
        one for text in kept if text.domain == "squadshifts" for one in made_pairs(text, rules, rng)
    ]
    of_news = [
        one
        for text in kept
        if text.domain.startswith(("fib/", "summedits/"))
        for one in made_pairs(text, rules, rng)
    ]
    asked = [
        one
        for reading in wiki
        if f"squadshifts/{reading.title}" not in left_out
        for one in question_pairs(reading, rng)
    ]
    theirs = [
        one
        for one in judged
        if not _is_dev(one.domain, one.document, options)
        and one.kind not in RULE_KINDS
        and f"{one.domain}/{one.document}" not in left_out
    ]
    doubtful = [one for one in theirs if one.wrong is None and one.domain.startswith("fib/")]
    faithful = [one for one in theirs if one.supported and one.domain == "ragtruth"]
    bounded = {id(one) for one in (*doubtful, *faithful)}
    rest = [one for one in theirs if id(one) not in bounded]
    return [
        *pairs_drawn(of_wiki, options.wiki, rng),
        *pairs_drawn(of_news, options.news, rng),
        *asked,
        *rest,
        *drawn(doubtful, options.doubtful, rng),
        *drawn(faithful, options.faithful, rng),
    ]


def _texts(judged: Iterable[Example]) -> list[Text]:
    """The texts that were judged against, put together from the evidence that was shown.

    A sentence that is evidence for nothing is not in it; it would be in nobody's way.
    """
    held: dict[tuple[str, str], dict[str, None]] = {}
    for one in judged:
        if one.domain.startswith(("fib/", "summedits/")):
            held.setdefault((one.domain, one.document), {}).update(dict.fromkeys(one.evidence))
    return [Text(name, domain, tuple(found)) for (domain, name), found in held.items()]


def _is_dev(domain: str, document: str, options: DataOptions) -> bool:
    if domain in DEV_DOMAINS:
        return True
    if domain == "squadshifts":
        return False
    number = int(hashlib.sha256(f"{domain}/{document}".encode()).hexdigest()[:8], 16)
    return number % 100 < options.dev_share


def _half(example: Example) -> bool:
    name = f"half/{example.domain}/{example.document}"
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 2 == 0


def _leaking(texts: Sequence[Text], held_out: Sequence[Path]) -> frozenset[str]:
    """Documents that share words with a held-out file."""
    owners = [(text, one) for text in texts for one in text.sentences]
    found = leaks([sentence for _, sentence in owners], held_out)
    return frozenset(
        f"{owners[leak.learned][0].domain}/{owners[leak.learned][0].name}" for leak in found
    )


def _digest(recipe: Recipe, options: DataOptions) -> str:
    told = {
        "train": [asdict(one) for one in recipe.train],
        "tune": [asdict(one) for one in recipe.tune],
        "options": asdict(options),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
