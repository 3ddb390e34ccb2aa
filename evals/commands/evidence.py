"""`dateline-eval evidence`: how good the evidence is, without a language model."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from embeddings import load_embedder
from evals.commands.told import told
from evals.evidence_quality import measure_evidence, read_squad


@click.command("evidence")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--limit", default=300, show_default=True, type=click.IntRange(min=2))
@told
def evidence_command(data: Path, limit: int) -> None:
    """Measure evidence ranking and answerability on DATA, a file in SQuAD form."""
    articles, asked = read_squad(data)
    measured = measure_evidence(articles, asked, load_embedder(), limit)
    click.echo(json.dumps(asdict(measured), indent=2))
