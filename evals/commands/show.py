"""`dateline-eval show`: the records of a stored run, or one of them whole."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from corpus.errors import EvalError
from evals.commands.report import warn_unfinished
from evals.commands.screen import clipped, columns
from evals.commands.told import store_option, told
from evals.record import Record
from evals.report import ACCURACY
from evals.sample import KINDS
from evals.store import RunStore
from rag.answer import Answer
from rag.checking.citation import Sentence
from rag.showing.render import byline

_CELL = 48
"""Characters of a question or an answer in a line of the list."""
_WIDTH = 100
"""Characters of a line of running text."""
_INDENT = "   "
_HIT = 200
"""Characters of a passage that is shown."""


@click.command("show")
@click.argument("run")
@click.argument("sample", required=False)
@click.option("--failures", is_flag=True, help="Only what is wrong or could not be asked.")
@click.option("--kind", type=click.Choice(KINDS), help="Only questions of this kind.")
@store_option
@told
def show_command(
    run: str, sample: str | None, failures: bool, kind: str | None, store: Path
) -> None:
    """List the records of a stored RUN, or show all about one SAMPLE of it.

    RUN and SAMPLE are ids, or their beginnings.
    """
    with RunStore.open(store, create=False) as opened:
        info = opened.run(run)
        report = opened.report(info.id)
    warn_unfinished(info)
    if sample is not None:
        click.echo("\n".join(whole(find(report.records, sample))))
        return
    records = [
        record
        for record in report.records
        if (not failures or failed(record)) and (kind is None or record.sample.kind == kind)
    ]
    if not records:
        click.echo("No such record.")
        return
    click.echo("\n".join(columns([_HEAD, *map(line, records)])))
    click.echo(f"\n{len(records)} of {len(report.records)} records.")


_HEAD = ("sample", "kind", "mark", "question", "answer")


def failed(record: Record) -> bool:
    """Whether it could not be asked, or its answer is wrong."""
    return record.error is not None or record.value(ACCURACY) == 0.0


def mark(record: Record) -> str:
    """'right', 'wrong', a share between the two, 'failed', or '–' where nothing can be said."""
    if record.error is not None:
        return "failed"
    value = record.value(ACCURACY)
    if value is None:
        return "–"
    return {1.0: "right", 0.0: "wrong"}.get(value, f"{value:.2f}")


def line(record: Record) -> tuple[str, str, str, str, str]:
    """One record, in a line of the list."""
    sample, answer = record.sample, record.answer
    said = f"({answer.status}) {answer.text}" if answer else record.error or ""
    question = clipped(sample.question, _CELL)
    return sample.id, sample.kind, mark(record), question, clipped(said, _CELL)


def find(records: Sequence[Record], sample: str) -> Record:
    """The record of that sample, or the only one whose sample's id begins so.

    Raises:
        EvalError: there is none, or there are several.
    """
    for record in records:
        if record.sample.id == sample:
            return record
    meant = [record for record in records if record.sample.id.startswith(sample)]
    if len(meant) == 1:
        return meant[0]
    shown = ", ".join(record.sample.id for record in (meant or records)[:8])
    raise EvalError(
        f"several samples begin with '{sample}'" if meant else f"the run has no sample '{sample}'",
        next_step=f"name one of {shown}" + (" …" if len(meant or records) > 8 else ""),
    )


def whole(record: Record) -> Iterator[str]:
    """All that is known of a record: question, target, answer, evidence and scores."""
    sample = record.sample
    world = f", in the world {sample.world}" if sample.world else ""
    yield f"{sample.id}: {sample.kind}, {mark(record)}{world}"
    as_of = f" (as of {sample.as_of.isoformat()})" if sample.as_of else ""
    yield from _block("Question", [sample.question + as_of])
    yield from _block("Target", _target(record))
    if record.answer is None:
        yield from _block("Could not be asked", [record.error or ""])
    else:
        yield from _answer(record.answer)
    memory = f", {record.memory_mb:.0f} MiB at most so far" if record.memory_mb else ""
    yield from _block("Cost", [f"{record.seconds:.2f} s{memory}", *_usage(record.answer)])
    yield from _scores(record)


def _target(record: Record) -> Iterator[str]:
    target = record.sample.target
    if target.refuse:
        yield "a refusal" + (", or a correction:" if target.parts else "")
    for part in target.parts:
        yield " / ".join(part)
    for name, values in (("stale", target.stale), ("planted", target.planted)):
        if values:
            yield f"{name}: {' / '.join(values)}"
    if target.speaker:
        yield f"said by: {' / '.join(target.speaker)}"
    for title in target.articles:
        yield f"in: {title}"
    for quote in target.quotes:
        yield f"“{quote}”"


def _answer(answer: Answer) -> Iterator[str]:
    sure = "" if answer.answerability is None else f", answerability {answer.answerability:.2f}"
    refused = f", {answer.refusal.kind}" if answer.refusal else ""
    yield from _block(f"Answer ({answer.status}{refused}{sure})", [answer.text])
    if answer.short:
        yield from _block("In short", [answer.short])
    yield from _block("Sentences", map(_sentence, answer.sentences), _INDENT)
    yield from _block("Left out of the draft", map(_sentence, answer.dropped), _INDENT)
    cited = (
        part
        for c in answer.citations
        for part in (
            f"[{c.marker}] {byline(c.article)}, characters {c.start} to {c.end}",
            f"{_INDENT}“{c.quote}”",
        )
    )
    yield from _block("Citations", cited, _INDENT)
    hits = (
        part
        for hit in answer.hits
        for part in (
            f"{hit.rank}. {hit.score:.3f}  {byline(hit.article)}",
            f"{_INDENT}{clipped(hit.text, _HIT)}",
        )
    )
    yield from _block("Hits", hits, _INDENT)


def _sentence(sentence: Sentence) -> str:
    return f"{sentence.verdict} {sentence.support:.2f}: {sentence.marked}"


def _usage(answer: Answer | None) -> Iterator[str]:
    if answer is None:
        return
    usage = answer.usage
    if usage.seconds:
        yield ", ".join(f"{stage} {seconds:.3f} s" for stage, seconds in usage.seconds.items())
    yield f"{usage.prompt_tokens} tokens read, {usage.completion_tokens} written"


def _scores(record: Record) -> Iterator[str]:
    rows = [
        ("  " + name, "–" if score.value is None else f"{score.value:.2f}",
         clipped(score.explanation, _WIDTH))
        for name, score in record.scores.items()
    ]  # fmt: skip
    if rows:
        yield from ("", "Scores", *columns(rows))


def _block(title: str, lines: Iterable[str], hang: str = "") -> Iterator[str]:
    """A title and its lines, indented and wrapped; nothing where there are no lines.

    Args:
        hang: put before what a line is wrapped into.
    """
    body = [
        part
        for text in lines
        for part in textwrap.wrap(text, _WIDTH, subsequent_indent=hang) or [""]
    ]
    if body:
        yield from ("", title, *(f"  {text}" for text in body))
