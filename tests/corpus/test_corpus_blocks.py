"""Which line breaks end a paragraph."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import block_spans

PROSE = (
    "The council met on Tuesday to weigh a plan for the old harbour, which has stood empty for a "
    "decade. Members heard from Kurt Adler, who leads the planning office, that work could begin "
    "in May. Residents of Ferry Street asked for a longer look at the drains before anyone digs."
)


def blocks(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in block_spans(text)]


def test_a_blank_line_ends_a_block() -> None:
    assert blocks("One thing.\n\nAnother thing.\n \t\n\n\nA third.") == [
        "One thing.",
        "Another thing.",
        "A third.",
    ]


def test_paragraphs_of_one_line_each() -> None:
    assert blocks(f"{PROSE}\n{PROSE}\n{PROSE}") == [PROSE] * 3


@pytest.mark.parametrize("width", [50, 60, 72, 80, 90])
def test_a_wrapped_paragraph_is_one_block(width: int) -> None:
    assert blocks("\n".join(textwrap.wrap(PROSE, width))) == [PROSE]


def test_a_first_line_that_stops_short_stays_with_its_wrapped_sentence() -> None:
    wire = (
        "Adler Shipping said it will\nbuy the Ferry Street dock from the city council for a sum\n"
        "that it did not name."
    )
    assert blocks(wire) == [" ".join(wire.split())]


def test_a_short_last_line_ends_a_wrapped_paragraph() -> None:
    first = textwrap.fill(
        "The harbour office said that the dredging had been paid for in full.", 50
    )
    second = textwrap.fill("Nobody on the council would say who had paid for it, or when.", 50)
    assert len(blocks(first + "\n" + second)) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ["Harbour plan goes to a vote", "Ferry Street asks for time", "Rain is expected on Sunday"],
        ["- drains on Ferry Street that leak when it rains", "- a crane that nobody has moved"],
        ["9 months ago", "HARBOUR-COUNCIL-POLITICS-DRAINS-FERRY-STREET"],
        ["A headline about the harbour", "The Ferry Herald", "Published: 4 May 2021"],
    ],
)
def test_lines_of_a_list_stay_apart(lines: list[str]) -> None:
    assert blocks("\n".join(lines)) == lines


@given(st.text(alphabet=st.sampled_from("aB .\n\r\t-\u2028\x0c\x85,é")))
def test_blocks_cover_the_text(text: str) -> None:
    spans = block_spans(text)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(
        text[start:end] and text[start:end].strip() == text[start:end] for start, end in spans
    )
    assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b in spans)
