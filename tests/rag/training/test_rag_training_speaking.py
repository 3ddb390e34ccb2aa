"""The language model as a verifier: each sentence is read by itself, and it can be taught."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.errors import TrainingError
from rag.training.verifier.example import Example
from rag.training.verifier.measure import measured
from rag.training.verifier.speaking import SpeakingOptions, teach
from rag.training.verifier.spoken import Spoken, asked_together
from rag.training.verifier.voices import fitted, spoken_signs

FIRE = ("Twelve people died in Tarn, the mayor said.", "The fire began in a mill.")
FLOOD = ("The river rose by two metres.",)


def sentence(text: str, evidence: tuple[str, ...], *, supported: bool, pair: str = "") -> Example:
    return Example(text, evidence, supported, None, "made", "own", "one", pair)


EXAMPLES = [
    sentence("Twelve people died in Tarn.", FIRE, supported=True, pair="a"),
    sentence("The river rose by two metres.", FLOOD, supported=True, pair="b"),
    sentence("Forty people died in Tarn.", FIRE, supported=False, pair="a"),
    sentence("The river rose by nine metres.", FLOOD, supported=False, pair="b"),
    sentence("The fire began in a barn, the mayor said.", FIRE, supported=False),
]
OPTIONS = replace(SpeakingOptions(), steps=12, readings=2, rate=5e-3, warmup=2, kept_every=4)


@pytest.fixture
def spoken(small: Path) -> Spoken:
    torch.manual_seed(3)
    return Spoken(small, layers=3, rank=4)


class Stopped(Exception):
    """Stands for a kill."""


def test_sentences_on_the_same_evidence_are_read_together_and_none_is_lost() -> None:
    asked = asked_together([*EXAMPLES, *EXAMPLES[2:3] * 5])

    assert sorted(place for one in asked for place in one.places) == list(range(10))
    assert all(len(one.examples) <= 6 for one in asked)
    for one in asked:
        assert all(example.evidence == one.evidence for example in one.examples)


def test_what_is_said_of_a_sentence_does_not_hang_on_its_neighbours(spoken: Spoken) -> None:
    spoken.model.float()
    spoken.model.eval()
    together = spoken_signs(EXAMPLES, spoken, "asked", overhear=True)
    alone = [spoken_signs([one], spoken, "asked", overhear=True) for one in EXAMPLES]

    for name in ("asked", "overheard"):
        apart = np.concatenate([one[name] for one in alone])
        # Half precision leaves three digits.
        assert together[name] == pytest.approx(apart, abs=0.05)
        assert np.ptp(apart[:, 0]) > 0.0


def test_a_word_is_likelier_where_it_was_just_read(spoken: Spoken) -> None:
    (fire,) = asked_together([EXAMPLES[0], EXAMPLES[2]])
    mean, lowest, three, gain, worst = spoken.likelihoods(fire).T

    assert (lowest <= three).all()
    assert (three <= mean).all()
    assert (worst <= gain).all()
    assert (mean < 0.0).all()


def test_it_learns_which_sentences_are_carried(spoken: Spoken, tmp_path: Path) -> None:
    said: list[str] = []
    teach(
        spoken,
        EXAMPLES,
        tmp_path / "kept.pt",
        "a recipe",
        replace(OPTIONS, steps=80, kept_every=40),
        said.append,
    )
    signs = spoken_signs(EXAMPLES, spoken, "taught", overhear=False)

    assert len(said) == 2
    assert measured(EXAMPLES, signs["taught"][:, 0], is_chance=False).auroc[0] == 1.0
    chances = fitted(signs, ["taught"], EXAMPLES).predict_proba(signs["taught"])[:, 1]
    assert [chance > 0.5 for chance in chances] == [one.supported for one in EXAMPLES]


def test_a_run_that_was_killed_ends_as_one_that_was_not(small: Path, tmp_path: Path) -> None:
    def run(name: str, stop: bool = False) -> dict[str, torch.Tensor]:
        def say(line: str) -> None:
            if stop and line.startswith("step 8 "):
                raise Stopped

        torch.manual_seed(3)
        model = Spoken(small, layers=3, rank=4)
        teach(model, EXAMPLES, tmp_path / name, "a recipe", OPTIONS, say)
        return model.weights()

    whole = run("whole")
    with pytest.raises(Stopped):
        run("killed", stop=True)
    resumed = run("killed")
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)
    with pytest.raises(TrainingError, match="another recipe"):
        teach(Spoken(small), EXAMPLES, tmp_path / "whole", "another", OPTIONS)
