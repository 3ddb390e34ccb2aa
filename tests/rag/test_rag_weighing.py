"""The trained verifier in the product: where it is asked, what it may change, and who it is."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import AdapterUnusable
from embeddings.embedders.hashing import HashEmbedder
from rag.adapters import which
from rag.checking.verifiers import verifier_at_need, verifier_for, verifier_name
from rag.checking.verify import Verifier, VerifyOptions
from rag.checking.weighing import KINDS, SIGNS, Found, Weighed

SPAN = "Mayor Ellen Reyes said on Tuesday that the harbour work would begin in June."
TRUE = "The harbour work would begin in June, Mayor Ellen Reyes said."


class Fixed:
    """Gives every sentence the same chance, and notes what it was asked."""

    name = "fixed"

    def __init__(self, chance: float, words: tuple[str, ...] = ()) -> None:
        self.weighed = Weighed(chance, words)
        self.asked: list[tuple[str, tuple[str, ...], Found]] = []

    def weigh(self, sentence: str, spans: Sequence[str], found: Found) -> Weighed:
        self.asked.append((sentence, tuple(spans), found))
        return self.weighed


def _verifier(fixed: Fixed, least: float = 0.5) -> Verifier:
    return Verifier(HashEmbedder(), VerifyOptions(least_chance=least), lambda: fixed)


def test_its_chance_is_the_support_of_what_passes() -> None:
    fixed = Fixed(0.83)
    check = _verifier(fixed).check(TRUE, [SPAN])
    assert (check.verdict, check.support, check.reasons) == ("supported", 0.83, ())
    [(sentence, spans, found)] = fixed.asked
    assert (sentence, spans, found.kinds) == (TRUE, (SPAN,), frozenset())
    assert found.cover >= 0.85


def test_what_it_doubts_is_no_longer_supported_and_it_says_which_words() -> None:
    check = _verifier(Fixed(0.2, ("in June",))).check(TRUE, [SPAN])
    assert check.verdict == "partly"
    [reason] = check.reasons
    assert "a chance of 20%" in reason
    assert reason.endswith("doubts: in June")


def test_it_makes_nothing_pass_that_the_exact_checks_turn_away() -> None:
    fixed = Fixed(0.99)
    plain = Verifier(HashEmbedder()).check(TRUE.replace("June", "July"), [SPAN])
    assert _verifier(fixed).check(TRUE.replace("June", "July"), [SPAN]) == plain
    assert plain.verdict == "unsupported"
    assert fixed.asked == []


def test_a_verbatim_sentence_is_not_weighed() -> None:
    fixed = Fixed(0.1)
    assert _verifier(fixed).check(SPAN, [SPAN]).verdict == "supported"
    assert fixed.asked == []


def test_the_signs_have_a_place_for_every_kind_of_difference() -> None:
    found = Found(0.9, 0.7, frozenset(("name",)))
    assert len(found.signs) + 2 == len(SIGNS)
    assert [found.signs[SIGNS.index(kind) - 2] for kind in KINDS] == [
        float(kind == "name") for kind in KINDS
    ]


def test_another_embedder_than_the_default_has_no_trained_verifier() -> None:
    weights = HashEmbedder().fingerprint.weights
    assert verifier_for("auto", weights) is None
    assert verifier_at_need("auto", weights)() is None
    assert verifier_name("auto", weights) == "none"
    assert verifier_for("off", weights) is None


def test_one_that_ships_but_is_damaged_is_told_once_and_checks_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(which, "shipped", lambda _: tmp_path)
    need = verifier_at_need("auto", "any")
    with caplog.at_level(logging.WARNING):
        assert Verifier(HashEmbedder(), None, need).check(TRUE, [SPAN]).verdict == "supported"
        assert need() is None
    assert caplog.text.count("without the trained verifier") == 1
    assert verifier_name("auto", "any") == "none"


def test_one_that_was_named_must_be_usable(tmp_path: Path) -> None:
    with pytest.raises(AdapterUnusable, match="no adapter"):
        verifier_for(str(tmp_path), "any")
