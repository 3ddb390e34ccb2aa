"""The help of every command, for docs/commands.md: a command that is not there cannot be new."""

from __future__ import annotations

import click
from click.testing import CliRunner

import app
import evals.cli
import rag.cli

PROGRAMS = {"dateline": rag.cli.main, "dateline-chat": app.main, "dateline-eval": evals.cli.main}


def help_texts() -> str:
    """A Markdown section for each program and each of its commands."""
    sections = []
    for name, program in PROGRAMS.items():
        sections.append(_section(name, program, []))
        if isinstance(program, click.Group):
            sections += [
                _section(f"{name} {command}", program, [command])
                for command in sorted(program.commands)
            ]
    return "\n".join(sections)


def _section(title: str, program: click.Command, arguments: list[str]) -> str:
    result = CliRunner().invoke(
        program, [*arguments, "--help"], prog_name=title.split()[0], terminal_width=90
    )
    return f"## {title}\n\n```\n{result.output.rstrip()}\n```\n"
