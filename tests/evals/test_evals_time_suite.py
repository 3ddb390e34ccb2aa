"""The suite on time and conflict: its articles hold together, and each target can be checked."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import PurePath

import pytest

import corpus
from corpus.article import Article
from corpus.samples import sample_paths
from corpus.sentences import sentence_spans
from evals.metrics.text import contains, tokens
from evals.sample import Kind, Sample, Target, is_named
from evals.suites import load_suite
from rag.claims.facts import facts_of

EVENTS = {"bank", "court", "ferry", "flood", "strike", "vaccine"}
AGENCY = "Nordane Press"
LEAST: dict[Kind, int] = {
    "latest": 8, "as_of": 8, "change": 8, "disagreement": 7, "syndicated": 7, "who_said": 6,
    "figure": 4, "date": 3, "unanswerable": 7, "false_premise": 7,
}  # fmt: skip
FIRST_KNOWN = {
    "none-01": "ferry",
    "none-02": "6.8",
    "none-03": "flood",
    "none-04": "6,300",
    "none-05": "convicted",
    "none-06": "4.5 per cent",
}
"""What no article says by the day that is asked as of, and a later one does."""


SUITE = load_suite("time")
SAMPLES = SUITE.samples
ANSWERED = [sample for sample in SAMPLES if sample.target.answers]
ARTICLES = SUITE.worlds["time"]


def gold_of(sample: Sample) -> list[Article]:
    return [one for one in ARTICLES if any(is_named(one, key) for key in sample.target.articles)]


def event_of(article: Article) -> str:
    return PurePath(article.source).name.split("-")[0]


def of_same_event(sample: Sample) -> list[Article]:
    events = {event_of(article) for article in gold_of(sample)}
    return [article for article in ARTICLES if event_of(article) in events]


def said(article: Article) -> str:
    return f"{article.title}\n{article.text}"


def sentences(article: Article) -> set[str]:
    return {article.text[start:end] for start, end in sentence_spans(article.text)}


def of_kind(*kinds: Kind) -> list[Sample]:
    return [sample for sample in SAMPLES if sample.kind in kinds]


def name(sample: Sample) -> str:
    return sample.id


every = pytest.mark.parametrize("sample", SAMPLES, ids=name)
answered = pytest.mark.parametrize("sample", ANSWERED, ids=name)


# The articles


def test_each_article_is_short_named_and_on_one_of_six_events() -> None:
    assert {event_of(article) for article in ARTICLES} == EVENTS
    assert len({article.title for article in ARTICLES}) == len(ARTICLES) >= 30
    assert len({article.outlet for article in ARTICLES} - {AGENCY}) in range(6, 9)
    for article in ARTICLES:
        assert 80 <= len(article.text.split()) <= 220, article.title
        assert article.outlet is not None


def test_one_article_is_undated_and_the_days_follow_the_order_of_the_files() -> None:
    assert sum(article.published is None for article in ARTICLES) == 1
    for event in EVENTS:
        days = [one.published for one in ARTICLES if event_of(one) == event and one.published]
        assert days == sorted(days), event
        assert days[0] < days[-1], event


@pytest.mark.parametrize(("event", "copies"), [("ferry", 3), ("flood", 2)])
def test_copies_repeat_most_of_the_agency_report_that_comes_first(event: str, copies: int) -> None:
    original = next(a for a in ARTICLES if event_of(a) == event and a.outlet == AGENCY)
    same_day = [a for a in ARTICLES if event_of(a) == event and a.published == original.published]

    assert same_day[0] is original
    assert len(same_day) == copies + 1
    for copy in same_day[1:]:
        theirs, ours = (_runs(article.text, 4) for article in (copy, original))
        assert copy.outlet != AGENCY
        assert len(theirs & ours) > len(theirs) / 2, copy.title


def test_one_copy_is_the_agency_report_word_for_word() -> None:
    twins = [text for text, count in Counter(one.text for one in ARTICLES).items() if count > 1]

    assert len(twins) == 1


def test_no_sentence_stands_in_the_articles_of_two_events() -> None:
    owners: dict[str, set[str]] = {}
    for article in ARTICLES:
        for sentence in sentences(article):
            owners.setdefault(sentence, set()).add(event_of(article))

    assert not [sentence for sentence, events in owners.items() if len(events) > 1]


def test_no_invented_name_is_a_name_of_the_sample_articles() -> None:
    invented = {found for article in ARTICLES for found in facts_of(article.text).names}
    real = {
        found
        for article in corpus.read([sample_paths()])
        if isinstance(article, Article)
        for found in facts_of(article.text).names
    }

    assert len(invented) > 60
    assert len(real) > 30
    assert not (invented & real) - {"court", "march"}


# The questions


def test_there_are_enough_samples_of_each_kind_and_ids_are_unique() -> None:
    count = Counter(sample.kind for sample in SAMPLES)

    assert set(count) == set(LEAST)
    assert all(count[kind] >= least for kind, least in LEAST.items()), count
    assert len({sample.id for sample in SAMPLES}) == len(SAMPLES) >= 60
    assert len({sample.question for sample in SAMPLES}) == len(SAMPLES)
    assert {sample.world for sample in SAMPLES} == {"time"}


@every
def test_only_the_two_kinds_that_have_no_answer_are_to_be_refused(sample: Sample) -> None:
    assert sample.target.refuse == (sample.kind in ("unanswerable", "false_premise"))
    if sample.kind == "unanswerable":
        assert sample.target == Target(refuse=True)
    else:
        assert sample.target.answers
        assert sample.target.articles
        assert sample.target.quotes


@every
def test_each_article_is_found_and_each_has_a_quote_that_stands_in_it(sample: Sample) -> None:
    for key in sample.target.articles:
        assert sum(is_named(article, key) for article in ARTICLES) == 1, key
    for quote in sample.target.quotes:
        assert any(quote in article.text for article in gold_of(sample)), quote
    for article in gold_of(sample):
        assert any(quote in article.text for quote in sample.target.quotes), article.title


@answered
def test_each_part_of_the_answer_stands_in_a_gold_quote(sample: Sample) -> None:
    for part in sample.target.parts:
        assert any(contains(quote, form) for quote in sample.target.quotes for form in part), part


@answered
def test_no_question_gives_its_answer_away_or_parrots_the_quote(sample: Sample) -> None:
    for part in sample.target.parts:
        assert not any(contains(sample.question, form) for form in part), part
    for quote in sample.target.quotes:
        assert not _runs(quote, 5) & _runs(sample.question, 5), quote


@answered
def test_stale_answers_stand_in_an_article_of_the_event_and_are_no_answers(sample: Sample) -> None:
    accepted = [form for part in sample.target.parts for form in part]
    for stale in sample.target.stale:
        assert any(contains(said(article), stale) for article in of_same_event(sample)), stale
        assert not any(contains(form, stale) or contains(stale, form) for form in accepted), stale


@answered
def test_each_speaker_stands_in_a_gold_article(sample: Sample) -> None:
    for speaker in sample.target.speaker:
        assert any(contains(article.text, speaker) for article in gold_of(sample)), speaker


@answered
def test_the_gold_articles_can_be_seen_on_the_day_that_is_asked_as_of(sample: Sample) -> None:
    for article in gold_of(sample):
        assert sample.as_of is None or (article.published and article.published <= sample.as_of)


@pytest.mark.parametrize("sample", of_kind("as_of"), ids=name)
def test_after_the_day_asked_as_of_an_article_says_otherwise(sample: Sample) -> None:
    assert sample.as_of is not None
    later = [one for one in of_same_event(sample) if _day(one) > sample.as_of]

    assert any(contains(one.text, stale) for one in later for stale in sample.target.stale)


@pytest.mark.parametrize("sample", of_kind("latest"), ids=name)
def test_no_later_article_holds_an_older_answer_than_the_latest(sample: Sample) -> None:
    newest = max(_day(article) for article in gold_of(sample))
    holders = [
        one
        for one in of_same_event(sample)
        if any(contains(one.text, stale) for stale in sample.target.stale)
    ]

    assert sample.as_of is None
    assert sample.target.stale
    assert {one.title for one in holders} - set(sample.target.articles)
    assert all(_day(one) <= newest for one in holders)


@pytest.mark.parametrize("sample", of_kind("change"), ids=name)
def test_a_change_is_told_by_articles_of_two_days(sample: Sample) -> None:
    days = [_days_that_hold(part, sample) for part in sample.target.parts]

    assert len(days) == 2
    assert min(days[0]) < min(days[1])


@pytest.mark.parametrize("sample", of_kind("disagreement"), ids=name)
def test_the_two_sides_of_a_disagreement_speak_on_one_day(sample: Sample) -> None:
    assert len(sample.target.parts) == 2
    assert len({article.published for article in gold_of(sample)}) == 1
    assert len(sample.target.quotes) == len(gold_of(sample)) == 2
    for quote, part in zip(sample.target.quotes, sample.target.parts, strict=True):
        assert any(contains(quote, form) for form in part)


@pytest.mark.parametrize("sample", of_kind("syndicated"), ids=name)
def test_a_syndicated_answer_stands_in_every_copy_the_original_first(sample: Sample) -> None:
    first = next(one for one in ARTICLES if is_named(one, sample.target.articles[0]))

    assert first.outlet == AGENCY
    assert len(gold_of(sample)) >= 3
    for article in gold_of(sample):
        assert all(quote in article.text for quote in sample.target.quotes), article.title


def test_most_who_said_samples_and_contested_figures_name_the_speaker() -> None:
    assert all(sample.target.speaker for sample in of_kind("who_said"))
    assert sum(bool(sample.target.speaker) for sample in SAMPLES) >= 15


@pytest.mark.parametrize("sample", of_kind("false_premise"), ids=name)
def test_a_false_premise_puts_an_outdated_answer_as_current(sample: Sample) -> None:
    assert sample.target.stale
    assert all(contains(sample.question, stale) for stale in sample.target.stale)


@pytest.mark.parametrize("sample", of_kind("unanswerable"), ids=name)
def test_nothing_was_known_by_the_day_asked_as_of(sample: Sample) -> None:
    assert (sample.as_of is not None) == (sample.id in FIRST_KNOWN)
    if sample.as_of is None:
        return
    key = FIRST_KNOWN[sample.id]
    holders = [one for one in ARTICLES if event_of(one) == key or contains(said(one), key)]
    dated = [one for one in holders if one.published]

    assert dated
    assert all(_day(article) > sample.as_of for article in dated)


def test_who_the_captain_was_and_what_the_sentence_was_is_nowhere_reported() -> None:
    ferry = " ".join(said(article) for article in ARTICLES if event_of(article) == "ferry")
    court = " ".join(said(article) for article in ARTICLES if event_of(article) == "court")

    assert set(re.findall(r"(?:[Cc]aptain|[Mm]aster) (\w+ \w+)", ferry)) == {"Runa Dahlgaard"}
    assert not re.findall(r"prison|jail|sentenced", court)


def _day(article: Article) -> date:
    """The day of publication; an undated article is older than all, as it cannot be the latest."""
    return article.published or date.min


def _days_that_hold(part: tuple[str, ...], sample: Sample) -> list[date]:
    return [
        _day(article)
        for article in gold_of(sample)
        for quote in sample.target.quotes
        if quote in article.text and any(contains(quote, form) for form in part)
    ]


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = tokens(re.sub(r"\s+", " ", text))
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
