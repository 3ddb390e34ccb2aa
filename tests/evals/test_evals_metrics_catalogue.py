"""The catalogue of metrics: names, order, and that each says what it is."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Sequence
from pathlib import Path

from evals import metrics
from evals.fakes import make_answer, make_article
from evals.metrics import DEFAULT, HITS, catalogue, judged
from evals.metrics.base import GROUPS
from evals.sample import Sample, Target
from rag.finding.retrieve import RetrieveOptions

SAMPLE = Sample("s", "q", "fact", Target(answers=("97",), articles=("A title",), quotes=("97",)))
NEED_A_JUDGE = {"citation_recall", "citation_precision"}


class Never:
    verdict = "unsupported"
    support = 0.0


class Strict:
    def check(self, sentence: str, spans: Sequence[str], context: Sequence[str] = ()) -> Never:
        assert sentence
        assert len(spans) == len(context)
        return Never()


def test_every_metric_has_a_name_of_its_own() -> None:
    names = [metric.name for metric in judged(None)]

    assert len(set(names)) == len(names)
    assert list(catalogue()) == names
    assert [metric.name for metric in judged(Strict())] == names


def test_a_cut_is_made_at_the_hits_that_dateline_reads() -> None:
    assert RetrieveOptions().hits == HITS


def test_the_default_needs_no_judge() -> None:
    assert {metric.name for metric in DEFAULT} == set(catalogue()) - NEED_A_JUDGE


def test_metrics_stand_in_the_order_of_their_groups() -> None:
    places = [GROUPS.index(metric.group) for metric in catalogue().values()]

    assert places == sorted(places)
    assert set(places) == set(range(len(GROUPS)))


def test_every_metric_says_its_source_its_weakness_and_what_it_measures() -> None:
    for metric in catalogue().values():
        module = inspect.getmodule(type(metric))
        said = (module.__doc__ or "") if module else ""
        assert "Source:" in said, metric.name
        assert "weakness" in said, metric.name
        assert metric.about.endswith("."), metric.name
        assert metric.about != "What a metric is.", metric.name


def test_every_metric_of_the_package_is_in_the_catalogue() -> None:
    classes = {
        node.name
        for path in Path(metrics.__file__).parent.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base) in _BASES for base in node.bases)
    }

    assert classes == {type(metric).__name__ for metric in catalogue().values()}


_BASES = {"Metric", "SecondsMedian"}


def test_without_a_judge_the_judged_metrics_are_unscored() -> None:
    answer = make_answer("97 remain.", [("97 remain.", make_article("97 remain."))])
    without, judging = catalogue(), {metric.name: metric for metric in judged(Strict())}

    for name in NEED_A_JUDGE:
        score = without[name](SAMPLE, answer)
        assert score.value is None
        assert "judge" in score.explanation
        assert judging[name](SAMPLE, answer).value == 0.0
