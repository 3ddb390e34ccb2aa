"""What the verifier learns from: rules that make a sentence false, or say it in other words."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from rag.training.questions import Asked, Reading, Sentence
from rag.training.verifier.edits import DROPPED, HELD_OUT, LEARNED, RULES, edit
from rag.training.verifier.evidence import Nearest
from rag.training.verifier.made import MadeOptions, made_pairs, question_pairs, text_of
from rag.training.verifier.pool import pool_of
from rag.training.verifier.published import (
    examples,
    read_fever,
    read_fib,
    read_fib_rules,
    read_ragtruth,
    read_summedits,
)
from rag.training.verifier.rewording import reword

NEWS = (
    "Mayor Ilse Brandt said on Tuesday that 1,200 workers would leave the Velmora shipyard.",
    "The union in Carrick accused Brandt of breaking a promise that was made in March 2021.",
    "Jonas Reed told reporters that all ferries had stopped before the storm came to Ashford.",
    "Prices rose by 14 percent after the harbour closed, and several shops were not opened.",
    "Engineers found cracks in the northern arch, which had been repaired in 2019.",
)


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_changes_just_what_it_tells(kind: str) -> None:
    pool = pool_of(NEWS)
    made = 0
    for seed in range(6):
        for text in NEWS:
            found = edit(kind, text, pool, random.Random(seed))
            if found is None:
                continue
            made += 1
            assert found.text != text
            assert bool(found.wrong) == (kind not in DROPPED)
            for start, end in found.wrong:
                assert 0 <= start < end <= len(found.text)
            if kind in ("figure", "date", "name", "place", "speaker", "opposite"):
                [(start, end)] = found.wrong
                tail = len(found.text) - end
                assert text.startswith(found.text[:start])
                assert text.endswith(found.text[end:])
                assert len(text) - tail >= start
    assert made, kind


def test_every_rule_is_learned_or_held_out() -> None:
    assert sorted((*LEARNED, *HELD_OUT, *DROPPED)) == sorted(RULES)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The old bridge is no longer safe, Reed said.", "The old bridge is no longer safe."),
        ("Brandt said on Monday that the whole harbour would have to close.",
         "The whole harbour would have to close."),
        ("According to the mayor, the old bridge is no longer safe.",
         "The old bridge is no longer safe."),
    ],
)  # fmt: skip
def test_what_somebody_said_is_told_as_if_it_were_so(text: str, left: str) -> None:
    found = edit("attribution", text, pool_of(NEWS), random.Random(1))
    assert found is not None
    assert found.text == left


@pytest.mark.parametrize("text", ["The bridge closed in May.", "Reed said yes.", NEWS[3]])
def test_where_nobody_is_named_nothing_can_be_dropped(text: str) -> None:
    assert edit("attribution", text, pool_of(NEWS), random.Random(1)) is None


def test_a_sentence_without_a_figure_has_none_to_change() -> None:
    pool = pool_of(NEWS)
    assert edit("figure", "The council met in silence.", pool, random.Random(1)) is None


def test_a_rewording_keeps_the_figures_and_the_sentence() -> None:
    for seed in range(30):
        for text in NEWS:
            said = reword(text, random.Random(seed))
            assert len(said.split()) >= 5
            assert "1,200" in said or "1,200" not in text or "1200" in said
            assert "not opened" in said or "not opened" not in text


def test_pairs_have_their_sentence_in_the_evidence() -> None:
    text = text_of("harbour", "news", " ".join(NEWS))
    options = MadeOptions(LEARNED, each=2, absent=1.0)
    made = list(made_pairs(text, options, random.Random(3)))
    assert made == list(made_pairs(text, options, random.Random(3)))
    true = [one for one in made if one.supported]
    absent = [one for one in made if one.kind == "absent"]
    assert true
    assert absent
    for one in made:
        assert set(one.evidence) <= set(NEWS)
        assert 0 < len(one.evidence) <= 4
        assert one.wrong == () if one.supported else one.wrong != ()
    assert all(one.wrong is None for one in absent)


def test_the_nearest_sentences_are_those_that_share_rare_words() -> None:
    nearest = Nearest(NEWS)
    assert nearest.to("Reed spoke of ferries and of the storm.", 1) == [2]
    # Two facts: the sentence with the other one comes second, not a near copy of the first.
    assert nearest.to("Ferries stopped, and prices rose by 14 percent.", 2) == [2, 3]
    assert nearest.to("Ferries stopped.", 1, without=frozenset((2,))) != [2]


def test_a_question_with_its_answer_becomes_a_statement() -> None:
    texts = ("Marta Quill designed the customs house.", "In 1920 Owen Hale closed the railway.")
    asked = (
        Asked("1", "Who designed the house for customs?", 0, 0, 11),
        Asked("2", "Who closed down the line in 1920?", 1, 8, 17),
        Asked("3", "Who did it?", 1, 8, 17),
    )
    reading = Reading("Corvane", tuple(Sentence(0, "", text) for text in texts), asked)
    made = list(question_pairs(reading, random.Random(1)))
    assert [(one.text, one.supported, one.wrong) for one in made] == [
        ("Marta Quill designed the house for customs.", True, ()),
        ("Owen Hale designed the house for customs.", False, ((0, 9),)),
        ("Owen Hale closed down the line in 1920.", True, ()),
        ("Marta Quill closed down the line in 1920.", False, ((0, 11),)),
    ]
    assert all(texts[at] in one.evidence for at, one in zip((0, 0, 1, 1), made, strict=True))


def _lines(path: Path, *rows: object) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_the_published_forms_are_read(tmp_path: Path) -> None:
    story = "The ferry sank on Monday. Nine people were saved. The captain was not on board."
    _lines(
        tmp_path / "xsum_factcc_binary_choice-using_dateswp.jsonl",
        {"id": "1", "input": story, "lbl": 0,
         "list_choices": ["The ferry sank on Monday.", "The ferry sank on Friday."]},
    )  # fmt: skip
    _lines(
        tmp_path / "xsum_fib_binary_choice-using_model.jsonl",
        {"id": "1", "input": story, "lbl": 1,
         "list_choices": ["Four people were saved.", "Nine people were saved."]},
    )  # fmt: skip
    rules = list(examples(read_fib_rules(tmp_path)))
    assert [(one.supported, one.wrong) for one in rules] == [(True, ()), (False, ((18, 24),))]
    others = list(examples(read_fib(tmp_path)))
    assert [(one.text, one.supported, one.wrong) for one in others] == [
        ("Nine people were saved.", True, ()),
        ("Four people were saved.", False, None),
    ]
    (tmp_path / "edits").mkdir()
    (tmp_path / "edits" / "summedits_mail.json").write_text(
        json.dumps([
            {"id": "a_og", "doc": story, "label": 1, "summary": "Nine people were saved. It sank.",
             "original_summary": "Nine people were saved. It sank."},
            {"id": "a_0", "doc": story, "label": 0,
             "summary": "Ten people were saved. It sank at sea.",
             "original_summary": "Nine people were saved. It sank at sea."},
        ])
    )  # fmt: skip
    edited = list(examples(read_summedits(tmp_path / "edits")))
    # What is as it was in a false summary is true.
    assert [(one.text, one.supported) for one in edited] == [
        ("Nine people were saved.", True),
        ("Ten people were saved.", False),
        ("It sank at sea.", True),
    ]
    (tmp_path / "fever").mkdir()
    _lines(
        tmp_path / "fever" / "f.jsonl",
        {"id": "1", "claim": "The ferry is afloat today .", "evidence": story, "label": "REFUTES"},
    )
    [claim] = examples(read_fever(tmp_path / "fever"))
    assert (claim.supported, claim.wrong, claim.evidence) == (False, None, (story,))
    marked = {"start": 16, "end": 24, "label_type": "conflict"}
    _lines(
        tmp_path / "rag.jsonl",
        {"source_id": "7", "source": {"name": "Elm Café", "WiFi": True},
         "responses": [{"response": "Elm Café has no WiFi at all.", "labels": [marked]}]},
    )  # fmt: skip
    [answer] = examples(read_ragtruth(tmp_path / "rag.jsonl"))
    assert not answer.supported
    assert answer.evidence == ("name: Elm Café.", "Wi Fi: yes.")
