"""`dateline-eval`: run suites of questions, keep what was answered, and look at it.

dateline-eval run sample
dateline-eval run my-questions.csv --library my-library --against plain-prompt
dateline-eval list --runs
dateline-eval show RUN --failures
dateline-eval report RUN --out report.html
"""

from __future__ import annotations

import click

from evals.commands.ablate import ablate_command
from evals.commands.compare import compare_command
from evals.commands.draft import draft_command
from evals.commands.drafts import drafts_command
from evals.commands.evidence import evidence_command
from evals.commands.full import full_command
from evals.commands.listing import list_command
from evals.commands.report import report_command
from evals.commands.run import run_command
from evals.commands.seconds import seconds_command
from evals.commands.show import show_command
from evals.commands.verify import verify_command
from evals.speed.ingest import ingest_command
from evals.speed.parity import parity_command
from evals.speed.scale import scale_command


@click.group(
    help="Measure answers on questions whose answers are known.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="dateline")
def main() -> None:
    """The command line of the evals."""


for command in (
    run_command,
    list_command,
    compare_command,
    report_command,
    show_command,
    seconds_command,
    draft_command,
    drafts_command,
    ablate_command,
    verify_command,
    evidence_command,
    full_command,
    parity_command,
    ingest_command,
    scale_command,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
