"""What the reader learns from: the split, the groups, and what must not leak into them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from corpus.errors import TrainingError
from embeddings import HashEmbedder
from rag.finding.pairs import Pairing
from rag.finding.read import Candidate
from rag.training.leaks import leaks
from rag.training.questions import read_squad
from rag.training.reader.batches import NO_SPAN, batches, ready
from rag.training.reader.groups import Group, Grouping, GroupOptions


def test_the_answer_stands_in_the_sentence_that_it_is_said_to(squad: Path) -> None:
    train, dev = read_squad(squad)
    assert [one.title for one in dev] == ["Port of Corvane"]
    assert [one.title for one in train] == ["Belmont Railway"]
    found = {
        asked.text: reading.sentences[asked.sentence].text[asked.start : asked.end]
        for reading in (*train, *dev)
        for asked in reading.asked
    }
    assert found["Who drove the last train?"] == "Jonas Reed"
    assert found["How many people work in Corvane's harbour?"] == "Nearly 4,000"
    assert len(found) == 6


def test_the_sentence_before_is_of_the_same_paragraph(squad: Path) -> None:
    train, _ = read_squad(squad)
    by_text = {one.text: one for one in train[0].sentences}
    assert by_text["Owen Hale paid for the bridge."].before.startswith("The railway joined")
    assert by_text["Trains ran six times a day."].before == ""


def _groups(squad: Path, seed: int = 3, **options: float) -> list[Group]:
    train, dev = read_squad(squad)
    made = GroupOptions(size=4, **options)  # type: ignore[arg-type]
    return list(Grouping([*train, *dev], HashEmbedder(), made).epoch(seed))


def test_groups_are_the_same_for_the_same_seed_and_others_for_another(squad: Path) -> None:
    assert _groups(squad) == _groups(squad)
    assert _groups(squad) != _groups(squad, seed=4)


def test_a_removed_answer_is_nowhere_in_its_group(squad: Path) -> None:
    answers = {
        asked.text: reading.sentences[asked.sentence].text[asked.start : asked.end]
        for part in read_squad(squad)
        for reading in part
        for asked in reading.asked
    }
    for group in _groups(squad, removed=1.0):
        assert group.answer is None
        assert all(answers[group.question] not in one.text for one in group.candidates)


def test_another_name_in_the_question_alone_has_no_answer(squad: Path) -> None:
    groups = _groups(squad, removed=0.0, other_name=1.0, renamed=0.0)
    changed = [one for one in groups if one.answer is None]
    assert changed
    asked = {one.text for part in read_squad(squad) for r in part for one in r.asked}
    assert all(one.question not in asked for one in changed)


def test_another_name_in_both_keeps_the_answer_at_its_place(squad: Path) -> None:
    groups = _groups(squad, removed=0.0, other_name=0.0, renamed=1.0)
    answers = {"Elias Brandt", "Nearly 4,000", "Marta Quill", "Carrick", "Owen Hale", "Jonas Reed"}
    plain = {one.text for part in read_squad(squad) for r in part for one in r.asked}
    renamed = [one for one in groups if one.question not in plain]
    assert renamed
    for one in groups:
        assert one.answer is not None
        assert one.candidates[one.answer].text[one.start : one.end] in answers


def test_the_tokens_of_the_answer_are_its_words(squad: Path, tiny: Path) -> None:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(tiny)
    pairing = Pairing(tokenizer)
    for group in _groups(squad, removed=0.0, other_name=0.0, renamed=0.0):
        one = ready(pairing, group)
        assert group.answer is not None
        ids = list(one.pairs[one.answer].ids[one.first : one.last + 1])
        words = group.candidates[group.answer].text[group.start : group.end]
        assert str(tokenizer.decode(ids)).replace(" ", "") == words.lower().replace(" ", "")


def test_an_answer_that_is_cut_off_has_no_span_to_learn(tiny: Path) -> None:
    from transformers import AutoTokenizer

    text = "word " * 200 + "answer"
    group = Group("Which?", (Candidate("", "", text),), 0, len(text) - 6, len(text))
    assert ready(Pairing(AutoTokenizer.from_pretrained(tiny)), group).first == NO_SPAN


def test_batches_hold_every_group_once_and_keep_to_the_budget(squad: Path, tiny: Path) -> None:
    from transformers import AutoTokenizer

    pairing = Pairing(AutoTokenizer.from_pretrained(tiny))
    groups = [ready(pairing, one) for one in _groups(squad)]
    made = batches(groups, 400, random.Random(1))
    assert sorted(map(id, (one for batch in made for one in batch))) == sorted(map(id, groups))
    for batch in made:
        padded = max(one.longest for one in batch) * sum(len(one.pairs) for one in batch)
        assert padded <= 400 or len(batch) == 1


RUN = "the mayor of Corvane opened the second bridge over the river Ashe on Sunday"


def test_a_run_of_words_that_is_measured_on_is_found_whatever_its_marks(tmp_path: Path) -> None:
    held_out = tmp_path / "suite.jsonl"
    held_out.write_text(json.dumps({"target": {"quotes": [f"Then {RUN.upper()}!"]}}) + "\n")
    found = leaks(["Nothing alike.", f"They say, {RUN}."], [tmp_path])
    assert [(one.learned, one.held_out) for one in found] == [(1, held_out)]
    assert leaks(["Nothing alike.", RUN.replace("second", "third")], [tmp_path]) == []


def test_an_equal_question_is_a_leak_though_it_is_short(tmp_path: Path) -> None:
    (tmp_path / "suite.jsonl").write_text('{"question": "Who designed the new bridge?"}\n')
    assert leaks(["who designed the new bridge ?"], [tmp_path])
    assert not leaks(["Who designed the new bridge and why?"], [tmp_path])


def test_what_cannot_be_held_against_is_an_error_not_a_pass(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="nothing to hold"):
        leaks(["a"], [tmp_path])
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(TrainingError, match="cannot be read"):
        leaks(["a"], [tmp_path])
