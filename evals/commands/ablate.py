"""`dateline-eval ablate`: what each part earns, by turning each off in turn.

dateline-eval ablate --data ../shared/data --finding
dateline-eval ablate desk time --part "no refusals" --part "no verifier" --out runs/ablation
dateline-eval ablate squad:FILE clapnq:FOLDER --answers --part nearest-sentence --draw 100
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import click

from evals.ablation.finding import Found, measure_finding
from evals.ablation.tables import page
from evals.ablation.variants import VARIANTS
from evals.ablation.ways import SHIPPED, WAYS
from evals.commands.newsrooms import OpenNewsroom, open_newsroom
from evals.commands.told import make_folder, store_option, told_and_kept, writing
from evals.metrics import catalogue
from evals.opening import open_suite
from evals.report import ACCURACY, Report
from evals.store import DEFAULT_STORE, RunStore
from evals.suite import Suite
from evals.suite_run import run_suite
from rag.newsroom import Newsroom

SUITES: dict[str, int | None] = {
    "sample": None,
    "desk": None,
    "time": None,
    "desk:{data}/../seeds": None,
    "squad:{data}/xquad/xquad.en.json": 240,
    "clapnq:{data}/clapnq": 150,
    "ramdocs:{data}/ramdocs/RAMDocs_test.jsonl": 100,
    "torque:{data}/torque/dev.json": 100,
}
"""The development suites, and how many questions are drawn of each, with a fixed seed; None for
all. `{data}` stands for the folder of the published sets."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class AblateRun:
    """What one `dateline-eval ablate` was asked to do.

    Attributes:
        suites: specs as `open_suite` takes them, `{data}` allowed; each with its draw.
        parts: names out of VARIANTS, run beside 'dateline'; none to leave whole answers out.
        finding: whether each way of finding is measured, without a language model.
        data: the folder of the published sets.
        model: URI of the generator; None for the one in the settings.
        fresh: ask anew what is kept already.
        out: folder for ablation.md; None for none.
        across: metrics that get a table of their own, over all suites.
        library: of the articles for suites that bring none; None for the sample library.
        ways: names out of WAYS, held against the shipped one where finding is measured.
    """

    suites: dict[str, int | None] = field(default_factory=lambda: dict(SUITES))
    parts: tuple[str, ...] = tuple(VARIANTS)
    finding: bool = True
    data: Path = Path("data")
    model: str | None = None
    store: Path = DEFAULT_STORE
    fresh: bool = False
    out: Path | None = None
    across: tuple[str, ...] = (ACCURACY,)
    library: Path | None = None
    ways: tuple[str, ...] = tuple(WAYS)


def ablate(run: AblateRun, open_: OpenNewsroom = open_newsroom, say: Say = print) -> str:
    """Measure each part on each suite, keep every answer, and give the page.

    Args:
        open_: opens the newsroom; tests hand in one with small models.
        say: is told which suite and which part begins.

    Raises:
        DatelineError: a suite that is there cannot be used, or a model or the store fails.
    """
    make_folder(run.out)
    suites, absent = _suites(run)
    found: list[tuple[str, dict[str, tuple[Found, ...]]]] = []
    answers: list[tuple[Report, ...]] = []
    text = page(found, answers, absent, run.across)
    with open_(run.library, run.model) as home, RunStore.open(run.store) as store:
        ways = {name: WAYS[name] for name in WAYS if name == SHIPPED or name in run.ways}
        for suite in suites if run.finding else ():
            say(f"{suite.name}: finding, {len(ways)} ways")
            found.append((suite.name, measure_finding(suite, home, ways)))
            text = _written(run, page(found, answers, absent, run.across))
        for suite in suites if run.parts else ():
            answers.append(_answers(run, suite, home, store, say))
            text = _written(run, page(found, answers, absent, run.across))
    return text


def _written(run: AblateRun, text: str) -> str:
    """The page, kept after each suite, so that a kill costs one."""
    if run.out is not None:
        with writing(run.out):
            (run.out / "ablation.md").write_text(text, encoding="utf-8")
    return text


def _answers(
    run: AblateRun, suite: Suite, home: Newsroom, store: RunStore, say: Say
) -> tuple[Report, ...]:
    reports = []
    for name in dict.fromkeys(("dateline", *run.parts)):
        say(f"{suite.name}: {name}")
        reports.append(
            run_suite(suite, name, home, store, systems=VARIANTS, fresh=run.fresh, whole=True)
        )
    return tuple(reports)


def _suites(run: AblateRun) -> tuple[list[Suite], list[str]]:
    """The suites that are there, drawn, and the specs of those that are not."""
    suites, absent = [], []
    for spec, draw in run.suites.items():
        filled = spec.replace("{data}", str(run.data))
        if filled != spec and not Path(filled.partition(":")[2]).exists():
            absent.append(filled)
            continue
        suites.append(open_suite(filled).drawn(draw))
    return suites, absent


@click.command("ablate")
@click.argument("suites", metavar="[SUITE]...", nargs=-1)
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice([name for name in VARIANTS if name != "dateline"]),
    help="What to run beside Dateline as it is set; repeat for several. Left out: all.",
)
@click.option(
    "--way",
    "ways",
    multiple=True,
    type=click.Choice([name for name in WAYS if name != SHIPPED]),
    help="Which way of finding to hold against the shipped one; repeat. Left out: all.",
)
@click.option("--finding", is_flag=True, help="Only where the right sentences come; no model.")
@click.option("--answers", is_flag=True, help="Only whole answers.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data"),
    show_default=True,
    help="The folder of the published sets; what is not there is passed over and told.",
)
@click.option(
    "--library",
    type=click.Path(path_type=Path),
    help="The library to ask where a suite brings no articles. Left out: the sample library.",
)
@click.option("--draw", type=click.IntRange(min=1), help="Draw so many questions of each suite.")
@click.option("--model", metavar="URI", help="The generator. Left out: the one in the settings.")
@click.option(
    "--metric",
    "across",
    multiple=True,
    type=click.Choice(tuple(catalogue())),
    help=f"Give this metric a table over all suites; repeat for several. Left out: {ACCURACY}.",
)
@store_option
@click.option("--fresh", is_flag=True, help="Ask everything anew, also what is kept.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for ablation.md."
)
@told_and_kept
def ablate_command(
    suites: Sequence[str],
    parts: tuple[str, ...],
    ways: tuple[str, ...],
    finding: bool,
    answers: bool,
    data: Path,
    library: Path | None,
    draw: int | None,
    model: str | None,
    across: tuple[str, ...],
    store: Path,
    fresh: bool,
    out: Path | None,
) -> None:
    """Measure what each part earns on each SUITE; without one, on the development suites.

    Every answer is kept at once: after a kill, the same command goes on where it stopped.
    """
    chosen = dict.fromkeys(suites, draw) if suites else SUITES
    run = AblateRun(
        {spec: draw or usual for spec, usual in chosen.items()},
        () if finding and not answers else parts or tuple(VARIANTS),
        finding or not answers,
        data,
        model,
        store,
        fresh,
        out,
        across or (ACCURACY,),
        library,
        ways or tuple(WAYS),
    )
    click.echo(ablate(run, open_newsroom, partial(click.echo, err=True)))
    if out is not None:
        click.echo(f"Written: {out / 'ablation.md'}")
