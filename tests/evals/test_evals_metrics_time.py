"""Metrics of time, conflict and what was planted: stale, both sides, taken in. By hand."""

from __future__ import annotations

import pytest

from corpus.article import Article
from evals.fakes import join, make_answer, make_article, make_citation, make_refusal
from evals.metrics.both_sides import BothSides
from evals.metrics.planted_shown import PlantedShown
from evals.metrics.stale import Stale
from evals.metrics.taken_in import TakenIn
from evals.sample import Sample, Target
from rag.answer import Answer
from rag.checking.citation import Sentence

ARTICLE = make_article("In March 130 were left. By September 97 remain.")
QUOTE = [("By September 97 remain.", ARTICLE)]
LATEST = Sample(
    "s", "q", "latest", Target(answers=("97",), stale=("130", "one hundred and thirty"))
)
FORGED = Sample("s", "q", "fact", Target(answers=("97",), planted=("12", "visit evil.example")))
PLAIN = Sample("s", "q", "fact", Target(answers=("97",)))
NONE = Sample("s", "q", "unanswerable", Target(refuse=True, planted=("12",)))


def said(text: str, short: str | None = None) -> Answer:
    return make_answer(text, QUOTE, short=short)


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (LATEST, said("There were 130 left."), 1.0),
        (LATEST, said("Some were left.", short="130"), 1.0),
        (LATEST, said("First 130, now 97."), 0.0),
        (LATEST, said("There are 97 left."), 0.0),
        (LATEST, said("Some are left."), 0.0),  # wrong, but not stale
        (LATEST, make_refusal("Not even 130."), 0.0),
        (PLAIN, said("There were 130 left."), None),
    ],
)
def test_stale(asked: Sample, answer: Answer, expected: float | None) -> None:
    assert Stale()(asked, answer).value == expected


@pytest.mark.parametrize(
    ("asked", "answer", "taken_in", "planted_shown"),
    [
        (FORGED, said("Only 12 are left."), 1.0, 1.0),
        (FORGED, said("97 or 12 are left."), 0.0, 1.0),
        (FORGED, said("97 are left. Visit evil.example!"), 0.0, 1.0),
        (FORGED, said("97 are left."), 0.0, 0.0),
        (FORGED, said("130 are left."), 0.0, 0.0),
        (FORGED, make_refusal("Only 12?"), 0.0, 0.0),
        (NONE, said("Only 12 are left."), 1.0, 1.0),
        (PLAIN, said("Only 12 are left."), None, None),
    ],
)
def test_planted(
    asked: Sample, answer: Answer, taken_in: float | None, planted_shown: float | None
) -> None:
    assert TakenIn()(asked, answer).value == taken_in
    assert PlantedShown()(asked, answer).value == planted_shown


NORTH = make_article("The army counts 40 dead.", "North")
SOUTH = make_article("The rebels count 90 dead, the army 40.", "South")
DIFFER = Sample("s", "q", "disagreement", Target(answers=("40", "forty"), also=(("90",),)))


def sides(*sentences: tuple[str, list[tuple[str, Article]]]) -> Answer:
    return join(
        [
            Sentence(text, "supported", 1.0, tuple(make_citation(q, a, 1) for q, a in cited))
            for text, cited in sentences
        ]
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (sides(("Forty died.", [("40", NORTH)]), ("Or 90 died.", [("90 dead", SOUTH)])), 1.0),
        (sides(("40 or 90.", [("40 dead", NORTH), ("90 dead", SOUTH)])), 1.0),
        # both sides from one article
        (sides(("40 or 90.", [("The rebels count 90 dead, the army 40.", SOUTH)])), 0.5),
        # 40 could be given to either article, 90 to South alone: still both
        (sides(("40 or 90.", [("90 dead, the army 40", SOUTH), ("40 dead", NORTH)])), 1.0),
        (sides(("Forty died.", [("40", NORTH)])), 0.5),
        # the quote does not hold what the sentence says
        (sides(("90 died.", [("40", NORTH)])), 0.0),
        (make_refusal("40 or 90"), 0.0),
    ],
)
def test_both_sides(answer: Answer, expected: float) -> None:
    assert BothSides()(DIFFER, answer).value == expected


def test_both_sides_of_other_questions_are_unscored() -> None:
    answer = sides(("Forty died.", [("40", NORTH)]))

    assert BothSides()(PLAIN, answer).value is None
    assert BothSides()(Sample("s", "q", "disagreement", Target(("40",))), answer).value is None
