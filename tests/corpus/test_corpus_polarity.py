"""Denials with their scope, and how sure a text is of what it says."""

from __future__ import annotations

import pytest

from corpus.content.polarity import denials, is_denied, modality_at, modals


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("The council has not replied to the traders.", "not", "replied"),
        ("She did not say who would pay.", "not", "say"),
        ("The council hasn’t replied.", "hasn’t", "replied"),
        ("Nobody was hurt.", "Nobody", "hurt"),
        ("He refused to comment.", "refused to", "comment"),
        ("Okafor denied the charge.", "denied", "charge"),
        ("It ended without a deal.", "without", "deal"),
        ("The mill did not have a second staircase.", "not", "staircase"),
    ],
)
def test_a_denial_has_its_head(text: str, word: str, head: str) -> None:
    (found,) = denials(text)
    assert text[found.start : found.end] == word
    assert found.head == head
    assert is_denied(text, text.index(head))


@pytest.mark.parametrize(
    "text",
    ["The council replied.", "no fewer than 14 beams", "not only the port", "No, it is", "A knot"],
)
def test_what_denies_nothing_is_no_denial(text: str) -> None:
    assert denials(text) == ()


def test_a_scope_ends_with_its_clause_and_a_denial_of_a_denial_affirms() -> None:
    text = "They have not found the mast, but they found the wing."
    assert is_denied(text, text.index("mast"))
    assert not is_denied(text, text.index("wing"))
    twice = "He did not deny the charge."
    assert not is_denied(twice, twice.index("charge"))


@pytest.mark.parametrize(
    ("text", "head", "modality"),
    [
        ("The envoy may return.", "return", "possible"),
        ("The envoy will return.", "return", "future"),
        ("The envoy is expected to return.", "return", "expected"),
        ("The airline plans to cut jobs.", "cut", "expected"),
        ("The union wants to strike.", "strike", "wanted"),
        ("They called for calm.", "calm", "wanted"),
        ("The mayor should resign.", "resign", "obliged"),
        ("The envoy returned.", "returned", "asserted"),
    ],
)
def test_the_last_word_that_tells_says_how_sure(text: str, head: str, modality: str) -> None:
    assert modality_at(text, 0, text.index(head)) == modality


@pytest.mark.parametrize("text", ["It opened in May 2023.", "He met Theresa May.", "It is so."])
def test_a_month_and_a_name_are_no_modality(text: str) -> None:
    assert modals(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The council voted 17 to 12 on Thursday night against taking the waterworks back.",
        "The council voted against taking the waterworks back.",
        "The judges decided against taking the waterworks back.",
    ],
)
def test_who_votes_against_something_denies_it(text: str) -> None:
    [found] = denials(text)
    assert (found.head, found.kind) == ("taking", "not")
    assert is_denied(text, text.index("waterworks"))
