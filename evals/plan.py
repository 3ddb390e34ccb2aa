"""What a full evaluation is made of: which suites, systems, stresses and sets, how much of each.

`{data}` stands for the folder that the published sets lie in, in the layout that `docs/evals.md`
lists. Every draw has a fixed seed. A step whose data are absent is passed over and told.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One suite, asked of some systems under some stresses.

    Attributes:
        suite: as `evals.opening.open_suite` takes it.
        systems: names out of `evals.systems.SYSTEMS`; the first is compared with the others.
        stresses: as `evals.robustness.find_stress` takes them; '' is the suite as it is.
        draw: how many samples to draw, with a fixed seed; None for all.
    """

    suite: str
    systems: tuple[str, ...]
    stresses: tuple[str, ...] = ("",)
    draw: int | None = None


@dataclass(frozen=True, slots=True)
class SetStep:
    """One set of labelled claims, for each judge.

    Attributes:
        uri: as `evals.sets.open_set` takes it.
        draw: about how many claims, whole pairs or documents; None for all.
    """

    uri: str
    draw: int | None = None


_TWO = ("dateline", "nearest-sentence")
_ATTACKED = ("dateline", "plain-prompt")
_BIPIA = "{data}/bipia/text_attack_train.json"

STEPS: tuple[Step, ...] = (
    Step(
        "sample",
        (
            "dateline",
            "nearest-sentence",
            "plain-prompt",
            "closed-book",
            "gold-passages",
            "dateline-cited",
            "without-verifier",
        ),
    ),
    Step("desk", _TWO),
    Step("desk:{data}/../seeds", _TWO),
    Step("time", _TWO),
    Step("sample", ("dateline",), ("typos", "paraphrases", "order", "noise", "removed")),
    Step("sample", ("dateline",), ("counterfactual-1", "counterfactual-5")),
    Step("sample", _ATTACKED, ("counterfactual-3", "injection-end")),
    Step("squad:{data}/xquad/xquad.en.json", _TWO, draw=200),
    Step("squad:{data}/squadshifts/new_wiki_v1.0.json.gz", _TWO, draw=150),
    Step("clapnq:{data}/clapnq", _TWO, draw=150),
    Step("ramdocs:{data}/ramdocs/RAMDocs_test.jsonl", _TWO, draw=100),
    Step("torque:{data}/torque/dev.json", _TWO, draw=100),
    Step(
        "sample",
        ("dateline",),
        tuple(f"injection-{place}:{_BIPIA}" for place in ("start", "middle", "end")),
    ),
)
"""Questions. The draws keep the whole within two hours on two cores."""

SET_STEPS: tuple[SetStep, ...] = (
    SetStep("fever:{data}/fever_symmetric"),
    SetStep("wice:{data}/wice/claim_dev.jsonl.gz"),
    SetStep("summedits:{data}/summedits"),
    SetStep("fib:{data}/fib", draw=4000),
    SetStep("ragtruth:{data}/ragtruth_data2txt/ragtruth_data2txt.jsonl"),
)
"""What the verifier is held against: sentences that people judged."""
