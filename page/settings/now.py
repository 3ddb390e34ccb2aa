"""What answers are made with now: every setting, where it comes from, and what it amounts to.

Secrets are told as set or not set. A part of an address that may be one is never shown.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import DatelineError
from corpus.masking import without_secrets
from page.desk.masthead import short_name
from page.drawing.markup import count, plain, visible
from rag.adapters.which import NONE
from rag.answering.options import AnswerOptions
from rag.checking.verifiers import verifier_name
from rag.finding.readers import reader_name
from rag.settings import Settings, load_settings

if TYPE_CHECKING:
    from rag.newsroom import Newsroom

SECRETS = {
    "DATELINE_API_KEY": "the key of the model's server",
    "DATELINE_CHAT_AUTH": "name and password of this page",
}
"""Environment variables that are told as set or not set, and what they are."""


def source_of(name: str, settings: Settings) -> str:
    """Where the value of a setting comes from, in words."""
    try:
        if getattr(load_settings(), name) != getattr(settings, name):
            return "set on this page, or when it was started"
    except DatelineError:
        return "set when this page was started"
    variable = f"DATELINE_{name.upper()}"
    if any(variable == one.upper() for one in os.environ):
        return variable
    return "dateline.toml" if name in _in_file() else "default"


def now_html(newsroom: Newsroom, *, is_ours: bool) -> str:
    """The table, as one line of HTML.

    Args:
        is_ours: whether only this machine can reach the page; else folders are told by their last
            part alone.
    """
    rows = "".join(
        f'<tr><th scope="row">{_breakable(name)}</th><td>{plain(value)}</td>'
        f'<td class="dl-from">{_breakable(source)}</td></tr>'
        for name, value, source in _rows(newsroom, is_ours)
    )
    return (
        '<div class="dl-now"><h2>In use now</h2>'
        '<p class="dl-note">Every answer keeps these with it, so that it can be made again.</p>'
        '<div class="dl-scroll" tabindex="0" role="region" title="In use now">'
        '<table class="dl-settings-table"><thead><tr>'
        '<th scope="col">setting</th><th scope="col">value</th><th scope="col">from</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div>{_constants(newsroom.settings)}</div>"
    )


def _rows(newsroom: Newsroom, is_ours: bool) -> Iterator[tuple[str, str, str]]:
    """Name, value and source of each line."""
    settings, embedder = newsroom.settings, newsroom.embedder
    print_ = embedder.fingerprint
    style = settings.answer_options().prompt.style

    def shown(address: str) -> str:
        return without_secrets(address if is_ours else short_name(address))

    yield "model", shown(settings.model), source_of("model", settings)
    taught = newsroom.taught
    yield (
        "answerer",
        "none" if taught == NONE else f"{shown(settings.answerer)}, {taught}",
        source_of("answerer", settings),
    )
    read = reader_name(settings.reader, print_.weights)
    reads = "none" if read == NONE else f"{shown(settings.reader)}, {read}"
    yield "reader", reads, source_of("reader", settings)
    weighs = verifier_name(settings.verifier, print_.weights)
    checks = "rules alone" if weighs == NONE else f"{shown(settings.verifier)}, {weighs}"
    yield "verifier", checks, source_of("verifier", settings)
    chosen = style if settings.style == style else f"{style} ({settings.style})"
    yield "style", chosen, source_of("style", settings)
    yield "hits", count(settings.hits, "passage"), source_of("hits", settings)
    least = f"{settings.least_answerable:.2f}"
    yield "least_answerable", least, source_of("least_answerable", settings)
    made = f"{shown(print_.name)}, {print_.dimensions} dimensions, {print_.weights[:16]}"
    yield "embedder", made, source_of("embedder", settings)
    engine = f"{embedder.engine} ({settings.engine})"
    yield "engine", engine, source_of("engine", settings)
    library = newsroom.library
    held = count(library.stats().articles, "article")
    yield "library", f"{shown(str(library.path))}, {held}, generation {library.generation}", ""
    for variable, what in SECRETS.items():
        is_set = "set; never shown" if os.environ.get(variable) else "not set"
        yield what, is_set, variable
    yield "Dateline", version("dateline"), ""


def _constants(settings: Settings) -> str:
    """Every option of every stage, folded: what they mean stands in the code beside them."""
    rows = "".join(
        f'<tr><th scope="row">{plain(name)}</th><td>{plain(value)}</td></tr>'
        for name, value in constants(settings.answer_options())
    )
    return (
        '<details class="dl-fold"><summary>Every constant of every stage</summary>'
        '<div class="dl-scroll" tabindex="0" role="region" title="Every constant of every stage">'
        f"<table><tbody>{rows}</tbody></table></div></details>"
    )


def constants(options: AnswerOptions) -> list[tuple[str, str]]:
    """('retrieve.hits', '8') for each option of each stage."""
    found = []
    for stage in fields(options):
        value = getattr(options, stage.name)
        if not is_dataclass(value):
            found.append((stage.name, _in_words(value)))
            continue
        for one in fields(value):
            found.append((f"{stage.name}.{one.name}", _in_words(getattr(value, one.name))))
    return found


def _breakable(name: str) -> str:
    """A name of a setting or a variable, which may go on in the next line after a '_'."""
    return plain(name).replace("_", "_<wbr>")


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return visible(str(value))


def _in_file() -> frozenset[str]:
    """The settings that `dateline.toml` in the working folder names."""
    try:
        return frozenset(tomllib.loads(Path("dateline.toml").read_text("utf-8")))
    except (OSError, ValueError):
        return frozenset()
