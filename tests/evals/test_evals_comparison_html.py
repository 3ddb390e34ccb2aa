"""Systems side by side as one HTML file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html as reader

from corpus.errors import EvalError
from evals.comparison import comparison_html, side_by_side
from evals.html import compared
from evals.html.figures import gain, gain_interval, p_value
from evals.report import Report
from tests.evals.reports import HOSTILE, answer_of, make_report


@pytest.fixture(scope="module")
def reports() -> tuple[Report, Report]:
    return make_report(name="new", hurry=0.6), make_report(name="old", hurry=0.1)


@pytest.fixture(scope="module")
def written(reports: tuple[Report, Report]) -> str:
    return comparison_html(reports)


def text_of(written: str, query: str) -> list[str]:
    found = reader.fromstring(written).xpath(query)
    return [" ".join(" ".join(element.itertext()).split()) for element in found]


def test_each_metric_that_moved_has_its_difference_interval_and_p(
    reports: tuple[Report, Report], written: str
) -> None:
    rows = {row.split()[0]: row for row in text_of(written, "//section//tbody/tr[th[span]]")}
    new, old = reports
    assert {"answer_accuracy", "gold_quote"} <= set(rows)
    for name, row in rows.items():
        found, unit = new.compared_with(old, name), new.metric(name).unit
        assert gain(found.gap, unit).replace("\u00a0", " ") in row
        assert gain_interval(found.gap, unit) in row
        assert found.test is None or p_value(found.test.p) in row


def test_metrics_that_are_alike_are_named_and_not_drawn(written: str) -> None:
    (alike,) = text_of(written, "//p[starts-with(., 'The same on every sample')]")

    assert "article_hit@1" in alike
    assert "answer_accuracy" not in alike
    assert "article_hit@1" not in text_of(written, "//*[local-name()='svg']")[0]


def test_the_summary_counts_who_is_right_alone(
    reports: tuple[Report, Report], written: str
) -> None:
    new, old = ([r.value("answer_accuracy") for r in report.records] for report in reports)
    alone = sum(a == 1 and b == 0 for a, b in zip(new, old, strict=True))
    other = sum(a == 0 and b == 1 for a, b in zip(new, old, strict=True))
    cards = text_of(written, "//details[@class='card']")

    assert alone > 0
    assert f"new alone has {alone} right and old alone {other}:" in " ".join(written.split())
    assert len(cards) == alone + other
    assert "Expected" in cards[0]
    assert text_of(written, "//section/h3") == [
        f"new right, old wrong: {alone} question{'' if alone == 1 else 's'}",
        f"old right, new wrong: {other} question{'' if other == 1 else 's'}",
        "new",
        "old",
    ]


def test_where_less_is_better_right_of_the_line_still_means_better(
    reports: tuple[Report, Report],
) -> None:
    new, old = reports
    metric = new.metric("aurc")
    gap = new.gain_over(old, "aurc")
    turned = compared._turned(gap, metric)

    assert metric.better == "lower"
    assert (turned.value, turned.low, turned.high) == (-gap.value, -gap.high, -gap.low)  # type: ignore[operator]


def test_nothing_is_loaded_or_run_and_the_bytes_stay(
    reports: tuple[Report, Report], written: str
) -> None:
    odd = make_report(name=HOSTILE, hurry=0.1)
    page = reader.fromstring(comparison_html([reports[0], odd]))

    assert page.xpath("//script | //link | //img | //iframe | //@src") == []
    assert comparison_html(reports) == written


def test_several_systems_have_a_section_each(reports: tuple[Report, Report]) -> None:
    third = make_report(name="third", hurry=0.3)
    page = reader.fromstring(comparison_html([*reports, third]))

    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert page.xpath("//h2/text()") == ["Against old", "Against third", "To repeat it"]


def test_a_run_beside_itself_is_alike() -> None:
    report = make_report(n=12)
    written = comparison_html([report, replace(report, system="copy")])

    assert "The two score the same on every sample." in written
    assert "<svg" not in written


def test_long_lists_are_cut_and_the_rest_named(
    reports: tuple[Report, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compared, "MOST_PARTED", 1)
    written = comparison_html(reports)
    rest = text_of(written, "//details[summary[contains(., 'more, by id')]]/p")

    assert len(reader.fromstring(written).xpath("//details[@class='card']")) in (1, 2)
    assert rest[0].startswith("towns-")


def test_what_cannot_be_compared_is_an_error(reports: tuple[Report, Report]) -> None:
    new, old = reports

    with pytest.raises(EvalError, match="needs two runs"):
        comparison_html([new])
    with pytest.raises(EvalError, match="no metric in common"):
        comparison_html([new, replace(old, metrics=())])
    with pytest.raises(EvalError, match="same samples"):
        comparison_html([new, replace(old, records=old.records[:5])])


def test_metrics_that_only_one_measured_are_left_out(reports: tuple[Report, Report]) -> None:
    new, old = reports
    only = replace(old, metrics=tuple(m for m in old.metrics if m.name == "gold_quote"))
    written = comparison_html([new, only])

    assert text_of(written, "//section//tbody/tr/th[span]")[0].startswith("gold_quote")
    assert "answer_accuracy" not in written
    assert "no right answers to compare" in written


def test_the_markdown_form_stays(reports: tuple[Report, Report]) -> None:
    page = side_by_side(reports)

    assert "| metric | new | old | new − old |" in page
    assert "## answer_accuracy by kind" in page


def test_a_sample_asked_of_one_alone_parts_no_one() -> None:
    from corpus.errors import QuestionTooLong

    whole = make_report(n=6)
    broken = make_report(n=6, name="broken", changed={1: QuestionTooLong("no"), 2: answer_of(2)})

    written = comparison_html([whole, broken])
    assert "1 could not be asked of broken" in written
    assert "towns-01" not in " ".join(text_of(written, "//details[@class='card']"))
