"""The sets as they were published, where they are at hand: do the loaders read all of them?"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from evals.metrics.text import contains_any
from evals.sets import open_set
from evals.suite import Suite
from evals.support.claim import ClaimSet

SHARED = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason=f"the published sets are not at {SHARED}"
)


def suite(form: str, path: str) -> Suite:
    found = open_set(f"{form}:{SHARED / path}")
    assert isinstance(found, Suite)
    for sample in found.samples:
        gold = [one for one in found.worlds[sample.world] if one.source in sample.target.articles]
        assert len(gold) == len(sample.target.articles)
        assert all(any(quote in one.text for one in gold) for quote in sample.target.quotes)
    return found


def claims(form: str, path: str) -> ClaimSet:
    found = open_set(f"{form}:{SHARED / path}")
    assert isinstance(found, ClaimSet)
    return found


def kinds(found: Suite) -> Counter[str]:
    return Counter(sample.kind for sample in found.samples)


def supported(found: ClaimSet) -> Counter[bool]:
    return Counter(claim.supported for claim in found.claims)


def test_xquad() -> None:
    found = suite("squad", "xquad/xquad.en.json")
    assert (len(found.samples), len(found.worlds["squad"])) == (1190, 240)
    assert all(sample.target.quotes for sample in found.samples)


def test_squadshifts() -> None:
    found = open_set(f"squad:{SHARED / 'squadshifts/new_wiki_v1.0.json.gz'}")
    assert isinstance(found, Suite)
    assert len(found.samples) == 7938
    assert len({article.title for article in found.worlds["squad"]}) == 48


def test_clapnq() -> None:
    assert kinds(suite("clapnq", "clapnq")) == {"long": 150, "unanswerable": 150}


def test_ramdocs() -> None:
    found = suite("ramdocs", "ramdocs/RAMDocs_test.jsonl")
    assert kinds(found) == {"disagreement": 400, "fact": 100}
    assert len(found.worlds) == 500
    # The ceiling that the loader's docstring warns of, from the file itself.
    lines = (SHARED / "ramdocs/RAMDocs_test.jsonl").read_text(encoding="utf-8").splitlines()
    unshown = 0
    for line in map(json.loads, lines):
        shown = {one["answer"] for one in line["documents"] if one["type"] == "correct"}
        unshown += not shown.issuperset(line["gold_answers"])
    assert unshown == 78
    # Who shows all gold answers shows nothing that counts as planted.
    for sample in found.samples:
        right = " / ".join(part[0] for part in sample.target.parts)
        assert not contains_any([right], sample.target.planted), sample.id


def test_torque() -> None:
    found = suite("torque", "torque/dev.json")
    assert (len(found.samples), len(found.worlds)) == (1483, 145)
    assert kinds(found)["unanswerable"] == 323


def test_fib() -> None:
    found = claims("fib", "fib")
    assert len({claim.document for claim in found.claims}) == 600
    # 3,579 pairs of FIB itself (Tam et al. 2022), less those that stand twice.
    own = [one for one in found.claims if one.kind in ("model-made, XSum", "extracted, CNN/DM")]
    assert 3400 < len(own) <= 3579
    assert supported(found) == {False: 6274, True: 1943}


def test_summedits() -> None:
    found = claims("summedits", "summedits")
    assert supported(found) == {False: 2535, True: 1327}
    assert len({claim.kind for claim in found.claims}) == 7


def test_ragtruth() -> None:
    found = claims("ragtruth", "ragtruth_data2txt")
    assert supported(found) == {False: 579, True: 321}
    assert len({claim.document for claim in found.claims}) == 150


def test_wice() -> None:
    whole = claims("wice", "wice")
    assert (len(whole.claims), supported(whole)[True]) == (349, 115)
    oracle = claims("wice", "wice/oracle_claim_dev.jsonl.gz")
    assert (len(oracle.claims), supported(oracle)[True]) == (1043, 342)


def test_fever() -> None:
    test = claims("fever", "fever_symmetric/fever_symmetric_test.jsonl")
    assert supported(test) == {False: 356, True: 356}
    assert len(claims("fever", "fever_symmetric").claims) == 712 + 708
