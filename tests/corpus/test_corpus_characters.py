"""Hidden characters go, words stay."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.characters import normalise, without_hidden


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("ze\u200bro wi\u200dd\u2060th", "zero width"),
        ("\ufeffmarked", "marked"),
        ("safe\u202egnirts\u202c", "safegnirts"),
        ("tag\U000e0041\U000e0042ged", "tagged"),
        ("soft\u00adhyphen", "softhyphen"),
        ("cafe\u0301", "café"),
        ("no\u00a0break \u2003 wide", "no break wide"),
        ("bell\x07 and escape\x1b[0m", "bell and escape[0m"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        # The joiners spell words here, and hold a family together.
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_normalise(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


@given(st.text())
def test_normalise_is_idempotent_and_encodable(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode("utf-8")


@given(
    st.text(
        st.characters(categories=["L", "Nd", "P"], exclude_characters="\u3164\uffa0\u115f\u1160")
    )
)
def test_letters_digits_and_punctuation_are_never_lost(text: str) -> None:
    assert normalise(text) == unicodedata.normalize("NFC", text)


def test_a_piece_without_hidden_characters_keeps_its_white_space_and_joiners() -> None:
    assert without_hidden(" \u200bfer\u3164ry\x01\t\n\u200cand  ") == " ferry\t\n\u200cand  "
