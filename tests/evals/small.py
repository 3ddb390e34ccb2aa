"""A small newsroom and a small suite, for the tests of what runs suites.

`python -m tests.evals.small FOLDER STORE CODE` runs the suite slowly, for tests that kill it. CODE
stands for the hash of the code, which somebody may be writing while the tests run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import rag
from corpus.article import Article
from embeddings.embedders.hashing import HashEmbedder
from evals import fingerprint
from evals.fakes import make_article
from evals.record import Record
from evals.report import Report
from evals.sample import Sample, Target
from evals.store import RunStore
from evals.suite import Suite
from evals.suite_run import run_suite
from rag.answer import Answer
from rag.newsroom import Newsroom
from rag.settings import Settings
from rag.writing.generator import Message
from rag.writing.generators.scripted import ScriptedGenerator

QUAY = make_article(
    "The council approved the harbour plan. The work on the quay will cost 12 million pounds.",
    "Harbour plan",
    published=date(2024, 3, 5),
)
BRIDGE = make_article(
    "The bridge stays closed until October. Engineers found 14 cracked beams in April.",
    "Bridge closed",
    published=date(2024, 6, 18),
)
FERRY = make_article("The ferry sails at nine. It carries 40 cars to the island.", "Ferry")
FORGED = make_article("The ferry sails at noon. It carries 90 cars to the island.", "Ferry")


def _asks(
    name: str, question: str, answer: str, article: Article, quote: str, world: str = ""
) -> Sample:
    quotes = (quote,) if quote else ()
    target = Target((answer,), (), (article.title,), quotes)
    return Sample(name, question, "figure", target, world=world)


SUITE = Suite(
    "harbour",
    (
        _asks("cost", "How much will the quay cost?", "12 million", QUAY, "12 million pounds"),
        _asks("beams", "How many cracked beams were found?", "14", BRIDGE, "14 cracked beams"),
        Sample("mars", "Who landed on Mars?", "unanswerable", Target(refuse=True)),
        _asks("cars", "How many cars does the ferry carry?", "40", FERRY, "40 cars", "true"),
        _asks("hour", "When does the ferry sail?", "nine", FERRY, "at nine", "true"),
        _asks("lied", "How many cars does the ferry carry?", "40", FORGED, "", "forged"),
    ),
    {"true": (FERRY,), "forged": (FORGED, QUAY)},
)
PAUSE = 0.3
"""Seconds before each answer of a run that is to be killed."""

ORDER = [sample.id for sample in SUITE.samples]


def reply(messages: Sequence[Message]) -> str:
    """The same words for the same prompt, whatever was asked before."""
    return "The work on the quay will cost 12 million pounds." if "quay" in str(messages) else "40."


def newsroom(folder: Path, *, settings: Settings | None = None) -> Newsroom:
    """A newsroom over two articles; it is built the first time."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in (QUAY, BRIDGE):
        day = article.published
        page = (
            f"---\ntitle: {article.title}\noutlet: An outlet\npublished: {day}\n---\n{article.text}"
        )
        (folder / f"{article.title}.md").write_text(page, encoding="utf-8")
    return rag.open(
        folder / "library",
        add=[folder / f"{article.title}.md" for article in (QUAY, BRIDGE)],
        settings=settings or Settings(least_answerable=0.0),
        embedder=HashEmbedder(),
        generator=ScriptedGenerator(reply),
        progress=False,
    )


def timeless(report: Report) -> list[dict[str, object]]:
    """All of a report's records but what the clock and the memory say."""
    return [_timeless(record) for record in report.records]


def _timeless(record: Record) -> dict[str, object]:
    answer = record.answer
    return {
        "sample": record.sample,
        "error": record.error,
        "answer": None if answer is None else {
            **{name: getattr(answer, name) for name in answer.__dataclass_fields__
               if name != "usage"},
            "tokens": (answer.usage.prompt_tokens, answer.usage.completion_tokens),
        },
        "scores": {
            name: score for name, score in record.scores.items() if not name.startswith("seconds")
        },
    }  # fmt: skip


class Slow:
    """Answers as a newsroom does, `PAUSE` seconds late."""

    def __init__(self, newsroom: Newsroom, samples: Sequence[Sample]) -> None:
        del samples
        self._newsroom = newsroom

    def ask(self, question: str, *, as_of: date | None = None) -> Answer:
        """The newsroom's answer."""
        time.sleep(PAUSE)
        return self._newsroom.ask(question, as_of=as_of)


if __name__ == "__main__":
    fingerprint._own_code = lambda: sys.argv[3]  # type: ignore[assignment]
    with newsroom(Path(sys.argv[1])) as home, RunStore.open(sys.argv[2]) as store:
        run_suite(SUITE, "dateline", home, store, systems={"dateline": Slow}, progress=False)
