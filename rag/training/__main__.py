"""`python -m rag.training PART --data FOLDER`: train a part, or go on where it was stopped."""

from __future__ import annotations

from importlib import import_module

import click

PARTS = {
    "reader": "rag.training.reader.command:reader",
    "verifier": "rag.training.verifier.command:verifier",
    "answerer": "rag.training.answerer.command:answerer",
}
"""Each trained part with its command."""


class _Parts(click.Group):
    """Imports a part's recipe when it is asked for: each loads another model's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's own shape)
        return list(PARTS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in PARTS:
            return None
        module, name = PARTS[cmd_name].split(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=_Parts)
def main() -> None:
    """Train Dateline's own parts. Needs the training extra: pip install 'dateline[training]'."""


if __name__ == "__main__":
    main()
