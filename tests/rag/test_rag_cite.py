"""Which spans carry a sentence of the draft."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.embedders.hashing import HashEmbedder
from rag.checking.cite import attribute, without_markers
from rag.checking.verify import Verifier
from tests.rag.desks import make_evidence

COST = "Mayor Ellen Reyes said that the work would cost 12.5 million pounds."
START = "Reyes said that the work on the quay would begin in June."
CRACKS = "Engineers found 14 cracked beams under the bridge in April."
SHOWN = make_evidence(f"{COST}\n\n{START}\n\n{CRACKS}")
VERIFIER = Verifier(HashEmbedder())


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("It rained. [1]", "It rained."),
        ("It rained [1].", "It rained."),
        ("It rained[1][2] a lot [3, 14].", "It rained a lot."),
        ("[2] It rained.", "It rained."),
        ("It rained [999].", "It rained."),
        ("It rained [[1]1].", "It rained."),
        ("It rained [1[2]].", "It rained."),
        ("It rained [[[1]2]3].", "It rained."),
        ("It rained [sic].", "It rained [sic]."),
        ("It rained [2024].", "It rained [2024]."),
        ("It rained.", "It rained."),
        ("", ""),
    ],
)
def test_markers_are_taken_out(text: str, bare: str) -> None:
    assert without_markers(text) == bare


@given(st.text(alphabet="[]0123456789, a", max_size=40))
def test_no_marker_is_left_however_they_are_nested(text: str) -> None:
    bare = without_markers(text)
    assert without_markers(bare) == bare


def test_the_marked_sentence_is_cited() -> None:
    found = attribute("The work would cost 12.5 million pounds, Reyes said [1].", SHOWN, VERIFIER)
    assert found.text == "The work would cost 12.5 million pounds, Reyes said."
    assert found.evidence == (SHOWN[0],)
    assert found.verification.verdict == "supported"


@pytest.mark.parametrize("marker", ["", " [99]", " [0]", " [3]", " [2, 3]"])
def test_a_missing_forged_or_wrong_marker_is_put_right(marker: str) -> None:
    sentence = f"The work would cost 12.5 million pounds, Reyes said{marker}."
    found = attribute(sentence, SHOWN, VERIFIER)
    assert found.evidence == (SHOWN[0],)
    assert found.verification.verdict == "supported"
    assert "[" not in found.text


def test_two_spans_carry_what_neither_carries_alone() -> None:
    both = (
        "Reyes said that the work would cost 12.5 million pounds "
        "and that the work on the quay would begin in June."
    )
    for marker in ("", " [1][2]"):
        found = attribute(both + marker, SHOWN, VERIFIER)
        assert set(found.evidence) == {SHOWN[0], SHOWN[1]}
        assert found.verification.verdict == "supported"


def test_of_two_that_carry_it_one_is_enough() -> None:
    found = attribute(f"{COST} [1][1]", SHOWN, VERIFIER)
    assert found.evidence == (SHOWN[0],)


def test_what_nothing_carries_comes_back_unsupported() -> None:
    found = attribute("The work would cost 99 million pounds, Reyes said [1].", SHOWN, VERIFIER)
    assert found.verification.verdict == "unsupported"
    found = attribute("Zebras gallop [99].", SHOWN, VERIFIER)
    assert found.verification.verdict == "unsupported"
    assert found.evidence == ()
    assert attribute("Zebras gallop.", [], VERIFIER).verification.verdict == "unsupported"


def test_only_what_was_shown_is_cited() -> None:
    found = attribute(COST, SHOWN[1:], VERIFIER)
    assert SHOWN[0] not in found.evidence
    assert found.verification.verdict == "unsupported"
