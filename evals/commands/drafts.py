"""`dateline-eval drafts`: precision and recall of the alarms that `dateline check` raises.

dateline-eval drafts my-drafts/ --library my-library
dateline-eval drafts tests/rag/drafts --only counting.md --only voices.txt --wrong
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import EvalError
from evals.commands.told import as_json, told
from evals.drafts.alarms import Alarms, count_alarms, wrong_verdicts
from evals.drafts.labelled import LabelledDraft, read_labelled
from evals.statistics import Estimate
from rag.drafts.checking import check_draft
from rag.drafts.verdict import DraftSentence

if TYPE_CHECKING:
    from rag.newsroom import Newsroom


@click.command("drafts")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--library", metavar="PATH", help="The library. Left out: the sample library.")
@click.option(
    "--only", multiple=True, metavar="NAME", help="Check this draft only; may be given again."
)
@click.option("--wrong", is_flag=True, help="Show each sentence whose verdict is not its label's.")
@click.option("--json", "in_json", is_flag=True, help="Print the figures as JSON.")
@told
def drafts_command(
    folder: Path, library: str | None, only: tuple[str, ...], wrong: bool, in_json: bool
) -> None:
    """Check the labelled drafts in FOLDER and say how good the alarms are."""
    labelled = _chosen(read_labelled(folder), only)
    with _newsroom(library) as newsroom:
        began = time.perf_counter()
        checked = [check_draft(newsroom, one.draft).sentences for one in labelled]
        seconds = time.perf_counter() - began
    found = count_alarms(labelled, checked)
    if in_json:
        click.echo(as_json(found.to_dict() | {"seconds": round(seconds, 3)}), nl=False)
        return
    click.echo(told_in_words(found, seconds, sum(map(len, checked))))
    if wrong:
        for one, sentences in zip(labelled, checked, strict=True):
            click.echo(_wrong_in_words(one, sentences))


def _chosen(labelled: Sequence[LabelledDraft], only: Sequence[str]) -> list[LabelledDraft]:
    names = [one.draft.name for one in labelled]
    if unknown := [name for name in only if name not in names]:
        raise EvalError(
            f"no labelled draft is named {unknown[0]}", next_step=f"name one of: {', '.join(names)}"
        )
    return [one for one in labelled if not only or one.draft.name in only]


def _newsroom(library: str | None) -> AbstractContextManager[Newsroom]:
    from rag.newsroom import open as open_newsroom
    from rag.sample_library import open_sample

    return open_sample() if library is None else open_newsroom(library)


def told_in_words(found: Alarms, seconds: float, sentences: int) -> str:
    """The figures as lines: name, value, interval, n."""
    rows = [
        ("alarms: precision", found.precision),
        ("alarms: recall", found.recall),
        *((f"  recall of {kind}", one) for kind, one in found.by_kind.items()),
        ("right alarms that cite the truth", found.named),
        ("planted errors called supported", found.passed),
        ("true sentences called supported", found.carried),
        ("true sentences with an alarm", found.false_alarms),
    ]
    lines = [f"{', '.join(found.drafts)}: {sentences} sentences in {seconds:.1f} s", ""]
    lines += [f"{name:<34} {_estimate(one)}" for name, one in rows]
    lines += ["", "label    " + "".join(f"{verdict:>14}" for verdict in found.verdicts["true"])]
    lines += [
        f"{label:<9}" + "".join(f"{n:>14}" for n in counted.values())
        for label, counted in found.verdicts.items()
    ]
    return "\n".join(lines)


def _estimate(one: Estimate) -> str:
    if one.value is None or one.low is None or one.high is None:
        return "    –  (n = 0)"
    return f"{one.value:6.1%}  [{one.low:.1%}, {one.high:.1%}]  (n = {one.n})"


def _wrong_in_words(draft: LabelledDraft, checked: Sequence[DraftSentence]) -> str:
    lines = [f"\n{draft.draft.name}"]
    for label, sentence in wrong_verdicts(draft, checked):
        planted = f" ({label.planted}: {label.truth})" if label.planted else ""
        lines.append(f"  {label.label}{planted} → {sentence.verdict}: {sentence.text}")
        lines += [f"      {one}" for one in sentence.differences]
        spans = sentence.contradicting or sentence.supporting
        lines += [f"      “{' '.join(one.quote.split())}”" for one in spans]
    return "\n".join(lines)
