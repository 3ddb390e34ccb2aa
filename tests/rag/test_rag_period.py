"""The days that a question names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.store.window import DateWindow
from rag.question.period import Timing, named_period, timing, without_day


def days(first: tuple[int, int, int], last: tuple[int, int, int]) -> DateWindow:
    return DateWindow(date(*first), date(*last))


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("What happened on 17 September 2024?", days((2024, 9, 17), (2024, 9, 17))),
        ("What happened on the 3rd of March, 2024?", days((2024, 3, 3), (2024, 3, 3))),
        ("What happened on September 17, 2024?", days((2024, 9, 17), (2024, 9, 17))),
        ("What happened on september 1st 2024?", days((2024, 9, 1), (2024, 9, 1))),
        ("What happened on 2024-09-17?", days((2024, 9, 17), (2024, 9, 17))),
        ("What happened in March 2024?", days((2024, 3, 1), (2024, 3, 31))),
        ("What happened in February of 2024?", days((2024, 2, 1), (2024, 2, 29))),
        ("What happened in February 2023?", days((2023, 2, 1), (2023, 2, 28))),
        ("What happened in 2023?", days((2023, 1, 1), (2023, 12, 31))),
        ("What has happened since 2023?", days((2023, 1, 1), (2023, 12, 31))),
        ("What happened in March?", None),
        ("What happened on Monday?", None),
        ("What happened on 30 February 2024?", days((2024, 2, 1), (2024, 2, 29))),
        ("What happened on 2024-13-01?", None),
        ("Did 2024 people come?", None),
        ("Did they number in 9999?", None),
        ("", None),
    ],
)
def test_the_period_is_the_whole_day_month_or_year(
    question: str, period: DateWindow | None
) -> None:
    assert named_period(question) == period


def test_an_impossible_day_gives_way_to_what_else_is_named() -> None:
    question = "What was said on February 30, 2024 or in March 2024?"
    assert named_period(question) == days((2024, 3, 1), (2024, 3, 31))


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, Timing.UNDATED),
        (date(2024, 3, 1), Timing.WITHIN),
        (date(2024, 3, 31), Timing.WITHIN),
        (date(2024, 4, 1), Timing.OUTSIDE),
        (date(2024, 2, 29), Timing.OUTSIDE),
    ],
)
def test_both_ends_of_a_period_are_within_it(published: date | None, expected: Timing) -> None:
    assert timing(published, days((2024, 3, 1), (2024, 3, 31))) is expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("On 5 March 2024 it rained.", "On   it rained."),
        ("On March 5, 2024 it rained.", "On   it rained."),
        ("In March 2024, in 2024 it rained.", "In  ,   it rained."),
        ("From 2024-03-05 to 2024-03-06.", "From   to 2024-03-06."),
        ("On 6 March 2024 it rained.", "On 6 March 2024 it rained."),
        ("In April 2024 and in 2023 5 came.", "In April 2024 and in 2023 5 came."),
        ("2024 people came in March.", "2024 people came in March."),
    ],
)
def test_only_the_dates_that_hold_the_day_are_taken_out(text: str, left: str) -> None:
    assert without_day(text, date(2024, 3, 5)) == left


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_is_read_in_each_of_its_forms(day: date) -> None:
    period = DateWindow(day, day)
    assert named_period(f"Who spoke on {day.isoformat()}?") == period
    assert named_period(f"Who spoke on {day.day} {day:%B} {day.year}?") == period
    assert named_period(f"Who spoke on {day:%B} {day.day}, {day.year}?") == period


@given(st.text(max_size=100))
def test_no_question_breaks_it(question: str) -> None:
    period = named_period(question)
    assert period is None or (period.since and period.until and period.since <= period.until)
