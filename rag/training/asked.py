"""What the command of each trained part is asked: the data, what is held out, how long, where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from rag.adapters.which import shipped

Command = Callable[..., Any]


def training_options(part: str, steps: int, threads: int) -> Callable[[Command], Command]:
    """The options `--data`, `--held-out`, `--steps`, `--threads` and `--out`.

    Args:
        part: the name of the part, and of its folder under `rag/adapters`.
        steps, threads: as many as are usual for it.
    """
    options = (
        click.option(
            "--data",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            required=True,
            help="The folder of the published sets.",
        ),
        click.option(
            "--held-out",
            type=click.Path(path_type=Path, exists=True),
            multiple=True,
            help="What is measured on: a text that shares words with it is left out. Repeat.",
        ),
        click.option("--steps", type=click.IntRange(min=1), default=steps, show_default=True),
        click.option("--threads", type=click.IntRange(min=1), default=threads),
        click.option(
            "--out",
            type=click.Path(path_type=Path, file_okay=False),
            default=shipped(part),
            show_default=f"rag/adapters/{part}",
            help="Where the adapter is written once it is done; the checkpoint lies beside it.",
        ),
    )

    def added(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return added


so_far_option = click.option(
    "--so-far", is_flag=True, help="Publish the best checkpoint that there is, without training on."
)
