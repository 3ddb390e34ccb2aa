"""Which of the evidence an answer is written from, by what is asked."""

from __future__ import annotations

from datetime import date

from rag.answering.choosing import ChooseOptions, choose, newest
from rag.finding.evidence import Evidence
from rag.question.understanding import Understanding
from tests.rag.desks import make_evidence

OPTIONS = ChooseOptions()


def told(text: str, day: date | None, answerable: float = 0.9) -> Evidence:
    return make_evidence(text, answerable, published=day)[0]


JANUARY = told("The dam held 40 people in January.", date(2024, 1, 9))
MARCH = told("By March some 55 villagers had left the valley.", date(2024, 3, 9), 0.85)
JUNE = told("In June the count of the displaced was 61.", date(2024, 6, 9), 0.8)
FAR = told("The market opened again after the flood.", date(2024, 8, 1), 0.3)
UNDATED = told("At one time 70 were gone, the mayor said.", None, 0.88)
ALL = [JANUARY, UNDATED, MARCH, JUNE, FAR]


def chosen(kind: str, evidence: list[Evidence] = ALL, **more: object) -> list[Evidence]:
    understanding = Understanding(kind=kind, **more)  # type: ignore[arg-type]
    return choose("", understanding, evidence, [], OPTIONS)


def test_a_fact_is_answered_by_the_best_sentence() -> None:
    assert chosen("fact") == chosen("count") == chosen("who_said") == [JANUARY]


def test_the_latest_is_the_newest_that_may_answer_and_never_undated() -> None:
    assert chosen("latest") == chosen("count", latest=True) == [JUNE]
    assert chosen("latest", [UNDATED, MARCH]) == [MARCH]
    assert newest([UNDATED]) == UNDATED


def test_a_change_is_told_from_its_first_day_to_its_last() -> None:
    assert chosen("change") == [JANUARY, MARCH, JUNE]
    assert chosen("change", [UNDATED, FAR]) == [UNDATED]


def test_a_list_has_several_that_say_different_things() -> None:
    twin = told("The dam held 40 people in January, they said.", date(2024, 1, 10))
    assert chosen("list", [JANUARY, twin, MARCH, JUNE, UNDATED]) == [JANUARY, MARCH, JUNE]


def test_a_summary_is_of_the_article_of_the_best_sentence_in_its_order() -> None:
    text = "The dam broke at noon. Nobody was told. The mill below it was swept away."
    broke, told_nobody, mill = make_evidence(text)
    assert chosen("summary", [mill, JANUARY, broke, told_nobody]) == [broke, told_nobody, mill]
    assert chosen("summary", [JANUARY, mill, broke]) == [JANUARY]


def test_each_part_of_a_comparison_has_its_own_evidence() -> None:
    understanding = Understanding(kind="compare", parts=("In January?", "In June?"))
    parts = [[JANUARY, FAR], [JUNE, MARCH]]
    assert choose("", understanding, ALL, parts, OPTIONS) == [JANUARY, JUNE]
    assert choose("", understanding, ALL, [[], [JUNE]], OPTIONS) == [JUNE]


def test_a_summary_of_several_articles_is_their_openings_in_order_of_time() -> None:
    begins = make_evidence(
        "Dockers at Carrick began a strike. Ten ships wait.", published=date(2024, 1, 9)
    )
    ends = make_evidence(
        "The strike at Carrick is over after three weeks. The crews drank tea.",
        published=date(2024, 2, 1),
    )
    understanding = Understanding(kind="summary")
    evidence = [*ends, *begins]
    told = choose("Sum up the strike at Carrick.", understanding, evidence, [], OPTIONS)
    assert told == [begins[0], ends[0]]
