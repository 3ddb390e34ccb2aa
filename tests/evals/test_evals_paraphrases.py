"""The paraphrases of the sample suite ask the same in other words and give nothing away."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import evals
from embeddings.terms import TermReader
from evals.metrics.text import contains, tokens
from evals.sample import Sample
from evals.suites import load_suite
from rag.claims.facts import facts_of

PATH = Path(evals.__file__).parent / "suites" / "paraphrases" / "sample.jsonl"
MOST_SHARED = 0.6
"""Of the content words of a paraphrase. Names, figures and days have to stay, and count."""

LINES = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines()]
PARAPHRASES: dict[str, str] = {line["id"]: line["question"] for line in LINES}
SAMPLES = load_suite("sample").samples

every = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)


def content_words(text: str) -> set[str]:
    return set(TermReader().terms(text))


def test_each_sample_has_one_paraphrase_and_no_two_are_alike() -> None:
    assert all(set(line) == {"id", "question"} for line in LINES)
    assert Counter(line["id"] for line in LINES) == Counter(sample.id for sample in SAMPLES)
    assert len({" ".join(tokens(text)) for text in PARAPHRASES.values()}) == len(PARAPHRASES)


@every
def test_it_is_a_question_in_other_words(sample: Sample) -> None:
    paraphrase = PARAPHRASES[sample.id]
    ours, theirs = content_words(paraphrase), content_words(sample.question)

    assert paraphrase.endswith("?")
    assert paraphrase == paraphrase.strip()
    assert ours != theirs
    assert len(ours & theirs) <= MOST_SHARED * len(ours), sorted(ours & theirs)


@every
def test_it_keeps_every_figure_and_every_day(sample: Sample) -> None:
    paraphrase = PARAPHRASES[sample.id]
    ours, theirs = facts_of(paraphrase), facts_of(sample.question)

    assert ours.figures == theirs.figures
    assert ours.days == theirs.days
    assert contains(paraphrase, "as of") == contains(sample.question, "as of")


@every
def test_it_gives_no_more_of_the_answer_away_than_the_question_did(sample: Sample) -> None:
    paraphrase = PARAPHRASES[sample.id]
    for part in sample.target.parts:
        for form in part:
            assert contains(sample.question, form) or not contains(paraphrase, form), form


@every
def test_it_parrots_no_gold_quote(sample: Sample) -> None:
    words = tokens(PARAPHRASES[sample.id])
    runs = {tuple(words[at : at + 5]) for at in range(len(words) - 4)}
    for quote in sample.target.quotes:
        given = tokens(quote)
        assert not runs & {tuple(given[at : at + 5]) for at in range(len(given) - 4)}, quote
