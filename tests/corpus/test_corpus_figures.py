"""What a figure counts where its own words do not tell: the whole before it, others, or nothing."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.content.figures import FigureMention, figure_mentions


def figure(text: str, expression: str) -> FigureMention:
    """The figure of a text that is written so."""
    [found] = [
        one
        for one in figure_mentions(text, date(2024, 3, 8))
        if text[one.start : one.end] == expression
    ]
    return found


@pytest.mark.parametrize(
    ("text", "expression", "what"),
    [
        (
            "The blast killed 12 people, including 3 children. Another 41 were injured.",
            "41",
            "people injured",
        ),
        ("Three children were killed. Another 41 were injured.", "41", "people injured"),
        (
            "Rescuers pulled two women alive from the mud. Officials put the number of missing at "
            "22.",
            "22",
            "people missing",
        ),
        (
            "The quarry gave way, and 9 of them fell. The mayor put the number of missing at 22.",
            "22",
            "people missing",
        ),
        ("The storm killed six fishermen off Tarn.", "six fishermen", "fishermen killed"),
        ("The raid killed 4 townspeople in Tarn.", "4 townspeople", "townspeople killed"),
    ],
)
def test_it_counts_the_whole_or_others_and_not_the_part_before(
    text: str, expression: str, what: str
) -> None:
    assert figure(text, expression).what == what


def test_a_first_count_of_its_happening_is_no_addition() -> None:
    text = "The blast killed 12 people. Another 41 were injured. A further 3 were injured later."
    assert not figure(text, "41").is_more
    assert figure(text, "3").is_more


def test_fewer_than_another_counts_is_never_a_count_of_its_own() -> None:
    text = "The league found 31 people missing. The county has two fewer dead in its list."
    assert all(one.is_more for one in figure_mentions(text, None) if one.quantity.value == 2)


@pytest.mark.parametrize(
    "text",
    [
        "Thirty people died. The office said it had paid 15 million of the 40 million crowns.",
        "The flood killed 30 people, and the office had paid 15 million of the 40 million crowns.",
    ],
)
def test_money_that_somebody_paid_counts_no_dead(text: str) -> None:
    paid = figure(text, "15 million")
    assert (paid.happening, paid.quantity.unit) == ("", "crown")


def test_it_points_back_to_a_count_where_it_comes_to_a_value() -> None:
    text = "The number of known dead rose steeply on Friday. It now stands at 57."
    assert figure(text, "57").happening == "killed"
