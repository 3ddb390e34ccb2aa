"""Other words for the same: what a question's words find beside themselves."""

from __future__ import annotations

import pytest

from embeddings.embedders.hashing import HashEmbedder
from rag.finding.ranking import EvidenceOptions, EvidenceRanker
from rag.question.expansion import families
from tests.rag.desks import make_hit


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How many were killed?", "the deaths of many"),
        ("prices rose", "rising price"),
        ("the talks broke down", "negotiations break down"),
        ("labour", "labor"),
        ("The truce has ended", "the ceasefire ended"),
    ],
)
def test_words_for_one_thing_are_of_one_family(one: str, other: str) -> None:
    assert set(families(one)) & set(families(other))


def test_figures_stay_whole_stop_words_go_and_repeats_stay() -> None:
    assert families("41,252 and the 2.3 ships, ships") == [
        "41,252",
        "2.3",
        *families("ship vessel"),
    ]
    assert families("of the and") == families("… §") == []


def test_by_families_the_same_told_in_other_words_is_found() -> None:
    text = "Snow closed the pass in the hills. The blaze claimed two deaths. Gulls fly over it."
    question = "Whom did the fire kill?"
    embedder = HashEmbedder()
    vector = embedder.embed([question])[0]

    def first(*, by_families: bool) -> str:
        options = EvidenceOptions(
            likeness=0.0, in_context=0.0, passage=0.0, wrong_kind=0.0, families=by_families
        )
        return EvidenceRanker(embedder, options).rank(question, vector, [make_hit(text)])[0].text

    assert "blaze" in first(by_families=True)
    assert "blaze" not in first(by_families=False)
