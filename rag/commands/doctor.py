"""`dateline doctor`: whether everything is here, and a library whole."""

from __future__ import annotations

import sys

import click

from rag.commands.shared import library_option
from rag.commands.told import FAILED, told


@click.command("doctor")
@library_option
@told
def doctor_command(library: str | None) -> None:
    """Check packages and models, and with --library a whole library against its checksums."""
    from rag.doctor import examine

    healthy = True
    for finding in examine(library):
        click.echo(f"{'ok  ' if finding.healthy else 'BAD '} {finding.what}")
        healthy = healthy and finding.healthy
    if not healthy:
        sys.exit(FAILED)
