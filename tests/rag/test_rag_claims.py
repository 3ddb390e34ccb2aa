"""A sentence's claims, each held against the clause of the source that has most of it."""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.embedders.hashing import HashEmbedder
from rag.checking.claims import claims_of
from rag.checking.verify import Verification, Verifier

PAIRS = Path(__file__).with_name("claim_pairs.tsv")
HEADER = "News from the desk | Lyse Gazette | 2031-03-12"
LEAST = 0.75
"""What each kind of edit must reach, as balanced accuracy; measured values stand in the docs."""


def check(sentence: str, span: str) -> Verification:
    spans = span.split(" || ")
    return Verifier(HashEmbedder()).check(sentence, spans, [HEADER] * len(spans))


def rows(half: str) -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in every if row["half"] == half]


def test_the_table_is_large_enough_and_no_row_is_in_it_twice() -> None:
    every = rows("build") + rows("held")
    assert len(every) >= 120
    assert len({(row["span"], row["true"], row["edited"]) for row in every}) == len(every)


@pytest.mark.parametrize("half", ["build", "held"])
def test_a_minimal_pair_is_told_apart(half: str) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for row in rows(half):
        right[row["kind"]].append(check(row["true"], row["span"]).verdict == "supported")
        right[row["kind"]].append(check(row["edited"], row["span"]).verdict != "supported")
    shares = {kind: sum(found) / len(found) for kind, found in right.items()}
    assert min(shares.values()) >= LEAST, shares


@pytest.mark.parametrize("half", ["build", "held"])
def test_no_true_sentence_is_called_unsupported_often(half: str) -> None:
    table = rows(half)
    alarms = [
        row["true"] for row in table if check(row["true"], row["span"]).verdict == "unsupported"
    ]
    assert len(alarms) <= 0.05 * len(table), alarms


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("Reyes opened the school.", ["Reyes opened the school."]),
        (
            "Reyes praised the council, and Okafor blamed the county.",
            ["Reyes praised the council", "Okafor blamed the county."],
        ),
        (
            "Reyes said that the work would cost 3 pounds and that it would begin in June.",
            [
                "Reyes said that the work would cost 3 pounds",
                "that it would begin in June.",
            ],
        ),
        ("The flood killed 3 people and left 40 homeless.",) * 2,
        ("Norway and Denmark closed the strait.",) * 2,
        (
            "Okafor, who runs the port, closed the quay.",
            ["Okafor, closed the quay.", "who runs the port"],
        ),
    ],
)
def test_a_sentence_is_split_where_each_part_tells_a_fact(
    sentence: str, claims: list[str] | str
) -> None:
    wanted = [claims] if isinstance(claims, str) else claims
    found = claims_of(sentence)
    plain = [" ".join(one.text.replace(" ,", ",").split()) for one in found]
    assert [one.replace(" ,", ",").replace(",,", ",") for one in plain] == wanted


def test_who_says_it_is_kept_with_each_claim() -> None:
    found = claims_of("Reyes said that the work is late and that it would begin in June.")
    assert [one.speaker for one in found] == ["Reyes", "Reyes"]


@pytest.mark.parametrize(
    ("span", "sentence", "kind", "said", "found"),
    [
        ("The flood killed 214 people.", "The flood killed 241 people.", "figure", "241 people",
         "214 people"),
        ("Dray flew to Lyse on Tuesday.", "Dray flew to Lyse on Monday.", "date", "Monday",
         "Tuesday"),
        ("Ellen Reyes opened it in Kell.", "Ellen Okafor opened it in Kell.", "name",
         "Ellen Okafor", "Ellen Reyes"),
        ("Lund said that the strike was over.", "Holm said that the strike was over.", "name",
         "Holm", ""),
        ("“The strike is over”, said Pavel Lund, as Ida Holm left.",
         "Ida Holm said that the strike is over.", "speaker", "Ida Holm", "Pavel Lund"),
        ("The pilot left before the fire.", "The pilot left after the fire.", "wording", "after",
         "before"),
        ("The envoy may return to Osk.", "The envoy will return to Osk.", "modality", None, None),
        ("The lab never sent the report.", "The lab sent the report.", "denial", None, None),
        ("Lund said that the strike was over.", "The strike was over.", "attribution", "", "Lund"),
        ("The storm cut power in Osk. The strike halted buses in Kell.",
         "The storm halted buses in Kell.", "merged", None, None),
    ],
)  # fmt: skip
def test_a_difference_names_both_values(
    span: str, sentence: str, kind: str, said: str | None, found: str | None
) -> None:
    differences = check(sentence, span).differences
    assert kind in {one.kind for one in differences}, differences
    one = next(each for each in differences if each.kind == kind)
    assert one.reason
    if said is not None:
        assert (one.said, one.found) == (said, found)


def test_each_claim_has_its_own_verdict() -> None:
    found = check(
        "Reyes praised the council, and Okafor blamed the harbour.",
        "Reyes praised the council. Okafor blamed the county.",
    )
    first, second = found.claims
    assert (first.verdict, second.verdict) == ("supported", "unsupported")
    assert found.verdict != "supported"


def test_relative_days_are_seen_from_each_spans_own_article() -> None:
    spans = ["The tanker sank on Tuesday.", "The tanker left Lyse on Tuesday."]
    headers = ["Sunk | Gazette | 2031-03-12", "Left | Gazette | 2031-03-05"]
    verifier = Verifier(HashEmbedder())
    for sentence, differs in (
        ("The tanker sank on 11 March 2031.", False),
        ("The tanker left Lyse on 4 March 2031.", False),
        ("The tanker sank on 13 March 2031.", True),
    ):
        found = verifier.check(sentence, spans, headers)
        assert (found.verdict == "unsupported") is differs, found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_checked(sentence: str, span: str) -> None:
    found = Verifier(HashEmbedder()).check(sentence, [span], [HEADER])
    assert 0.0 <= found.support <= 1.0
    assert (found.verdict == "supported") <= (not found.reasons)
    for one in found.claims:
        assert 0 <= one.claim.start < one.claim.end <= len(sentence)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([row["span"] for row in rows("build") if " || " not in row["span"]]))
def test_the_source_itself_is_always_supported(span: str) -> None:
    assert check(span, span).verdict == "supported"


def test_the_time_grows_with_the_text_and_not_with_its_square() -> None:
    def seconds(times: int) -> float:
        text = "Reyes praised the council, and Okafor blamed the county for 40 days, " * times
        began = time.process_time()
        Verifier(HashEmbedder()).check(text + str(time.perf_counter_ns()), [text], [HEADER])
        return time.process_time() - began

    seconds(2)
    assert seconds(40) < 60 * max(seconds(4), 0.01)


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        (
            "The Osk agency reported that 40 sailors were rescued, citing the coastguard.",
            "Forty sailors were rescued, the coastguard said.",
        ),
        (
            "Marsh, who was elected in 2027, quit on Monday after a dispute over the budget.",
            "Marsh quit on 10 March 2031.",
        ),
        (
            "“We will not sell the port,” Premier Anselm Dray told parliament on Tuesday.",
            "Premier Anselm Dray said that the port will not be sold.",
        ),
        (
            "Dray visited Norway before he flew to Osk.",
            "Before he flew to Osk, Dray visited Norway.",
        ),
    ],
)
def test_an_honest_rewording_raises_no_alarm(span: str, sentence: str) -> None:
    assert check(sentence, span).verdict != "unsupported"


def test_an_exchanged_order_of_events_is_seen() -> None:
    span = "Dray visited Norway before he flew to Osk."
    assert check("Dray flew to Osk before he visited Norway.", span).verdict == "unsupported"
