"""That the torture hurts: each kind of harm is noticed when it is done on purpose."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from scipy.stats import binom

from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from tests.torture import observe, system_calls, warm
from tests.torture.failpoints import Statements
from tests.torture.made import every
from tests.torture.observe import Broken, Refused
from tests.torture.row import Fault, Row, Tally

FAULT = Fault(99, "a test", "this test", "nothing", full=10, quick=1)


def test_none_of_n_is_bounded_by_three_in_n() -> None:
    assert Row(1, "", 200, 0, "").bound == pytest.approx(0.015)
    assert Row(1, "", 2, 0, "").bound == 1.0
    assert Row(1, "", 0, 0, "").bound == 1.0
    assert Row(1, "", 5, 5, "").bound == 1.0


def test_some_of_n_are_bounded_by_clopper_and_pearson() -> None:
    bound = Row(1, "", 100, 3, "").bound
    # At the upper end so few or fewer come by chance in one case of forty.
    assert binom.cdf(3, 100, bound) == pytest.approx(0.025)


def test_the_bad_cases_are_told() -> None:
    tally = Tally(FAULT)
    tally.count("case 0")
    tally.count("case 1", "a word was lost")
    row = tally.row("a note")
    assert (row.tried, row.bad) == (2, 1)
    assert row.note == "a note; BAD case 1: a word was lost"


def _echo(value: int) -> int:
    if value == 1:
        raise ValueError("one")
    if value == 2:
        os.abort()
    if value == 3:
        time.sleep(60)
    return value


@pytest.mark.slow
def test_children_that_fail_die_or_hang_are_told_apart_and_the_rest_goes_on() -> None:
    cases = [(number,) for number in range(5)]
    outcomes = [outcome for _, outcome in warm.each(_echo, cases, patience=3)]
    assert [outcome.value for outcome in outcomes] == [0, None, None, None, 4]
    assert outcomes[1].fault.endswith("ValueError: one\n")
    assert outcomes[2].fault == "the process ended with -6"
    assert outcomes[3].fault == "still running after 3 s"


def _fill(megabytes: int) -> int:
    return len(bytearray(megabytes * 1_000_000))


def test_memory_that_was_given_back_counts() -> None:
    outcome = warm.call(_fill, 50)
    assert 45_000_000 < outcome.growth < 80_000_000


def _library(path: Path) -> observe.Answers:
    with Library.open(path, HashEmbedder(), create=True) as library:
        library.add(every(3))
    return observe.look(path)


def test_answers_that_differ_are_harm(tmp_path: Path) -> None:
    answers = _library(tmp_path / "library")
    assert observe.harm(answers, answers) == ""
    name = next(name for name in answers if name.startswith("dense"))
    assert name in observe.harm({**answers, name: []}, answers)
    assert name in observe.harm({**answers, name: Broken("KeyError: 1")}, answers)


def test_only_an_error_that_names_the_library_is_an_answer_to_damage(tmp_path: Path) -> None:
    path = tmp_path / "library"
    answers = _library(path)
    file = path / "library.sqlite3"
    file.write_bytes(file.read_bytes()[:50])
    refused = observe.look(path)["open"]
    assert isinstance(refused, Refused)
    assert refused.honest
    assert observe.harm({"open": refused}, answers) == ""
    missing = observe.look(tmp_path / "nothing")["open"]
    assert isinstance(missing, Refused)
    assert not missing.honest


def _write(path: Path, kind: str, point: int) -> int:
    if kind == "statements":
        statements = Statements(point)
        statements.arm()
        path.write_text("words")
        return statements.passed
    system_calls.arm(point)
    path.write_text("words")
    return system_calls.passed()


def test_a_process_ends_before_the_statement(tmp_path: Path) -> None:
    assert warm.call(_write, tmp_path / "a", "statements", 0).value == 1
    outcome = warm.call(_write, tmp_path / "b", "statements", 1)
    assert outcome.fault == f"the process ended with {system_calls.STATUS}"
    assert not (tmp_path / "b").exists()


@pytest.mark.skipif(system_calls.library() is None, reason="needs a C compiler")
def test_a_process_ends_half_way_through_a_write(tmp_path: Path) -> None:
    assert warm.call(_write, tmp_path / "a", "system calls", 0).value == 1
    outcome = warm.call(_write, tmp_path / "b", "system calls", 1)
    assert outcome.fault == f"the process ended with {system_calls.STATUS}"
    assert (tmp_path / "b").read_text() == "wo"
