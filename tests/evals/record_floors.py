"""Record what the regression gate holds Dateline to: python -m tests.evals.record_floors.

Run it when a change was meant to move the numbers, read the difference, and commit the file with
the change.
"""

from __future__ import annotations

import json
from pathlib import Path

from evals import Report, System, evaluate, load_suite
from evals.metrics import judged
from rag.checking.verify import Verifier
from rag.newsroom import Newsroom
from rag.sample_library import open_sample
from rag.settings import Settings

FLOORS = Path(__file__).parent / "recorded" / "sample.json"
HELD = ("answer_accuracy", "gold_quote", "citation_recall", "quote_fidelity", "refusal_f1")
"""What must not drop."""


def measure(home: Newsroom, system: System) -> Report:
    """The system over the shipped suite, by what is held alone."""
    every = judged(Verifier(home.embedder), home.library.article)
    metrics = [metric for metric in every if metric.name in HELD]
    return evaluate(system, load_suite("sample").samples, metrics, name="dateline", suite="sample")


def record() -> None:
    """Measure Dateline as it is, and write the file."""
    with open_sample(settings=Settings()) as home:
        held = measure(home, home).to_dict()
    kept = {name: held[name] for name in ("system", "suite", "records")}
    FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
