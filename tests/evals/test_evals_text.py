"""Tokens of short answers, and whether one stands in another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import EvalError
from evals.metrics.text import (
    contains,
    contains_any,
    is_pattern,
    matches,
    tokens,
    without_markers,
    worded,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("More than 20,000 people", ["more", "than", "20000", "people"]),
        ("1.8 million, or more.", ["1.8", "million", "or", "more"]),
        ("The Amir’s call, an hour long", ["amir", "call", "hour", "long"]),
        ("Israel's forces", ["israel", "forces"]),
        ("Al-Ansari", ["al", "ansari"]),
        ("“Émile”", ["emile"]),
        ("can't", ["can", "t"]),
        ("5:01 PM", ["5", "01", "pm"]),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "variant", "expected"),
    [
        ("It ended on 1 December.", "1 December", True),
        ("It ended on 31 December.", "1 December", False),
        ("some 1,160 deaths", "160", False),
        ("some 1,160 deaths", "1160", True),
        ("Al Ansari declined", "Ansari", True),
        ("the Amiri Diwan", "Amir", False),
        ("Egypt and the United States", "Egypt and United States", True),
        ("United States and Egypt", "Egypt and United States", False),
        ("anything", "the", False),
    ],
)
def test_a_variant_stands_in_a_text_as_a_run_of_whole_tokens(
    text: str, variant: str, expected: bool
) -> None:
    assert contains(text, variant) is expected


@pytest.mark.parametrize("text", ["", "the", "97"])
def test_a_form_without_a_token_is_matched_by_nothing(text: str) -> None:
    assert not matches(text, "The A")
    assert not contains(text, "The A")


@pytest.mark.parametrize(
    ("text", "form", "stands", "whole", "words"),
    [
        ("some Four\n  Killed there", "/four (dead|killed)/", True, False, "Four Killed"),
        ("four dead", "/four (dead|killed)/", True, True, "four dead"),
        ("fourteen dead", r"/\bfour\b/", False, False, ""),
        ("in 2024", r"/\d{4}/", True, False, "2024"),
        ("the 2024", "2024", True, True, "2024"),
    ],
)
def test_a_form_between_slashes_is_a_pattern(
    text: str, form: str, stands: bool, whole: bool, words: str
) -> None:
    assert contains(text, form) is stands
    assert matches(text, form) is whole
    assert worded(text, form) == words


def test_what_is_a_pattern() -> None:
    assert is_pattern("/a/")
    assert not is_pattern("9/11")
    assert not is_pattern("//")
    assert not is_pattern("/a")


def test_a_broken_pattern_is_said_to_be_broken() -> None:
    with pytest.raises(EvalError, match="not a regular expression"):
        contains("four dead", "/four (dead/")


def test_any_form_in_any_text() -> None:
    assert contains_any(["one", "two dead"], iter(["ten", "two"]))
    assert contains_any(iter(["one", "two dead"]), ["ten", "one"])
    assert not contains_any(["one", "two"], ["three"])
    assert not contains_any(["one"], [])
    assert not contains_any([], ["one"])


def test_markers_are_no_part_of_an_answer() -> None:
    assert tokens(without_markers("About 97[1][2] are left. [12]")) == [
        "about",
        "97",
        "are",
        "left",
    ]


@given(st.text(), st.text(), st.text())
def test_a_text_with_tokens_stands_in_whatever_wraps_it(before: str, text: str, after: str) -> None:
    if tokens(text):
        assert contains(f"{before} \n {text} \n {after}", text)
