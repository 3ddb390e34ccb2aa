"""How many and how much: values, qualifiers, units, what is counted, and what news may round."""

from __future__ import annotations

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.content.quantities import Quantity, agrees, designations, quantities


def one(text: str) -> Quantity:
    """The only quantity of a text."""
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "unit", "counted"),
    [
        ("more than 32,000 people", 32_000, "more than", "", "people"),
        ("at least 1.8 million residents", 1_800_000, "at least", "", "residents"),
        ("about 250 Lyse and foreign sailors", 250, "about", "", "lyse and foreign sailors"),
        ("nearly 33,000 came", 33_000, "nearly", "", ""),
        ("up to 500 trucks a day", 500, "at most", "", "trucks"),
        ("fewer than 60 were hurt", 60, "less than", "", ""),
        ("no fewer than 14 beams", 14, "at least", "", "beams"),
        ("20 or more huts", 20, "at least", "", "huts"),
        ("33 per cent of homes", 33, "exact", "%", "homes"),
        ("7.4%", 7.4, "exact", "%", ""),
        ("12.5 million pounds", 12_500_000, "exact", "£", ""),
        ("€12.5m", 12_500_000, "exact", "€", ""),
        ("US$3bn", 3e9, "exact", "$", ""),
        ("an 11-month war", 11, "exact", "month", ""),
        ("a one-week truce", 1, "exact", "week", ""),
        ("40 kilometres away", 40, "exact", "km", ""),
        ("a man aged 34", 34, "exact", "year", ""),
        ("a 34-year-old pilot", 34, "exact", "year", ""),
        ("Reyes, 52, said", 52, "exact", "year", ""),
        ("twenty-five thousand three hundred and six huts", 25_306, "exact", "", "huts"),
        ("two dozen trucks", 24, "exact", "", "trucks"),
        ("half a million people", 500_000, "exact", "", "people"),
        ("one in five", 20, "exact", "%", ""),
        ("nearly half", 50, "nearly", "%", ""),
        ("two-thirds of the crew", 200 / 3, "exact", "%", "crew"),
        ("at least one was hurt", 1, "at least", "", ""),
        ("2024 pounds", 2024, "exact", "£", ""),
    ],
)
def test_a_quantity_is_read(
    text: str, value: float, qualifier: str, unit: str, counted: str
) -> None:
    found = one(text)
    assert found.value == pytest.approx(value)
    assert (found.qualifier, found.unit, found.counted) == (qualifier, unit, counted)


@pytest.mark.parametrize(
    "text",
    [
        "on 7 October 2030", "on May 6", "June 12-14", "in 2019", "the 1990s", "at 5:01 PM",
        "at 0600 GMT", "two days ago", "Resolution 2728", "Article 51", "phase two", "a G7 meeting",
        "the tenth trip", "one of them said", "a second round", "no number at all", "",
    ],
)  # fmt: skip
def test_days_times_and_numbers_that_name_are_no_quantities(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Resolution 2728", "label", 2728),
        ("phase two", "label", 2),
        ("the tenth trip", "ordinal", 10),
        ("the 21st century", "ordinal", 21),
        ("at 5:30 PM", "time", 17.5),
        ("at 0600 GMT", "time", 6),
    ],
)
def test_a_designation_is_read(text: str, kind: str, value: float) -> None:
    (found,) = designations(text)
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10 to 12 people", 10, 12),
        ("between 3 and 5 million pounds", 3e6, 5e6),
        ("$10 to $12 million", 1e7, 1.2e7),
        ("two or three boats", 2, 3),
        ("tens of thousands of homes", 20_000, 99_999),
        ("dozens of boats", 24, 99),
        ("more than 40", 40, math.inf),
        ("at most 40", 0, 40),
        ("about 1,200", 1150, 1250),
        ("nearly 33,000", 32_500, 33_000),
        ("40", 40, 40),
    ],
)
def test_the_words_allow_a_span(text: str, low: float, high: float) -> None:
    found = one(text)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("about 1,200 homes", "1,160 homes"),
        ("more than 32,000", "32,414"),
        ("more than 30,000", "32,414"),
        ("nearly 33,000", "32,900"),
        ("at least 40", "40"),
        ("2.3 million", "2,300,000"),
        ("12", "twelve"),
        ("32,414", "at least 32,414"),
        ("more than 60", "at least 63"),
        ("a one-week truce", "a 7-day truce"),
        ("two days", "48 hours"),
        ("33%", "33.3 per cent"),
        ("nearly half", "49.6 per cent"),
        ("about a third", "33.4 per cent"),
        ("$49 million", "49 million dollars"),
        ("tens of thousands", "32,414"),
        ("some 250", "253"),
        ("10 to 12", "between 10 and 12"),
    ],
)
def test_news_may_round(said: str, source: str) -> None:
    assert agrees(one(said), one(source))


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("13 million", "12.5 million"),
        ("2 million", "2.3 million"),
        ("32,000", "32,414"),
        ("more than 33,000", "32,414"),
        ("more than 1,000", "32,414"),
        ("nearly 32,000", "32,414"),
        ("more than 40", "40"),
        ("less than 40", "more than 40"),
        ("500", "up to 500"),
        ("40", "about 50"),
        ("11", "10 to 12"),
        ("32,414", "tens of thousands"),
        ("12 per cent", "12"),
        ("12 km", "12 miles"),
        ("7 months", "7 days"),
        ("241", "214"),
    ],
)
def test_another_figure_never_agrees(said: str, source: str) -> None:
    assert not agrees(one(said), one(source))


@given(st.text(alphabet="0123456789 ,.%$£-–kmbn onetwohalfdozenthirdsof", max_size=80))
def test_quantities_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = quantities(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(each.low <= each.high for each in found)
    ends = [each.end for each in found]
    starts = [each.start for each in found]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@given(st.integers(1, 10**9))
def test_a_figure_agrees_with_itself_and_not_with_another(value: int) -> None:
    mine = one(f"{value:,} huts")
    assert agrees(mine, mine)
    assert not agrees(mine, one(f"{2 * value + 1:,} huts"))


def test_the_time_grows_with_the_text_and_not_with_its_square() -> None:
    def seconds(words: int) -> float:
        text = "about 40 huts and " * words
        began = time.process_time()
        quantities.__wrapped__(text)
        return time.process_time() - began

    seconds(10)
    # Eight times the words: about 8 times as long, where the square would be 64 times.
    assert min(seconds(1600) for _ in range(3)) < 40 * min(seconds(200) for _ in range(3))


def test_a_part_has_the_unit_of_its_whole() -> None:
    part, whole = quantities("It had paid 15 million of the 40 million crowns.")
    assert (part.unit, whole.unit) == ("crown", "crown")
    assert [one.unit for one in quantities("It had paid 15 million of the 40 towns.")] == ["", ""]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("six fishermen drowned", "fishermen"),
        ("12 schoolchildren", "schoolchildren"),
        ("9 omen", ""),
    ],
)
def test_plurals_that_end_in_men_children_and_people_are_counted(text: str, counted: str) -> None:
    assert [one.counted for one in quantities(text)] == [counted]
