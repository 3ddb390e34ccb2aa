"""`dateline-eval parity`: how quickly each engine embeds, and whether it finds the same.

dateline-eval parity
dateline-eval parity --data ../shared/data/squadshifts --out runs/parity.md --json runs/parity.json
"""

from __future__ import annotations

import os
import platform
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from embeddings import DEFAULT_EMBEDDER, load_embedder
from evals.commands.told import as_json, told, write_page
from evals.markdown import table
from evals.speed.contenders import CONTENDERS, PLAIN
from evals.speed.measuring import EngineFigures, Parity, ParityOptions, measure
from evals.speed.texts import sample_texts, texts_of

_HEAD = (
    "engine",
    "passages/s",
    "tokens/s",
    "× plain",
    "one question",
    "recall@10",
    "passages only",
    "questions only",
    "cosine mean",
    "least",
    "peak memory",
    "start",
)


@click.command("parity")
@click.option(
    "--data",
    type=click.Path(path_type=Path, exists=True),
    help="Articles of your own, or files in SQuAD form. Without it: the sample articles.",
)
@click.option("--embedder", default=DEFAULT_EMBEDDER, show_default=True, help="The model.")
@click.option(
    "--engine",
    "engines",
    multiple=True,
    type=click.Choice(list(CONTENDERS)),
    help="Only this one beside the plain path; may be given again. Without it: all.",
)
@click.option("--passages", default=2000, show_default=True, type=click.IntRange(min=50))
@click.option("--questions", default=500, show_default=True, type=click.IntRange(min=1))
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(min=1))
@click.option("--out", type=click.Path(path_type=Path), help="Write the table to this file too.")
@click.option("--json", "as_file", type=click.Path(path_type=Path), help="Write the figures too.")
@told
def parity_command(
    data: Path | None,
    embedder: str,
    engines: tuple[str, ...],
    passages: int,
    questions: int,
    rounds: int,
    out: Path | None,
    as_file: Path | None,
) -> None:
    """Measure engines side by side: speed, recall of float32's ten nearest, memory.

    Let nothing else run meanwhile: engines are compared in turn, but a busy machine slows them
    unequally. --passages and --questions bound what is drawn of --data.
    """
    counter = load_embedder(embedder)
    texts = sample_texts(counter) if data is None else texts_of(data, counter, passages, questions)
    tokens = [min(count, counter.max_tokens) for count in counter.count_tokens(texts.passages)]
    with TemporaryDirectory() as folder:
        found = measure(
            engines or tuple(CONTENDERS),
            embedder,
            texts,
            tokens,
            Path(folder),
            ParityOptions(rounds=rounds),
            lambda line: click.echo(line, err=True),
        )
    text = page(found)
    click.echo(text)
    if out is not None:
        write_page(out, text)
    if as_file is not None:
        write_page(as_file, as_json(asdict(found)))


def page(parity: Parity) -> str:
    """The table in Markdown, with what it was measured on."""
    lines = [
        f"{parity.passages:,} passages ({parity.tokens:,} tokens) and {parity.questions:,} "
        f"questions of {parity.texts}; {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}. '{PLAIN}' is `SentenceTransformer.encode` in "
        "float32 with its defaults; recall is of its ten nearest.",
        "",
        *table(_HEAD, map(_row, parity.engines)),
    ]
    for engine, reason in parity.absent.items():
        lines += ["", f"Not measured: {engine} ({reason})."]
    return "\n".join(lines)


def _row(figures: EngineFigures) -> tuple[str, ...]:
    return (
        figures.engine,
        f"{figures.passages_a_second:.1f}",
        f"{figures.tokens_a_second:,.0f}",
        f"{figures.times_plain:.2f}",
        f"{figures.question_ms:.1f} ms",
        f"{figures.recall_both:.4f}",
        f"{figures.recall_passages:.4f}",
        f"{figures.recall_questions:.4f}",
        f"{figures.cosine_mean:.5f}",
        f"{figures.cosine_least:.5f}",
        f"{figures.peak_mib:,.0f} MiB",
        f"{figures.seconds_to_start:.1f} s",
    )
