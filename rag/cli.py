"""`dateline`: index articles, ask them, look into the library.

dateline index articles/ --library my-library
dateline ask "Who spoke to reporters?" --library my-library
"""

from __future__ import annotations

import click

from rag.commands.ask import ask_command
from rag.commands.check import check_command
from rag.commands.doctor import doctor_command
from rag.commands.figures import figures_command
from rag.commands.index import index_command
from rag.commands.listing import list_command
from rag.commands.said import said_command
from rag.commands.search import search_command
from rag.commands.show import show_command
from rag.commands.stats import stats_command
from rag.commands.timeline import timeline_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline")
def main() -> None:
    """Ask a collection of news articles; every sentence of an answer carries its proof."""


for command in (
    index_command,
    ask_command,
    check_command,
    search_command,
    figures_command,
    timeline_command,
    said_command,
    list_command,
    show_command,
    stats_command,
    doctor_command,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
