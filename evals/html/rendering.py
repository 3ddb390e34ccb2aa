"""Filling the templates: everything is escaped, nothing is left undefined."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals.html.figures import amount, counted
from evals.html.text import printable, webpage

_HERE = Path(__file__).parent


def render(template: str, **values: object) -> str:
    """One page; texts in `values` are escaped, and only `Markup` stands as it is."""
    return _environment().get_template(template).render(style=_style(), **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_fit,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"counted": counted, "amount": amount, "webpage": webpage}
    return environment


def _fit(value: object) -> object:
    # Only text comes from outside; Markup is text too, but was made fit when it was drawn.
    return printable(value) if type(value) is str else value


@cache
def _style() -> Markup:
    # The project's own file, which holds no '</style'.
    return Markup((_HERE / "style.css").read_text(encoding="utf-8"))
