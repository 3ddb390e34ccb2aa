from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from evals.failures import expected
from evals.html.words import GROUP_TITLES
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import GROUPS
from evals.metrics.seconds_median import SecondsMedian
from evals.report import Report
from evals.sample import Target
from evals.statistics import Estimate
from evals.store import RunInfo
from page.conversation.run_record import run_name
from page.drawing.markup import plain
from page.evals.bars import gap_line, share_bar, whisker
from page.evals.bench import Progress
from page.evals.compared import compared_html, turned
from page.evals.failures import MOST_CARDS
from page.evals.report import report_html
from page.evals.runs import rival_choices, run_choices
from page.evals.status import duration, in_words, status_html, trouble_html
from tests.evals.reports import HOSTILE, make_report

INFO = RunInfo(
    "3f2a90bc", "answers", "towns", "canned", 60, 60,
    datetime(2026, 11, 22, 7, 40, tzinfo=UTC), datetime(2026, 11, 22, 7, 44, tzinfo=UTC), {},
)  # fmt: skip
ATTACK = '"><img src=http://evil.example onerror=alert(1)>\n\n<iframe></iframe>\u202e$$x$$'
TAGS = {
    "div", "section", "h2", "h3", "p", "span", "em", "strong", "br", "dl", "dt", "dd", "ul", "li",
    "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "cite", "code",
}  # fmt: skip
ATTRIBUTES = {
    "class", "id", "title", "role", "tabindex", "style", "dir", "scope", "colspan",
}  # fmt: skip


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report()


