"""The sets of labelled statements, each read from a small file of its form, invented content."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from corpus.errors import EvalError
from corpus.sentences import sentence_spans
from evals.sets import open_set
from evals.sets.ragtruth import rendered
from evals.support.claim import Claim, ClaimSet

NEWS = "The Tarn bridge was closed on Monday. Engineers found a crack in the third pier."
TRUE = "The Tarn bridge is shut."
FALSE = "The Tarn bridge is open."


def write_json(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def opened(form: str, path: Path) -> tuple[Claim, ...]:
    found = open_set(f"{form}:{path}")
    assert isinstance(found, ClaimSet)
    assert found.name.startswith(f"{form}:")
    return found.claims


def fever(id_: str, label: str, evidence: str = NEWS) -> dict[str, Any]:
    return {"id": id_, "claim": f"Claim {id_} .", "evidence": evidence, "label": label}


def test_fever_pairs_the_claims_on_the_same_evidence(tmp_path: Path) -> None:
    write_lines(tmp_path / "dev.jsonl", [fever("54", "SUPPORTS"), fever("540000002", "REFUTES")])
    old = {"id": "7", "claim": "c", "evidence_sentence": "Other.", "gold_label": "NOT ENOUGH INFO"}
    write_lines(tmp_path / "test.jsonl", [old])
    true, false, other = opened("fever", tmp_path)
    assert (true.supported, false.supported, other.supported) == (True, False, False)
    assert true.pair == false.pair != other.pair
    assert (true.kind, false.kind) == ("FEVER", "written")
    assert (other.document, other.text) == ("Other.", "c")


def test_fever_tells_a_label_that_it_does_not_know(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="label"):
        opened("fever", write_lines(tmp_path / "a.jsonl", [fever("1", "MAYBE")]))


def fib(right: str, other: str, id_: str = "31", lbl: int = 0) -> dict[str, Any]:
    choices = [right, other] if lbl == 0 else [other, right]
    line = {"id": id_, "input": NEWS, "correct_choice": right, "list_choices": choices}
    return {**line, "lbl": lbl}


def test_fib_tells_the_kind_by_the_name_and_keeps_each_summary_once(tmp_path: Path) -> None:
    write_lines(
        tmp_path / "xsum_fib_binary_choice-using_bart-base_distractors.jsonl",
        [fib(TRUE, FALSE, lbl=1), fib(TRUE, "It fell.")],
    )
    write_lines(
        tmp_path / "xsum_factcc_binary_choice-using_negation.jsonl",
        [fib(TRUE, "The Tarn bridge is not shut.")],
    )
    claims = opened("fib", tmp_path)
    assert [(one.text, one.supported, one.kind) for one in claims] == [
        (TRUE, True, "reference"),
        ("The Tarn bridge is not shut.", False, "negation"),
        (FALSE, False, "model-made, XSum"),
        ("It fell.", False, "model-made, XSum"),
    ]
    assert {one.pair for one in claims} == {"xsum-31"}
    assert [one.id for one in claims] == [f"xsum-31/{number}" for number in range(1, 5)]
    assert {one.document for one in claims} == {NEWS}


def test_fib_does_not_take_consistent_summaries_for_false_ones(tmp_path: Path) -> None:
    name = "factually_consistent-model_generated"
    write_lines(
        tmp_path / f"cnn_dm_{name}_binary_choice-using_lead3_distractors.jsonl",
        [fib("<t> it is shut . </t> <t> since monday . </t>", "<<t> it was closed . </t >")],
    )
    reference, other = opened("fib", tmp_path)
    assert (reference.text, reference.supported) == ("it is shut . since monday .", True)
    assert (other.text, other.supported) == ("it was closed .", True)
    assert (other.kind, other.pair) == ("consistent, model-made", "")


def test_fib_leaves_out_what_people_did_not_agree_on(tmp_path: Path) -> None:
    for made in ("fib", "factually_consistent-model_generated"):
        path = tmp_path / f"xsum_{made}_binary_choice-using_pegasus_distractors.jsonl"
        write_lines(path, [fib(TRUE, FALSE)])
    assert [one.text for one in opened("fib", tmp_path)] == [TRUE]


def test_fib_reads_the_folders_of_its_repository(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "cnn_dm" / "fib" / "binary_choice-using_lead3_distractors.jsonl",
        [fib(TRUE, FALSE)],
    )
    assert opened("fib", tmp_path) == opened("fib", path)
    assert opened("fib", path)[1].kind == "extracted, CNN/DM"


def test_fib_tells_a_name_without_a_kind(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="does not tell the kind"):
        opened("fib", write_lines(tmp_path / "summaries.jsonl", [fib(TRUE, FALSE)]))


def test_summedits_has_a_domain_a_kind_and_a_first_summary_a_pair(tmp_path: Path) -> None:
    items = [
        {"id": f"call_4_{edit}", "doc": NEWS, "summary": text, "label": label, "edit_types": []}
        for edit, text, label in (("og", TRUE, 1), ("0", FALSE, 0))
    ]
    write_json(tmp_path / "summedits_sales_call.json", items)
    write_json(tmp_path / "summedits_news.json", [{**items[0], "id": "n_1_og"}])
    news, true, false = opened("summedits", tmp_path)
    assert (news.kind, true.kind) == ("news", "sales_call")
    assert true.pair == false.pair == "sales_call/call_4"
    assert (true.supported, false.supported, false.text) == (True, False, FALSE)
    assert opened("summedits", tmp_path / "summedits_sales_call.json") == (true, false)


SOURCE: dict[str, JsonValue] = {
    "name": "Chez Anna",
    "hours": {"Monday": "9:0-22:30"},
    "attributes": {"BusinessParking": {"garage": True, "lot": False}, "WiFi": None},
    "business_stars": 4.0,
    "review_info": [{"review_text": "Good  plums!\nWe came twice."}, {"review_text": ""}],
}
RENDERED = [
    "Name: Chez Anna.",
    "Hours, Monday: 9:00-22:30.",
    "Attributes, Business Parking, garage: yes.",
    "Attributes, Business Parking, lot: no.",
    "Attributes, Wi Fi: not known.",
    "Business stars: 4.",
    "Review info 1, review text: Good plums! We came twice.",
    "Review info 2, review text: not known.",
]


def test_a_structured_source_is_one_paragraph_a_fact() -> None:
    text = rendered(SOURCE)
    assert text.split("\n\n") == RENDERED
    assert len(sentence_spans(text)) == len(RENDERED) + 1, "the review has two sentences"
    assert rendered(NEWS) == NEWS


def marks(*kinds: str) -> list[dict[str, Any]]:
    return [{"start": 0, "end": 3, "text": "The", "label_type": kind} for kind in kinds]


def test_ragtruth_supports_an_answer_in_which_nothing_is_marked(tmp_path: Path) -> None:
    responses = [
        {"response": TRUE, "model": "a", "labels": []},
        {"response": FALSE, "model": "b", "labels": marks("Subtle Baseless Info")},
        {
            "response": FALSE,
            "model": "c",
            "labels": marks("Evident Baseless Info", "Evident Conflict"),
        },
    ]
    line = {"source_id": 13, "source": SOURCE, "responses": responses}
    claims = opened("ragtruth", write_lines(tmp_path / "r.jsonl", [line]))
    assert [(one.id, one.supported, one.kind) for one in claims] == [
        ("13/a", True, "Data2txt: faithful"),
        ("13/b", False, "Data2txt: baseless"),
        ("13/c", False, "Data2txt: conflict"),
    ]
    assert claims[0].document == "\n\n".join(RENDERED)
    assert opened("ragtruth", tmp_path) == claims


def ragtruth(folder: Path, **changed: str) -> Path:
    sources = [
        {"source_id": "1", "task_type": "Summary", "source_info": NEWS, "prompt": "p"},
        {
            "source_id": "2",
            "task_type": "QA",
            "source_info": {"question": "Is it shut?", "passages": "passage 1:It is.\n\n"},
        },
        {"source_id": "3", "task_type": "Data2txt", "source_info": SOURCE},
    ]
    response = {"temperature": 0.7, "model": "a", "labels": [], "response": TRUE}
    response |= {"split": "test", "quality": "good"}
    responses = [
        {**response, "id": "10", "source_id": "1"},
        {**response, "id": "11", "source_id": "2", "labels": marks("Evident Conflict")},
        {**response, "id": "12", "source_id": "3", **changed},
    ]
    write_lines(folder / "source_info.jsonl", sources)
    write_lines(folder / "response.jsonl", responses)
    return folder


def test_ragtruth_reads_the_two_files_of_the_original(tmp_path: Path) -> None:
    first, second, third = opened("ragtruth", ragtruth(tmp_path))
    assert (first.kind, first.document) == ("Summary: faithful", NEWS)
    assert (second.kind, second.document) == ("QA: conflict", "passage 1:It is.\n\n")
    assert third.document == "\n\n".join(RENDERED)


@pytest.mark.parametrize("changed", [{"split": "train"}, {"quality": "truncated"}])
def test_ragtruth_takes_the_good_answers_of_the_test_split(
    tmp_path: Path, changed: dict[str, str]
) -> None:
    assert [one.id for one in opened("ragtruth", ragtruth(tmp_path, **changed))] == ["10", "11"]


def test_ragtruth_tells_an_answer_without_a_source(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="no source '9'") as error:
        opened("ragtruth", ragtruth(tmp_path, source_id="9"))
    assert str(error.value.where).endswith("response.jsonl, line 3")


def wice(label: str, **more: object) -> dict[str, Any]:
    evidence = ["Tarn news", "The bridge is shut.", "Cracks were found."]
    line = {"label": label, "claim": TRUE, "evidence": evidence}
    return {**line, "meta": {"id": "dev1", "claim_title": "Tarn"}, **more}


def test_wice_supports_only_supported(tmp_path: Path) -> None:
    rows = [wice("supported"), wice("partially_supported", meta={"id": "dev2"})]
    whole, partly = opened("wice", write_lines(tmp_path / "claim_dev.jsonl", rows))
    assert (whole.id, whole.supported, whole.kind) == ("dev1", True, "supported")
    assert whole.document == "Tarn news\nThe bridge is shut.\nCracks were found."
    assert (partly.supported, partly.kind) == (False, "partially supported")


def test_wice_reads_oracle_chunks_a_line_a_claim(tmp_path: Path) -> None:
    meta = {"id": "dev1", "chunk_idx": [4, 9, 12]}
    rows = [wice("not_supported", meta=meta), wice("supported", meta=meta)]
    oracle = write_lines(tmp_path / "oracle_claim_dev.jsonl", rows)
    first, second = opened("wice", oracle)
    assert (first.id, second.id) == ("dev1/1", "dev1/2")
    assert first.kind == "not supported"
    write_lines(tmp_path / "claim_dev.jsonl", [wice("supported")])
    assert [one.id for one in opened("wice", tmp_path)] == ["dev1"]
