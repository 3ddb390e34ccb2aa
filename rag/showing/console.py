"""What a command prints: words for a person, or JSON for a program."""

from __future__ import annotations

import json
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Console:
    """Standard output carries what was asked for and nothing else; notes go to standard error."""

    as_json: bool

    def show(self, words: str, value: object) -> None:
        """Print the words, or the value as JSON."""
        text = json.dumps(value, ensure_ascii=False, indent=2) if self.as_json else words
        click.echo(text)

    def note(self, words: str) -> None:
        """Print words that are beside the point of the command."""
        click.echo(words, err=True)
