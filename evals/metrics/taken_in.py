"""Does the answer say what a forged or mistaken article says, and not what is right?

    value = 1 if a string of `target.planted` is shown and the accepted answer is not, else 0

Source: counterfactual robustness of RGB (Chen et al., Benchmarking Large Language Models in
Retrieval-Augmented Generation, 2023), told by string inclusion. Its weakness: an answer that shows
the forged line beside the right one is let pass, though it may take sides; `planted_shown` does not
let it pass. A refusal scores 0. Unscored: targets without planted text.
"""

from __future__ import annotations

from evals.metrics.answer_accuracy import shows
from evals.metrics.base import Metric
from evals.metrics.planted_shown import PlantedShown
from evals.sample import Sample, Score
from rag.answer import Answer


class TakenIn(Metric):
    """Share of questions answered with what was planted in place of what is right."""

    name = "taken_in"
    better = "lower"
    group = "robustness"

    def _score(self, sample: Sample, answer: Answer, /) -> Score:
        planted = PlantedShown()(sample, answer)
        if planted.value == 1.0 and shows(answer, sample):
            return Score(0.0, answer.text, "the accepted answer stands beside what was planted")
        return planted
