"""`dateline-eval draft`: propose questions about one's own articles, in a file to go through.

dateline-eval draft --library my-library
dateline-eval draft --library my-library --n 30 --kinds figure,speaker --out questions.csv
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from corpus.errors import EvalError
from evals.commands.newsrooms import OpenNewsroom, open_newsroom
from evals.commands.told import told
from evals.draft import DRAFT_KINDS, Drafted, DraftKind, DraftOptions, Reason, draft
from evals.suites import save_suite

_NOTE = """Questions drafted by `dateline-eval draft`. Go through them: write 'keep: yes' or
'keep: no', and correct whatever reads badly. Those marked 'no' are left out of a run. Those
left empty are asked, and the suite's name in the report says how many they are."""
_SHOWN = 3

Rejections = Counter[tuple[DraftKind, Reason]]


def _kinds(_context: click.Context, _option: click.Parameter, value: str) -> tuple[DraftKind, ...]:
    named = [name.strip().replace("-", "_") for name in value.split(",") if name.strip()]
    unknown = [name for name in named if name not in DRAFT_KINDS]
    if unknown or not named:
        raise click.BadParameter(
            f"'{unknown[0] if unknown else value}' is no kind; kinds: {', '.join(DRAFT_KINDS)}"
        )
    return tuple(kind for kind in DRAFT_KINDS if kind in named)


@click.command("draft")
@click.option(
    "--library",
    type=click.Path(path_type=Path),
    help="Library to draft from. Without it, the library of the sample articles.",
)
@click.option("--n", "count", default=50, show_default=True, type=click.IntRange(min=1),
              help="How many questions at most.")  # fmt: skip
@click.option("--kinds", default=",".join(DRAFT_KINDS), show_default=True, callback=_kinds,
              help="Which kinds, parted by commas.")  # fmt: skip
@click.option("--out", default=Path("questions.yaml"), show_default=True,
              type=click.Path(path_type=Path, dir_okay=False),
              help="File to write: .yaml, .jsonl or .csv; one that is there stays.")  # fmt: skip
@click.option("--seed", default=0, show_default=True, type=int,
              help="Another seed drafts other questions.")  # fmt: skip
@told
def draft_command(
    library: Path | None, count: int, kinds: tuple[DraftKind, ...], out: Path, seed: int
) -> None:
    """Propose questions about your own articles, each with its answer and its quote.

    No network and no language model. Go through the file, then run it:
    dateline-eval run FILE --library LIBRARY
    """
    options = DraftOptions(count=count, kinds=kinds, seed=seed)
    drafted, rejected = write_draft(library, options, out, open_newsroom)
    click.echo(summary(drafted, rejected, options, library, out))


def write_draft(
    library: Path | None, options: DraftOptions, out: Path, open_: OpenNewsroom = open_newsroom
) -> tuple[tuple[Drafted, ...], Rejections]:
    """Draft from a library and write the file.

    Args:
        open_: opens the newsroom; tests hand in one with small models.

    Raises:
        EvalError: the file is there already, nothing could be drafted, or it cannot be written.
        DatelineError: the library cannot be opened.
    """
    if out.exists():
        # It may hold an afternoon's decisions.
        raise EvalError(
            "the file is there already", where=out, next_step="name another with --out, or move it"
        )
    rejected: Rejections = Counter()
    with open_(library, None) as newsroom:
        drafted = tuple(draft(newsroom, options, rejected))
    if not drafted:
        raise EvalError(
            "no sentence of these articles made a question that passed every check",
            where=library,
            next_step="name more --kinds, or add articles in English to the library",
        )
    samples = [one.sample for one in drafted]
    save_suite(samples, out, undecided=True, note=_NOTE)
    return drafted, rejected


def summary(
    drafted: Sequence[Drafted],
    rejected: Rejections,
    options: DraftOptions,
    library: Path | None,
    out: Path,
) -> str:
    """What the command prints: counts by kind, what was thrown away and why, and examples."""
    counts = Counter(one.kind for one in drafted)
    lines = [f"{len(drafted)} questions drafted into {out}, each to be kept or dropped by you."]
    if len(drafted) < options.count:
        lines.append(f"No more of the {options.count} asked for passed every check.")
    lines += ["", f"{'kind':15} {'drafted':>7} {'rejected':>8}  why"]
    for kind in options.kinds:
        why = {reason: n for (of, reason), n in rejected.items() if of == kind}
        reasons = ", ".join(f"{reason} {n}" for reason, n in sorted(why.items()))
        lines.append(f"{kind:15} {counts[kind]:7} {sum(why.values()):8}  {reasons}".rstrip())
    lines += ["", "For example:"]
    chosen = random.Random(options.seed).sample(list(drafted), min(_SHOWN, len(drafted)))
    lines += [_example(one) for one in chosen]
    at = f" --library {library}" if library else ""
    lines += [
        "",
        f"Next: write 'yes' or 'no' at each 'keep' in {out}, then run",
        f"  dateline-eval run {out}{at}",
    ]
    return "\n".join(lines)


def _example(one: Drafted) -> str:
    target = one.sample.target
    if target.refuse and target.answers:
        expected = f"to be refused, or put right: {target.answers[0]}"
    elif target.refuse:
        expected = f"to be refused: asked as of {one.sample.as_of}, before its article"
    else:
        expected = target.answers[0]
    return f"  {one.sample.question}\n    → {expected}\n    “{one.statement.text}”"