class Seen(HTMLParser):
    """What a browser would make of a page: its tags, their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_report_leads_with_figures_and_their_intervals(report: Report) -> None:
    page = report_html(report, INFO)
    text = Seen(page).text
    found = report.estimate("answer_accuracy")
    assert found.value is not None
    assert f"{found.value * 100:.1f}\xa0%" in text
    assert "of the questions got a right answer, or the refusal that they were due" in text
    assert f"n\xa0{found.n}" in text
    assert "canned on towns" in text
    assert "so far" not in text
    assert "so far" in report_html(report, replace(INFO, finished=None))


def test_every_metric_that_scored_stands_in_the_table_under_its_group(report: Report) -> None:
    page = report_html(report, INFO)
    assert set(GROUP_TITLES) == set(GROUPS)
    for metric in report.metrics:
        row = f'<th scope="row">{metric.name}<span class="dl-about">'
        scored = report.estimate(metric.name).n
        assert (row in page) == (scored > 0), metric.name
        if scored:
            cells = page[page.index(row) :].partition("</tr>")[0]
            assert f'<td class="dl-num">{scored}</td>' in cells
            assert f'<td class="dl-num">{len(report.records) - scored}</td>' in cells


def test_a_card_shows_what_was_asked_wanted_and_got(report: Report) -> None:
    wrong = report.wrong
    page = report_html(report, INFO)
    assert page.count('<details class="dl-wrong">') == len(wrong) <= MOST_CARDS
    record = next(r for r in wrong if r.answer is not None and r.answer.citations)
    assert record.answer is not None
    citation = record.answer.citations[0]
    (card,) = (
        part
        for part in page.split('<details class="dl-wrong">')
        if f"<code>{record.sample.id}</code>" in part
    )
    for said in (
        record.sample.question,
        expected(record.sample.target),
        record.answer.text,
        citation.quote,
        citation.article.outlet_name,
        citation.article.title,
        *(score.explanation for score in record.scores.values() if score.value is not None),
    ):
        assert plain(said) in card, said
    assert "9 March" in card


def test_what_could_not_be_asked_is_listed_apart(report: Report) -> None:
    assert len(report.failed) == 1
    text = Seen(report_html(report, INFO)).text
    assert "Could not be asked 1 question, unscored in every metric" in text
    assert "The question is too long" in text


def test_only_the_first_of_many_failures_are_drawn(report: Report) -> None:
    wrong = report.wrong[0]
    many = tuple(
        replace(wrong, sample=replace(wrong.sample, id=f"again-{place}"))
        for place in range(MOST_CARDS + 7)
    )
    page = report_html(replace(report, records=many), INFO)
    assert page.count('<details class="dl-wrong">') == MOST_CARDS
    assert "7 more are in the report to take along" in page


def test_a_run_that_judged_no_answer_shows_what_it_measured(report: Report) -> None:
    page = report_html(replace(report, metrics=(SecondsMedian(),)), INFO)
    assert "dl-wrong" not in page
    assert "dl-bars" not in page
    assert "seconds_median" in page


def test_a_run_without_a_wrong_answer_says_so(report: Report) -> None:
    right = tuple(r for r in report.records if r.value("answer_accuracy") == 1.0)
    assert "Wrong answers</h3><p>None." in report_html(replace(report, records=right), INFO)


def test_hostile_text_stays_text(report: Report) -> None:
    """Questions, quotes, titles, explanations and names of suites come from outside."""
    records = []
    for record in report.records:
        answer = record.answer
        sample = replace(
            record.sample,
            id=ATTACK,
            question=ATTACK,
            target=Target((ATTACK,), (), (ATTACK,), (ATTACK,)),
        )
        scores = {n: replace(s, explanation=ATTACK) for n, s in record.scores.items()}
        if answer is not None:
            cited = tuple(
                replace(c, article=replace(c.article, title=ATTACK, outlet=ATTACK, text=ATTACK))
                for c in answer.citations
            )
            sentences = tuple(replace(s, text=ATTACK) for s in answer.sentences)
            answer = replace(
                answer, text=ATTACK, short=ATTACK, citations=cited, sentences=sentences,
                dropped=sentences,
            )  # fmt: skip
        error = ATTACK if record.error else None
        records.append(replace(record, sample=sample, answer=answer, scores=scores, error=error))
    hostile = replace(report, records=tuple(records), suite=ATTACK, system=ATTACK)
    info = replace(INFO, suite=ATTACK, system=ATTACK)
    other = replace(hostile, system=f"{ATTACK} twice")
    drawn = [
        report_html(hostile, info),
        trouble_html(ATTACK),
        compared_html((info, _with_ids(hostile)), (info, _with_ids(other))),
    ]
    for page in drawn:
        seen = Seen(page)
        assert seen.tags <= TAGS | {"a"}
        assert seen.attributes <= ATTRIBUTES | {"href"}
        leads = re.findall(r'href="([^"]*)"', page)
        assert all(re.fullmatch(r"#talk-[0-9a-f]+-[0-9a-f]{16}", one) for one in leads)
        assert "<img src=http://evil.example" in seen.text
        # A line break or a hidden turn of direction would change what is read.
        assert len(page.splitlines()) == 1
        assert "\u202e" not in page


def _with_ids(report: Report) -> Report:
    records = tuple(
        replace(record, sample=replace(record.sample, id=f"{place}"))
        for place, record in enumerate(report.records)
    )
    return replace(report, records=records)


def test_the_report_made_by_hand_is_hostile_too(report: Report) -> None:
    page = report_html(report, INFO)
    assert HOSTILE not in page
    assert plain(HOSTILE) in page


def test_two_runs_are_compared_sample_by_sample(report: Report) -> None:
    better = make_report(name="better", hurry=1.0)
    page = compared_html((replace(INFO, system="better"), better), (INFO, report))
    gap = better.compared_with(report, AnswerAccuracy.name).gap
    assert gap.value is not None
    row = page[page.index('<th scope="row">answer_accuracy</th>') :].partition("</tr>")[0]
    assert f"{gap.value * 100:+.1f} points" in row
    assert "dl-gap" in row
    assert ("better</td>" in row) == (gap.low is not None and gap.low > 0)


def test_a_run_is_compared_with_another_of_its_system_by_their_ids(report: Report) -> None:
    page = compared_html((INFO, report), (replace(INFO, id="77777777"), report))
    assert "canned (3f2a90bc)" in page
    assert "canned (77777777)" in page


def test_less_is_better_turns_a_difference() -> None:
    metric = SecondsMedian()
    assert turned(Estimate(-2.0, -3.0, -1.0, 9), metric) == Estimate(2.0, 1.0, 3.0, 9)
    assert turned(Estimate(0.2, 0.1, 0.3, 9), AnswerAccuracy()) == Estimate(0.2, 0.1, 0.3, 9)


def test_bars_stand_where_their_numbers_say() -> None:
    found = Estimate(0.25, 0.125, 0.5, 8)
    assert 'style="width:25.0%"' in share_bar("who said", found)
    assert 'style="left:12.5%;width:37.5%"' in whisker(found)
    assert 'style="left:25.0%"' in whisker(found)
    # With a reach of 20 points, +10 points lie half-way from the middle to the right end.
    line = gap_line(Estimate(0.1, 0.0, 0.2, 8), 0.2)
    assert 'style="left:75.0%"' in line
    assert 'style="left:50.0%;width:50.0%"' in line
    assert "dl-sure" not in line
    assert "dl-sure" in gap_line(Estimate(0.1, 0.05, 0.2, 8), 0.2)
    nothing = Estimate(None, None, None, 0)
    assert share_bar("who said", nothing) == whisker(nothing) == gap_line(nothing, 0.2) == ""


def test_runs_are_named_so_that_a_list_can_show_them() -> None:
    hostile = replace(INFO, id="deadbeef", suite="my\u202equestions\n<b>")
    assert run_name(hostile) == "canned on myquestions <b>"
    (words, value), _ = run_choices((hostile, INFO))
    assert value == "deadbeef"
    assert words.splitlines()[0] == "canned on myquestions <b>"
    assert len(words.splitlines()) == 2


def test_a_run_is_compared_with_runs_of_its_suite_alone() -> None:
    runs = tuple(
        replace(INFO, id=name, suite=suite)
        for name, suite in (("a", "sample"), ("b", "time"), ("c", "sample+typos"), ("d", "sample"))
    )
    assert [value for _, value in rival_choices(runs, "a")] == ["", "c", "d"]
    assert rival_choices(runs, "b") == []
    assert rival_choices(runs, "gone") == []


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress("waiting"), "Waiting for the run before it…"),
        (Progress("loading"), "Getting ready…"),
        (Progress("asking", "a", 0, 75), "0 of 75"),
        (Progress("asking", "a", 23, 75, 20, 6.0), "23 of 75 · about 2 min left"),
        (Progress("asking", "a", 23, 75, 0, 17.0), "23 of 75 · about 40 s left"),
        (Progress("stopping", "a", 23, 75), "23 of 75 · stopping after this question…"),
        (Progress("stopping"), "Stopping…"),
        (Progress("stopped", "a", 23, 75), "Stopped at 23 of 75. Run goes on from there."),
        (Progress("stopped", "a", 0, 75), "Stopped before the first answer."),
        (Progress("done", "a", 1, 1), "1 question asked. The figures are in the report."),
    ],
)
def test_the_status_says_how_far_a_run_is(progress: Progress, words: str) -> None:
    assert in_words(progress) == words
    assert plain(words) in status_html(progress)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "5 s"),
        (42, "40 s"),
        (88, "90 s"),
        (95, "2 min"),
        (3599, "1 h 0 min"),
        (5000, "1 h 23 min"),
    ],
)
def test_a_time_left_is_told_roughly(seconds: float, words: str) -> None:
    assert duration(seconds) == words
