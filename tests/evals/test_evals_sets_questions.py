"""The sets of questions, each read from a small file of its form, with invented content."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import EvalError
from embeddings.embedders.hashing import HashEmbedder
from embeddings.library import Library
from evals.sample import Sample
from evals.sets import open_set
from evals.suite import Suite

HARBOUR = "The harbour of Veldam opened in 1781. Its lighthouse is 65 metres tall."
ORCHARD = "Farmers planted plum trees near Oostkamp. The orchard yields 40 tonnes of plums."
BRIDGE = "The Tarn bridge was closed on Monday. Engineers found a crack in the third pier."


def write_json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def opened(form: str, path: Path) -> Suite:
    """The suite, once what holds for every suite is checked."""
    suite = open_set(f"{form}:{path}")
    assert isinstance(suite, Suite)
    for sample in suite.samples:
        gold = [one for one in suite.worlds[sample.world] if one.source in sample.target.articles]
        assert len(gold) == len(sample.target.articles)
        assert all(any(quote in one.text for one in gold) for quote in sample.target.quotes)
    assert {sample.world for sample in suite.samples} <= set(suite.worlds)
    sources = [article.source for world in suite.worlds.values() for article in world]
    assert len(sources) == len(set(sources))
    assert not any("/" in source for source in sources), "PurePath(source).name must be the whole"
    return suite


def texts(suite: Suite, sample: Sample) -> list[str]:
    """The gold texts of a sample."""
    world = suite.worlds[sample.world]
    return [article.text for article in world if article.source in sample.target.articles]


def squad(context: str, *qas: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Veldam_(port)", "paragraphs": [{"context": context, "qas": list(qas)}]}


def marked(context: str, *answers: str) -> list[dict[str, Any]]:
    return [{"text": answer, "answer_start": context.index(answer)} for answer in answers]


def test_squad_has_a_paragraph_an_article_and_the_answering_sentence_as_its_quote(
    tmp_path: Path,
) -> None:
    tall = {
        "id": "q1",
        "question": " How tall is it?",
        "answers": marked(HARBOUR, "65 metres", "65 metres", "65 metres tall"),
    }
    missing = {"id": "q2", "question": "Who built it?", "answers": [], "is_impossible": True}
    page = {"data": [squad(HARBOUR, tall, missing), squad(ORCHARD)], "version": "x"}
    suite = opened("squad", write_json(tmp_path / "s.json", page))
    first, second = suite.samples
    assert suite.name == "squad:s"
    assert [article.text for article in suite.worlds["squad"]] == [HARBOUR, ORCHARD]
    assert suite.worlds["squad"][0].title == "Veldam (port)"
    assert (first.question, first.kind) == ("How tall is it?", "fact")
    assert first.target.answers == ("65 metres", "65 metres tall")
    assert first.target.quotes == ("Its lighthouse is 65 metres tall.",)
    assert texts(suite, first) == [HARBOUR]
    assert (second.kind, second.target.refuse) == ("unanswerable", True)


def test_squad_finds_an_answer_whose_place_is_off_and_tells_one_that_is_nowhere(
    tmp_path: Path,
) -> None:
    off = {"id": "q1", "question": "?", "answers": [{"text": "1781", "answer_start": 3}]}
    suite = opened("squad", write_json(tmp_path / "s.json", {"data": [squad(HARBOUR, off)]}))
    assert suite.samples[0].target.quotes == ("The harbour of Veldam opened in 1781.",)
    off["answers"] = [{"text": "1999", "answer_start": 3}]
    with pytest.raises(EvalError, match="answer '1999' of question 'q1' stands nowhere"):
        opened("squad", write_json(tmp_path / "s.json", {"data": [squad(HARBOUR, off)]}))


def beir(folder: Path) -> Path:
    write_lines(
        folder / "corpus.jsonl",
        [
            {"_id": "d/1", "title": "Harbour", "text": HARBOUR, "metadata": {}},
            {"_id": "d2", "title": "Orchard", "text": ORCHARD},
            {"_id": "d3", "title": "Only a title", "text": ""},
        ],
    )
    write_lines(
        folder / "queries.jsonl",
        [
            {"_id": "1", "text": "lighthouse height"},
            {"_id": "2", "text": "not judged"},
            {"_id": "3", "text": "judged useless"},
        ],
    )
    head = "query-id\tcorpus-id\tscore\n"
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(f"{head}1\td/1\t2\n1\td3\t1\n1\tgone\t1\n3\td2\t0\n")
    (folder / "qrels" / "train.tsv").write_text(f"{head}2\td2\t1\n")
    return folder


def test_beir_asks_the_queries_that_its_test_file_judges(tmp_path: Path) -> None:
    suite = opened("beir", beir(tmp_path))
    (sample,) = suite.samples
    assert sample.id == "1"
    assert sample.target.parts == ()
    assert texts(suite, sample) == [HARBOUR, "Only a title"]
    assert len(suite.worlds["beir"]) == 3


def test_beir_without_a_test_file_takes_every_judgement(tmp_path: Path) -> None:
    (beir(tmp_path) / "qrels" / "test.tsv").unlink()
    assert [sample.id for sample in opened("beir", tmp_path).samples] == ["2"]


def test_beir_tells_a_bad_judgement_and_a_missing_folder(tmp_path: Path) -> None:
    qrels = beir(tmp_path) / "qrels"
    (qrels / "test.tsv").write_text("query-id\tcorpus-id\tscore\n1\td2\n")
    with pytest.raises(EvalError, match="query-id, corpus-id, score") as error:
        opened("beir", tmp_path)
    assert str(error.value.where).endswith("test.tsv, line 2")
    for file in qrels.iterdir():
        file.unlink()
    qrels.rmdir()
    with pytest.raises(EvalError, match="no folder 'qrels'"):
        opened("beir", tmp_path)


def alce_docs(*found: list[int]) -> list[dict[str, Any]]:
    pairs = zip((HARBOUR, ORCHARD), found, strict=True)
    return [
        {"id": "9", "title": "T", "text": text, "score": 1.0, "answers_found": marks}
        for text, marks in pairs
    ]


def test_alce_has_a_world_a_question_and_the_pairs_of_asqa_as_parts(tmp_path: Path) -> None:
    item = {
        "sample_id": "-77",
        "question": "When did it open, and how much does the other yield?",
        "qa_pairs": [
            {"question": "?", "short_answers": ["1781", "in 1781"], "context": "No"},
            {"question": "?", "short_answers": ["40 tonnes"], "context": "No"},
            {"question": "?", "short_answers": [], "context": "No"},
        ],
        "docs": alce_docs([1, 0, 0], [0, 1, 0]),
        "answer": "A long one.",
    }
    suite = opened("alce", write_json(tmp_path / "asqa.json", [item]))
    (sample,) = suite.samples
    assert (sample.id, sample.kind, sample.world) == ("-77", "long", "1")
    assert sample.target.parts == (("1781", "in 1781"), ("40 tonnes",))
    assert texts(suite, sample) == [HARBOUR, ORCHARD]
    assert sample.target.quotes == (
        "The harbour of Veldam opened in 1781.",
        "The orchard yields 40 tonnes of plums.",
    )


def test_alce_reads_qampari_and_eli5(tmp_path: Path) -> None:
    qampari = {
        "id": "3__x/dev",
        "question": "Which plants?",
        "answers": [["plum", "plums"], ["pear"]],
        "docs": alce_docs([0, 0], [1, 0]),
    }
    eli5 = {"question": "Why?", "claims": ["It is so."], "docs": alce_docs([0], [1]), "answer": "x"}
    suite = opened("alce", write_json(tmp_path / "two.json", [qampari, eli5]))
    first, second = suite.samples
    assert first.target.parts == (("plum", "plums"), ("pear",))
    assert texts(suite, first) == [ORCHARD]
    assert (second.id, second.world, second.target.parts) == ("2", "2", ())
    assert texts(suite, second) == [ORCHARD]


def multihop(folder: Path, *queries: dict[str, Any]) -> Path:
    article = {"author": "A", "category": "x"}
    corpus = [
        {**article, "title": "Port", "source": "The Wire", "url": "https://e.org/1"},
        {**article, "title": "Plums", "source": "Daily", "url": "https://e.org/2"},
        {**article, "title": "Plums", "source": "Weekly", "url": "https://e.org/3"},
    ]
    for one, body in zip(corpus, (HARBOUR, ORCHARD.replace(". ", ".\n\n"), BRIDGE), strict=True):
        one |= {"body": body, "published_at": "2023-09-28T22:30:00+00:00"}
    write_json(folder / "corpus.json", corpus)
    write_json(folder / "MultiHopRAG.json", list(queries))
    return folder


def test_multihop_rag_needs_every_fact_and_refuses_null_queries(tmp_path: Path) -> None:
    folder = multihop(
        tmp_path,
        {
            "query": "Do both name a figure?",
            "answer": "Yes",
            "question_type": "comparison_query",
            "evidence_list": [
                {"title": "Port", "url": "https://e.org/1", "fact": "opened in 1781."},
                {"title": "Plums", "url": "https://e.org/2", "fact": "near Oostkamp. The orchard"},
                {"title": "Plums", "url": "https://e.org/3", "fact": "in other words"},
            ],
        },
        {
            "query": "Who won?",
            "answer": "Insufficient information.",
            "question_type": "null_query",
            "evidence_list": [],
        },
    )
    suite = opened("multihop-rag", folder)
    first, second = suite.samples
    assert first.id == "comparison_query-1"
    assert (first.kind, first.target.answers) == ("across", ("Yes",))
    assert len(texts(suite, first)) == 3
    assert first.target.quotes == ("opened in 1781.", "near Oostkamp.\n\nThe orchard")
    assert (second.kind, second.target.refuse, second.target.answers) == ("unanswerable", True, ())
    port = suite.worlds["multihop-rag"][0]
    assert (port.outlet, port.published, port.url) == (
        "The Wire", date(2023, 9, 28), "https://e.org/1",
    )  # fmt: skip


def test_multihop_rag_tells_evidence_from_nowhere(tmp_path: Path) -> None:
    evidence = [{"title": "Gone", "url": "https://e.org/9", "fact": "x"}]
    query = {"query": "?", "answer": "x", "question_type": "a", "evidence_list": evidence}
    with pytest.raises(EvalError, match="query 1 cites 'Gone', not in the corpus"):
        opened("multihop-rag", multihop(tmp_path, query))


def test_rgb_asks_each_question_with_and_without_its_positive_passages(tmp_path: Path) -> None:
    line = {
        "id": 0,
        "query": "How tall is the lighthouse?",
        "answer": [["65 metres", "65 m"]],
        "positive": [HARBOUR],
        "negative": [ORCHARD, BRIDGE],
    }
    suite = opened("rgb", write_lines(tmp_path / "en.json", [line]))
    first, second = suite.samples
    assert (first.id, first.kind) == ("0", "fact")
    assert first.target.parts == (("65 metres", "65 m"),)
    assert first.target.quotes == ("Its lighthouse is 65 metres tall.",)
    assert texts(suite, first) == [HARBOUR]
    assert len(suite.worlds[first.world]) == 3
    assert (second.id, second.target.refuse) == ("0-negatives", True)
    assert [article.text for article in suite.worlds[second.world]] == [ORCHARD, BRIDGE]


def test_rgb_integration_needs_every_part(tmp_path: Path) -> None:
    line = {
        "id": 1,
        "query": "When did the harbour open and what does the orchard yield?",
        "answer": [["1781"], "40 tonnes"],
        "answer1": ["1781"],
        "positive": [[HARBOUR], [ORCHARD, f"{ORCHARD} Again."]],
        "negative": [BRIDGE],
    }
    (sample,) = opened("rgb", write_lines(tmp_path / "en_int.json", [line])).samples
    assert sample.kind == "across"
    assert sample.target.parts == (("1781",), ("40 tonnes",))
    assert sample.target.quotes == (
        "The harbour of Veldam opened in 1781.",
        "The orchard yields 40 tonnes of plums.",
    )


def test_rgb_counterfactual_sets_forged_passages_beside_the_true_ones(tmp_path: Path) -> None:
    line = {
        "id": 2,
        "query": "When did the harbour open?",
        "answer": "1781",
        "fakeanswer": "1912",
        "positive": [HARBOUR],
        "positive_wrong": [HARBOUR.replace("1781", "1912")],
        "negative": [ORCHARD],
    }
    suite = opened("rgb", write_lines(tmp_path / "en_fact.json", [line]))
    (sample,) = suite.samples
    assert (sample.kind, sample.target.planted) == ("disagreement", ("1912",))
    assert texts(suite, sample) == [HARBOUR]
    assert len(suite.worlds[sample.world]) == 3


def test_rgb_tells_a_question_without_an_answer(tmp_path: Path) -> None:
    line = {"id": 2, "query": "?", "answer": [], "positive": [], "negative": []}
    with pytest.raises(EvalError, match="answer: there is none"):
        opened("rgb", write_lines(tmp_path / "en.json", [line]))


def test_ramdocs_has_a_part_for_each_gold_answer_and_plants_the_wrong_ones(
    tmp_path: Path,
) -> None:
    namesakes = {
        "question": "When did the port of Veldam open?",
        "documents": [
            {"text": HARBOUR, "type": "correct", "answer": "1781"},
            {
                "text": "Veldam in Ohio opened its port in 1902.",
                "type": "correct",
                "answer": "1902",
            },
            {"text": "Veldam opened its port in 1650.", "type": "misinfo", "answer": "1650"},
            {"text": ORCHARD, "type": "noise", "answer": "unknown"},
        ],
        "disambig_entity": ["Veldam", "Veldam, Ohio"],
        "gold_answers": ["1781", "1902"],
        "wrong_answers": ["1650", "1781", "1650"],
    }
    single = {**namesakes, "gold_answers": ["1781"], "wrong_answers": []}
    suite = opened("ramdocs", write_lines(tmp_path / "r.jsonl", [namesakes, single]))
    first, second = suite.samples
    assert (first.id, first.kind, second.kind) == ("r-1", "disagreement", "fact")
    assert first.target.parts == (("1781",), ("1902",))
    assert first.target.planted == ("1650",)
    assert len(texts(suite, first)) == 2
    assert first.target.quotes == (
        "The harbour of Veldam opened in 1781.",
        "Veldam in Ohio opened its port in 1902.",
    )
    assert len(suite.worlds["1"]) == len(suite.worlds["2"]) == 4


def test_ramdocs_plants_nothing_that_a_right_answer_shows(tmp_path: Path) -> None:
    line = {
        "question": "What do they play in Veldam?",
        "documents": [{"text": ORCHARD, "type": "noise"}],
        "gold_answers": ["American football", "Ice hockey"],
        "wrong_answers": ["Football", "Ice Hockey", "Field hockey"],
    }
    (sample,) = opened("ramdocs", write_lines(tmp_path / "r.jsonl", [line])).samples

    assert sample.target.planted == ("Field hockey",)


def test_ramdocs_tells_a_type_that_it_does_not_know(tmp_path: Path) -> None:
    line = {"question": "?", "documents": [{"text": "x", "type": "odd"}], "gold_answers": ["x"]}
    with pytest.raises(EvalError, match=r"documents\.0\.type"):
        opened("ramdocs", write_lines(tmp_path / "r.jsonl", [line]))


def clapnq(id_: str, text: str, *outputs: tuple[str, list[str]]) -> dict[str, Any]:
    return {
        "id": id_,
        "input": "what about it",
        "passages": [{"title": "T", "text": text, "sentences": []}],
        "output": [
            {"answer": answer, "selected_sentences": selected, "meta": {}}
            for answer, selected in outputs
        ],
    }


def test_clapnq_reads_a_folder_and_takes_the_selected_sentences_as_quotes(tmp_path: Path) -> None:
    opening, tall = "The harbour of Veldam opened in 1781.", "Its lighthouse is 65 metres tall."
    write_lines(
        tmp_path / "answerable.jsonl",
        [
            clapnq("1", HARBOUR, ("In own words.", [tall]), ("In others.", [tall, opening])),
            clapnq("2", HARBOUR, ("In own words.", [])),
        ],
    )
    write_lines(tmp_path / "unanswerable.jsonl", [clapnq("3", ORCHARD, ("", []))])
    suite = opened("clapnq", tmp_path)
    first, second, third = suite.samples
    assert (first.kind, first.target.parts) == ("long", ())
    assert first.target.quotes == (tall, opening)
    assert texts(suite, second) == [HARBOUR]
    assert (third.kind, third.target.refuse) == ("unanswerable", True)
    assert [article.text for article in suite.worlds["clapnq"]] == [HARBOUR, ORCHARD]


def torque(answers: dict[str, list[str]], text: str = BRIDGE) -> dict[str, Any]:
    def place(word: str) -> str:
        return f"({text.index(word)},{text.index(word) + len(word)})"

    return {
        "passage": text,
        "events": {},
        "question_answer_pairs": {
            question: {
                "answer": {"spans": words, "indices": [place(word) for word in words]},
                "is_default_question": False,
            }
            for question, words in answers.items()
        },
    }


def test_torque_has_a_world_a_passage_and_a_part_for_each_event(tmp_path: Path) -> None:
    name = "docid_XYZ_ENG_19970402.0459_sentid_1"
    answers = {"What happened?": ["closed", "found"], "Before?": ["closed"], "In future?": []}
    content = {name: torque(answers), "docid_wsj_0123_sentid_4": torque({"What?": ["found"]})}
    suite = opened("torque", write_json(tmp_path / "dev.json", content))
    several, one, none, other = suite.samples
    assert several.target.parts == (("closed",), ("found",))
    assert several.target.quotes == (
        "The Tarn bridge was closed on Monday.",
        "Engineers found a crack in the third pier.",
    )
    assert [sample.kind for sample in suite.samples] == ["long", "fact", "unanswerable", "fact"]
    assert (one.id, none.target.refuse) == (f"{name}-2", True)
    (article,) = suite.worlds[several.world]
    assert (article.outlet, article.published) == ("XYZ", date(1997, 4, 2))
    assert suite.worlds[other.world][0].published is None


def test_torque_tells_a_place_that_is_none(tmp_path: Path) -> None:
    passage = torque({"What?": ["found"]})
    passage["question_answer_pairs"]["What?"]["answer"]["indices"] = ["41 to 45"]
    with pytest.raises(EvalError, match=r"indices\.0"):
        opened("torque", write_json(tmp_path / "dev.json", {"docid_x": passage}))


def test_a_library_takes_every_article_of_a_world(tmp_path: Path) -> None:
    document = {"text": HARBOUR, "type": "correct", "answer": "1781"}
    copy = {**document, "text": HARBOUR.replace(" ", "  ")}
    line = {"question": "?", "documents": [document, copy], "gold_answers": ["1781"]}
    suite = opened("ramdocs", write_lines(tmp_path / "r.jsonl", [line]))
    world = suite.worlds["1"]
    with Library.open(tmp_path / "library", HashEmbedder(), create=True) as library:
        report = library.add(world)
        assert (report.added, report.duplicates) == (1, 0)
        assert library.article(world[0].id) == world[0]
