"""The drafts with planted errors, their labels, and how alarms are counted."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import EvalError
from evals.commands.drafts import told_in_words
from evals.drafts.alarms import count_alarms, wrong_verdicts
from evals.drafts.labelled import LabelledDraft, read_labelled
from rag.drafts.verdict import DraftSentence, DraftVerdict
from rag.newsroom import Newsroom

DRAFTS = Path(__file__).parents[1] / "rag" / "drafts"
HELD_OUT = "seasons.md"
"""Left out while rules and thresholds were chosen. Its first run gave 11 right alarms of 12, for 11
of 14 errors; after it one rule was mended: 'the Council' may be the UN Security Council."""


@pytest.fixture(scope="module")
def labelled() -> tuple[LabelledDraft, ...]:
    return read_labelled(DRAFTS)


def test_three_drafts_hold_errors_of_every_kind_and_enough_that_is_true(
    labelled: tuple[LabelledDraft, ...],
) -> None:
    assert [one.draft.name for one in labelled] == ["counting.md", HELD_OUT, "voices.txt"]
    labels = Counter(label.label for one in labelled for label in one.sentences)
    assert labels["false"] >= 30
    assert labels["true"] >= 40
    planted = Counter(label.planted for one in labelled for label in one.sentences if label.planted)
    assert set(planted) == {"figure", "date", "name", "speaker", "negation", "merged"}
    assert all(label.truth for one in labelled for label in one.sentences if label.planted)


def test_every_truth_stands_in_a_sample_article(labelled: tuple[LabelledDraft, ...]) -> None:
    from corpus.samples import sample_paths

    sample = " ".join(path.read_text("utf-8") for path in sample_paths().iterdir())
    for one in labelled:
        for label in one.sentences:
            assert label.truth is None or label.truth in sample


def verdicts(draft: LabelledDraft, *given: DraftVerdict) -> list[DraftSentence]:
    return [
        DraftSentence(label.text, 0, 1, verdict, 0)
        for label, verdict in zip(draft.sentences, given, strict=True)
    ]


@pytest.fixture
def small(tmp_path: Path) -> LabelledDraft:
    (tmp_path / "a.txt").write_text("It rained. It snowed. It hailed. Who knew?")
    rows = [
        {"text": "It rained.", "label": "true"},
        {"text": "It snowed.", "label": "false", "planted": "name", "truth": "rained"},
        {"text": "It hailed.", "label": "false", "planted": "figure", "truth": "twice"},
        {"text": "Who knew?", "label": "none"},
    ]
    (tmp_path / "a.labels.jsonl").write_text("\n".join(map(json.dumps, rows)))
    [found] = read_labelled(tmp_path)
    return found


def test_alarms_are_counted_against_the_labels(small: LabelledDraft) -> None:
    checked = verdicts(small, "contradicted", "contradicted", "supported", "not a claim")
    found = count_alarms([small], [checked])
    assert (found.precision.value, found.precision.n) == (0.5, 2)
    assert (found.recall.value, found.recall.n) == (0.5, 2)
    assert found.by_kind["name"].value == 1.0
    assert found.by_kind["figure"].value == 0.0
    assert found.passed.value == 0.5
    assert found.carried.value == 0.0
    assert found.verdicts["false"]["supported"] == 1
    assert [label.text for label, _ in wrong_verdicts(small, checked)] == [
        "It rained.",
        "It hailed.",
    ]
    assert "alarms: recall" in told_in_words(found, 1.0, 4)


def test_without_an_alarm_there_is_no_precision(small: LabelledDraft) -> None:
    found = count_alarms([small], [verdicts(small, "silent", "silent", "silent", "not a claim")])
    assert found.precision.value is None
    assert found.recall.value == 0.0
    assert found.recall.high is not None
    assert found.recall.high > 0


def test_labels_that_do_not_fit_their_draft_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="no draft with labels"):
        read_labelled(tmp_path)
    (tmp_path / "a.labels.jsonl").write_text('{"text": "It rained.", "label": "true"}')
    with pytest.raises(EvalError, match="0 drafts"):
        read_labelled(tmp_path)
    (tmp_path / "a.txt").write_text("It snowed.")
    with pytest.raises(EvalError, match=r"sentence 1 is 'It snowed\.'"):
        read_labelled(tmp_path)
    (tmp_path / "a.labels.jsonl").write_text("no JSON")
    with pytest.raises(EvalError, match="line 1 is no label"):
        read_labelled(tmp_path)


@pytest.mark.model
def test_alarms_on_the_sample_library_with_the_real_embedder(
    labelled: tuple[LabelledDraft, ...], sample_newsroom: Newsroom
) -> None:
    """The floors lie below what was measured when they were set."""
    from rag.drafts.checking import check_draft

    checked = [check_draft(sample_newsroom, one.draft).sentences for one in labelled]
    found = count_alarms(labelled, checked)
    assert found.precision.value is not None
    assert found.recall.value is not None
    assert found.precision.value >= 0.9
    assert found.recall.value >= 0.6
    assert found.passed.value == 0.0 or (found.passed.value or 0) <= 0.08
