"""What a run got wrong, the worst first: a card for each answer, folded to its question."""

from __future__ import annotations

from collections.abc import Sequence

from evals.failures import confidence, expected
from evals.metrics.answer_accuracy import AnswerAccuracy
from evals.metrics.base import Metric
from evals.record import Record
from evals.report import Report
from page.conversation.run_record import scores_of, scores_table
from page.drawing.markup import day_of, long_date, plain
from page.evals.talk import link_of
from rag.answer import Answer
from rag.checking.citation import Citation, Sentence

MOST_CARDS = 50
"""Cards on the page; the report to take along has more, and the store has all."""


def cards(report: Report, run_id: str) -> str:
    """The section of wrong answers.

    Args:
        run_id: of the run in its store, from where each answer can be opened as a conversation.
    """
    if all(metric.name != AnswerAccuracy.name for metric in report.metrics):
        return ""
    wrong = report.wrong
    if not wrong:
        return '<section class="dl-wrongs"><h3>Wrong answers</h3><p>None.</p></section>'
    shown = "".join(
        _card(record, place, report.metrics, run_id)
        for place, record in enumerate(wrong[:MOST_CARDS], start=1)
    )
    rest = len(wrong) - MOST_CARDS
    more = (
        f'<p class="dl-note">{rest:,} more are in the report to take along.</p>' if rest > 0 else ""
    )
    return (
        '<section class="dl-wrongs"><h3>Wrong answers, the worst first '
        f'<span class="dl-count">{len(wrong):,}</span></h3>'
        '<p class="dl-note">Wrong answers come first, the surest at the top, since these mislead; '
        f"then refusals of questions that have an answer.</p>{shown}{more}</section>"
    )


def _card(record: Record, place: int, metrics: Sequence[Metric], run_id: str) -> str:
    sample, answer = record.sample, record.answer
    sure = confidence(record)
    facts = [answer.status if answer else "not asked", sample.kind.replace("_", " ")]
    if sure is not None:
        facts.append(f"confidence {sure:.2f}")
    rows = [("Expected", plain(expected(sample.target)))]
    if answer is not None:
        rows += _of_answer(answer)
    if sample.as_of:
        rows.append(("Asked as of", long_date(sample.as_of)))
    if sample.target.quotes:
        proof = "".join(
            f"<blockquote><p>{plain(quote)}</p></blockquote>" for quote in sample.target.quotes
        )
        rows.append(("Proof", f"{proof}<cite>{plain('; '.join(sample.target.articles))}</cite>"))
    rows.append(("Scores", _scores(record, metrics)))
    rows.append(("Id", f"<code>{plain(sample.id)}</code>"))
    pairs = "".join(f'<dt>{name}</dt><dd dir="auto">{told}</dd>' for name, told in rows)
    opens = f'<a class="dl-talk" href="#{link_of(run_id, sample.id)}">Open as a conversation</a>'
    return (
        f'<details class="dl-wrong"><summary><span class="dl-place">{place}</span>'
        f'<span class="dl-asked" dir="auto">{plain(sample.question)}</span>'
        f'<span class="dl-meta">{plain(" · ".join(facts))}</span></summary>'
        f'<dl class="dl-pairs">{pairs}</dl><p class="dl-opens">{opens}</p></details>'
    )


def _of_answer(answer: Answer) -> list[tuple[str, str]]:
    short = f"<strong>{plain(answer.short)}</strong><br>" if answer.short else ""
    rows = [("Got", f"{short}{plain(answer.text)}")]
    if answer.sentences:
        rows.append(("Verdicts", _sentences(answer.sentences)))
    if answer.citations:
        rows.append(("Cited", "".join(_citation(citation) for citation in answer.citations)))
    if answer.dropped:
        rows.append(("Left out", _sentences(answer.dropped)))
    return rows


def _sentences(sentences: Sequence[Sentence]) -> str:
    items = "".join(
        f'<li><span class="dl-tag dl-tag-{sentence.verdict}">{sentence.verdict} '
        f"{sentence.support:.2f}</span> {plain(sentence.text)}</li>"
        for sentence in sentences
    )
    return f"<ul>{items}</ul>"


def _citation(citation: Citation) -> str:
    article = citation.article
    return (
        f"<blockquote><p>{plain(citation.quote)}</p><cite>[{citation.marker}] "
        f"{plain(article.outlet_name)}, {day_of(article)}: {plain(article.title)}</cite>"
        "</blockquote>"
    )


def _scores(record: Record, metrics: Sequence[Metric]) -> str:
    """What each metric says, those with nothing to say only counted."""
    said = tuple(scores_of(record, metrics))
    return scores_table(said, silent=len(record.scores) - len(said))
