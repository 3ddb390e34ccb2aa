"""What the verifier is measured on and never learns from: other texts, other domains, new kinds."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from rag.training.leaks import runs_of
from rag.training.questions import Reading
from rag.training.verifier.drawing import drawn, pairs_drawn, whole_pairs
from rag.training.verifier.edits import DROPPED, HELD_OUT, LEARNED
from rag.training.verifier.example import Example, Text
from rag.training.verifier.made import MadeOptions, made_pairs, text_of

DEV_DOMAINS = ("summedits/ectsum", "summedits/scitldr")
"""Domains of published sets that nothing is learned from."""

MEASURED = 300
"""Examples of a set that are measured, about: a half-width of some 0.03 for an AUROC of 0.9."""

RULE_KINDS = frozenset(("dateswp", "entswp", "numswp", "negation", "pronoun"))
"""FactCC's exchanges in FIB, which are dev."""


def dev_sets(
    data: Path,
    wiki: Sequence[Reading],
    kept_out: Sequence[Text],
    judged: Sequence[Example],
    news: Sequence[Path],
    each: int,
    rng: random.Random,
) -> dict[str, tuple[Example, ...]]:
    """The sets by name.

    Args:
        data: the folder of the published sets.
        wiki: encyclopedia articles that are kept out of learning.
        kept_out: the other texts that are.
        judged: sentences that people judged against texts that are.
        news: text files of the project's own articles.
        each: examples of a set that is made by rule, at most.
        rng: draws them.
    """
    fib = [one for one in kept_out if one.domain.startswith("fib/")]
    of_wiki = [as_text(one) for one in wiki]
    wires = _torque(data / "torque" / "dev.json")
    other_wiki = _xquad(data / "xquad" / "xquad.en.json")
    own = [text_of(file.name, "own news", _body(file)) for file in news]

    # Came later: what it drew from `rng` would change what the other sets are.
    apart = random.Random(each)

    def made(
        texts: Sequence[Text], kinds: tuple[str, ...], rng: random.Random = rng
    ) -> list[Example]:
        rules = MadeOptions(kinds, each=3, shown=(4, 4), absent=0.0)
        found = [one for text in texts for one in made_pairs(text, rules, rng)]
        return pairs_drawn(found, each // 2, rng)

    sets: dict[str, list[Example]] = {
        "rules on wiki": made(of_wiki, LEARNED),
        "rules on news": made(fib, LEARNED),
        "held-out kinds, wiki": made(of_wiki, HELD_OUT),
        "held-out kinds, news": made(fib, HELD_OUT),
        "held-out domain, newswire": made(wires, LEARNED),
        "held-out domain, other wiki": made(other_wiki, LEARNED),
        "held-out domain, own news": made(own, LEARNED),
        "held-out kinds and domain, newswire": made(wires, HELD_OUT),
        "held-out kinds and domain, other wiki": made(other_wiki, HELD_OUT),
        "held-out kinds and domain, own news": made(own, HELD_OUT),
        "fib, FactCC's edits": [one for one in judged if one.kind in RULE_KINDS],
        "fib": [
            one for one in judged if one.domain.startswith("fib/") and one.kind not in RULE_KINDS
        ],
        "summedits": [
            one
            for one in judged
            if one.domain.startswith("summedits/") and one.domain not in DEV_DOMAINS
        ],
        "held-out domain, summedits": [one for one in judged if one.domain in DEV_DOMAINS],
        "fever": [one for one in judged if one.domain == "fever"],
        "ragtruth": [one for one in judged if one.domain == "ragtruth"],
        "dropped attribution, news": made(fib, DROPPED, apart),
        "dropped attribution, newswire": made(wires, DROPPED, apart),
        "dropped attribution, own news": made(own, DROPPED, apart),
    }
    return {
        name: tuple(held if name.startswith(("rules", "held-out k")) else drawn(held, 1500, rng))
        for name, held in sets.items()
    }


def _torque(path: Path) -> list[Text]:
    passages = json.loads(path.read_text(encoding="utf-8"))
    return [text_of(name, "torque", one["passage"]) for name, one in sorted(passages.items())]


def _xquad(path: Path) -> list[Text]:
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [
        text_of(one["title"], "xquad", "\n\n".join(part["context"] for part in one["paragraphs"]))
        for one in articles
    ]


def _body(file: Path) -> str:
    """An article of the project's own, without the lines that head it."""
    text = file.read_text(encoding="utf-8")
    return text.split("\n\n", 1)[-1]


def as_text(reading: Reading) -> Text:
    """An article with questions as a text."""
    return Text(reading.title, "squadshifts", tuple(one.text for one in reading.sentences))


def unseen(
    train: Sequence[Example], dev: Mapping[str, Sequence[Example]]
) -> dict[str, tuple[Example, ...]]:
    """The dev sets without the documents that share a run of words with what is learned from.

    Documents are split, but two of them may report one event in the same words, and FEVER has
    several evidences that differ in a word.
    """
    known = {run for one in train for text in (one.text, *one.evidence) for run in runs_of(text)}
    seen = {
        (one.domain, one.document)
        for held in dev.values()
        for one in held
        for text in (one.text, *one.evidence)
        if any(run in known for run in runs_of(text))
    }
    return {
        name: tuple(one for one in held if (one.domain, one.document) not in seen)
        for name, held in dev.items()
    }


def measured_on(
    train: Sequence[Example], dev: Mapping[str, Sequence[Example]], seed: int
) -> dict[str, tuple[Example, ...]]:
    """About `MEASURED` examples of each set, in whole pairs, and none like what is learned."""
    rng = random.Random(seed)
    return {name: whole_pairs(held, MEASURED, rng) for name, held in unseen(train, dev).items()}
