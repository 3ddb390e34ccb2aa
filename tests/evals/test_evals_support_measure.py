"""A measurement from the labelled set to the report: drawing, going on after a kill, tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from embeddings.embedders.hashing import HashEmbedder
from evals.store import RunStore
from evals.support.claim import Claim, ClaimSet
from evals.support.judging import JUDGES, Judge, Judgement
from evals.support.measure import draw, measure
from evals.support.published import PUBLISHED, published_for
from evals.support.report import SupportReport, published_table, support_table

TRUE = "The harbour of Velmora froze over in January."
FALSE = "The harbour of Velmora froze over in March."


class Canned(Judge):
    """Says what stands behind the last word of a claim, and remembers what it was asked."""

    def __init__(self, fails_after: int | None = None) -> None:
        super().__init__("canned")
        self.asked: list[str] = []
        self.documents: list[set[str]] = []
        self._fails_after = fails_after

    def read(self, claims: list[Claim]) -> None:  # type: ignore[override]
        self.documents.append({claim.document for claim in claims})

    def __call__(self, claim: Claim) -> Judgement | None:
        if len(self.asked) == self._fails_after:
            raise KeyboardInterrupt
        self.asked.append(claim.id)
        support = float(claim.text.split()[-1])
        return None if support < 0 else Judgement(support >= 0.5, support)


def canned_set(documents: int = 4) -> ClaimSet:
    """On each document a pair, the true above the false but on the first document."""
    claims = []
    for at in range(documents):
        for supported in (True, False):
            support = 0.75 if supported != (at == 0) else 0.25
            claims.append(
                Claim(
                    f"{at}-{supported}",
                    f"claim {support}",
                    f"document {at}",
                    supported,
                    "even" if at % 2 == 0 else "odd",
                    pair="p",
                )
            )
    # Documents take turns, so that judging by document is not judging in the order of the set.
    return ClaimSet("made", tuple(sorted(claims, key=lambda one: one.supported)))


def test_the_numbers_of_a_set() -> None:
    report = measure(canned_set(), Canned())

    assert (report.whole.n, report.whole.documents, report.whole.supported) == (8, 4, 4)
    numbers = {name: found.value for name, found in report.whole.numbers.items()}
    assert numbers["pair_accuracy"] == 0.75
    assert numbers["balanced_accuracy"] == 0.75
    assert numbers["auroc"] == pytest.approx((9 + 0.5 * 6) / 16)
    # bins at 0.25 and at 0.75: 1 of 4 and 3 of 4 are true
    assert numbers["calibration_error"] == 0.0
    assert [(bar.n, bar.confidence, bar.right) for bar in report.bars] == [
        (4, 0.25, 0.25),
        (4, 0.75, 0.75),
    ]
    assert report.kinds["odd"].numbers["pair_accuracy"].value == 1.0
    assert report.kinds["even"].numbers["pair_accuracy"].value == 0.5


def test_claims_on_one_document_are_judged_together() -> None:
    judge = Canned()
    measure(canned_set(), judge)

    assert all(len(documents) == 1 for documents in judge.documents)
    assert judge.asked[:2] == ["0-False", "0-True"]


def test_what_cannot_be_judged_is_unscored() -> None:
    blank = Claim("blank", "nothing -1", "document 0", True, "even")
    report = measure(ClaimSet("made", (*canned_set().claims, blank)), Canned())

    assert (report.whole.n, report.whole.unscored) == (8, 1)
    assert "1 could not be scored" in report.to_markdown()
    assert report.whole.numbers == measure(canned_set(), Canned()).whole.numbers


def test_a_limit_draws_whole_pairs_always_the_same() -> None:
    claims = canned_set(20)
    drawn = draw(claims, 7)

    assert len(drawn) == 8
    assert len({claim.document for claim in drawn}) == 4
    assert draw(claims, 7) == drawn
    assert draw(claims, 7, seed=1) != drawn
    assert set(drawn) <= set(draw(claims, 20))
    places = [claims.claims.index(claim) for claim in drawn]
    assert places == sorted(places)
    assert draw(claims, 40) == draw(claims, None) == claims.claims


def test_a_limit_draws_whole_documents_where_there_are_no_pairs() -> None:
    claims = ClaimSet(
        "made",
        tuple(Claim(str(at), "text", f"document {at % 5}", True, "made") for at in range(20)),
    )

    assert len(draw(claims, 5)) == 8
    assert len({claim.document for claim in draw(claims, 5)}) == 2


def test_a_killed_run_goes_on_and_gives_the_same_report(tmp_path: Path) -> None:
    claims = ClaimSet(
        "made", (*canned_set().claims, Claim("blank", "no -1", "document 0", True, "even"))
    )
    whole = measure(claims, Canned())
    with RunStore.open(tmp_path / "runs.sqlite") as store, pytest.raises(KeyboardInterrupt):
        measure(claims, Canned(fails_after=5), store=store)
    again = Canned()
    with RunStore.open(tmp_path / "runs.sqlite") as store:
        report = measure(claims, again, store=store)
        (run,) = store.runs()

    assert len(again.asked) == 4
    assert report == whole
    assert report.to_markdown() == whole.to_markdown()
    assert json.dumps(report.to_dict()) == json.dumps(whole.to_dict())
    assert (run.kind, run.suite, run.system) == ("support", "made", "canned")
    assert (run.items, run.done) == (9, 9)
    assert run.finished is not None


def test_other_claims_or_another_limit_do_not_go_on_with_it(tmp_path: Path) -> None:
    relabelled = ClaimSet(
        "made",
        tuple(
            Claim(one.id, one.text, one.document, not one.supported, one.kind, one.pair)
            for one in canned_set().claims
        ),
    )
    with RunStore.open(tmp_path / "runs.sqlite") as store:
        with pytest.raises(KeyboardInterrupt):
            measure(canned_set(), Canned(fails_after=2), store=store)
        measure(relabelled, Canned(), store=store)
        measure(canned_set(), Canned(), store=store, limit=2)
        fresh = Canned()
        measure(canned_set(), fresh, store=store, fresh=True)

        assert len(store.runs()) == 4
        assert len(fresh.asked) == 8


def test_the_fingerprint_names_data_and_judge() -> None:
    claims = canned_set()
    embedder = HashEmbedder()
    marks = [
        measure(claims, JUDGES[name](embedder), limit=limit).fingerprint
        for name, limit in (("dateline", None), ("dateline-shown", None), ("dateline", 2))
    ]

    assert len({json.dumps(dict(mark), sort_keys=True) for mark in marks}) == 3
    assert marks[0]["embedder"] == "hash:64"
    assert {"set", "data", "limit", "seed", "judge", "code", "verify"} <= set(marks[0])
    assert measure(claims, JUDGES["dateline"](embedder)).fingerprint == marks[0]


def test_the_shipped_judges_from_end_to_end() -> None:
    claims = ClaimSet(
        "made",
        (
            Claim("1", TRUE, TRUE, True, "month", "a"),
            Claim("2", FALSE, TRUE, False, "month", "a"),
        ),
    )
    values = {
        name: measure(claims, JUDGES[name](HashEmbedder(256))).whole.numbers for name in JUDGES
    }

    # One of five words differs. Only the checks hold that against the whole sentence.
    assert values["dateline"]["balanced_accuracy"].value == 1.0
    assert values["dateline"]["pair_accuracy"].value == 1.0
    assert values["word-overlap"]["balanced_accuracy"].value == 0.5
    assert values["similarity"]["balanced_accuracy"].value == 0.5


def test_a_report_in_markdown_and_as_json() -> None:
    report = measure(canned_set(), Canned())
    page = report.to_markdown()

    assert "# canned against people on made" in page
    assert "8 of 8 claims on 4 documents, 4 of them supported" in page
    assert "| pair accuracy | 0.75 [" in page
    assert "| even | 4 | – | 0.50 [" in page
    assert "| 0.2 to 0.3 | 4 | 0.25 | 0.25 |" in page
    assert "No published figure is known for this set." in page
    as_json = json.loads(json.dumps(report.to_dict()))
    assert as_json["whole"]["numbers"]["pair_accuracy"]["value"] == 0.75
    assert as_json["by_kind"]["odd"]["n"] == 4
    assert len(as_json["bars"]) == 2
    assert as_json["judged"][0]["judgement"] == {"supported": True, "support": 0.75}
    # Sets are published under licences of their own: a report holds none of their text.
    assert "claim 0.75" not in json.dumps(as_json)


def test_the_surest_mistakes_come_first() -> None:
    texts = [(False, 0.6), (False, 0.9), (True, 0.3), (True, 0.2), (True, 0.95)]
    claims = tuple(
        Claim(f"{support}", f"claim {support}", f"d{at}", supported, "made")
        for at, (supported, support) in enumerate(texts)
    )

    report = measure(ClaimSet("made", claims), Canned())
    assert [one.id for one in report.wrong] == ["0.9", "0.2", "0.3", "0.6"]
    assert "\n0.9, 0.2, 0.3, 0.6\n" in report.to_markdown()


def test_judges_and_sets_side_by_side() -> None:
    report = measure(canned_set(), Canned())
    other = SupportReport("wice:claim_dev", "canned", 8, report.judged)
    page = support_table([report, other])

    assert "| made | canned | 8 on 4 |" in page
    assert "| wice:claim_dev | canned | 8 on 4 |" in page
    assert "T5-3B (ANLI+WiCE)" in page
    assert "| fib" not in page


def test_published_figures_name_their_source_and_what_differs() -> None:
    assert {one.set for one in PUBLISHED} == {"fib", "summedits", "ragtruth", "wice", "symmetric"}
    numbers = measure(canned_set(), Canned()).whole.numbers
    for one in PUBLISHED:
        assert 0.0 < one.value < 1.0
        assert one.where.startswith("https://")
        assert one.source
        assert one.comparable == one.why.startswith("same claims")
        assert one.metric in numbers


def test_published_figures_go_with_their_set() -> None:
    assert published_for("made:own") == ()
    assert published_table(["made:own"]) == ["No published figure is known for this set."]
    assert {one.set for one in published_for("fever:fever_symmetric_test")} == {"symmetric"}
    whole = published_for("summedits:summedits")
    assert {one.part for one in whole} == {"seven domains"}
    # QAFactEval: (63.7 + 66.2 + 68.4 + 63.6 + 67.5 + 62.4 + 72.6) / 7
    (ours,) = [one for one in whole if one.detector == "QAFactEval"]
    assert ours.value == pytest.approx(464.4 / 700, abs=5e-5)
    podcast = published_for("summedits:summedits_podcast")
    assert {one.part for one in podcast} == {"podcast"}
    assert len(podcast) == len(whole)
