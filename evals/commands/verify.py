"""`dateline-eval verify`: how far the checks agree with people, on sets that people labelled.

dateline-eval verify fib:../shared/data/fib wice:../shared/data/wice --limit 200
dateline-eval verify summedits:data/summedits --judge dateline --out runs/verify
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from embeddings import load_embedder
from embeddings.embedders.embedder import Embedder
from embeddings.embedders.remembering import RememberingEmbedder
from evals.commands.told import as_json, make_folder, store_option, told_and_kept, writing
from evals.opening import open_claims
from evals.sets import open_set
from evals.store import DEFAULT_STORE, RunStore
from evals.suite import Suite
from evals.support.claim import ClaimSet
from evals.support.judging import JUDGES
from evals.support.measure import measure
from evals.support.page import support_page
from evals.support.report import SupportReport, support_table


@dataclass(frozen=True, slots=True)
class VerifyRun:
    """What one `dateline-eval verify` was asked to do.

    Attributes:
        sets: URIs such as 'fib:FOLDER'.
        judges: names out of JUDGES.
        limit: judge whole pairs or documents of about so many claims; None for all.
        store: the file that judgements are kept in.
        out: folder for the report; None for none.
        fresh: judge anew what is kept already.
    """

    sets: tuple[str, ...]
    judges: tuple[str, ...]
    limit: int | None
    store: Path = DEFAULT_STORE
    out: Path | None = None
    fresh: bool = False


def verify(
    run: VerifyRun,
    open_: Callable[[str], Suite | ClaimSet] = open_set,
    embedder: Callable[[], Embedder] = load_embedder,
) -> tuple[SupportReport, ...]:
    """Measure each judge on each set and write the reports.

    Args:
        open_, embedder: open a set and load a model; tests hand in small ones.

    Raises:
        DatelineError: a set, the store or the model cannot be used.
    """
    make_folder(run.out)
    sets = [open_claims(uri, open_) for uri in run.sets]
    remembering = RememberingEmbedder(embedder())
    reports = []
    with RunStore.open(run.store) as store:
        for claims in sets:
            for name in run.judges:
                judge = JUDGES[name](remembering)
                # A judge that is done is not asked again: the same fingerprint, the same words.
                found = measure(
                    claims, judge, limit=run.limit, store=store, fresh=run.fresh, whole=True
                )
                reports.append(found)
    if run.out is not None:
        write_reports(reports, run.out)
    return tuple(reports)


def write_reports(reports: Sequence[SupportReport], folder: Path) -> None:
    """Write support.md, support.html and support.json; what was there is replaced.

    Raises:
        EvalError: the folder cannot be written to.
    """
    pages = [support_table(reports), *(report.to_markdown() for report in reports)]
    numbers = as_json([report.to_dict() for report in reports])
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "support.md").write_text("\n".join(pages), encoding="utf-8")
        (folder / "support.html").write_text(support_page(reports), encoding="utf-8")
        (folder / "support.json").write_text(numbers, encoding="utf-8")


@click.command("verify")
@click.argument("sets", metavar="SET_URI...", nargs=-1, required=True)
@click.option(
    "--judge",
    "judges",
    multiple=True,
    type=click.Choice(list(JUDGES)),
    help="What to measure; repeat for several. All of them when left out.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help="Judge about N claims of each set: whole pairs or documents, always the same ones.",
)
@store_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for support.md, support.html and support.json.",
)
@click.option("--fresh", is_flag=True, help="Judge anew what is kept already.")
@told_and_kept
def verify_command(
    sets: tuple[str, ...],
    judges: tuple[str, ...],
    limit: int | None,
    store: Path,
    out: Path | None,
    fresh: bool,
) -> None:
    """Measure the checks on labelled claims (SET_URI: 'fib:FOLDER', 'wice:FOLDER', …)."""
    chosen = tuple(dict.fromkeys(judges)) or tuple(JUDGES)
    reports = verify(VerifyRun(sets, chosen, limit, store, out, fresh))
    click.echo(support_table(reports))
    if out is not None:
        click.echo(f"By kind, with reliability bars: {out / 'support.md'}.")
