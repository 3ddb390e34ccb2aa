"""Metrics of what citations hold: source, figures, days, names, and who says so. By hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.article import Article
from evals.fakes import join, make_answer, make_article, make_citation, make_refusal
from evals.metrics.attribution_kept import AttributionKept
from evals.metrics.facts_covered import FactsCovered
from evals.metrics.gold_source import GoldSource
from evals.sample import Kind, Sample, Target
from rag.answer import Answer
from rag.checking.citation import Sentence

LEFT = "Some 130 people were left in March, near Rafah and Gaza City."
SAID = "Officials said on Tuesday that 97 remain."
COUNTS = make_article(f"{LEFT} {SAID}", "Counts from Cairo", published=date(2024, 9, 17))
OTHER = make_article("Another text.", "Other")
ANY = Sample("s", "q", "fact", Target(answers=("a",)))


def named(kind: Kind, *articles: str) -> Sample:
    return Sample("s", "q", kind, Target(answers=("a",), articles=articles))


@pytest.mark.parametrize(
    ("asked", "cited", "expected"),
    [
        (named("fact", "Counts from Cairo"), [(LEFT, COUNTS)], 1.0),
        (named("fact", "Counts from Cairo"), [("Another", OTHER)], 0.0),
        (named("fact", "Counts from Cairo", "Other"), [("Another", OTHER)], 1.0),
        (named("across", "Counts from Cairo", "Other"), [("Another", OTHER)], 0.5),
        (named("across", "Counts from Cairo", "Other"), [(LEFT, COUNTS), ("text", OTHER)], 1.0),
        (named("fact"), [(LEFT, COUNTS)], None),
    ],
)
def test_gold_source(
    asked: Sample, cited: list[tuple[str, Article]], expected: float | None
) -> None:
    assert GoldSource()(asked, make_answer("Words.", cited)).value == expected


def test_gold_source_of_refusals() -> None:
    refuse = Sample("s", "q", "unanswerable", Target(articles=("Other",), refuse=True))

    assert GoldSource()(named("fact", "Other"), make_refusal()).value == 0.0
    assert GoldSource()(refuse, make_answer("Words.", [("text", OTHER)])).value is None


def said(*sentences: tuple[str, str], article: Article = COUNTS) -> Answer:
    """An answer of sentences, each with the one quote that it cites."""
    return join(
        [
            Sentence(text, "supported", 1.0, (make_citation(quote, article, marker),))
            for marker, (text, quote) in enumerate(sentences, 1)
        ]
    )


def test_figures_are_held_against_the_cited_words() -> None:
    answer = said(("Some 130 were left, not 250.", LEFT), ("Ninety-seven remain.", SAID))
    score = FactsCovered("figures")(ANY, answer)

    assert score.value == pytest.approx(2 / 3)  # 130 and 97 stand there, 250 does not
    assert "not 250" in score.explanation


def test_a_figure_in_another_sentence_s_citation_does_not_vouch() -> None:
    answer = said(("Some 97 were left.", LEFT), ("Then 97 remain.", SAID))

    assert FactsCovered("figures")(ANY, answer).value == 0.5


def test_a_headline_vouches_for_names_and_days_and_never_for_figures() -> None:
    article = make_article("Nothing was agreed.", "Cairo talks of Monday fail after 12 hours")
    answer = said(
        ("Talks in Cairo on Monday failed after 12 hours.", "Nothing was"), article=article
    )

    assert FactsCovered("names")(ANY, answer).value == 1.0
    assert FactsCovered("days")(ANY, answer).value == 1.0
    assert FactsCovered("figures")(ANY, answer).value == 0.0


def test_the_day_of_publication_is_nothing_to_prove() -> None:
    day = said(("On 17 September 2024 some 130 were left.", LEFT))
    another = said(("On 18 October 2024 some 130 were left.", LEFT))

    assert FactsCovered("figures")(ANY, day).value == 1.0
    assert FactsCovered("days")(ANY, day).value is None
    assert FactsCovered("figures")(ANY, another).value == pytest.approx(1 / 3)
    assert FactsCovered("days")(ANY, another).value == 0.0


def test_names_are_held_against_the_cited_words() -> None:
    answer = said(("They were near Rafah, in Khan Younis and Gaza.", LEFT))
    score = FactsCovered("names")(ANY, answer)

    assert score.value == 0.5  # rafah, gaza; not khan, younis
    assert "khan, younis" in score.explanation


@pytest.mark.parametrize("part", ["figures", "days", "names"])
def test_answers_that_state_nothing_are_unscored(part: str) -> None:
    metric = FactsCovered(part)  # type: ignore[arg-type]

    assert metric.name == f"{part}_covered"
    assert metric(ANY, make_refusal("Nothing of 97 in Gaza on Monday.")).value is None
    assert metric(ANY, said(("Some were left.", LEFT))).value is None


def test_a_sentence_without_citations_covers_nothing() -> None:
    bare = join([Sentence("In Rafah 97 remain.", "unsupported", 0.0, ())])

    assert FactsCovered("figures")(ANY, bare).value == 0.0
    assert FactsCovered("names")(ANY, bare).value == 0.0


SPOKEN = Sample(
    "s", "q", "who_said", Target(answers=("97",), speaker=("Officials", "the ministry"))
)


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (ANY, said(("Officials said that 97 remain.", SAID)), 1.0),
        (ANY, said(("97 remain.", SAID)), 0.0),
        (ANY, said(("97 remain.", SAID), ("Officials said so.", SAID)), 0.5),
        (ANY, said(("Some 130 were left.", LEFT)), None),
        (ANY, make_refusal(), None),
        # the quote names the speaker, the sentence does not: one of two debts
        (SPOKEN, said(("97 remain.", SAID)), 0.5),
        (SPOKEN, said(("Officials said that 97 remain.", SAID)), 1.0),
        # nobody is named by the words or the quote
        (SPOKEN, said(("Some 130 were left.", LEFT)), 0.0),
        (SPOKEN, said(("The ministry puts it at 130.", LEFT)), 1.0),
    ],
)
def test_attribution_kept(asked: Sample, answer: Answer, expected: float | None) -> None:
    assert AttributionKept()(asked, answer).value == expected


def test_the_short_answer_owes_nobody_a_name() -> None:
    short = replace(said(("97", SAID), (SAID, SAID)), short="97")

    assert AttributionKept()(ANY, short).value == 1.0
