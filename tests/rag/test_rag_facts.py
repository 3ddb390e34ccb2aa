"""Figures, names, days, denials and attributions of a sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.claims.facts import facts_of


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It cost 12.5 million pounds", {12_500_000.0}),
        ("It cost 12.5m", {12_500_000.0}),
        ("It cost £3bn in all", {3e9}),
        ("They counted 41,252 people", {41_252.0}),
        ("They counted 41252 people", {41_252.0}),
        ("He is 7 and she is 2.3", {7.0, 2.3}),
        ("six of them", {6.0}),
        ("twenty-five of them", {25.0}),
        ("twenty five of them", {25.0}),
        ("ninety years", {90.0}),
        ("three hundred thousand people", {300_000.0}),
        ("It opened on October 7", {7.0}),
        ("the 21st of them", {21.0}),
        ("its tenth visit", {10.0}),
        ("one of them, for a second", set()),
        ("the first of them", set()),
        ("Nobody was there", set()),
        ("a G7 meeting about an F16", set()),
        ("", set()),
    ],
)
def test_figures_are_values(text: str, figures: set[float]) -> None:
    assert facts_of(text).figures == figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12.5 million pounds", "12,500,000 pounds"),
        ("twelve people", "12 people"),
        ("3 billion", "3bn"),
        ("two thousand", "2,000"),
        ("the third time", "the 3rd time"),
    ],
)
def test_a_figure_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert facts_of(one).figures == facts_of(other).figures != frozenset()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It was said by Ellen Reyes", {"ellen", "reyes"}),
        ("Ellen Reyes said so", {"ellen", "reyes"}),
        ("Reyes said so", set()),
        ("The council met. Engineers came", set()),
        ("“Engineers came", set()),
        ("UNRWA said so", {"unrwa"}),
        ("US officials and the WHO met. WHO said so", {"us", "who"}),
        ("Did Reyes say so? Would Ellen Reyes?", {"ellen", "reyes"}),
        ("by Majed al-Ansari and Al-Thani", {"majed", "ansari", "thani"}),
        ("by Núñez", {"nunez"}),
        ("in the U.S. yesterday", set()),
        ("on Monday in April", set()),
        # A month and a name: it counts as both.
        ("in March, as Theresa May said", {"march", "theresa", "may"}),
        ("no name at all", set()),
    ],
)
def test_names_are_capitalised_words_that_do_not_merely_open_a_sentence(
    text: str, names: set[str]
) -> None:
    assert facts_of(text).names == names


@pytest.mark.parametrize(
    ("text", "openers"),
    [
        ("Reyes said so. Engineers came", {"reyes", "engineers"}),
        ("“Engineers came", {"engineers"}),
        ("Ellen Reyes said so", set()),
        ("UNRWA said so", set()),
        ("The council met", set()),
        ("Monday came", set()),
        ("nothing opens it", set()),
    ],
)
def test_openers_are_capitalised_words_that_may_be_names_or_not(
    text: str, openers: set[str]
) -> None:
    assert facts_of(text).openers == openers


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on Monday, 5 October", {"monday", "october"}),
        ("on monday", {"monday"}),
        ("They came in March", {"march"}),
        ("They may march on", set()),
        ("They came in May", {"may"}),
        ("They came today", set()),
    ],
)
def test_days_are_months_and_weekdays(text: str, days: set[str]) -> None:
    assert facts_of(text).days == days


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("The council has not replied", True),
        ("The council hasn't replied", True),
        ("The council hasn’t replied", True),
        ("Nobody was hurt", True),
        ("He denied that", True),
        ("He declined to say", True),
        ("It never began", True),
        ("The council replied", False),
        ("A notable knot", False),
    ],
)
def test_a_denial_is_seen(text: str, denies: bool) -> None:
    assert facts_of(text).denies is denies


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("Reyes said that it would begin", True),
        ("It will begin, Reyes told reporters", True),
        ("According to the county it will begin", True),
        ("She warned of that", True),
        ("It will begin in June", False),
    ],
)
def test_it_is_seen_whether_somebody_says_so(text: str, attributes: bool) -> None:
    assert facts_of(text).attributes is attributes


def test_the_time_grows_with_the_text_and_not_with_its_square() -> None:
    def seconds(words: int) -> float:
        text = "Reyes " * words
        began = time.process_time()
        facts_of(text)
        return time.process_time() - began

    facts_of("Reyes")
    # Sixteen times the words: about 16 times as long, where the square would be 256 times.
    assert min(seconds(16_000) for _ in range(3)) < 80 * min(seconds(1000) for _ in range(3))


@given(st.text(max_size=200))
def test_every_text_has_facts(text: str) -> None:
    facts = facts_of(text)
    assert all(name == name.strip() and len(name) > 1 for name in facts.names)
    assert facts.names & facts.days <= {"may", "march"}
