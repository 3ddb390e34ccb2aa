from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.terms import TermReader, fold


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("41,252 people", ["41252", "peopl"]),
        ("41252", ["41252"]),
        ("2.3 million", ["2.3", "million"]),
        ("2.3bn", ["2.3", "bn"]),
        ("12,34", ["12,34"]),
        ("al-Ansari", ["al", "ansari"]),
        ("Al Ansari’s", ["al", "ansari"]),
        ("Café NAÏVE", ["cafe", "naiv"]),
        ("the U.S. and the US", ["us", "us"]),
        ("12th of March", ["12", "march"]),
        ("G7 at 7am", ["g7", "7"]),
        ("Sana’a O'Brien", ["sanaa", "obrien"]),
        ("Who won it?", ["won"]),
        ("negotiations negotiating", ["negoti", "negoti"]),
        ("", []),
        ("— … !", []),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert TermReader().terms(text) == terms


@given(st.text())
def test_terms_do_not_depend_on_case_or_on_what_was_read_before(text: str) -> None:
    reader = TermReader()
    first = reader.terms(text)
    assert reader.terms(text) == first == TermReader().terms(fold(text))
    assert all(term and not any(char.isspace() for char in term) for term in first)
