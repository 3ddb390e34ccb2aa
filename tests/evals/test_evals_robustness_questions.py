"""Stresses that change the question: typos and paraphrases."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import EvalError
from evals.fakes import make_article
from evals.robustness import STRESSES, find_stress
from evals.robustness.paraphrases import Paraphrases, paraphrases_path
from evals.robustness.typos import Typos, with_typos
from evals.sample import Sample, Target
from evals.suite import Suite
from evals.suites import suite_names

TARGET = Target(("1,250",), (), ("March",), ("1,250 boats",))
SAMPLES = (
    Sample(
        "boats", "How many of the 1,250 boats left Cairo harbour in March 2024?", "figure", TARGET
    ),
    Sample("storm", "What did Minister Okafor announce before seventeen o'clock?", "fact", TARGET),
    Sample("short", "Who won the cup?", "fact", TARGET, as_of=date(2024, 3, 31)),
)
SUITE = Suite("small", SAMPLES)
HOME = (make_article("Some 1,250 boats left.", "March"),)


def changed(before: str, after: str) -> list[tuple[str, str]]:
    pairs = list(zip(before.split(), after.split(), strict=True))
    return [(one, other) for one, other in pairs if one != other]


def test_one_word_in_six_has_a_slip_and_the_rest_stays() -> None:
    suite = Typos()(SUITE, HOME)
    by_id = {sample.id: sample for sample in suite.samples}

    assert suite.name == "small+typos"
    assert set(by_id) == {"boats", "storm"}, "'short' has no word of five letters"
    assert len(changed(SAMPLES[0].question, by_id["boats"].question)) == 2  # of 12 words
    assert len(changed(SAMPLES[1].question, by_id["storm"].question)) == 1  # of 7
    assert by_id["boats"].target == TARGET
    assert by_id["boats"].world == ""


def test_figures_short_words_and_first_letters_are_never_touched() -> None:
    for seed in range(300):
        for sample in SAMPLES:
            after = with_typos(sample.question, str(seed))
            for old, new in changed(sample.question, after):
                assert len(re.sub(r"\W", "", old)) >= 5
                assert old[0] == new[0]
                assert not re.search(r"\d", old + new)
                assert old != "seventeen"
                assert abs(len(old) - len(new)) <= 1


def test_all_four_kinds_of_slip_occur() -> None:
    seen = set()
    for seed in range(200):
        after = with_typos("Okafor's harbour?", str(seed)).partition(" ")[2]
        if len(after) > len("harbour?"):
            seen.add("double")
        elif len(after) < len("harbour?"):
            seen.add("drop")
        elif sorted(after) == sorted("harbour?"):
            seen.add("swap" if after != "harbour?" else "none")
        else:
            seen.add("neighbour")

    assert seen >= {"double", "drop", "swap", "neighbour"}


def test_a_neighbouring_key_is_a_neighbour() -> None:
    near = {"g": "ftyhbv", "q": "wa", "m": "njk", "p": "ol"}
    for key, keys in near.items():
        word = f"{'z' + key * 4}"
        found = {with_typos(word, str(seed)) for seed in range(200)}
        other = {c for slip in found if len(slip) == 5 for c in slip[1:] if c != key}
        assert other == set(keys)


def test_a_seed_makes_the_same_slips_and_another_others() -> None:
    assert Typos()(SUITE, HOME) == Typos()(SUITE, HOME)
    assert Typos(seed=1)(SUITE, HOME).samples != Typos(seed=0)(SUITE, HOME).samples
    # Known by heart, so that a change of the recipe does not pass unseen.
    slipped = with_typos("What did Minister Okafor announce?", "0")
    assert slipped == "What did Minister Okaror announce?"


def test_a_suite_without_a_long_word_cannot_be_stressed() -> None:
    with pytest.raises(EvalError, match="typos"):
        Typos()(Suite("tiny", SAMPLES[2:]), HOME)


def test_a_paraphrase_replaces_the_question_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(
        '{"id": "short", "question": " The cup went to whom? ", "by": "A. N. Editor"}\n\n'
        '{"id": "unknown", "question": "Of no sample?"}\n',
        encoding="utf-8",
    )
    suite = find_stress(f"paraphrases:{path}")(SUITE, HOME)

    assert suite.name == "small+paraphrases"
    (sample,) = suite.samples
    assert sample.question == "The cup went to whom?"
    assert (sample.id, sample.target, sample.as_of) == ("short", TARGET, date(2024, 3, 31))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"id": "short"}', "line 1"),
        ("no JSON", "line 1"),
        ('{"id": "a", "question": "b"}\n{"id": "a", "question": "c"}', "line 2"),
        ('{"id": "of-no-sample", "question": "b"}', "No sample"),
    ],
)
def test_a_file_that_is_none_of_paraphrases_is_told(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(EvalError, match=what):
        Paraphrases(path)(SUITE, HOME)


def test_a_suite_without_paraphrases_of_its_own_says_how_to_bring_some() -> None:
    with pytest.raises(EvalError, match="--stress paraphrases:FILE"):
        STRESSES["paraphrases"](SUITE, HOME)


def test_paraphrases_of_shipped_suites_lie_beside_them() -> None:
    path = paraphrases_path("sample+typos")

    assert path == paraphrases_path("sample")
    assert "sample" in suite_names()
    assert path.parent.parent.name == "suites"


def test_a_stress_is_found_by_its_name_or_its_name_and_a_file(tmp_path: Path) -> None:
    assert find_stress("typos") is STRESSES["typos"]
    assert find_stress(f"paraphrases:{tmp_path}") == Paraphrases(tmp_path)
    assert find_stress("injection-end:a:b.json").name == "injection-end"
    for unknown in ("typo", "typos:file", "paraphrases:", "", ":x"):
        with pytest.raises(EvalError) as caught:
            find_stress(unknown)
        assert "counterfactual-3" in caught.value.next_step


def test_every_stress_has_its_own_name() -> None:
    assert list(STRESSES) == [
        "typos",
        "paraphrases",
        "order",
        "noise",
        "removed",
        "counterfactual-1",
        "counterfactual-3",
        "counterfactual-5",
        "injection-start",
        "injection-middle",
        "injection-end",
    ]
    assert all(stress.name == name for name, stress in STRESSES.items())
